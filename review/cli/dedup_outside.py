"""review dedup FILES: beyond ids, the references that stay, lists beside them, and the unsure pairs as a sheet and back."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from review.cli.common import MOST_SHOWN, tell_rows
from review.cli.dedup_lists import Lists, linked, several
from review.cli.dedup_sheet import tell_replaced
from review.cli.telling import progress_bar, say, say_not_native
from review.dedup.said import replaced, unfollowed
from review.errors import RowsRefusedError, UsageError
from review.model.words import counted

if TYPE_CHECKING:
    import polars as pl

    from review.cli.dedup_beside import Beside
    from review.dedup.engine import Grouped
    from review.dedup.parts import Parts
    from review.model.events import Sameness
    from review.model.record import Record

_TOLD = 1_000  # records, after which a person is told how far it is


@dataclass
class Beyond:
    """What is wanted of files beyond ids. keep: a file for the references, each report once; lists: those beside it; sheet: for the
    unsure pairs, to be filled in; take: such a sheet, filled in."""

    files: Sequence[Path]
    keep: Path | None = None
    lists: Lists = field(default_factory=Lists)
    sheet: Path | None = None
    take: Path | None = None
    look: bool = False  # whether a person is to decide the unsure pairs now
    who: str = ""
    plain: bool = False  # line by line
    columns: Mapping[str, str] = field(default_factory=dict)  # what was said of those of tables
    said_in: Path | None = None  # what was said so before, and will be
    said: list[Sameness] = field(default_factory=list)  # all that is said, the sheet's last
    refused: list[tuple[int, str]] = field(default_factory=list)  # lines of the sheet, with why
    _beside: Beside | None = None
    _replaced: list[tuple[Sameness, Sameness]] = field(default_factory=list)  # words said before, each with that of the sheet
    _wanted: set[str] = field(default_factory=set)  # keys of the records that the lists show
    _held: dict[str, Record] = field(default_factory=dict)  # these, where the references are written

    def check(self) -> None:
        """Raises UsageError for what can't be done, before anything is read."""
        from review.cli.convert import target
        from review.cli.dedup_pairs import wished
        from review.cli.dedup_sheet import check_new

        if self.look:
            if not self.said_in:
                raise UsageError("What you say is kept beside the output, and there is none.", "Name one: -o clean.ris --review")
            if self.sheet or self.take:
                raise UsageError("--review and a sheet are two ways to decide.", "Do one, then the other.")
            if Path("-") in self.files:
                raise UsageError("Standard input is where you would type.", "Name a file instead of -.")
            self._wishes = wished(plain=self.plain, hint="")
        if self.keep:
            self._form = target(self.keep, "", "")
        if self.sheet:
            check_new(self.sheet, f"Give it back with --take {shlex.quote(str(self.sheet))}, or name another file.")
        self.lists.check()

    @property
    def written(self) -> tuple[Path | None, ...]:
        return self.keep, *self.lists.written, self.sheet

    def begin(self, records: Parts) -> None:
        """Note what is needed of the records, which are used up by the deduplication; read what is said of them. Raises FormatError where that is none."""
        self._known: pl.DataFrame = records.columns(["key", "source", "doi"])
        if self.said_in or self.sheet or self.take:
            from review.cli.dedup_beside import Beside, Named

            self._named = Named(records)
        if self.said_in:
            self._beside = Beside(self.said_in, self._named)
            self.said += self._beside.words
        if self.look:
            from review.dedup.crowded import TOLD

            self._told = records.columns(["key", *TOLD])
        if not self.take:
            return
        from review.cli.dedup_sheet import taken
        from review.model.events import Sameness
        from review.model.plain_text import squashed

        told, self.refused = taken(self.take)
        before = len(self.said)
        title = dict(records.columns(["key", "title"]).iter_rows())
        for t in told:
            a, b, record = map(self._named.key, (*t.pair, t.record))
            if lost := [key for key in (a, b) if key not in title]:
                self.refused.append((t.line, self._named.why_not(lost[0])))
            elif t.title and squashed(t.title) != squashed(title[record]):
                self.refused.append((t.line, f"{record} has another title in these files: the sheet was written for other ones"))
            else:
                self.said.append(Sameness(id=f"sheet {t.line:09}", a=a, b=b, same=t.same, relation=t.relation, note=t.note, by="a person"))
        self._from_sheet = len(self.said) - before
        self._replaced = list(replaced(self.said[:before], self.said[before:]))

    def sit(self, found: Grouped) -> bool:
        """Let a person decide the pairs; whether anything was said."""
        import polars as pl

        from review.dedup.crowded import uncounted
        from review.model.record import Link

        assert self._beside
        spoken_of = pl.col("verdict").is_in(["unsure", "duplicate"]) | (pl.col("rule") == "person")
        pairs = [Link(**row) for row in self._listed(found).filter(spoken_of).iter_rows(named=True)]
        self._wanted |= {*several(found)["key"]}
        records = self._read()
        return self._beside.sit(pairs, records, uncounted(self._wanted, self._told), self._told, self.who or _login(), self._wishes)

    def anew(self) -> Beyond:
        """The same, but for the sitting."""
        return Beyond(self.files, self.keep, self.lists)

    def write(self, found: Grouped, came: Mapping[str, int], *, rejects: int) -> None:
        """Write all that is wanted, and tell what was written. came: how many records came from each file; rejects: how many entries could
        not be read.

        Raises RowsRefusedError where rows of the sheet could not be taken, or entries are not among the references.
        """
        if len(self.files) > 1 and len(came) <= MOST_SHOWN:  # the flow diagram gives a count for each database
            say(f"  {', '.join(f'{n:,} from {name}' for name, n in sorted(came.items()))}")
        if self._beside and (told := self._beside.told(len(self._replaced))):
            say(told)
        if self.take:
            say(f"{self.take}: {counted(self._from_sheet, 'word')} taken, {len(self.refused):,} refused")
            say("  What the sheet says is followed by the runs that are given it: give it with the next one too.")
            tell_replaced(self._replaced)
            tell_rows(self.take, [], [(str(n), "", why) for n, why in sorted(self.refused)])
        for contradiction in unfollowed(self.said, dict(found.records.iter_rows()) if self.said else {}):
            say(f"warning: {contradiction}.")
        from review.dedup.table import shared_dois

        shared = shared_dois(self._known, found.records.rename({"key": "record"}))
        links = None
        if any(self.lists.written) or self.sheet:
            links = self._listed(found)
            self._wanted |= self.lists.shown(found, links, shared)
        if self.keep:
            self._references(self.keep, found)
        if links is not None:
            records = self._held if self.keep else self._read()
            self.lists.write(found, links, shared, records, self.said)
            if self.sheet:
                self._pairs(self.sheet, links, records)
        for hint in self.lists.unwritten(linked(found, self.said), shared["doi"].n_unique()):
            say(hint)
        unsure = int((found.links["verdict"] == "unsure").sum())
        if unsure and not self.sheet:
            say(
                f"Next: {counted(unsure, 'pair')} may still be one report: the same command with --review shows them side by side; with --sheet PAIRS.xlsx it writes them to be filled in, for --take"
            )
        if self.refused:
            raise RowsRefusedError(
                f"{counted(len(self.refused), 'row')} of {self.take} could not be taken.", "Mend them, and run it again."
            )
        if self.keep and rejects:
            raise RowsRefusedError(f"{counted(rejects, 'entry')} rejected: not in {self.keep}.", "Look at them: each is named above.")

    def _references(self, path: Path, found: Grouped) -> None:
        from review.atomic import write

        form, left, there = self._form, Counter[str](), path.exists()
        assert form.write
        with progress_bar() as tell:
            write(
                path,
                form.write(self._merged(found, lambda done: tell(f"writing {path.name}", done, found.records.height)), left, notes=False),
            )
        say(
            f"{path}: {counted(found.records['report'].n_unique(), 'reference')} as {form.label}, each report once{', in place of the file that was there' if there else ''}"
        )
        say_not_native(form.name, left, "left out")

    def _merged(self, found: Grouped, tell: Callable[[int], None]) -> Iterator[Record]:
        """Each report as one reference, where the last of its records stands in the files."""
        from review.dedup.reading import again
        from review.model.record import Report

        report = dict(found.records.iter_rows())
        size = Counter(report.values())
        held: dict[str, list[Record]] = {}
        for n, record in enumerate(again(self.files, self._known, self.columns)):
            if n % _TOLD == 0:
                tell(n)
            if record.key in self._wanted:
                self._held[record.key] = record
            key = report[record.key]
            if size[key] == 1:
                yield record
                continue
            inside = held.setdefault(key, [])
            inside.append(record)
            if len(inside) == size[key]:
                yield Report(key=key, records=tuple(sorted(held.pop(key), key=lambda r: r.key))).merged()

    def _listed(self, found: Grouped) -> pl.DataFrame:
        """The links with their words; the records of those that a person is or was asked about are noted as wanted."""
        import polars as pl

        from review.dedup.engine import links_of, worded
        from review.dedup.rules import CERTAIN, UNSURE

        links = links_of(found, worded(found), CERTAIN, UNSURE, self.said)
        asked = links.filter((pl.col("verdict") == "unsure") | (pl.col("rule") == "person"))
        self._wanted = {*asked["a"], *asked["b"]}
        return links

    def _read(self) -> Mapping[str, Record]:
        """The records that are wanted, with all that they say."""
        from review.cli.dedup_beside import Aside
        from review.dedup.reading import again

        with progress_bar() as tell:
            tell("reading again", 0, 0)
            return Aside(r for r in again(self.files, self._known, self.columns) if r.key in self._wanted)

    def _pairs(self, sheet: Path, links: pl.DataFrame, records: Mapping[str, Record]) -> None:
        """Write the unsure pairs as a sheet, and tell it."""
        import polars as pl

        from review.cli.dedup_sheet import put
        from review.dedup.pair_sheet import about
        from review.dedup.questions import asked_of
        from review.model.record import Link

        shown = links.filter(pl.col("verdict").is_in(["unsure", "duplicate"]))
        pairs = asked_of([Link(**row) for row in shown.iter_rows(named=True)], records)
        put(sheet, pairs, about(", ".join(file.name for file in self.files)), self._named.name)
        say(f"{sheet}: {counted(len(pairs), 'pair')} that may be one report, two rows a pair")
        if pairs:
            say(
                f"Next: fill in its column 'say' (same, different …), then the same command with --take {shlex.quote(str(sheet))} in place of --sheet"
            )


def _login() -> str:
    """What a person is called where they do not say it."""
    import getpass

    with suppress(OSError, KeyError):  # a process without a user that has a name
        return getpass.getuser()
    return "a person"
