"""Decisions made elsewhere: rows of a table to events, each row accounted for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from review.errors import UsageError
from review.formats.tables.rows import Refusal, Refused
from review.model.events import About, Decision, Resolution, Retrieval, Tags
from review.model.matching import POINTERS, Found, Matcher, columns_for
from review.model.record import Report
from review.screening.cells import WANTED, Vote, meanings, reason_of, tags_of, vote_of
from review.screening.verdicts import ALLOWED, UNSCREENED, read

if TYPE_CHECKING:
    from review.formats.ballots import Ballots


@dataclass(frozen=True)
class Planned:
    """What an import will do: events to append, rows refused, rows without a verdict (not screened), rows that bring nothing new.

    Every row is one of: brings events, refused, blank, known.
    """

    events: tuple[About, ...]
    refused: tuple[Refused, ...]
    blanks: tuple[int, ...]  # the lines of the rows without a verdict
    known: int
    noted: tuple[Refused, ...] = ()  # rows taken, but with something to know: several reports of one title, a title not quite the same

    @property
    def blank(self) -> int:
        return len(self.blanks)

    @property
    def tagged(self) -> int:
        """How many of the events are tags."""
        return sum(isinstance(e, Tags) for e in self.events)

    @property
    def votes(self) -> int:
        """How many of the events are verdicts, or words on a full text."""
        return len(self.events) - self.tagged


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What the rows of one person meet in a phase.

    protocol: digest of the version in force. reasons: its labels, in the order of the criteria. adjudicates: the rows are resolutions.
    votes: report -> (verdict, reason, note) that this person gave before, so that the same import twice changes nothing; tags: report ->
    their tags. settles: report -> ids of the decisions that a resolution settles; conflicts: the reports in conflict, settled or not;
    agreed: report -> the verdict on which all agreed without; settled: report -> who settled it, where that was somebody else, and how. disclosed: the reports of which this person has seen the others' votes;
    closed: report -> why nothing new can be said of it here.
    """

    phase: str
    protocol: str
    reasons: Sequence[str]
    reason_required: bool = False
    adjudicates: bool = False
    votes: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conflicts: Collection[str] = ()
    agreed: Mapping[str, str] = field(default_factory=dict)
    settled: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    disclosed: Collection[str] = ()
    closed: Mapping[str, str] = field(default_factory=dict)


def plan(table: Ballots, reports: Sequence[Report], given: Mapping[str, str], ground: Ground) -> Planned:
    """Match each row of one person with its report. given: words of --map: field=column, cell=verdict or cell=reason.

    Raises UsageError where a column is missing.
    """
    words, labels = meanings({k: v for k, v in given.items() if k not in WANTED}, ground.reasons)
    columns = columns_for(table.header, WANTED, {k: v for k, v in given.items() if k in WANTED})
    if "verdict" not in columns:
        raise UsageError(
            "No column holds the verdict.",
            f"Name it: --map verdict=COLUMN; of a list of one verdict, say which: --map verdict=exclude. There are: {', '.join(table.header)}.",
        )
    if not columns.keys() & set(POINTERS):
        raise UsageError("No column says which report a row is about.", "Name one: --map title=COLUMN, or key, doi, pmid.")
    matcher = Matcher(reports)
    votes = _without_named([vote_of(row, columns, words, matcher) for row in table.rows])
    taking = _Import(ground, columns, labels, {r.key: r.keys for r in reports}, votes, foreign=table.free_reasons)
    for vote in votes:
        taking.take(vote)
    return Planned(tuple(taking.events), tuple(taking.refused), tuple(taking.blanks), taking.known, tuple(taking.noted))


def _without_named(votes: Sequence[Vote]) -> list[Vote]:
    """The votes, those that several reports fit alike with the ones among them that no other row names by itself."""
    named = {vote.reports[0] for vote in votes if len(vote.reports) == 1 and not vote.found.why}
    left = [tuple(key for key in vote.reports if key not in named) for vote in votes]
    return [
        replace(vote, found=Found(keys, "other rows name the others of this title")) if keys and keys != vote.reports else vote
        for vote, keys in zip(votes, left, strict=True)
    ]


def of_one_verdict(table: Ballots, verdict: str) -> Ballots:
    """The same as a list of what has this verdict. Raises UsageError where the table says another one of a row."""
    column = columns_for(table.header, WANTED, {}).get("verdict", "")
    others = [(row.line, said) for row in table.rows if (said := read(row.cells.get(column, ""), {})[0]) not in ("", UNSCREENED, verdict)]
    if others:
        line, said = others[0]
        raise UsageError(
            f"It is no list of one verdict: line {line} says {said}{f' (and {len(others) - 1:,} more differ)' if others[1:] else ''}.",
            f"Leave --map verdict={verdict} away, and each row counts as it says.",
        )
    rows = [replace(row, cells={**row.cells, "verdict": verdict}) for row in table.rows]
    return replace(table, header=list(dict.fromkeys([*table.header, "verdict"])), rows=rows)


class _Import:
    """Takes the rows of one person one after the other, and accounts for each."""

    def __init__(
        self, ground: Ground, columns: Mapping[str, str], labels: Mapping[str, str], clusters: Mapping[str, tuple[str, ...]],
        votes: Iterable[Vote], *, foreign: bool,
    ) -> None:  # fmt: skip
        """columns: field -> the column that holds it; labels: cell -> reason; clusters: report -> its records; votes: all of them.

        foreign: the table is another tool's, which has no labels of ours and can't tell whose a reason or a note is: an empty one says nothing.
        """
        self.ground, self.columns, self.labels, self.clusters, self.foreign = ground, columns, labels, clusters, foreign
        self.events: list[About] = []
        self.refused: list[Refused] = []
        self.noted: list[Refused] = []
        self.blanks: list[int] = []
        self.known = 0
        self.taken: dict[str, Vote] = {}  # report -> the first row about it that was taken
        # Where one title means several reports, the rows about it can be taken only if they all say the same.
        self.said: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for vote in votes:
            self.said[vote.reports].add(vote.verdict)

    def take(self, vote: Vote) -> None:
        try:
            if vote.verdict == UNSCREENED:
                self._pass_by(vote)
            else:
                self._take(vote)
        except Refusal as refusal:
            self.refused.append(refusal.of(vote.line))

    def _pass_by(self, vote: Vote) -> None:
        """A row without a verdict: what else it says is not taken. Raise Refusal where that is a reason, which says that there should be one."""
        names = (
            ("note",) if self.foreign else ("reason", "note", "tags")
        )  # labels and reasons of nobody are told of where they are ascribed
        said = [name for name in names if vote.cells.get(name, "").strip()]
        if "reason" in said:
            raise Refusal("it has a reason, and no verdict: say it, or take the reason away", self.columns["reason"])
        if said:
            self._note(vote, f"it has no verdict, so its {' and '.join(said)} {'was' if said == ['note'] else 'were'} not taken")
        self.blanks.append(vote.line)

    def _take(self, vote: Vote) -> None:
        self._must_be_clear(vote)
        reason, note = self._reason_and_note(vote)
        self._must_agree(vote)
        if self._is_agreed(vote):
            self.known += 1  # a table of what came out names these too
            return
        if vote.verdict == "exclude" and self.ground.reason_required and not reason:
            self._note(vote, f"an exclusion in this phase should have its reason: {vote.reports[0]}")
        told = {name for name in ("reason", "note") if name in self.columns and (vote.cells.get(name) or not self.foreign)}
        told |= {"note"} if note != vote.cells.get("note", "").strip() else set()
        first = [key for key in vote.reports if key not in self.taken]
        new = [key for key in first if _is_new(self.ground.votes.get(key), vote.verdict, reason, note, told)]
        self._must_be_open(vote, new)
        before = self.ground.votes
        if changed := next((key for key in vote.reports if key in before and before[key][0] != vote.verdict), ""):
            self._note(vote, f"changes an earlier {before[changed][0]} to {vote.verdict}: {changed}")
        tags = () if self.ground.adjudicates else tags_of(vote.cells.get("tags", ""))
        tagged = [key for key in first if tags and set(self.ground.tags.get(key, ())) != set(tags)]
        self.known += not new and not tagged
        self.taken |= dict.fromkeys(first, vote)
        self.events += [self._event(key, vote.verdict, reason, note) for key in new]
        self.events += [Tags(**self._about(key), phase=self.ground.phase, tags=tags) for key in tagged]

    def _note(self, vote: Vote, what: str) -> None:
        self.noted.append(Refused(vote.line, what))

    def _must_be_clear(self, vote: Vote) -> None:
        """Raise Refusal where the row says no verdict, or of no report."""
        if not vote.verdict:
            cell = vote.cells["verdict"]
            meanings = ", ".join((*ALLOWED, UNSCREENED))
            raise Refusal(f"'{cell}' is not a verdict; say what it means: --map '{cell}=VERDICT' ({meanings})", self.columns["verdict"])
        if not vote.reports:
            where = next((self.columns[f] for f in POINTERS if vote.cells.get(f)), "")
            raise Refusal(f"{vote.found.why}: {vote.cells.get('title', '')[:70]}".removesuffix(": "), where)
        if vote.found.why:
            self._note(vote, f"{vote.found.why}: {vote.reports[0]}")

    def _reason_and_note(self, vote: Vote) -> tuple[str, str]:
        """The reason and the note to keep: where the reason is no label of the protocol's, or names several, the note keeps the rest."""
        said, note = vote.cells.get("reason", "").strip(), vote.cells.get("note", "").strip()
        if vote.verdict in ("include", "maybe"):
            if said:
                article = "an" if vote.verdict == "include" else "a"
                self._note(vote, f"{article} {vote.verdict} has no reason, so '{said}' was left: {vote.reports[0]}")
            return "", note
        if vote.verdict != "exclude" or not said:
            return said, note
        label, rest = reason_of(said, self.labels, self.ground.reasons)
        # Where the flow counts no reasons, words of somebody's own cost no vote.
        if not label and self.ground.reason_required and not self.foreign:
            allowed = "; ".join(self.ground.reasons)
            why = f"'{said}' is not a reason of the protocol; say which it is: --map '{said}=REASON' ({allowed})"
            raise Refusal(why, self.columns.get("reason", self.columns["verdict"]))
        if rest:
            self._note(vote, f"of several reasons the first of the protocol's order was taken, '{label}': {vote.reports[0]}")
        left = f"also: {rest}" if rest else "" if label else f"reason given: {said}"
        return label, " / ".join(filter(None, (note, left)))

    def _must_agree(self, vote: Vote) -> None:
        """Raise Refusal where other rows about the same report, or the same title, say something else."""
        several = len(vote.reports) > 1
        if several and len(self.said[vote.reports]) > 1:
            raise Refusal(
                f"{len(vote.reports)} reports share this title, rows about it differ, and nothing tells which is meant; give a DOI, PMID or key"
            )
        if several:
            self._note(vote, f"{len(vote.reports)} reports share this title; the verdict went to each: {', '.join(vote.reports)}")
        for key in vote.reports:
            if (other := self.taken.get(key, vote)).verdict != vote.verdict:
                raise Refusal(f"line {other.line} is about the same report ({key}) and says {other.verdict}, this one {vote.verdict}")

    def _is_agreed(self, vote: Vote) -> bool:
        """Whether a resolution repeats what stands without it. Raises Refusal where it has nothing to settle, or others settled it otherwise."""
        if not self.ground.adjudicates or vote.verdict == "not retrieved":
            return False
        others = [self.ground.settled[key] for key in vote.reports if key in self.ground.settled]
        if who := next((who for who, verdict in others if verdict != vote.verdict), ""):
            raise Refusal(
                f"{who} settled this conflict otherwise; open it again first, with a reason (review adjudicate): {vote.reports[0]}"
            )
        if others and len(others) == len(vote.reports):
            return True
        if any(key in self.ground.conflicts for key in vote.reports):
            return False
        if any(self.ground.agreed.get(key) != vote.verdict for key in vote.reports):
            raise Refusal(f"is not in conflict, so there is nothing to settle: {vote.reports[0]}")
        return True

    def _must_be_open(self, vote: Vote, new: Sequence[str]) -> None:
        """Raise Refusal where nothing new may be said of one of these reports."""
        if shut := next((key for key in new if key in self.ground.closed), ""):
            raise Refusal(f"{self.ground.closed[shut]}: {shut}")
        if vote.verdict != "not retrieved" and (late := next((key for key in new if key in self.ground.disclosed), "")):
            raise Refusal(f"the others' votes on it were seen, so this one can't change; say it in review adjudicate: {late}")

    def _about(self, key: str) -> dict[str, Any]:
        return {"record": key, "records": self.clusters[key], "via": "import", "protocol": self.ground.protocol}

    def _event(self, key: str, verdict: str, reason: str, note: str) -> About:
        if verdict == "not retrieved":
            return Retrieval(**self._about(key), status=verdict, why=reason or note)
        said = {**self._about(key), "phase": self.ground.phase, "verdict": verdict, "reason": reason, "note": note}
        return Resolution(**said, settles=self.ground.settles.get(key, ())) if self.ground.adjudicates else Decision(**said)


def _is_new(before: tuple[str, str, str] | None, verdict: str, reason: str, note: str, told: Collection[str]) -> bool:
    """Whether a row says something else than stands. told: which of reason and note the row says anything of, even that there is none."""
    if before is None:
        return True
    return before != (verdict, reason if "reason" in told else before[1], note if "note" in told else before[2])
