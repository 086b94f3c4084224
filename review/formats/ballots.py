"""Votes from other tools, as rows: who, about what, which verdict. Tables, and references whose notes tell them: Rayyan's, ASReview's and
Covidence's ways."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from review.errors import FormatError
from review.formats import asreview, rayyan_log
from review.formats.base import Format
from review.formats.bibtex import bibtex
from review.formats.characters.text import decode
from review.formats.covidence import reason_in
from review.formats.endnote import endnote_xml
from review.formats.json import csl_json
from review.formats.packed import parts
from review.formats.pubmed import nbib
from review.formats.rayyan import Votes, parse_votes
from review.formats.ris import ris
from review.formats.tables import ods, xls, xlsx
from review.formats.tables.csv_line import unguarded
from review.formats.tables.foreign import recognised
from review.formats.tables.rows import Refused, Row, apart, read_rows
from review.formats.tagged import refer
from review.model.record import Record, text_of
from review.model.words import letter

OWNER = "reviewer"
_NOTES = ("notes", "note", "n1")
_OF_REFERENCES = (ris.FORMAT, bibtex.FORMAT, refer.FORMAT, endnote_xml.FORMAT, nbib.FORMAT, csl_json.FORMAT)
_KEYS = ("ID", "citation-key", "label")  # where the key of a report stands in them
_TOLD = ("doi", "pmid", "title", "abstract", "year", "journal", "volume", "issue", "pages", "authors")
_FOUND = ["key", *_TOLD, OWNER, "verdict", "reason", "note", "tags"]


@dataclass(frozen=True)
class Ballots:
    """header: names of the columns; owner: the column that says whose a row is, where the format has one; lettered: columns have letters,
    as in a workbook; sheet: which sheet of it, others: those that hold a table too.

    free_reasons: reasons are words of another tool, not labels of the protocol. left: what the file tells of nobody.
    """

    header: list[str]
    rows: list[Row]
    owner: str = ""
    lettered: bool = False
    free_reasons: bool = False
    sheet: str = ""
    others: tuple[str, ...] = ()
    left: tuple[Refused, ...] = ()

    def place(self, column: str) -> str:
        """How to call the cell of a column: its name, in a workbook with its letter."""
        if column not in self.header:
            return ""
        return f"{letter(self.header.index(column)).upper()} ({column})" if self.lettered else column


def read_ballots(data: bytes, name: str, sheet: str = "") -> Ballots:
    """The votes in a file: of a workbook in the sheet of this name, or the first that holds a table.

    Of a ZIP the one file in it that is read. Raises FormatError, which names the file, where it can't be read as any of these.
    """
    try:
        return _read(data, name, sheet)
    except FormatError as error:
        raise error if error.message.startswith(name) else FormatError(f"{name}: {error.message}", error.hint) from None


def _read(data: bytes, name: str, sheet: str) -> Ballots:
    from review.formats.registry import binary_kind

    log: rayyan_log.Log = {}
    if binary_kind(data).endswith("(unpack it first)") and not xlsx.is_workbook(data[:65536]):
        data, name, log = _unpacked(data, name)
    if form := next((f for f in (xlsx, ods, xls) if f.FORMAT.binary and f.FORMAT.binary(data[:65536])), None):
        tables = _tables(form.sheets(data))
        if not tables:
            raise FormatError(f"{name}: no sheet has a header row.", "The first row names the columns.")
        if sheet and sheet not in tables:
            raise FormatError(f"{name}: no sheet '{sheet}' has a header row.", f"There are: {', '.join(tables)}.")
        chosen = sheet or next(iter(tables))
        found = _told(*tables[chosen], lettered=True)
        return replace(found, sheet=chosen, others=tuple(s for s in tables if s != chosen))
    head = decode(data).text[:65536]
    references = max(_OF_REFERENCES, key=lambda f: f.score(head))
    found = _from_references(references, data, name) if references.score(head) >= 0.5 else _told(*text_table(data, name))
    return _with_owners(found, log) if log else found


def text_table(data: bytes, name: str) -> tuple[list[str], list[Row]]:
    """The header and the rows of a text. Raises FormatError, which says what it is, for what is none, and for a web page."""
    from review.formats.registry import binary_kind

    if kind := binary_kind(data):
        raise FormatError(f"{name}: is {kind}, no table.", "Save it as .xlsx or CSV (UTF-8).")
    head = decode(data[:65536]).text
    kind, mend = recognised(head) if head.lstrip().startswith("<") else ("", "")
    if kind:
        raise FormatError(f"{name}: is {kind}.", mend)
    return read_rows(data, name)


def _unpacked(data: bytes, name: str) -> tuple[bytes, str, rayyan_log.Log]:
    """The one file in an archive that tells of records, what to call it, and Rayyan's log where that lies beside it."""
    log: rayyan_log.Log = {}
    found = []
    for part in parts(io.BytesIO(data)):
        called = f"{name}/{part.inner}" if part.inner else name
        content = part.stream.read() if part.packed else data
        if part.inner.rpartition("/")[2] == rayyan_log.NAME:
            log = rayyan_log.read_log(read_rows(content, called)[1])
        elif not part.aside:
            found.append((content, called))
    if len(found) != 1:
        raise FormatError(f"{name}: holds {len(found)} files.", "Unpack it, and name the one with the decisions.")
    return *found[0], log


def _with_owners(ballots: Ballots, log: rayyan_log.Log) -> Ballots:
    """With each one's own reasons and labels, as far as the log tells who is who."""
    votes: dict[str, dict[str, str]] = {}
    for row in ballots.rows:
        if row.cells.get(OWNER) and row.cells.get("verdict"):
            votes.setdefault(row.cells[OWNER], {})[row.cells.get("key", "")] = row.cells["verdict"]
    known = rayyan_log.people(log, votes)
    rows, unsure = [], set()
    for row in ballots.rows:
        if said := log.get((row.cells.get("key", ""), known.get(row.cells.get(OWNER, ""), ""))):
            rows.append(replace(row, cells={**row.cells, **said.cells()}))
        else:
            rows.append(row)
            unsure.add(row.line)
    return replace(ballots, rows=rows, left=tuple(what for what in ballots.left if what.line in unsure))


def _of_log(rows: Sequence[Row]) -> Ballots:
    """Rayyan's log by itself, which names records by Rayyan's own numbers only."""
    log = rayyan_log.read_log(rows)
    told = [Row(said.line, {"key": record, OWNER: who, **said.cells()}) for (record, who), said in log.items()]
    left = [
        Refused(said.line, f"{_quoted('label', tuple(said.labels))} left: {who} said nothing else of {record}")
        for (record, who), said in log.items()
        if said.labels and not said.verdict
    ]
    return Ballots(list(_FOUND), told, OWNER, free_reasons=True, left=tuple(left))


def _tables(sheets: Iterable[tuple[str, list[list[str]]]]) -> dict[str, tuple[list[str], list[Row]]]:
    """Sheet -> its table, of those with a header of two columns or more."""
    tables = {}
    for sheet, numbered in sheets:
        found = list(enumerate(numbered, 1))
        first = next(((n, row) for n, row in found if sum(map(bool, row)) >= 2), None)
        if first is None:
            continue
        header = apart([c.strip() for c in first[1]])
        rows = [
            Row(n, {h: c.strip() for h, c in zip(header, [*row, *[""] * len(header)], strict=False) if h})
            for n, row in found
            if n > first[0] and any(c.strip() for c in row)
        ]
        tables[sheet] = (header, rows)
    return tables


def _told(header: list[str], rows: list[Row], *, lettered: bool = False) -> Ballots:
    if rayyan_log.is_log(header):
        return _of_log(rows)
    lower = {h.casefold(): h for h in reversed(header)}
    notes = next((lower[n] for n in _NOTES if n in lower), "")
    if notes and any("RAYYAN-INCLUSION" in r.cells.get(notes, "") for r in rows):
        told = [(row, parse_votes(row.cells.get(notes, ""))[0]) for row in rows]
        # A row a person; one that nobody screened stays one, without a verdict.
        each = [Row(row.line, {**row.cells, **cells}) for row, votes in told for cells in _votes(votes)]
        left = tuple(Refused(row.line, what) for row, votes in told for what in _nobodys(votes))
        return Ballots([*header, *(c for c in _FOUND if c not in header)], each, OWNER, lettered, True, left=left)
    if any(h.startswith("asreview_") for h in lower):
        header = [h for h in header if h.casefold() not in _NOTES]  # those of the record: ASReview's are asreview_note
        tags = {h: h.partition("_tag_")[2] for h in header if h.casefold().startswith("asreview_tag_")}
        if tags and "tags" not in lower:
            header = [*(h for h in header if h not in tags), "tags"]
            rows = [
                Row(r.line, {**r.cells, "tags": "".join(f"{name};" for h, name in tags.items() if r.cells.get(h) in _TICKED)}) for r in rows
            ]
    if {"(internal) id", "consensus"} <= lower.keys():
        people = [h for h in header[header.index(lower["consensus"]) :] if h]  # Abstrackr's: a column for each, behind what they agreed on
        rows = [Row(r.line, {**r.cells, **{h: _of_abstrackr(r.cells.get(h, "")) for h in people}}) for r in rows]
    column = asreview.label_column(header)
    if column is not None and not lower.keys() & {"verdict", "decision"}:
        label = header[column]
        rows = [Row(r.line, {**r.cells, label: _label(r.cells.get(label, ""))}) for r in rows]
    rows = [Row(r.line, {h: unguarded(c) for h, c in r.cells.items()}) for r in rows]
    if "covidence #" in lower and notes and any(reason_in(r.cells.get(notes, ""))[0] for r in rows):
        rows = [Row(r.line, {**r.cells, **_excluded(r.cells.get(notes, ""), notes)}) for r in rows]
        told_of = [(r.line, r.cells.get(lower.get("tags", ""), "")) for r in rows if not r.cells["verdict"]]
        unowned = tuple(Refused(line, f"{_quoted('label', (tags,))} left: the study has no verdict here") for line, tags in told_of if tags)
        return Ballots(
            [*header, *(c for c in ("verdict", "reason") if c not in header)], rows, lettered=lettered, free_reasons=True, left=unowned
        )
    return Ballots(header, rows, lettered=lettered)


def _excluded(note: str, name: str) -> dict[str, str]:
    """The cells of a study of Covidence's; name: the column of its notes."""
    reason, rest = reason_in(note)
    return {"verdict": "exclude" if reason else "", "reason": reason, name: rest}


def _of_abstrackr(cell: str) -> str:
    """Abstrackr's 1, 0 and -1, and its signs for what differs and for what nobody has seen."""
    return {"1": "include", "0": "maybe", "-1": "exclude", "x": "", "o": ""}.get(cell, cell)


_TICKED = ("1", "1.0", "True", "true")


def _label(cell: str) -> str:
    try:
        return asreview.verdict_of(cell)
    except ValueError:
        return cell  # said of by whoever takes the verdicts


def _votes(told: Votes) -> Iterator[dict[str, str]]:
    if not told.votes:
        yield {OWNER: "", "verdict": "", "reason": "", "note": "", "tags": ""}
    written = {who: " / ".join(texts) for who, texts in told.notes}
    votes = tuple(dict.fromkeys(told.votes))  # of an export that was put together twice
    excluded = [who for who, verdict in votes if verdict == "exclude"]
    for who, verdict in votes:
        # Rayyan does not say whose a reason is: where two excluded, it is nobody's.
        reason = "; ".join(told.reasons) if verdict == "exclude" and len(excluded) == 1 else ""
        labels = ", ".join(told.labels) if len(votes) == 1 else ""  # nor whose a label is
        yield {OWNER: who, "verdict": verdict, "reason": reason, "note": written.get(who, ""), "tags": labels}


def _nobodys(told: Votes) -> Iterator[str]:
    """What Rayyan does not say whose it is, or what somebody wrote without a vote, in words."""
    votes = set(told.votes)
    voted = {who for who, _ in votes}
    for who, texts in told.notes:
        if who not in voted and texts:
            yield f"{_quoted('note', texts)} left: {who} gave no verdict"
    if told.reasons and sum(verdict == "exclude" for _, verdict in votes) != 1:
        yield f"{_quoted('reason', told.reasons)} left: Rayyan does not say whose"
    if told.labels and len(votes) != 1:
        yield f"{_quoted('label', told.labels)} left: Rayyan does not say whose"


def _quoted(what: str, words: Sequence[str]) -> str:
    return f"{what if len(words) == 1 else f'{what}s'} '{', '.join(words)}' {'was' if len(words) == 1 else 'were'}"


def _from_references(form: Format, data: bytes, name: str) -> Ballots:
    rows: list[Row] = []
    left: list[Refused] = []
    owned = False
    for entry in form.read(data, {}):
        if not isinstance(entry, Record):
            continue
        notes = [text for tag, text in entry.extra if tag == "note"]
        told = [
            one for tag, text in entry.extra if tag in _KEYS for one in text.split("; ")
        ]  # EndNote has one label: what else it is called too
        about = {
            "key": next((t for t in (*told, entry.accession) if ":" in t or t.startswith("rayyan-")), ""),
            **{name: text_of(getattr(entry, name)) for name in _TOLD},
        }  # fmt: skip
        votes, _ = parse_votes("\n".join(notes))
        left += [Refused(entry.line, what) for what in _nobodys(votes)]
        if votes.votes:
            owned = True
            rows += [Row(entry.line, {**about, **cells}) for cells in _votes(votes)]
        else:
            said = _excluded("\n".join(notes), "note")
            said = said if said["verdict"] else {"verdict": asreview.verdict_in(notes)[0], "reason": "", "note": ""}
            rows.append(Row(entry.line, {**about, OWNER: "", "tags": "", **said}))
    if not rows:
        raise FormatError(f"{name}: no entry in it can be read.", "Export it again.")
    return Ballots(list(_FOUND), rows, OWNER if owned else "", free_reasons=True, left=tuple(left))
