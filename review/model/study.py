"""Studies and their reports: people say which reports tell of one study. Deduplication is another act, with another ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from review.model.events import Event, StudyApart, StudyLink, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """An investigation. key: what people called it, or its report's key where nobody linked that; reports: keys, the primary one first."""

    key: str
    reports: tuple[str, ...]
    linked: bool = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Study:
        return cls(key=data["key"], reports=tuple(data["reports"]), linked=data["linked"])


def studies(included: Sequence[str], events: Sequence[Event], report_of: Mapping[str, str]) -> tuple[Study, ...]:
    """The studies told in the included reports (keys), sorted by key.

    events: of the studies' ledger, in order; report_of: record -> report. A later word on a report and a study counts
    instead of an earlier one, whoever spoke. A report that nobody linked is a study of its own.
    """
    words: dict[tuple[str, str], StudyLink] = {}
    for event in standing(events):
        if isinstance(event, StudyLink) and (report := report_of.get(event.record)):
            words[event.study, report] = event
    wanted = set(included)
    linked: dict[str, list[tuple[bool, str, str]]] = {}
    for (study, report), word in words.items():
        if word.linked and report in wanted:
            linked.setdefault(study, []).append((not word.primary, word.id, report))
    found = [Study(key=key, reports=tuple(r for _, _, r in sorted(reports)), linked=True) for key, reports in linked.items()]
    told = {r for study in found for r in study.reports}
    found += [Study(key=r, reports=(r,)) for r in included if r not in told]
    return tuple(sorted(found, key=lambda s: s.key))


def apart(events: Sequence[Event], report_of: Mapping[str, str]) -> set[tuple[str, str]]:
    """Pairs of reports (sorted) of which a person said that they tell of different studies."""
    pairs = set()
    for event in standing(events):
        if isinstance(event, StudyApart):
            a, b = sorted((report_of.get(event.a, event.a), report_of.get(event.b, event.b)))
            pairs.add((a, b))
    return pairs
