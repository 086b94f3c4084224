"""review dedup --sheet, --take: the unsure pairs as a sheet to fill in, and in again."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from review.cli.common import MOST_SHOWN, member, next_step, out, out_json, read_bytes, run_stages, say, tell_rows, workspace
from review.errors import WORK_REMAINS, FormatError, UsageError
from review.model.words import counted

if TYPE_CHECKING:
    from review.dedup.pair_sheet import Told
    from review.dedup.questions import Question
    from review.model.events import Sameness


def check_new(file: Path, mend: str) -> None:
    """Raises UsageError for a name that no sheet can have, or under which something stands that would be lost. mend: what to do with a filled-in sheet."""
    from review.cli.filled_in import refuse_filled
    from review.dedup.pair_sheet import GIVEN, NEEDED

    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError(f"{file}: no sheet is written so.", "FILE ends in .xlsx or .csv.")
    refuse_filled(file, NEEDED, GIVEN, mend)


def put(file: Path, pairs: Sequence[Question], about: Sequence[str], name: Callable[[str], str] = str) -> None:
    """Write the pairs as a sheet of the kind that its name says. about: what to know, where there is room for it; name: of the record of a key."""
    from review.atomic import write
    from review.dedup import pair_sheet
    from review.formats.tables.csv_line import guarded, line

    if file.suffix.lower() == ".xlsx":
        write(file, pair_sheet.workbook(pairs, about, name))
    else:
        rows = pair_sheet.table(pairs, name)
        write(file, b"\xef\xbb\xbf" + b"".join(line([guarded(c.replace("\r", " ")) for c in row]) for row in rows))


def taken(file: Path) -> tuple[list[Told], list[tuple[int, str]]]:
    """What a filled-in sheet says, and the lines that can't be taken, with why. Raises FormatError for what is no sheet of pairs."""
    from review.dedup import pair_sheet

    header, lines = _table(read_bytes(file), str(file))
    try:
        return pair_sheet.back(header, lines)
    except KeyError as error:
        raise FormatError(f"{file}: has no column '{error.args[0]}'.", "Take a sheet that review dedup --sheet FILE.xlsx wrote.") from None


def write_sheet(file: Path, who: str, review: str, *, as_json: bool) -> None:
    """Write the pairs that are open."""
    from review.cli.dedup_pairs import asked
    from review.dedup import pair_sheet
    from review.dedup.sitting import Pairs

    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    take = next_step(space, f"review dedup --take {shlex.quote(str(file))} --as {who}")
    check_new(file, f"If it has not been taken yet: {take}. Then name another file.")
    links, records, crowd, _ = asked(space)
    ledger = space.dedup_ledger()
    events = [x.event for x in ledger.read().lines]
    session = Pairs(links, records, ledger, who, events, space.digest, crowd)
    pairs = session.asked()
    about = pair_sheet.about(space.protocol.review.title, f"{space.protocol.member_name(who)} ({who})", space.protocol.review.notice)
    put(file, pairs, about)
    if as_json:
        out_json({"file": str(file), "pairs": len(pairs)})
        return
    out(f"{file}: {counted(len(pairs), 'pair')} that may be the same report, two rows a pair")
    if not pairs:
        return
    if file.suffix.lower() == ".csv":
        say("\n".join(about[-4:]))
    say(f"Next:   fill it in, then {take}")


def take_sheet(file: Path, who: str, review: str, *, as_json: bool) -> None:
    """Append the words of a filled-in sheet; exit 3 where some can't be taken."""
    from review import pipeline
    from review.dedup.said import Said, in_words, replaced
    from review.model.events import Sameness, standing

    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    told, wrong = taken(file)
    run_stages(space, "dedup")
    with pipeline.opened(space) as store:
        known = set(store.report_of())
    for t in list(told):
        if lost := [key for key in t.pair if key not in known]:
            wrong.append((t.line, f"there is no record '{lost[0]}'"))
            told.remove(t)
    with space.dedup_ledger().session(who) as ledger:
        before = Said(e for e in standing([x.event for x in ledger.read().lines]) if isinstance(e, Sameness))
        fresh = [t for t in told if not _stands(before.latest.get(t.pair), t, who)]
        words = ledger.append_all(
            [
                Sameness(by=who, a=t.pair[0], b=t.pair[1], same=t.same, relation=t.relation, note=t.note, protocol=space.digest)
                for t in fresh
            ]
        )
        others = list(replaced(before.latest.values(), words))
        after = Said(e for e in standing([x.event for x in ledger.read().lines]) if isinstance(e, Sameness))
    if as_json:
        out_json(
            {
                "file": str(file),
                "taken": len(words),
                "known": len(told) - len(words),
                "replaced": [in_words(old) for old, _ in others],
                "refused": [{"line": n, "why": why} for n, why in sorted(wrong)],
            }
        )
    else:
        out(f"{file}: {counted(len(words), 'word')} of {who} taken, {len(told) - len(words):,} known already, {len(wrong):,} refused")
        tell_replaced(others)
        tell_rows(file, [], [(str(n), "", why) for n, why in sorted(wrong)])
        contradictions = dict.fromkeys("; ".join(map(in_words, (w, *found))) for w in words if (found := after.against(w)))
        for text in contradictions:
            say(f"These contradict each other: {text}. Change one of them.")
        say(f"Next:   {next_step(space, 'review run')}")
    if wrong:
        raise typer.Exit(WORK_REMAINS)


def tell_replaced(words: Sequence[tuple[Sameness, Sameness]]) -> None:
    """Name the words that others took the place of, each with that other."""
    from review.dedup.said import in_words

    for old, new in words[:MOST_SHOWN]:
        say(f"  replaced: {in_words(old)}. Now: {in_words(new)}")
    if len(words) > MOST_SHOWN:
        say(f"  … and {len(words) - MOST_SHOWN:,} more")


def _stands(word: object, told: object, who: str) -> bool:
    """Whether a person said the same of the pair before."""
    return bool(word) and all(getattr(word, n) == getattr(told, n) for n in ("same", "relation", "note")) and getattr(word, "by", "") == who


def _table(data: bytes, name: str) -> tuple[Sequence[str], Iterable[tuple[int, Sequence[str]]]]:
    """The header of a workbook's first sheet or of a CSV, and its rows with their numbers."""
    from review.cli.filled_in import tables
    from review.formats.characters.text import decode
    from review.formats.tables import xlsx

    if not xlsx.is_workbook(data) and "other record" not in decode(data).text.casefold():
        raise FormatError(f"{name}: is no sheet of pairs.", "Write one: review dedup --sheet FILE.xlsx")
    header, *rows = next(iter(tables(data, name).values()), []) or [(1, ())]
    return header[1], rows
