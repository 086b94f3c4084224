"""Answers given elsewhere: rows of a long table (one answer a row) to events, each row accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.errors import UsageError
from review.extraction.folding import Place
from review.extraction.units import named
from review.formats.rows import Row
from review.model.events import MISSING, Answer, Consensus
from review.model.extraction import Cell
from review.model.forms import place_of
from review.model.matching import NAMES, Matcher, columns_for
from review.model.protocol_evidence import ExtractionPlan
from review.model.record import Report
from review.model.values import astray, problem, uncoded

WANTED: Mapping[str, tuple[str, ...]] = {
    **NAMES,
    "question": ("question_id",),
    "field": ("field_id",),
    "value": ("answer",),
    "missing": ("missing_code",),
    "quote": ("quotation",),
    "locator": ("page", "place"),
    "note": ("reason", "comment"),
    "instance": ("no", "n_of_group"),
}


@dataclass(frozen=True)
class Refused:
    line: int
    why: str


@dataclass(frozen=True)
class Planned:
    events: tuple[Answer, ...]
    refused: tuple[Refused, ...]
    known: int
    blank: int
    noted: tuple[Refused, ...] = ()  # rows taken, but they change what this person said before, or name a theme that is not in the codebook


def plan(
    header: Sequence[str],
    rows: Sequence[Row],
    reports: Sequence[Report],
    given: Mapping[str, str],
    form: ExtractionPlan,
    *,
    who: str,
    consensus: bool,
    protocol: str,
    cells: Sequence[Cell],
    mine: Mapping[Place, Answer],
) -> Planned:
    """Match each row with its report, question and field, and check its value against the form.

    reports: the studies (`units`). mine: this person's answers, so that the same import twice changes nothing; cells: as they
    stand, so that a consensus names the answers that it settles. Raises UsageError where a column is missing.
    """
    try:
        columns = columns_for(header, WANTED, given)
    except KeyError as absent:
        raise UsageError(f"There is no column {absent}.", f"There are: {', '.join(header)}.") from None
    for needed in ("question", "field", "value"):
        if needed not in columns:
            raise UsageError(f"No column holds the {needed}.", f"Name it: --map {needed}=COLUMN. There are: {', '.join(header)}.")
    matcher = Matcher(reports)
    units = {r.key: r for r in reports}
    forms = {f.question: {x.id: x for x in f.fields} for f in form.forms}
    standing = {(c.report, c.question, c.field, c.instance): c for c in cells}
    events: list[Answer] = []
    refused: list[Refused] = []
    noted: list[Refused] = []
    known = blank = 0
    seen: dict[Place, tuple[object, ...]] = {}
    for row in rows:
        text = {field: row.cells.get(column, "") for field, column in columns.items()}
        value, missing = text["value"], text.get("missing", "").upper()
        if not value and not missing:
            blank += 1
            continue
        match = matcher.find(text)
        found = match.reports
        if len(found) != 1:
            title = f": {text['title'][:70]}" if text.get("title") else ""
            refused.append(Refused(row.line, f"{match.why or f'{len(found)} reports share this title'} among those included{title}"))
            continue
        text["question"], text["field"] = place_of(form, text["question"], text["field"])
        fields = forms.get(text["question"])
        if fields is None:
            refused.append(Refused(row.line, f"there is no form for '{text['question']}'; there are: {', '.join(forms)}"))
            continue
        field = fields.get(text["field"])
        if field is None:
            refused.append(Refused(row.line, f"{text['question']} has no field '{text['field']}'; it has: {', '.join(fields)}"))
            continue
        wrong = (
            (f"'{missing}' is not a missing code; allowed: {', '.join(MISSING)}" if missing not in MISSING else "")
            if missing
            else problem(field, value)
        )
        instance = text.get("instance", "").removesuffix(".0")
        if not wrong and instance not in ("", "1") and not (field.group and instance.isdigit() and int(instance)):
            wrong = f"instance '{instance}' {'is not a number from 1 on' if field.group else 'given, but the field is not repeatable'}"
        key = found[0]
        instance = "" if instance in ("", "1") else instance
        place = (key, text["question"], text["field"], int(instance or 1) if field.group and not wrong else 0)
        cell = standing.get(place)
        before = _before(cell, mine.get(place), consensus)
        # What the table has no column for stays as it was.
        rest = {
            part: row.cells[columns[part]] if columns.get(part) in row.cells else before[n] if before else ""
            for n, part in enumerate(("quote", "locator", "note"), 2)
        }
        if not wrong and field.support and not missing and not (rest["quote"] or rest["note"]):
            wrong = "a judgement needs a quote, or a note that says why"
        if not wrong and missing and value:
            wrong = f"has both a value and the missing code {missing}"
        if not wrong:
            wrong = astray(rest["locator"])
        if not wrong and seen.setdefault(place, (row.line, value, missing, *rest.values()))[1:] != (value, missing, *rest.values()):
            wrong = f"line {seen[place][0]} says something else of the same field of the same study; one of the two must go"
        if wrong:
            refused.append(Refused(row.line, f"{text['question']}.{text['field']}: {wrong}"))
            continue
        common = {
            **named(units[key]), "question": text["question"], "field": text["field"], "value": value, "missing": missing,
            "via": "import", "protocol": protocol, "instance": instance, **rest,
        }  # fmt: skip
        if doubt := "" if missing else uncoded(field, value):
            noted.append(Refused(row.line, f"{text['question']}.{text['field']}: {doubt}"))
        if before and before[:2] != (value, missing):
            noted.append(
                Refused(
                    row.line,
                    f"changes an earlier answer '{before[0] or before[1]}' to '{value or missing}': {key} {text['question']}.{text['field']}",
                )
            )
        if before == (value, missing, *rest.values()):
            known += 1
        elif consensus:
            events.append(Consensus(**common, settles=tuple(a.id for a in cell.answers) if cell else ()))  # type: ignore[arg-type]
        else:
            events.append(Answer(**common))  # type: ignore[arg-type]
    return Planned(tuple(events), tuple(refused), known, blank, tuple(noted))


def _before(cell: Cell | None, mine: Answer | None, consensus: bool) -> tuple[str, str, str, str, str] | None:
    given = (cell.stands if cell and cell.state == "settled" else None) if consensus else mine
    return (given.value, given.missing, given.quote, given.locator, given.note) if given else None
