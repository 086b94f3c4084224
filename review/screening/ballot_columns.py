"""Whose verdict stands where in a table that somebody made: a row for each vote, or a column for each reviewer. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from review.errors import UsageError
from review.formats.tables.rows import Refused, Row
from review.model.patterns import lazy
from review.screening.cells import WANTED
from review.screening.verdicts import ALLOWED, UNSCREENED, are_verdicts, numbers, plain, read

PARTS = ("verdict", "reason", "note", "tags")  # what a reviewer may have a column of
# Words of a header that say whose a row is; each with the words that may stand beside it.
_PERSON = frozenset(
    {"reviewer", "screener", "rater", "assessor", "coder", "voter", "user", "owner", "reviewed", "screened", "decided", "email"}
)
_BESIDE = frozenset({"name", "id", "by", "initials", "email", "username", "mail", "e", "asreview"})
# Words of a header that say what the column holds.
_REASON = frozenset({"reason", "reasons", "why", "grund", "because", "criterion"})
_NOTE = frozenset({"note", "notes", "comment", "comments", "remark", "remarks"})
_TAGS = frozenset({"tag", "tags", "label", "labels"})
_VERDICT = frozenset({
    "include", "included", "inclusion", "decision", "verdict", "vote", "screen", "screening", "eligible", "eligibility", "relevant", "relevance",
    "response", "entscheidung", "einschluss", "outcome", "status",
})  # fmt: skip
_NUMBER = lazy(r"(?:\b|_|[a-z])I?[Dd]$")  # of a column: `ItemId`, `study_id`
_FULL = frozenset({"full", "fulltext", "ft"})


@dataclass(frozen=True)
class Shares:
    """rows: whose -> rows; given: whose -> what --map says for them; unknown: rows of people whom nobody knows;
    others: how many rows are of people who are not asked for; told: how columns were understood; unsaid: lines that nobody gave a verdict.
    """

    rows: dict[str, list[Row]]
    given: dict[str, dict[str, str]]
    unknown: list[Refused] = field(default_factory=list)
    others: int = 0
    told: list[str] = field(default_factory=list)
    unsaid: list[int] = field(default_factory=list)


def share(
    header: Sequence[str], rows: Sequence[Row], owner: str, people: Sequence[str], team: Mapping[str, str], given: Mapping[str, str], who: str, phase: str
) -> Shares:  # fmt: skip
    """Give each person their rows.

    owner: the column that says whose a row is, where the format has one. people: ids of those who may decide here; team: id -> name.
    given: words of --map. who: only this person's. Raises UsageError that says what to write where the table does not tell.
    """
    ids = {m.casefold(): m for m in team}
    split = {k: _person(k, ids) for k in given}
    for k, (person, part) in split.items():
        if person and given[k] not in header and given[k] not in team and (part or given[k].casefold() not in (*ALLOWED, UNSCREENED)):
            raise UsageError(f"--map {k}={given[k]}: there is no column '{given[k]}'.", f"There are: {', '.join(header)}.")
    wide: dict[str, dict[str, str]] = {}
    for k, (person, part) in split.items():
        if person and given[k] in header:
            wide.setdefault(person, {})[part or "verdict"] = given[k]
    rest = {k: v for k, v in given.items() if not (split[k][0] and v in header)}
    called = {k: v for k, v in rest.items() if v in team and k not in WANTED and k != "reviewer"}
    rest = {k: v for k, v in rest.items() if k not in called}
    column = rest.pop("reviewer", "") or owner
    if column and column not in header:
        raise UsageError(f"There is no column '{column}'.", f"There are: {', '.join(header)}.")
    column = column or ("" if wide else _owner(header, rows))
    if not column:
        named = {p: team[p] for p in people}
        found = wide if any("verdict" in w for w in wide.values()) else _found(header, rows, named, phase) if "verdict" not in rest else {}
        if len(found) > 1 or (wide and found) or (found and (not who or who in found) and not _verdict(header, rows, rest, phase, found)):
            return _wide(header, rows, found, wide, rest, people, named, who)
    if not column and not who:
        raise UsageError("Nothing in the file says whose these decisions are.", _hint(header, rows, people))
    if "verdict" not in rest and (verdict := _verdict(header, rows, rest, phase, {})):
        rest["verdict"] = verdict
    if column:
        return _long(rows, column, people, team, called, rest, who)
    return _numbered(Shares({who: list(rows)}, {who: rest}))


def _numbered(shares: Shares) -> Shares:
    """With what 1 and 0 mean in the columns of verdicts, where that is plain."""
    given = shares.given.values()
    said = {plain(k): v for g in given for k, v in g.items()}
    columns = {g["verdict"] for g in given if "verdict" in g}
    meant = numbers([row.cells.get(c, "") for rows in shares.rows.values() for row in rows for c in columns], said)
    if not meant:
        return shares
    told = [*shares.told, "1 was read as include and 0 as exclude"]
    return replace(shares, given={p: {**meant, **g} for p, g in shares.given.items()}, told=told)


def sheets_of(sheets: Sequence[str], names: Mapping[str, str], phase: str) -> dict[str, str]:
    """Whose -> the sheet of a workbook that is called after them; {} where none is. Raises UsageError where it might be either of two."""
    found: dict[str, str] = {}
    for person in names:
        fit = _of_phase([s for s in sheets if [p for p, n in names.items() if _holds(s, p) or _holds(s, n)] == [person]], phase)
        if len(fit) > 1:
            raise UsageError(f"The sheets {_either(fit)} may be of {person}.", f"Say which: --as {person} --sheet '{fit[0]}'.")
        found |= {person: fit[0]} if fit else {}
    return found


def _person(word: str, ids: Mapping[str, str]) -> tuple[str, str]:
    """(id, part) of the left side of --map: AB, or AB.reason."""
    name, dot, part = word.rpartition(".")
    if dot and part in PARTS and name.casefold() in ids:
        return ids[name.casefold()], part
    return ids.get(word.casefold(), ""), ""


def _long(
    rows: Sequence[Row], column: str, people: Sequence[str], team: Mapping[str, str], called: Mapping[str, str], rest: dict[str, str], who: str
) -> Shares:  # fmt: skip
    """A row for each vote."""
    names = (
        {name.casefold(): m for m, name in team.items()} | {m.casefold(): m for m in team} | {k.casefold(): v for k, v in called.items()}
    )
    shares: dict[str, list[Row]] = {p: [] for p in people}
    unknown: list[Refused] = []
    unsaid: list[int] = []
    others = 0
    strangers: dict[str, None] = {}
    for row in rows:
        cell = row.cells.get(column, "").strip()
        person = names.get(cell.casefold(), "") if cell else who
        if not cell and not who:
            if read(row.cells.get(rest.get("verdict", "verdict"), ""), {})[0] == UNSCREENED:
                unsaid.append(row.line)
            else:
                unknown.append(Refused(row.line, f"nobody is named whose decision it is; --as NAME takes such rows for one person's ({', '.join(people)})", column))  # fmt: skip
            continue
        if who and person != who:
            others += 1
            if not person:
                strangers[cell] = None
        elif person in shares:
            shares[person].append(row)
        else:
            why = f"'{cell}' is nobody of this phase; say who it is: --map '{cell}=ID' ({', '.join(people)})"
            unknown.append(Refused(row.line, why, column))
    told = [f"'{name}' is nobody of the team; if they are {who}, say --map '{name}={who}'" for name in strangers]
    return _numbered(Shares({p: r for p, r in shares.items() if r}, dict.fromkeys(people, rest), unknown, others, told, unsaid))


def _wide(
    header: Sequence[str], rows: Sequence[Row], found: Mapping[str, Mapping[str, str]], told: Mapping[str, Mapping[str, str]], rest: Mapping[str, str],
    people: Sequence[str], names: Mapping[str, str], who: str,
) -> Shares:  # fmt: skip
    """A column for each reviewer. found: whose -> what -> column; told: the same, of those that --map named."""
    columns = {
        p: {**_beside(header, p, names[p], found[p].get("verdict", "")), **found[p], **told.get(p, {})} for p in people if p in found
    }
    if missing := [p for p, c in columns.items() if "verdict" not in c]:
        raise UsageError(f"Which column holds the verdicts of {missing[0]}?", f"Say it: --map {missing[0]}=COLUMN.")
    said = [
        f"column '{c[part]}' is the {part} of {p}"
        for p, c in columns.items()
        for part in PARTS
        if part in c and part not in told.get(p, {})
    ]
    taken = {h for c in columns.values() for h in c.values()} | {
        h for h in header for p, n in names.items() if _holds(h, p) or _holds(h, n)
    }
    # A reason or a note that stands once for all is nobody's, unless --map says so.
    common = {
        part: h
        for part in ("reason", "note", "tags")
        if part not in rest
        for h in header
        if h not in taken and _kind(h) == part and h.strip()
    }
    said += [f"column '{h}' is of no reviewer, and was left; to take it for each: --map {part}='{h}'" for part, h in common.items()]
    kept = [p for p in columns if who in ("", p)]
    if who and not kept:
        raise UsageError(f"No column holds the verdicts of {who}.", f"Say which: --map {who}=COLUMN. There are: {', '.join(header)}.")
    given = {p: {**dict.fromkeys(("reason", "note", "tags"), ""), **rest, **columns[p]} for p in kept}
    return _numbered(Shares({p: list(rows) for p in kept}, given, told=said))


def _either(names: Sequence[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)


def _words(header: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", header.casefold()))


def _holds(header: str, name: str) -> bool:
    """Whether the words of a name stand in a header, one after the other."""
    words, wanted = _words(header), _words(name)
    return bool(wanted) and any(words[n : n + len(wanted)] == wanted for n in range(len(words) - len(wanted) + 1))


def _kind(header: str) -> str:
    words = set(_words(header))
    return "reason" if words & _REASON else "note" if words & _NOTE else "tags" if words & _TAGS else "verdict"


def _cells(rows: Sequence[Row], column: str) -> list[str]:
    return [row.cells.get(column, "") for row in rows]


def _owner(header: Sequence[str], rows: Sequence[Row]) -> str:
    """The column whose name says that it holds people, and that holds no verdicts."""
    named = [h for h in header if (w := set(_words(h))) & _PERSON and w <= _PERSON | _BESIDE]
    fit = [h for h in named if any(cells := _cells(rows, h)) and not are_verdicts(cells)]
    return fit[0] if fit else ""


def _found(header: Sequence[str], rows: Sequence[Row], names: Mapping[str, str], phase: str) -> dict[str, dict[str, str]]:
    """The columns of verdicts that are called after a reviewer: whose -> {"verdict": column}."""
    found: dict[str, dict[str, str]] = {}
    whose = {h: [p for p, name in names.items() if _holds(h, p) or _holds(h, name)] for h in header}
    for person in names:
        fit = [h for h in header if whose[h] == [person] and _kind(h) == "verdict" and are_verdicts(_cells(rows, h))]
        fit = _of_phase(fit, phase)
        if len(fit) > 1:
            raise UsageError(f"{_either(fit)} may be the verdicts of {person}.", f"Say which: --map {person}='{fit[0]}'.")
        if fit:
            found[person] = {"verdict": fit[0]}
    return found


def _of_phase(columns: Sequence[str], phase: str) -> list[str]:
    """Of several, those of the phase by their names."""
    full = [h for h in columns if set(_words(h)) & _FULL]
    return (full if phase == "full-text" else [h for h in columns if h not in full]) or list(columns)


def _beside(header: Sequence[str], person: str, name: str, verdict: str) -> dict[str, str]:
    """The columns of reasons, notes and tags that are a reviewer's: called after them, or as their column of verdicts is."""
    stem = set(_words(verdict)) - _VERDICT
    mine = [h for h in header if h != verdict and (_holds(h, person) or _holds(h, name) or (stem and stem <= set(_words(h))))]
    return {part: h for part in ("tags", "note", "reason") for h in mine if _kind(h) == part}


def _verdict(
    header: Sequence[str], rows: Sequence[Row], given: Mapping[str, str], phase: str, taken: Mapping[str, Mapping[str, str]]
) -> str:
    """The one column that holds the verdicts, by its name and what it holds; "" where `columns_for` will find it, or nothing does."""
    lower = {h.strip().casefold(): h for h in header}
    if "verdict" in given:
        return given["verdict"]
    if exact := next((lower[n] for n in ("verdict", *WANTED["verdict"]) if n in lower), ""):
        return exact
    used = {h for c in taken.values() for h in c.values()}
    named = [h for h in header if h not in used and set(_words(h)) & _VERDICT and _kind(h) == "verdict"]
    # Words of somebody's own ("Out: design") are told of row by row, where only one column can be meant.
    fit = _of_phase([h for h in named if are_verdicts(_cells(rows, h))] or (named if len(named) == 1 else []), phase)
    if len(fit) > 1:
        raise UsageError(f"{_either(fit)} may be the verdicts.", f"Say which: --map verdict='{fit[0]}', or another of them.")
    return fit[0] if fit else ""


def _hint(header: Sequence[str], rows: Sequence[Row], people: Collection[str]) -> str:
    """What to write where nobody is named: for each column of verdicts whose it is, or --as."""
    fit = [h for h in header if _words(h) and not _NUMBER.search(h) and _kind(h) == "verdict" and are_verdicts(_cells(rows, h))]
    if len(fit) > 1:
        maps = " ".join(f"--map ID='{h}'" for h in fit)
        return f"These columns hold verdicts; say whose each is: {maps} (ID: {', '.join(people)})."
    return f"Say it: --as NAME, or --map reviewer=COLUMN where a column names them ({', '.join(header)})."
