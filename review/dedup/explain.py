"""Why two records are, may be, or are not the same report: for a person to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.dedup.blocks import shared_blocks
from review.dedup.columns import frame_of
from review.dedup.compare import compare
from review.dedup.decide import decide
from review.dedup.differing import SHOWN, read_like
from review.dedup.evidence import MEANING, words_for
from review.dedup.features import features_of
from review.dedup.levels import LEVELS
from review.dedup.model import PRIOR, weight_of
from review.dedup.relations import relation
from review.dedup.rules import CERTAIN, FIELDS, LIMITS, RULES, UNSURE, VETOES
from review.model.record import Record, text_of

_COUNTED = {rule.name for rule in (*LIMITS, FIELDS)}
_VETOES, _LIMITS = ({rule.name for rule in rules} for rules in (VETOES, LIMITS))
_DIFFERS = ("different", "few", "weak", "2 apart", "far")  # levels of fields


@dataclass(frozen=True, slots=True)
class FieldSaid:
    """One field: how the two compare, as a level and in words, the match weight of that (bits), what both say."""

    name: str
    level: str
    said: str
    weight: float
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """verdict: duplicate, unsure, different or the relation; veto: the rule that decided is one that keeps apart; blocks: what
    proposes the pair for comparison, none where it would not be compared; kinds: what the titles read like (erratum, reply …)."""

    verdict: str
    probability: float
    rule: str
    veto: bool
    evidence: str
    blocks: tuple[str, ...]
    fields: tuple[FieldSaid, ...]
    kinds: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two records that can't stand in one report: the fields that differ, the rule that decided, the evidence in words."""

    a: Record
    b: Record
    differ: tuple[str, ...]
    rule: str
    evidence: str

    @property
    def why(self) -> str:
        """The rule, or what differs, where the fields were counted: its name says then what is not known, or nothing."""
        return f"they differ in {', '.join(self.differ)}" if self.rule in _COUNTED and self.differ else self.rule

    def says(self, rule: str) -> str:
        """What the two say of another pair of their reports, which that rule decides: nothing new, where it decides on them too."""
        return "are in the same doubt" if self.rule == rule else f"speak against it: {self.why}"


def likely(rule: str, probability: float) -> str:
    """How likely two records are the same, and by what, as a sentence. rule: the name of that which decided."""
    whole = round(100 * probability)  # none is excluded, and none is certain, as long as somebody is asked
    share = f"{'less than 1' if whole < 1 else 'more than 99' if whole > 99 else whole}% likely the same"
    if rule in _VETOES:
        return f"{share}; what tells the two apart: {rule}"
    if rule in _LIMITS:
        return f"{share}; {'what keeps it from being sure' if probability >= UNSURE else 'what speaks against it'}: {rule}"
    return f"{share}, by the fields together" if rule == FIELDS.name else f"{share}, by: {rule}"


def explained(a: Record, b: Record, *, certain: float = CERTAIN, unsure: float = UNSURE) -> Explanation:
    """The decision on two records and everything it rests on. The order of the two does not matter to the verdict."""
    return explained_all([(a, b)], certain=certain, unsure=unsure)[0]


def explained_all(pairs: Sequence[tuple[Record, Record]], *, certain: float = CERTAIN, unsure: float = UNSURE) -> list[Explanation]:
    """`explained` of several pairs, hardly slower than of one."""
    if not pairs:
        return []
    looked = _Looked(pairs)
    found = []
    blocks = shared_blocks(looked.features, looked.rows)
    titles = looked.features.select("kind", "normal").rows()
    for n, (i, j) in enumerate(looked.rows):
        a, b = looked.record(i), looked.record(j)
        rule, probability = RULES[looked.decided["rule"][n]], float(looked.decided["probability"][n])
        verdict = "duplicate" if probability >= certain else "unsure" if probability >= unsure else "different"
        said = []
        for name in LEVELS:
            level = str(looked.levels[name][n])
            texts = text_of(getattr(a, name)), text_of(getattr(b, name))
            meaning = MEANING[name][level]
            if meaning == "missing" and all(texts):
                meaning = "not compared"  # such as the issues of a journal's supplements, or volumes that are years
            said.append(FieldSaid(name, level, meaning, weight_of(name, level), *texts))
        found.append(
            Explanation(
                # A rule that tells apart what has nothing in common knows no relation of the two.
                verdict=relation(rule, titles[i], titles[j]) if verdict == "different" and looked.decided["near"][n] else verdict,
                probability=probability,
                rule=rule.name,
                veto=rule in VETOES,
                evidence=looked.words[n],
                blocks=blocks[n],
                fields=tuple(said),
                kinds=(titles[i][0], titles[j][0]),
            )
        )
    return found


def contradicting(groups: Sequence[tuple[Sequence[Record], Sequence[Record]]]) -> list[list[Contradiction]]:
    """Of each two reports, as their records: the pairs of a record of the one and a record of the other that can't stand in one."""
    pairs = [[(a, b) for a in firsts for b in others if a.key != b.key] for firsts, others in groups]
    found: list[list[Contradiction]] = [[] for _ in groups]
    whose = [n for n, inside in enumerate(pairs) for _ in inside]
    if not whose:
        return found
    asked = [pair for inside in pairs for pair in inside]
    looked = _Looked(asked)
    for n in looked.decided["contradicts"].arg_true():
        differ = tuple(SHOWN.get(name, name) for name in LEVELS if looked.levels[name][n] in _DIFFERS)
        rule = RULES[looked.decided["rule"][n]].name
        a, b = asked[n]
        found[whose[n]].append(Contradiction(a, b, differ, rule, looked.words[n]))
    return found


class _Looked:
    """Pairs of records as the rules see them, all at once: the smaller key of each first."""

    def __init__(self, pairs: Sequence[tuple[Record, Record]]) -> None:
        self._known = {r.key: r for pair in pairs for r in pair}
        self.features = features_of(frame_of(tuple(self._known.values())))
        row = {key: n for n, key in enumerate(self.features["key"])}
        self.rows = [(min(row[a.key], row[b.key]), max(row[a.key], row[b.key])) for a, b in pairs]
        left, right = (self.features[[pair[n] for pair in self.rows]] for n in (0, 1))
        self.levels = compare(left, right)
        self.decided = decide(self.levels)
        self.words = words_for(self.levels.with_columns(self.decided["probability"]), left, right)

    def record(self, row: int) -> Record:
        return self._known[self.features["key"][row]]


def explain(a: Record, b: Record, *, certain: float = CERTAIN, unsure: float = UNSURE) -> list[str]:
    """`explained` as lines: the verdict, the evidence, then each field."""
    found = explained(a, b, certain=certain, unsure=unsure)
    how = "veto" if found.veto else "the fields were counted" if found.rule in _COUNTED else "rule"
    lines = [
        f"{found.verdict.replace('_', ' ')}: {found.rule} ({how}), probability {found.probability:.3f}",
        f"evidence: {found.evidence}",
        f"compared because they share: {', '.join(found.blocks) or 'nothing, so they would not be compared'}",
    ]
    for field in found.fields:
        name = SHOWN.get(field.name, field.name)
        weight = f" ({field.weight:+.1f})" if field.weight else ""
        lines.append(f"{name}: {field.said}{weight}: {_cut(field.a)} | {_cut(field.b)}")
    lines += read_like(found.kinds)
    total = sum(field.weight for field in found.fields)
    lines.append(
        f"weights: {total:+.1f} from the fields, {PRIOR:+.1f} before anything is known; + speaks for one report, and 1 more doubles the odds"
        + ("" if found.rule in _COUNTED else f"; here the {how} decides, whatever they add up to")
    )
    return lines


def _cut(text: str) -> str:
    return (text if len(text) <= 60 else f"{text[:57]}…") or "–"
