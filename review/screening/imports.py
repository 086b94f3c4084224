"""Decisions made elsewhere: rows of a table to events, each row accounted for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from review.errors import UsageError
from review.formats.rows import Row
from review.model.events import About, Decision, Resolution, Retrieval, Tags
from review.model.matching import NAMES, Found, Matcher, columns_for
from review.model.record import Report
from review.screening.verdicts import ALLOWED, UNSCREENED, plain, read

WANTED: Mapping[str, tuple[str, ...]] = {
    **NAMES,
    "verdict": ("decision", "response", "vote", "included", "label", "label_included", "asreview_label", "final_decision"),
    "reason": ("exclusion_reason", "reason for exclusion", "reasons"),
    "note": ("notes", "comment", "comments"),
    "tags": ("labels",),
}


@dataclass(frozen=True)
class Refused:
    """A row and what is to be said of it."""

    line: int
    why: str
    column: str = ""  # the column of the cell that is at fault


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


def plan(
    header: Sequence[str],
    rows: Sequence[Row],
    reports: Sequence[Report],
    given: Mapping[str, str],
    *,
    phase: str,
    adjudicates: bool,
    protocol: str,
    reasons: Sequence[str],
    standing: Mapping[str, tuple[str, str, str]],
    settles: Mapping[str, tuple[str, ...]],
    conflicts: Collection[str] = (),
    agreed: Mapping[str, str] | None = None,
    reason_required: bool = False,
    free_reasons: bool = False,
    blank_is_unsaid: bool = False,
    tags: Mapping[str, tuple[str, ...]] | None = None,
    disclosed: Collection[str] = (),
    closed: Mapping[str, str] | None = None,
) -> Planned:
    """Match each row with its report.

    given: words of --map: field=column, cell=verdict or cell=reason. adjudicates: rows are resolutions. standing:
    report -> (verdict, reason, note) that this person gave before, so that the same import twice changes nothing.
    settles: report -> ids of the decisions that a resolution settles; conflicts: the reports in conflict, settled or not;
    agreed: report -> the verdict on which all agreed without. free_reasons: a reason that is no label of the protocol's is kept in the note.
    tags: report -> this person's tags on it; a cell without any leaves them. disclosed: the reports of which this person has seen
    the others' votes; closed: report -> why nothing new can be said of it here. blank_is_unsaid: an empty reason or note says nothing, for files that can't tell whose they are. Raises UsageError where a column is missing.
    """
    words, labels = _meanings({k: v for k, v in given.items() if k not in WANTED}, reasons)
    try:
        columns = columns_for(header, WANTED, {k: v for k, v in given.items() if k in WANTED})
    except KeyError as missing:
        raise UsageError(f"There is no column {missing}.", f"There are: {', '.join(header)}.") from None
    if "verdict" not in columns:
        raise UsageError("No column holds the verdict.", f"Name it: --map verdict=COLUMN. There are: {', '.join(header)}.")
    if not columns.keys() & {"key", "doi", "pmid", "title"}:
        raise UsageError("No column says which report a row is about.", "Name one: --map title=COLUMN, or key, doi, pmid.")
    matcher = Matcher(reports)
    clusters = {r.key: r.keys for r in reports}
    shown: dict[str, tuple[str, int]] = {}
    events: list[About] = []
    refused: list[Refused] = []
    noted: list[Refused] = []
    blanks: list[int] = []
    known = 0
    matched: list[tuple[Row, dict[str, str], str, Found]] = []
    # Where one title means several reports, the rows about it can be taken only if they all say the same.
    said: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        cells = {field: row.cells.get(column, "") for field, column in columns.items()}
        verdict, why = read(cells["verdict"], words)
        cells["reason"] = why if read(cells.get("reason", ""), {})[0] == UNSCREENED else cells["reason"]  # NA is no reason
        match = matcher.find(cells) if verdict and verdict != UNSCREENED else Found(())
        if len(match.reports) > 1:
            said[match.reports].add(verdict)
        matched.append((row, cells, verdict, match))
    for row, cells, verdict, match in matched:
        if verdict == UNSCREENED:
            blanks.append(row.line)
            continue
        if not verdict:
            refused.append(
                Refused(
                    row.line,
                    f"'{cells['verdict']}' is not a verdict; say what it means: --map '{cells['verdict']}=VERDICT' ({', '.join((*ALLOWED, UNSCREENED))})",
                    columns["verdict"],
                )
            )
            continue
        found = match.reports
        if not found:
            where = next((columns[f] for f in ("key", "doi", "pmid", "title") if cells.get(f)), "")
            refused.append(Refused(row.line, f"{match.why}: {cells.get('title', '')[:70]}", where))
            continue
        if match.why:
            noted.append(Refused(row.line, f"{match.why}: {found[0]}"))
        reason, note = cells.get("reason", "").strip() if verdict in ("exclude", "not retrieved") else "", cells.get("note", "").strip()
        free = ""
        if verdict == "exclude" and reason:
            label, rest = _label(reason, labels, reasons)
            if not label and not free_reasons:
                why = f"'{reason}' is not a reason of the protocol; say which it is: --map '{reason}=REASON' ({'; '.join(reasons)})"
                refused.append(Refused(row.line, why, columns.get("reason", columns["verdict"])))
                continue
            free = rest if label else reason
            if rest:
                noted.append(Refused(row.line, f"of several reasons the first of the protocol's order was taken, '{label}': {found[0]}"))
            if free:
                note = " / ".join(filter(None, (note, f"{'also' if label else 'reason given'}: {free}")))
            reason = label
        if verdict in ("include", "maybe") and (left := cells.get("reason", "").strip()):
            noted.append(
                Refused(row.line, f"{'an' if verdict == 'include' else 'a'} {verdict} has no reason, so '{left}' was left: {found[0]}")
            )
        if len(said.get(found, ())) > 1:
            refused.append(
                Refused(
                    row.line,
                    f"{len(found)} reports share this title, rows about it differ, and nothing tells which is meant; give a DOI, PMID or key",
                )
            )
            continue
        if len(found) > 1:
            noted.append(Refused(row.line, f"{len(found)} reports share this title; the verdict went to each: {', '.join(found)}"))
        other = next((key for key in found if key in shown and shown[key][0] != verdict), None)
        if other:
            refused.append(
                Refused(
                    row.line, f"line {shown[other][1]} is about the same report ({other}) and says {shown[other][0]}, this one {verdict}"
                )
            )
            continue
        if adjudicates and verdict != "not retrieved" and not any(key in conflicts for key in found):
            if all((agreed or {}).get(key) == verdict for key in found):
                known += 1  # a table of what came out names these too
                continue
            refused.append(Refused(row.line, f"is not in conflict, so there is nothing to settle: {found[0]}"))
            continue
        if verdict == "exclude" and reason_required and not reason:
            noted.append(Refused(row.line, f"an exclusion in this phase should have its reason: {found[0]}"))
        told = {field for field in ("reason", "note") if field in columns and (cells.get(field) or not blank_is_unsaid)}
        told |= {"note"} if free else set()
        new = [key for key in found if key not in shown and _is_new(standing.get(key), verdict, reason, note, told)]
        if shut := next((key for key in new if closed and key in closed), ""):
            refused.append(Refused(row.line, f"{(closed or {})[shut]}: {shut}"))
            continue
        if verdict != "not retrieved" and (late := next((key for key in new if key in disclosed), "")):
            refused.append(
                Refused(row.line, f"the others' votes on it were seen, so this one can't change; say it in review adjudicate: {late}")
            )
            continue
        changed = [key for key in found if key in standing and standing[key][0] != verdict]
        if changed:
            noted.append(Refused(row.line, f"changes an earlier {standing[changed[0]][0]} to {verdict}: {changed[0]}"))
        tagged = () if adjudicates else tuple(dict.fromkeys(t.strip() for t in cells.get("tags", "").split(",") if t.strip()))
        retag = [key for key in found if tagged and key not in shown and set((tags or {}).get(key, ())) != set(tagged)]
        known += not new and not retag
        shown |= {key: (verdict, row.line) for key in found if key not in shown}
        events += [_event(key, clusters[key], verdict, reason, note, phase, adjudicates, protocol, settles.get(key, ())) for key in new]
        events += [Tags(record=key, records=clusters[key], phase=phase, tags=tagged, via="import", protocol=protocol) for key in retag]
    return Planned(tuple(events), tuple(refused), tuple(blanks), known, tuple(noted))


def _meanings(given: Mapping[str, str], reasons: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """What --map says of cells: (cell -> verdict, cell -> reason), the cells as they are compared. Raises UsageError."""
    known = {plain(r): r for r in reasons}
    words = {plain(k): v.casefold() for k, v in given.items() if v.casefold() in (*ALLOWED, UNSCREENED)}
    labels = {plain(k): known[plain(v)] for k, v in given.items() if plain(v) in known}
    if wrong := [f"{k}={v}" for k, v in given.items() if plain(k) not in words and plain(k) not in labels]:
        raise UsageError(
            f"--map {wrong[0]}: is none of FIELD=COLUMN, ID=COLUMN, CELL=VERDICT and CELL=REASON.",
            f"Fields: {', '.join(WANTED)}, reviewer. Verdicts: {', '.join((*ALLOWED, UNSCREENED))}. Reasons: {'; '.join(reasons)}.",
        )
    return words, known | labels


def _label(text: str, labels: Mapping[str, str], reasons: Sequence[str]) -> tuple[str, str]:
    """The protocol's reason that a cell means, "" for none; where it names several, the first in the order of the criteria, and the others."""
    if plain(text) in labels:
        return labels[plain(text)], ""
    parts = [part for part in re.split(r"[;,|]", text) if part.strip()]
    if not parts or any(plain(part) not in labels for part in parts):
        return "", ""
    found = sorted({labels[plain(part)] for part in parts}, key=list(reasons).index)
    return found[0], "; ".join(found[1:])


def _is_new(before: tuple[str, str, str] | None, verdict: str, reason: str, note: str, told: Collection[str]) -> bool:
    """Whether a row says something else than stands. told: which of reason and note the row says anything of, even that there is none."""
    if before is None:
        return True
    return before != (verdict, reason if "reason" in told else before[1], note if "note" in told else before[2])


def _event(
    key: str,
    records: tuple[str, ...],
    verdict: str,
    reason: str,
    note: str,
    phase: str,
    adjudicates: bool,
    protocol: str,
    settles: tuple[str, ...],
) -> About:
    if verdict == "not retrieved":
        return Retrieval(record=key, records=records, status=verdict, why=reason or note, via="import", protocol=protocol)
    if adjudicates:
        return Resolution(
            record=key,
            records=records,
            phase=phase,
            verdict=verdict,
            reason=reason,
            note=note,
            via="import",
            protocol=protocol,
            settles=settles,
        )
    return Decision(record=key, records=records, phase=phase, verdict=verdict, reason=reason, note=note, via="import", protocol=protocol)
