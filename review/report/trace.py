"""The life of a record, report or study: where it came from, what was decided on it, and where the report shows it.

Blindness holds here too: until all who have to decide have done so, a decision is told with who and when, not how; an answer
likewise until all extractors have answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.model.events import (
    About,
    Answer,
    Consensus,
    Decision,
    Discussion,
    Event,
    FullText,
    Note,
    Reopening,
    Resolution,
    Retrieval,
    Sameness,
    Sought,
    StudyApart,
    StudyLink,
    Undo,
)  # fmt: skip
from review.model.identifiers import identifier
from review.model.protocol import Protocol
from review.model.record import Link, Report, Search
from review.report.counts import Counted
from review.report.material import Material
from review.report.prisma_keys import KEYS

# Box of the PRISMA 2020 template -> the list behind it. Boxes of an update's previous version have no list of ours.
BOXES = {
    "box2": "identified", "box3": "removed", "box4": "screened", "box5": "excluded", "box6": "sought", "box7": "not-retrieved", "box8": "assessed",
    "box9": "reports-excluded", "box10": "included", "box11": "other-identified", "box12": "other-sought", "box13": "other-not-retrieved",
    "box14": "other-assessed", "box15": "other-reports-excluded", "box16": "included",
}  # fmt: skip
_BY_KEY = {k.name: BOXES[k.box] for k in KEYS if k.name and k.box in BOXES}


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened. at: ISO 8601, or a date; '' where it has no time. protocol: digest of the version then in force."""

    at: str
    who: str
    stage: str
    what: str
    protocol: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """key: of the report; records: in it; study: where it is told; shown: the lists in which it stands."""

    key: str
    title: str
    records: tuple[str, ...]
    study: str
    steps: tuple[Step, ...]
    state: str
    shown: tuple[str, ...]


def find(material: Material, name: str) -> tuple[str, ...]:
    """The keys of the reports that a name means: the key of a record, report or study, a DOI or a PMID; () where none.

    material: with the reports that are `called` so.
    """
    bare = identifier(name)
    for study in material.extraction.studies:
        if study.key == name and study.linked:
            return study.reports
    reports = sorted(material.reports.values(), key=lambda r: r.key)
    hits = [r.key for r in reports if name in r.keys]
    return tuple(hits or [r.key for r in reports if any(bare and bare in (x.doi.casefold(), x.pmid) for x in r.records)])


def life(
    material: Material,
    key: str,
    counted: Counted,
    searches: Sequence[Search],
    links: Sequence[Link],
    ledgers: Mapping[str, Sequence[Event]],
) -> Life:
    """ledgers: part (title-abstract, full-text, extraction, dedup, studies, fulltexts) -> the events of all its people, by id."""
    report = material.reports[key]
    keys = set(report.keys)
    origin = [*_origin(material.protocol, report, searches), *_duplicates(report, links, ledgers.get("dedup", ()))]
    origin += [Step("", "", "dedup", f"linked, not merged: {r.words}" if r.other else r.words) for r in material.related.get(key, ())]
    steps: list[Step] = []
    for phase in material.phases:
        outcome = next((o for o in phase.outcomes if o.report == key), None)
        open_ = outcome is None or outcome.state == "pending"
        mine = [e for e in ledgers.get(phase.phase, ()) if isinstance(e, About) and e.record in keys]
        steps += _undoable(phase.phase, mine, ledgers.get(phase.phase, ()), hidden=open_ and key not in phase.not_retrieved)
    steps += [_full_text(e) for e in ledgers.get("fulltexts", ()) if isinstance(e, (FullText, Sought)) and e.record in keys]
    study = next((s.key for s in material.extraction.studies if key in s.reports), "")
    steps += [s for e in ledgers.get("studies", ()) if (s := _study(e, keys))]
    steps += _answers(material, study, keys, ledgers.get("extraction", ()))
    steps.sort(key=lambda s: s.at)  # a full text is added before it is judged, whatever ledger tells it
    lists = tuple(x.title for x in counted.lists.values() if not keys.isdisjoint(x.items.keys))
    return Life(key, report.title, report.keys, study, (*origin, *steps), _state(material, key), lists)


def _origin(protocol: Protocol, report: Report, searches: Sequence[Search]) -> list[Step]:
    names = {s.id: s.name for s in protocol.sources}
    files = {(s.source, s.date, f.sha256): f.name for s in searches for f in s.files}
    return [
        Step(
            r.searched, "", "search",
            f"{r.key} came from {names.get(r.source, r.source)}, in {files.get((r.source, r.searched, r.file), 'a file')} at line {r.line:,} (sha256 {r.file[:12]}…)",
        )
        for r in report.records
    ]  # fmt: skip


def _duplicates(report: Report, links: Sequence[Link], events: Sequence[Event]) -> list[Step]:
    keys = set(report.keys)
    steps = [
        Step("", "", "dedup", f"{x.a} and {x.b} are one report: {x.evidence} (rule {x.rule}, p = {x.probability:.2f})" if x.a in keys and x.b in keys
             else f"{x.a} and {x.b} may be one report, and nobody has decided: {x.evidence} (p = {x.probability:.2f})")
        for x in links if {x.a, x.b} & keys and (x.verdict == "unsure" or {x.a, x.b} <= keys)
    ]  # fmt: skip
    said = {e.id: e for e in events if isinstance(e, Sameness) and {e.a, e.b} & keys}
    for e in events:
        if isinstance(e, Sameness) and e.id in said:
            word = "are" if e.same else "are not"
            note = "".join((f", but {e.relation.replace('_', ' ')}" if e.relation else "", f": {e.note}" if e.note else ""))
            steps.append(Step(e.at, e.by, "dedup", f"said that {e.a} and {e.b} {word} one report{note}", e.protocol))
        elif isinstance(e, Undo) and e.undoes in said:
            back = said[e.undoes]
            what = f"took back the word on {back.a} and {back.b} of {back.at[:16].replace('T', ' ')} UTC"
            steps.append(Step(e.at, e.by, "dedup", what, e.protocol))
    return steps


def _undoable(stage: str, mine: Sequence[About], everything: Sequence[Event], hidden: bool) -> list[Step]:
    """Every act on the report, those that were taken back included: they happened."""
    ids = {e.id: e for e in mine}
    steps = [_act(stage, e, hidden) for e in mine]
    steps += [
        Step(e.at, e.by, stage, f"took back the {ids[e.undoes].kind} of {ids[e.undoes].at[:16].replace('T', ' ')} UTC", e.protocol)
        for e in everything
        if isinstance(e, Undo) and e.undoes in ids
    ]
    return sorted(steps, key=lambda s: s.at)


def _act(stage: str, e: About, hidden: bool) -> Step:
    via = ", imported" if e.via == "import" else ""
    note = f"; note: {e.note}" if e.note and not hidden else ""
    if isinstance(e, Decision):
        what = "decided (not told until all have)" if hidden else f"decided: {e.verdict}{f', {e.reason}' if e.reason else ''}"
    elif isinstance(e, Resolution):
        what = f"settled the conflict: {e.verdict}{f', {e.reason}' if e.reason else ''}"
    elif isinstance(e, Discussion):
        what = f"held after discussion: {e.verdict}{f', {e.reason}' if e.reason else ''}"
    elif isinstance(e, Reopening):
        what = "opened the conflict again"
    elif isinstance(e, Retrieval):
        what = f"full text {e.status}{f': {e.why}' if e.why else ''}"
    elif isinstance(e, Note):
        return Step(e.at, e.by, stage, "made a note (not told until all have decided)" if hidden else f"noted: {e.note}", e.protocol)
    else:
        what = "marked it" if hidden else e.kind
    return Step(e.at, e.by, stage, f"{what}{via}{note}", e.protocol)


def _full_text(e: FullText | Sought) -> Step:
    if isinstance(e, FullText):
        return Step(
            e.at,
            e.by,
            "full text",
            f"added {e.name} ({e.format}, sha256 {e.sha256[:12]}…), from {e.origin or 'no place named'}",
            e.protocol,
        )
    return Step(
        e.at, e.by, "full text", f"sought{f' at {e.where}' if e.where else ''}: {e.status}{f'; {e.note}' if e.note else ''}", e.protocol
    )


def _study(e: Event, keys: set[str]) -> Step | None:
    if isinstance(e, StudyLink) and e.record in keys:
        word = "linked it to study" if e.linked else "took it from study"
        return Step(e.at, e.by, "study", f"{word} {e.study}{', as its primary report' if e.primary else ''}", e.protocol)
    if isinstance(e, StudyApart) and {e.a, e.b} & keys:
        return Step(e.at, e.by, "study", f"said that {e.a} and {e.b} tell of different studies", e.protocol)
    return None


def _answers(material: Material, study: str, keys: set[str], events: Sequence[Event]) -> list[Step]:
    hidden = {(c.question, c.field) for c in material.extraction.cells if c.report == study and c.state == "single"}
    known = {(c.question, c.field) for c in material.extraction.cells if c.report == study}
    tools = {t.id for t in material.protocol.appraisal}
    steps = []
    for e in events:
        if not isinstance(e, Answer) or e.record not in keys:
            continue
        stage = "appraisal" if e.question in tools else "extraction"
        place = f"{e.question}.{e.field}"
        if (e.question, e.field) in hidden or (e.question, e.field) not in known:
            what = f"answered {place} (not told until all extractors have)"
        else:
            word = "settled" if isinstance(e, Consensus) else "answered"
            quote = f", “{e.quote}”{f' ({e.locator})' if e.locator else ''}" if e.quote else ""
            what = f"{word} {place}: {e.value or e.missing}{quote}{f'; note: {e.note}' if e.note else ''}"
        steps.append(Step(e.at, e.by, stage, what + (", imported" if e.via == "import" else ""), e.protocol))
    return steps


def _state(material: Material, key: str) -> str:
    """How it stands at the end."""
    state = "no phase has begun"
    for phase in material.phases:
        outcome = next((o for o in phase.outcomes if o.report == key), None)
        if outcome is None:
            continue
        if key in phase.not_retrieved:
            return f"not retrieved: {phase.not_retrieved[key] or 'no reason given'}"
        words = {"include": "included", "exclude": "excluded", "conflict": "in conflict", "pending": "awaits decisions"}
        state = f"{words[outcome.state]} at {phase.phase}{f': {outcome.reason}' if outcome.reason else ''}"
    return state


def list_id(counted: Counted, box: str) -> str:
    """The list behind a box, by its number (box4), the key of the interchange file, or the list's own id; '' where there is none."""
    name = box.strip().casefold().replace(" ", "-").replace("_", "-")
    for candidate in (
        BOXES.get(name.replace("-", "")),
        _BY_KEY.get(name.replace("-", "_")),
        next((x for x in counted.lists if x.casefold() == name), None),
    ):
        if candidate in counted.lists:
            return str(candidate)
    return ""
