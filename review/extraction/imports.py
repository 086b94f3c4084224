"""Answers given elsewhere: rows of a long table (one answer a row) to events, each row accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from review.errors import UsageError
from review.extraction.folding import Place
from review.extraction.units import named
from review.formats.tables.rows import Refusal, Refused, Row
from review.model.events import MISSING, Answer, Consensus
from review.model.extraction import Cell, Given
from review.model.forms import place_of
from review.model.matching import NAMES, Matcher, columns_for
from review.model.protocol_evidence import ExtractionPlan, FormField
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


class Said(NamedTuple):
    """What a person says of a field; value or missing code."""

    value: str
    missing: str
    quote: str
    locator: str
    note: str


@dataclass(frozen=True)
class Planned:
    events: tuple[Answer, ...]
    refused: tuple[Refused, ...]
    known: int
    blank: int
    noted: tuple[Refused, ...] = ()  # rows taken, but they change what this person said before, or name a theme that is not in the codebook


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What the rows of one person meet.

    form: of which forms; units: the studies (`units`); protocol: digest of the version in force; consensus: the rows settle differences.
    mine: this person's answers, so that the same import twice changes nothing; cells: as they stand, so that a consensus names the
    answers that it settles.
    """

    form: ExtractionPlan
    units: Sequence[Report]
    protocol: str
    consensus: bool
    cells: Sequence[Cell] = ()
    mine: Mapping[Place, Answer] = field(default_factory=dict)


def plan(header: Sequence[str], rows: Sequence[Row], given: Mapping[str, str], ground: Ground) -> Planned:
    """Match each row with its study, question and field, and check its value against the form. given: words of --map, field=column.

    Raises UsageError where a column is missing.
    """
    columns = columns_for(header, WANTED, given)
    for needed in ("question", "field", "value"):
        if needed not in columns:
            raise UsageError(f"No column holds the {needed}.", f"Name it: --map {needed}=COLUMN. There are: {', '.join(header)}.")
    taking = _Import(ground, columns)
    for row in rows:
        taking.take(row)
    return Planned(tuple(taking.events), tuple(taking.refused), taking.known, taking.blank, tuple(taking.noted))


def said_of(event: Answer) -> tuple[str, ...]:
    """What an answer says, and of what: two that are equal are one answer given twice."""
    return (
        event.record, event.question, event.field, event.instance, event.value, event.missing, event.quote, event.locator, event.note
    )  # fmt: skip


class _Import:
    """Takes the rows one after the other, and accounts for each."""

    def __init__(self, ground: Ground, columns: Mapping[str, str]) -> None:
        """columns: field -> the column that holds it."""
        self.ground, self.columns = ground, columns
        self.matcher = Matcher(ground.units)
        self.units = {u.key: u for u in ground.units}
        self.forms = {f.question: {x.id: x for x in f.fields} for f in ground.form.forms}
        self.standing = {(c.report, c.question, c.field, c.instance): c for c in ground.cells}
        self.events: list[Answer] = []
        self.refused: list[Refused] = []
        self.noted: list[Refused] = []
        self.known = self.blank = 0
        self.seen: dict[Place, tuple[int, Said]] = {}  # the first row about a place, and what it said

    def take(self, row: Row) -> None:
        text = {name: row.cells.get(column, "") for name, column in self.columns.items()}
        text["missing"] = text.get("missing", "").upper()
        if not text["value"] and not text["missing"]:
            self.blank += 1
            return
        try:
            self._take(row, text)
        except Refusal as refusal:
            self.refused.append(refusal.of(row.line))

    def _take(self, row: Row, text: Mapping[str, str]) -> None:
        match = self.matcher.find(text)
        if len(match.reports) != 1:
            title = f": {text['title'][:70]}" if text.get("title") else ""
            raise Refusal(f"{match.why or f'{len(match.reports)} reports share this title'} among those included{title}")
        question, name = place_of(self.ground.form, text["question"], text["field"])
        fields = self.forms.get(question)
        if fields is None:
            raise Refusal(f"there is no form for '{question}'; there are: {', '.join(self.forms)}")
        field = fields.get(name)
        if field is None:
            raise Refusal(f"{question} has no field '{name}'; it has: {', '.join(fields)}")
        instance = text.get("instance", "").removesuffix(".0")
        if wrong := _unfit(field, text["value"], text["missing"]) or _misnumbered(field, instance):
            raise Refusal(f"{question}.{name}: {wrong}")
        instance = "" if instance == "1" else instance
        place = (match.reports[0], question, name, int(instance or 1) if field.group else 0)
        before = self._before(place)
        # What the table has no column for stays as it was.
        kept = before._asdict() if before else {}
        rest = {
            part: row.cells[self.columns[part]] if self.columns.get(part) in row.cells else kept.get(part, "")
            for part in ("quote", "locator", "note")
        }
        said = Said(text["value"], text["missing"], **rest)
        if wrong := _unsupported(field, said) or self._contradicted(place, row.line, said):
            raise Refusal(f"{question}.{name}: {wrong}")
        self._tell(row.line, field, place, said, before)
        if before == said:
            self.known += 1
        else:
            self.events.append(self._event(place, instance, said))

    def _before(self, place: Place) -> Said | None:
        """What this person, or a consensus, said in this place before."""
        if self.ground.consensus:
            cell = self.standing.get(place)
            given: Given | Answer | None = cell.stands if cell and cell.state == "settled" else None
        else:
            given = self.ground.mine.get(place)
        return Said(given.value, given.missing, given.quote, given.locator, given.note) if given else None

    def _contradicted(self, place: Place, line: int, said: Said) -> str:
        first, other = self.seen.setdefault(place, (line, said))
        return "" if other == said else f"line {first} says something else of the same field of the same study; one of the two must go"

    def _tell(self, line: int, field: FormField, place: Place, said: Said, before: Said | None) -> None:
        """Note what is to be known of a row that is taken."""
        unit, question, name, _ = place
        if doubt := "" if said.missing else uncoded(field, said.value):
            self.noted.append(Refused(line, f"{question}.{name}: {doubt}"))
        if before and before[:2] != said[:2]:
            earlier, now = before.value or before.missing, said.value or said.missing
            self.noted.append(Refused(line, f"changes an earlier answer '{earlier}' to '{now}': {unit} {question}.{name}"))

    def _event(self, place: Place, instance: str, said: Said) -> Answer:
        unit, question, name, _ = place
        common: dict[str, Any] = {
            **named(self.units[unit]), **said._asdict(), "question": question, "field": name, "instance": instance,
            "via": "import", "protocol": self.ground.protocol,
        }  # fmt: skip
        if not self.ground.consensus:
            return Answer(**common)
        cell = self.standing.get(place)
        return Consensus(**common, settles=tuple(a.id for a in cell.answers) if cell else ())


def _unfit(field: FormField, value: str, missing: str) -> str:
    """Why a value, or a missing code, is none of this field, in words; '' if it is."""
    if not missing:
        return problem(field, value)
    return "" if missing in MISSING else f"'{missing}' is not a missing code; allowed: {', '.join(MISSING)}"


def _misnumbered(field: FormField, instance: str) -> str:
    """Why an instance is none of this field, in words; '' if it is."""
    if instance in ("", "1") or (field.group and instance.isdigit() and int(instance)):
        return ""
    return f"instance '{instance}' {'is not a number from 1 on' if field.group else 'given, but the field is not repeatable'}"


def _unsupported(field: FormField, said: Said) -> str:
    """Why an answer can't stand with what was given beside it, in words; '' if it can."""
    if field.support and not said.missing and not (said.quote or said.note):
        return "a judgement needs a quote, or a note that says why"
    if said.missing and said.value:
        return f"has both a value and the missing code {said.missing}"
    return astray(said.locator)
