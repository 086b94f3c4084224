"""The pairs of a review that a person may speak on, as a sitting over them takes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

import typer

from review.cli.common import out, run_stages, say
from review.model.words import counted

if TYPE_CHECKING:
    import polars as pl

    from review.dedup.crowded import Shared
    from review.dedup.sitting import Pairs
    from review.model.record import Link, Record
    from review.store.shelf import StoredReports
    from review.tui.keys import Wishes
    from review.workspace import Workspace

_TORN = "The last word was cut off, as by a crash: say it again. All before it stands."


def asked(space: Workspace) -> tuple[list[Link], Mapping[str, Record], dict[str, Shared], pl.DataFrame]:
    """The links that a person may speak on; their records; those of these with a DOI or PMID that counts for nothing; what all records are called by.

    Runs the stage.
    """
    from review import pipeline
    from review.dedup.crowded import TOLD, uncounted
    from review.store.shelf import StoredReports

    run_stages(space, "dedup")
    with pipeline.opened(space) as store:
        links = [link for link in store.links() if link.verdict in ("unsure", "duplicate") or link.rule == "person"]
        shelf = StoredReports(space.database)
        of = shelf.report_of
        open_ = {of[key] for x in links if x.verdict == "unsure" or x.rule == "person" for key in (x.a, x.b)}
        now = store.records([key for key, report in of.items() if report in open_])
        told = store.columns("key", *TOLD)
    keys = {key for link in links for key in (link.a, link.b)}
    return links, Records(shelf, now), uncounted(keys, told), told


class Records(Mapping[str, "Record"]):
    """The records of a review: some are here at once, another is read when it is looked at, since all of them take seconds."""

    def __init__(self, shelf: StoredReports, now: Collection[Record]) -> None:
        self._shelf = shelf
        self._here = {r.key: r for r in now}

    def __getitem__(self, key: str) -> Record:
        found = self._here.get(key)
        return found or next(r for r in self._shelf.report(self._shelf.report_of[key]).records if r.key == key)

    def __contains__(self, key: object) -> bool:
        return key in self._shelf.report_of

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf.report_of)

    def __len__(self) -> int:
        return len(self._shelf.report_of)


def wished(*, plain: bool, hint: str) -> Wishes | None:
    """The person's own keys, where there will be a screen (not `plain`). Raises UsageError where there can be none, before anything takes its time."""
    if plain:
        return None
    from review.tui.frame import needs_terminal
    from review.tui.keys import wishes

    needs_terminal(f"Line by line: --plain. In a spreadsheet: --sheet FILE.xlsx. {hint}".strip())
    return wishes()


def side_by_side(session: Pairs, wishes: Wishes | None, notice: str = "", torn: str = "") -> None:
    """Let a person speak on the pairs, on the screen or, without wishes, line by line. torn: the ledger, where its last line is only half there.

    Raises Exit where something typed was not done.
    """
    if torn:
        say(f"note: {torn}: {_TORN}")
    failed = False
    if wishes is None:
        from review.cli.plain_pairs import PairLines

        failed = PairLines(session).run()
    else:
        from review.tui.duplicates import DuplicatesApp

        DuplicatesApp(session, notice, wishes, greeting=_TORN if torn else "").run()
    for (a, b), note in session.notes.items():
        if note:
            say(f"not saved, since no word went with it: the note on {a} and {b}: {note}")
    others = f" ({session.said_by_others:,} of them by others)" if session.said_by_others else ""
    out(f"{session.who}: {counted(session.said, 'pair')} decided{others}, {session.left:,} left.")
    if failed:
        raise typer.Exit(1)
