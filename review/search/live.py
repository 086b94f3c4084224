"""A search run live: count, show, fetch, prove, archive.

The archive gets a search only when it is whole: as many records as were announced, each by its id where the source can
list ids. Until then it lies in the staging area, and the same command goes on with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from review.errors import FormatError, Incomplete, SourceError, UsageError
from review.model.protocol_parts import SourcePlan
from review.model.record import ArchivedFile, Record, Search
from review.model.run import RunLine, SearchRun
from review.search.lines import sendable
from review.search.staging import Staging
from review.sources.base import Counted, Listing, Page, Source
from review.stage import Progress, silent
from review.workspace import MANIFEST, Workspace, read_manifest, sha256, write

NAMED = 20  # missing ids in a message; all of them are in a file


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a search will bring, before any record is fetched.

    resumed: it was counted before, by a search that was interrupted; received: the records that this one has. dropped: those of an unfinished search for another query,
    which beginning this one throws away.
    """

    source: str
    label: str
    date: str
    query: str
    counted: Counted
    lines: tuple[RunLine, ...]
    requests: int
    seconds: float
    started: str
    source_version: str
    resumed: bool = False
    received: int = 0
    dropped: int = 0


@dataclass(frozen=True, kw_only=True)
class Done:
    """A search in the archive. again: it was there already, and nothing was done."""

    search: Search
    folder: Path
    again: bool = False


class LiveSearch:
    """One strategy on one source; one in Ovid's syntax is translated. `now` is the clock of the record."""

    def __init__(
        self,
        workspace: Workspace,
        plan: SourcePlan,
        source: Source,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.workspace, self.plan, self.source, self._now = workspace, plan, source, now
        self.strategy = workspace.strategies[plan.id]
        self.sent = sendable(self.strategy, source.syntax, plan.strategy)
        self.query = self.sent.query
        self._staging = Staging(workspace, plan.id)

    # -- before -----------------------------------------------------------------------------------------------

    def already(self, *, replace_it: bool = False) -> Done | None:
        """This very search, if the archive has it from today. Raises UsageError where it has another one from today."""
        return None if replace_it else self._archived(self._now().astimezone().date().isoformat())

    def _archived(self, date: str) -> Done | None:
        folder = self.workspace.search_folder(self.plan.id, date)
        if not (folder / MANIFEST).exists():
            return None
        search = read_manifest(folder / MANIFEST)
        if search.run and (search.query, search.run.endpoint) == (self.query, self.source.endpoint):
            return Done(search=search, folder=folder, again=True)
        was = "imported from a file"
        if search.run:
            was = "searched with another strategy" if search.query != self.query else f"searched at {search.run.endpoint}"
        raise UsageError(f"'{self.plan.id}' was already {was} on {date}.", "To search again and put that aside: --replace.")

    def preview(self, progress: Progress = silent, *, fresh: bool = False) -> Preview:
        """Count the query and each of its lines; where a search was interrupted, say what it counted. `fresh`: count anew.

        Raises SourceError where the source does not answer the query itself; a line that it can't count has no hits.
        """
        dropped = 0
        if not fresh and self._staging.load():
            if self._goes_on():
                return self._resumed()
            dropped = len(self._staging.received)
        started = self._now()
        counted = self.source.count(self.query)
        told = []
        lines = self.sent.lines
        for i, line in enumerate(lines):
            progress("counting lines", i, len(lines))
            told.append(self._line(line.n, line.text, line.query, counted))
        progress("counting lines", len(lines), len(lines))
        requests, seconds = self.source.estimate(counted.hits)
        return Preview(
            source=self.plan.id, label=self.source.label, date=started.astimezone().date().isoformat(), query=self.query, counted=counted,
            lines=tuple(told), requests=requests, seconds=seconds, started=_stamp(started), source_version=self.source.version(), dropped=dropped,
        )  # fmt: skip

    def _line(self, n: str, text: str, query: str, whole: Counted) -> RunLine:
        if query == self.query:
            return RunLine(n=n, text=text, hits=whole.hits, messages=whole.messages)
        try:
            counted = self.source.count(query)
        except SourceError as error:
            return RunLine(n=n, text=text, messages=(f"not counted: {error.message}",))
        return RunLine(n=n, text=text, hits=counted.hits, messages=counted.messages)

    def _goes_on(self) -> bool:
        about = self._staging.about
        manifest = self.workspace.search_folder(self.plan.id, about["date"]) / MANIFEST
        if manifest.exists() and (run := read_manifest(manifest).run) and run.started == about["started"]:
            self._staging.discard()  # it was archived, and then stopped before it could tidy up
            return False
        return (about.get("query"), about.get("endpoint"), about.get("service")) == (self.query, self.source.endpoint, self.source.name)

    def _resumed(self) -> Preview:
        about = self._staging.about
        counted = Counted(**_tuples(about["counted"], "messages", "translations"), raw=about["raw"].encode("utf-8", "surrogateescape"))
        told = tuple(RunLine(**_tuples(line, "messages")) for line in about["lines"])
        here = len(self._staging.received)
        requests, seconds = self.source.estimate(max(0, counted.hits - here))
        return Preview(
            source=self.plan.id, label=self.source.label, date=about["date"], query=self.query, counted=counted, lines=told,
            requests=requests, seconds=seconds, started=about["started"], source_version=about["source_version"], resumed=True, received=here,
        )  # fmt: skip

    # -- the fetch --------------------------------------------------------------------------------------------

    def run(self, preview: Preview, progress: Progress = silent, *, accept: str = "", replace_it: bool = False) -> Done:
        """Fetch what was counted and archive it. Goes on where an earlier run of the same query stopped.

        accept: a reason to archive the search although some announced records can't be had; it is kept with their
        ids. Raises Incomplete where records are missing and no reason is given, SourceError where the source fails.
        """
        staging = self._staging
        with staging.alone():
            if not replace_it and (done := self._archived(preview.date)):
                return done
            if not (preview.resumed and staging.load(mend=True) and self._goes_on() and staging.about["started"] == preview.started):
                counted = asdict(preview.counted)
                raw = counted.pop("raw").decode("utf-8", "surrogateescape")
                staging.begin({
                    "service": self.source.name, "endpoint": self.source.endpoint, "query": self.query, "date": preview.date, "started": preview.started,
                    "source_version": preview.source_version, "counted": counted, "raw": raw, "lines": [asdict(line) for line in preview.lines],
                })  # fmt: skip
            hits = preview.counted.hits
            try:
                listing = self.source.listing(self.query, preview.counted, staging, lambda n: progress("listing", n, hits))
            except Incomplete:
                staging.discard()  # a listing that does not add up is nothing to go on from
                raise
            progress("fetching", len(staging.received), listing.hits)
            for page in self.source.fetch(self.query, listing, staging.received, staging.mark):
                self._keep(page)
                progress("fetching", len(staging.received), staging.hits or listing.hits)
            missing = self._missing(listing, accept)
            search = self._search(preview, listing, missing, accept)
            return Done(search=search, folder=staging.commit(search, replace=replace_it))

    def _keep(self, page: Page) -> None:
        """A page onto the disk, counted by the reader that will read it later."""
        from review.formats.registry import by_name as format_named

        parsed = rejected = 0
        try:
            for entry in format_named(self.source.format).read(page.data, {}):
                if isinstance(entry, Record):
                    parsed += 1
                else:
                    rejected += 1
        except FormatError as error:
            raise SourceError(f"{self.source.label}: a page can't be read: {error.message}", error.hint, "malformed") from None
        file = ArchivedFile(
            name=self._staging.next_name(self.source.suffix),
            sha256=sha256(page.data),
            size=len(page.data),
            format=self.source.format,
            parsed=parsed,
            rejected=rejected,
        )
        if any(f.sha256 == file.sha256 for f in self._staging.pages):
            raise SourceError(f"{self.source.label}: the same page came twice.", "Run the same command again.", "unexpected")
        for message in (*page.messages, *((f"{rejected} entries of {file.name} can't be read",) if rejected else ())):
            self._staging.put(f"message {file.name} {message}", message)
        self._staging.keep(file, page)

    def _missing(self, listing: Listing, accept: str) -> list[str]:
        """Ids that were announced and did not come. Raises Incomplete, which names them, unless a reason accepts it."""
        received, label = self._staging.received, self.source.label
        if listing.ids is not None:
            missing = [i for i in listing.ids if i not in received]
            short, named = len(missing), f": {', '.join(missing[:NAMED])}{' …' if len(missing) > NAMED else ''}"
        else:
            missing, short, named = [], max(0, (self._staging.hits or listing.hits) - len(received)), ""
        if short and not accept:
            announced = self._staging.hits or listing.hits
            where = ""
            if missing:
                write(self._staging.folder / "missing.txt", "\n".join(missing) + "\n")
                where = f" All of them: {self.workspace.shown(self._staging.folder / 'missing.txt')}."
            raise Incomplete(
                f"{label} announced {announced:,} records and gave {announced - short:,}; {short:,} are missing{named}. The search is not archived.",
                f"{'Run the same command again: it asks for the missing ones only' if missing else 'Fetch it all once more: --restart'}. "
                f"If they can't be had: --accept-missing 'WHY'.{where}",
                "incomplete",
            )
        if short and not missing:
            self._staging.put("message short", f"{short:,} records fewer came than were announced")
        return missing

    def _search(self, preview: Preview, listing: Listing, missing: list[str], accept: str) -> Search:
        staging, source = self._staging, self.source
        ids = "".join(f"{i}\n" for i in (listing.ids if listing.ids is not None else sorted(staging.received))).encode()
        staging.add("ids.txt.gz", ids)
        answer = f"answer.{source.suffix}.gz"
        staging.add(answer, preview.counted.raw)
        announced = staging.hits if staging.hits is not None else listing.hits
        run = SearchRun(
            platform=source.platform, database=source.database, endpoint=source.endpoint, parameters=source.parameters,
            source_version=preview.source_version, tool_version=version("review"), protocol=self.workspace.digest, strategy=self.strategy,
            translated=self.sent.translated, changes=tuple((c.label, c.effect, c.what, c.became) for c in self.sent.changes),
            started=preview.started, ended=_stamp(self._now()), lines=preview.lines, translations=preview.counted.translations,
            messages=tuple(dict.fromkeys((*preview.counted.messages, *listing.messages, *staging.messages()))), parts=listing.parts,
            retrieved=len(staging.received), missing=tuple(missing), truncated=accept if announced > len(staging.received) else "", retries=source.retries,
            ids_file="ids.txt.gz", ids_sha256=sha256(ids), answer_file=answer, answer_sha256=sha256(preview.counted.raw),
        )  # fmt: skip
        files = tuple(sorted(staging.pages, key=lambda f: f.sha256))
        return Search(
            source=self.plan.id,
            date=preview.date,
            query=self.query,
            translation=preview.counted.translation,
            announced=announced,
            files=files,
            run=run,
        )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _tuples(data: dict[str, Any], *names: str) -> dict[str, Any]:
    """JSON's lists as tuples again."""
    found = dict(data)
    for name in names:
        values = found[name]
        if isinstance(values, list):
            found[name] = tuple(tuple(v) if isinstance(v, list) else v for v in values)
    return found
