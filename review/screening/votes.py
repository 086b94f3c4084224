"""From ledgers to votes: whose verdict stands on which report, through merges and unmerges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from review.model.events import Decision, Discussion, Event, FullText, Note, Reopening, Resolution, Retrieval, Unblinding, standing
from review.model.screening import Vote

T = TypeVar("T", Resolution, Reopening, Discussion)


def votes_of(
    events: Sequence[Event], phase: str, report_of: Mapping[str, str], until: Mapping[str, str] | None = None
) -> dict[str, tuple[Vote, ...]]:
    """One person's standing votes for each report: one, or several where a merge brought different verdicts together.

    events: that person's ledger, in order. report_of: record key -> report key as the clusters now are.
    until: report key -> an event id; later events on that report are left out (they were not independent).

    A decision follows the record that was shown. A later decision replaces an earlier one if the record of the
    earlier was in the cluster that the person then saw, or if both were about the same record.
    """
    grouped: dict[str, list[Decision]] = {}
    for event in standing(events):
        if not isinstance(event, Decision) or event.phase != phase:
            continue
        report = report_of.get(event.record)
        if report is None or (until and report in until and event.id > until[report]):
            continue
        if report in grouped:
            kept = [e for e in grouped[report] if e.record != event.record and e.record not in event.records]
            grouped[report] = [*kept, event]
        else:
            grouped[report] = [event]
    return {report: _votes(decisions) for report, decisions in grouped.items()}


def _votes(decisions: list[Decision]) -> tuple[Vote, ...]:
    if len(decisions) == 1:
        return (vote(decisions[0]),)
    if len({d.verdict for d in decisions}) == 1:  # said of two that are one report since, each perhaps with a note
        notes = " / ".join(dict.fromkeys(d.note for d in decisions if d.note))
        return (replace(vote(decisions[-1]), note=notes),)
    return tuple(vote(d) for d in decisions)


def vote(event: Decision | Resolution | Discussion) -> Vote:
    return Vote(
        by=event.by,
        verdict=event.verdict,
        reason=event.reason,
        note=event.note,
        id=event.id,
        at=event.at,
        protocol=event.protocol,
        via=event.via,
    )


def notes_of(events: Sequence[Event], phase: str, report_of: Mapping[str, str]) -> dict[str, str]:
    """One person's last standing note on each report, apart from the verdict."""
    notes = (e for e in standing(events) if isinstance(e, Note) and e.phase == phase)
    return {report: e.note for e in notes if (report := report_of.get(e.record)) is not None}


def _of_reports(kind: type[T], events: Iterable[Event], phase: str, report_of: Mapping[str, str]) -> Iterator[tuple[str, T]]:
    """The events of that kind in the phase, oldest first, each with the report that it is about."""
    for event in sorted((e for e in events if isinstance(e, kind) and e.phase == phase), key=lambda e: e.id):
        if (report := report_of.get(event.record)) is not None:
            yield report, event


def resolutions(events: Iterable[Event], phase: str, report_of: Mapping[str, str]) -> dict[str, tuple[Vote, ...]]:
    """`settlements` as votes."""
    return {report: tuple(map(vote, settled)) for report, settled in settlements(events, phase, report_of).items()}


def settlements(events: Iterable[Event], phase: str, report_of: Mapping[str, str]) -> dict[str, list[Resolution]]:
    """The standing resolutions of each report, oldest first. events: those of all ledgers of the phase, undos applied."""
    found: dict[str, list[Resolution]] = defaultdict(list)
    for report, event in _of_reports(Resolution, events, phase, report_of):
        found[report].append(event)
    return dict(found)


def agreed(settled: Iterable[Resolution]) -> Vote | None:
    """The last of a report's resolutions, oldest first. None where a merge brought two together that differ: as in `votes_of`, a later one
    replaces an earlier one whose record it was about."""
    kept: list[Resolution] = []
    for event in settled:
        kept = [*(e for e in kept if e.record != event.record and e.record not in event.records), event]
    return vote(kept[-1]) if len({e.verdict for e in kept}) == 1 else None


def reopenings(events: Iterable[Event], phase: str, report_of: Mapping[str, str]) -> dict[str, Vote]:
    """The last reopening of each report: what settled it before that does not count any more."""
    found: dict[str, Vote] = {}
    for report, event in _of_reports(Reopening, events, phase, report_of):
        found[report] = Vote(
            by=event.by, verdict="reopened", note=event.note, id=event.id, at=event.at, protocol=event.protocol, via=event.via
        )
    return found


def discussions(events: Iterable[Event], phase: str, report_of: Mapping[str, str]) -> dict[str, dict[str, Discussion]]:
    """Each person's last word after discussing a report: report -> who -> event."""
    found: dict[str, dict[str, Discussion]] = defaultdict(dict)
    for report, event in _of_reports(Discussion, events, phase, report_of):
        found[report][event.by] = event
    return dict(found)


def seen_by(events: Iterable[Event], phase: str, report_of: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """When one person was first shown others' verdicts: report -> event id; and the id from which on all were, or ''.

    Undone or not: what was seen was seen.
    """
    found: dict[str, str] = {}
    everything = ""
    for event in events:
        if isinstance(event, Unblinding) and event.phase == phase:
            for key in event.records:
                if (report := report_of.get(key)) is not None:
                    found.setdefault(report, event.id)
            if not event.records:
                everything = everything or event.id
    return found, everything


def full_texts(events: Iterable[Event], report_of: Mapping[str, str]) -> dict[str, str]:
    """When the last full text of each report was put beside the review: report -> event id. events: undos applied."""
    found: dict[str, str] = {}
    for event in events:
        if isinstance(event, FullText) and (report := report_of.get(event.record)) is not None:
            found[report] = max(event.id, found.get(report, ""))
    return found


def taken_back(events: Sequence[Event]) -> set[str]:
    """The ids of one person's verdicts on full texts that they took back, having said since that it could not be got. events: theirs, in order,
    undos applied. A word is about what was the report when it was said, as a verdict is in `votes_of`."""
    last: dict[str, Retrieval] = {}
    for event in events:
        if isinstance(event, Retrieval):
            last |= dict.fromkeys((event.record, *event.records), event)
    said = ((e, last[e.record]) for e in events if isinstance(e, Decision) and e.record in last)
    return {event.id for event, word in said if word.status == "not retrieved" and event.id < word.id}


def retrieval(events: Iterable[Event], report_of: Mapping[str, str]) -> dict[str, dict[str, Retrieval]]:
    """Each person's last word on each report's full text: report -> who -> event."""
    found: dict[str, dict[str, Retrieval]] = defaultdict(dict)
    for event in sorted((e for e in events if isinstance(e, Retrieval)), key=lambda e: e.id):
        if (report := report_of.get(event.record)) is not None:
            found[report][event.by] = event
    return dict(found)
