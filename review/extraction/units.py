"""What is extracted from: studies, each with the records of its reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from review.extraction.folding import Place, folded
from review.model.events import Answer, Event
from review.model.protocol_evidence import ExtractionPlan
from review.model.record import Report
from review.model.study import Study


def units(studies: Sequence[Study], reports: Mapping[str, Report]) -> list[Report]:
    """One for each study: its key, and the records of its reports, the primary one's first."""
    return [Report(key=s.key, records=tuple(x for r in s.reports if r in reports for x in reports[r].records)) for s in studies]


class Units:
    """Finds the study that an event speaks of."""

    def __init__(self, found: Iterable[Report]) -> None:
        self._of: dict[str, list[str]] = defaultdict(list)
        for unit in found:
            for key in unit.keys:
                self._of[key].append(unit.key)

    def of(self, event: Answer) -> str:
        """The key of the study; '' where the record is in none. Of several, the one that the event names, else the first."""
        candidates = self._of.get(event.record, [])
        return event.study if event.study in candidates else candidates[0] if candidates else ""

    def answers(self, events: Sequence[Event], plan: ExtractionPlan) -> dict[Place, tuple[Answer, ...]]:
        """One person's standing answers: place -> the latest, and those of another report that say something else (`folded`)."""
        return folded(events, self.of, plan)


def named(unit: Report) -> dict[str, object]:
    """The fields of an event that say which study it is about."""
    first = unit.records[0].key if unit.records else unit.key
    return {"record": first, "records": unit.keys, "study": "" if unit.key in unit.keys else unit.key}
