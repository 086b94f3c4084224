"""review dedup FILES: the tables beside the references: what was removed, what belongs together without being one report, and shared DOIs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from review.cli.telling import say
from review.model.related import RELATIONS
from review.model.words import are, counted

if TYPE_CHECKING:
    import polars as pl

    from review.dedup.engine import Grouped
    from review.formats.base import Format
    from review.model.events import Sameness
    from review.model.record import Record

_TABLES = (".csv", ".xlsx")
_KINDS = {
    "version_of": "version",
    "abstract_of": "meeting abstract",
    "erratum_or_retraction_of": "erratum or retraction",
    "reply_to": "reply or comment",
    "co_publication": "co-publication",
}


@dataclass(frozen=True, slots=True)
class Lists:
    """The files that are wanted. removed: for the records that are in no reference of their own, a table or references; related: for the
    reports that are linked; collisions: for those that share a DOI."""

    removed: Path | None = None
    related: Path | None = None
    collisions: Path | None = None

    @property
    def written(self) -> tuple[Path | None, ...]:
        return self.removed, self.related, self.collisions

    def check(self) -> None:
        """Raises UsageError for a name that can't be written to."""
        self._archive()
        for option, path in (("--related", self.related), ("--doi-collisions", self.collisions)):
            if path and path.suffix.casefold() not in _TABLES:
                from review.errors import UsageError

                raise UsageError(f"{option} {path}: a table is written here.", f"Name a file that ends in {' or '.join(_TABLES)}.")

    def _archive(self) -> Format | None:
        """The format in which the removed records are written whole; None: as a table."""
        from review.cli.convert import target

        return target(self.removed, "", "") if self.removed and self.removed.suffix.casefold() not in _TABLES else None

    def shown(self, found: Grouped, links: pl.DataFrame, shared: pl.DataFrame) -> set[str]:
        """The keys of the records that the lists show or speak of. links: of `engine.links_of`; shared: of `table.shared_dois`."""
        some = {*several(found)["key"]} if self.removed else set()
        if self.related:
            some |= {*_of_linked(found, links)["key"]}
        return some | {*shared["report"]} if self.collisions else some

    def write(self, found: Grouped, links: pl.DataFrame, shared: pl.DataFrame, records: Mapping[str, Record], said: list[Sameness]) -> None:
        """Write what is wanted, and tell it. records: at least those `shown`; said: people's words."""
        from review.atomic import write
        from review.dedup.columns import frame_of
        from review.dedup.table import doi_collisions, excluded_duplicates

        if self.removed:
            gone, merged = found.records.height - found.records["report"].n_unique(), several(found)
            archive = self._archive()
            if archive and archive.write:
                write(self.removed, archive.write(_removed(merged, records)))
                told = f"as {archive.label}, with all that each held"
            else:
                frame = frame_of(records[key] for key in merged["key"])
                _put(self.removed, excluded_duplicates(frame, merged.rename({"key": "record"}), links), "removed")
                told = "each beside the one that stays, and why"
            say(f"{self.removed}: {counted(gone, 'removed record')}, {told}")
        if self.related:
            table, count = _related(found, links, records, said)
            _put(self.related, table, "related")
            say(f"{self.related}: {counted(count, 'pair')} of reports that belong together, what the one is to the other, and why")
        if self.collisions:
            frame = frame_of(records[key] for key in shared["report"].unique())
            _put(self.collisions, doi_collisions(frame, shared), "shared DOIs")
            say(f"{self.collisions}: {shared.height:,} reports that share {counted(shared['doi'].n_unique(), 'DOI')}")

    def unwritten(self, related: Counter[str], shared: int) -> Iterator[str]:
        """What there is to list and is not, in words, with how. related: of `linked`; shared: DOIs that several reports have."""
        if related and not self.related:
            kinds = ", ".join(f"{_KINDS[name]} {n:,}" for name, n in sorted(related.items()))
            many, belong = counted(related.total(), "pair"), "belongs" if related.total() == 1 else "belong"
            yield f"{many} {belong} together without being one report ({kinds}): --related FILE.csv lists them"
        if shared and not self.collisions:
            yield f"{counted(shared, 'DOI')} {are(shared)} shared by several reports: --doi-collisions FILE.csv lists them"


def several(found: Grouped) -> pl.DataFrame:
    """The records of reports that have more than one, each with its report."""
    import polars as pl

    return found.records.filter(pl.col("report").is_duplicated())


def linked(found: Grouped, said: list[Sameness]) -> Counter[str]:
    """How many pairs are linked without being merged, by their relation. said: people's words, whose relation goes before that of a rule."""
    from review.dedup.said import Said

    verdicts = _links(found.links)["verdict"]
    spoken = Said(said).latest.values()
    if not spoken:
        return Counter(verdicts)
    report = dict(found.records.iter_rows())
    return Counter(verdicts) + Counter(w.relation for w in spoken if w.relation and report.get(w.a) != report.get(w.b))


def _links(links: pl.DataFrame) -> pl.DataFrame:
    """Those that say what two reports are to each other."""
    return links.filter(links["verdict"].is_in(list(RELATIONS)))


def _of_linked(found: Grouped, links: pl.DataFrame) -> pl.DataFrame:
    """The records of all reports that are linked with another, each with its report."""
    import polars as pl

    ends = _links(links).select(pl.concat([pl.col("a"), pl.col("b")]).unique()).to_series()
    reports = found.records.filter(pl.col("key").is_in(ends.implode()))["report"].unique()
    return found.records.filter(pl.col("report").is_in(reports.implode()))


def _related(found: Grouped, links: pl.DataFrame, records: Mapping[str, Record], said: list[Sameness]) -> tuple[bytes, int]:
    """The table of linked reports, and how many pairs it has."""
    from review.dedup.columns import frame_of
    from review.dedup.said import firsts
    from review.dedup.table import related_reports
    from review.model.record import Report
    from review.model.related import role

    inside: dict[str, list[Record]] = {}
    of = dict(_of_linked(found, links).iter_rows())
    for key, report in of.items():
        inside.setdefault(report, []).append(records[key])
    reports = {key: Report(key=key, records=tuple(those)) for key, those in inside.items()}
    pairs, first = _links(links), firsts(said)
    which = [
        (of[a], of[b], role(verdict, reports[of[a]], reports[of[b]], first.get((a, b), "")))
        for a, b, verdict in pairs.select("a", "b", "verdict").iter_rows()
    ]
    return related_reports(frame_of(records[key] for key in of), which, pairs), pairs.height


def _removed(merged: pl.DataFrame, records: Mapping[str, Record]) -> Iterator[Record]:
    """The records that `excluded_duplicates` lists, each whole, and of which it is a duplicate."""
    from dataclasses import replace

    from review.dedup.table import beside_kept

    removed = beside_kept(merged.select("report", record="key"), "record")
    for key, kept in removed.select("record", "kept_record").iter_rows():
        yield replace(records[key], extra=(*records[key].extra, ("note", f"Removed as a duplicate of {kept} ({records[kept].source})")))


def _put(path: Path, table: bytes, name: str) -> None:
    """Write a CSV text of ours as it is, or as a workbook with a sheet of that name, which no spreadsheet takes for dates, formulas or another encoding."""
    from review.atomic import write
    from review.formats.tables.csv_line import unguarded
    from review.formats.tables.xlsx import write_rows

    if path.suffix.casefold() == ".csv":
        write(path, table)
    else:
        write(path, write_rows(([unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(table.decode(), newline=""))), name))
