"""The boxes of the PRISMA 2020 flow diagram with their words, in any of its four templates; and the same in sentences."""

from __future__ import annotations

from typing import NamedTuple

from review.model.flow import Arm, Counts, Flow, total
from review.model.words import counted
from review.report.text_width import SIZE, clean, wrap

LEAD = 17.0  # of text in boxes
PAD_X, PAD_Y = 11.0, 10.0
PREVIOUS = -1  # the column of what the version before had


def number(n: int) -> str:
    return f"(n\u00a0=\u00a0{n:,})"  # kept on one line; drawn with plain spaces


class Part(NamedTuple):
    text: str  # a paragraph in a box
    indent: float = 0
    bold: bool = False
    space: float = 0  # above it


class Box(NamedTuple):
    id: str
    column: int
    row: int
    parts: tuple[Part, ...]
    unfinished: bool = False

    def lines(self, width: float) -> list[tuple[float, float, str, bool]]:
        """Each line as (x, baseline, text, bold) from the top left of the text."""
        out, y = [], 0.0
        for part in self.parts:
            y += part.space
            hang = part.indent  # of the second line and the next ones
            for i, line in enumerate(wrap(part.text, width - 2 * PAD_X - part.indent, hang, SIZE, part.bold)):
                out.append((part.indent + (hang if i else 0), y + LEAD * 0.76, line, part.bold))
                y += LEAD
        return out

    def height(self, width: float) -> float:
        return len(self.lines(width)) * LEAD + sum(p.space for p in self.parts) + 2 * PAD_Y


def _head(title: str, n: int, space: float = 0) -> tuple[Part, ...]:
    return Part(title, bold=True, space=space), Part(number(n))


def _items(counts: Counts, space: float = 4) -> tuple[Part, ...]:
    return tuple(Part(f"{clean(label)} {number(n)}".strip(), indent=8, space=0 if i else space) for i, (label, n) in enumerate(counts))


def _by_whom(arm: Arm) -> tuple[Part, ...]:
    """The second footnote of the template: how many a human excluded and how many automation tools, where there were any."""
    if not arm.excluded_by_automation:
        return ()
    people = arm.excluded - arm.excluded_by_automation
    return _items((("by a human", people), ("by automation tools", arm.excluded_by_automation)))


def boxes_of(flow: Flow) -> list[Box]:
    main, other = flow.main, flow.other
    identified = _head("Records identified", total(main.identified))
    for words, counts in (("Databases", flow.databases), ("Registers", flow.registers)):
        identified += (Part(f"{words} {number(total(counts))}", space=4), *_items(counts, space=0))
    reasons = ("Duplicate records removed", "Records marked as ineligible by automation tools", "Records removed for other reasons")
    removed = tuple(zip(reasons, (main.duplicates, main.removed_by_automation, main.removed_otherwise), strict=True))
    unread = "not screened (stopped)" if flow.given_up and not flow.waiting else "awaiting screening"
    waits, other_waits = ((Part(f"{unread} {number(arm.unscreened)}", space=4),) * bool(arm.unscreened) for arm in (main, other))
    boxes = [
        Box("identified", 0, 0, identified),
        Box("removed", 1, 0, _head("Records removed before screening", total(removed)) + _items(removed)),
        Box("screened", 0, 1, _head("Records screened", main.screened) + waits, bool(waits)),
        Box("excluded", 1, 1, _head("Records excluded", main.excluded) + _by_whom(main)),
    ]
    if flow.has_other:  # an arm that has no boxes for removal and screening
        found = _head("Records identified", total(other.identified)) + _items(other.identified)
        boxes.append(Box("other-identified", 2, 0, found + other_waits, bool(other_waits)))
    for arm, prefix, column in [(main, "", 0), (other, "other-", 2)][: 1 + flow.has_other]:
        waits = (Part(f"awaiting assessment {number(arm.unassessed)}", space=4),) * bool(arm.unassessed)
        boxes += [
            Box(f"{prefix}sought", column, 2, _head("Reports sought for retrieval", arm.sought)),
            Box(f"{prefix}not-retrieved", column + 1, 2, _head("Reports not retrieved", arm.not_retrieved)),
            Box(f"{prefix}assessed", column, 3, _head("Reports assessed for eligibility", arm.assessed) + waits, bool(waits)),
            Box(f"{prefix}reports-excluded", column + 1, 3, _head("Reports excluded", total(arm.reasons)) + _items(arm.reasons)),
        ]
    return boxes + _included(flow)


def _included(flow: Flow) -> list[Box]:
    """What the review ends with: one box in a new review; new and total in an update; the meta-analysis where there is one."""

    def both(studies: str, n: int, reports: str, m: int) -> tuple[Part, ...]:
        return _head(studies, n) + _head(reports, m, space=4)

    row, before, found = 4, flow.previous, []
    if before is None:
        parts = both("Studies included in review", flow.included_studies, "Reports of included studies", flow.included_reports)
        found.append(Box("included", 0, row, parts, flow.interim))
    else:
        parts = both("Studies included in previous version of review", before.studies,
                     "Reports of studies included in previous version of review", before.reports)  # fmt: skip
        found.append(Box("previous", PREVIOUS, 0, parts))
        parts = both("New studies included in review", flow.included_studies, "Reports of new included studies", flow.included_reports)
        found.append(Box("included", 0, row, parts, flow.interim))
        row += 1
        parts = both("Total studies included in review", flow.total_studies, "Reports of total included studies", flow.total_reports)
        found.append(Box("total", 0, row, parts, flow.interim))
    if flow.pooled:
        names = ("Studies included in meta-analysis", "Reports of studies included in meta-analysis")
        parts = both(names[0], flow.pooled[0], names[1], flow.pooled[1])
        found.append(Box("pooled", 0, row + 1, parts, flow.interim))
    return found


def told(flow: Flow) -> str:
    """The flow in sentences, for those who hear the diagram."""

    def some(n: int, word: str) -> str:
        return f"{n:,} {word} was" if n == 1 else f"{n:,} {word}s were"

    said = []
    if before := flow.previous:
        said.append(
            f"The previous version of the review included {counted(before.studies, 'study')} in {counted(before.reports, 'report')}."
        )
    for arm, name in [(flow.main, "databases and registers"), (flow.other, "other methods")][: 1 + flow.has_other]:
        removed = arm.duplicates + arm.removed_by_automation + arm.removed_otherwise
        said.append(f"{some(total(arm.identified), 'record')} identified via {name} and {removed:,} removed before screening.")
        said.append(f"{some(arm.screened, 'record')} screened and {arm.excluded:,} excluded.")
        said.append(f"{some(arm.sought, 'report')} sought for retrieval and {arm.not_retrieved:,} not retrieved.")
        said.append(f"{some(arm.assessed, 'report')} assessed for eligibility and {total(arm.reasons):,} excluded.")
    new = "New studies" if flow.previous else "Studies"
    said.append(f"{new} included in the review: {flow.included_studies:,}, in reports: {flow.included_reports:,}.")
    if flow.previous:
        said.append(f"Total studies included: {flow.total_studies:,}, in reports: {flow.total_reports:,}.")
    if flow.pooled:
        said.append(f"Studies in the meta-analysis: {flow.pooled[0]:,}, in reports: {flow.pooled[1]:,}.")
    if flow.interim:
        said.append("These counts are interim; still waiting: " + "; ".join(f"{clean(label)}, {n:,}" for label, n in flow.waiting) + ".")
    return " ".join(said)
