"""The search stage: the archived results of every search, read into records and rejects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import combinations, groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from review.formats.columns.imprint import imprint
from review.formats.own import own
from review.model.record import ArchivedFile, Record, Reject, Search, record_key
from review.model.words import are, counted
from review.search.admit import plain
from review.search.before import Before, named
from review.stage import Context, Result, Stage
from review.workspace import MANIFEST, Workspace, digest_of, file_digest

if TYPE_CHECKING:
    from review.formats.base import Format
    from review.store.db import Store


def inputs(workspace: Workspace) -> dict[str, str]:
    return {"the protocol's sources": digest_of([s.id for s in workspace.protocol.sources])} | _searches(workspace)


def _searches(workspace: Workspace) -> dict[str, str]:
    """A digest of each search: of what is stated of it, and of its files by content, so that a renamed file is no change."""
    found = {}
    for search in workspace.searches():
        folder = workspace.search_folder(search.source, search.date)
        files = sorted(workspace.digests.of(p, file_digest) for p in folder.iterdir() if p.is_file() and p.name != "manifest.json")
        stated = [{k: v for k, v in asdict(replace(f, name="")).items() if k != "packed"} for f in search.files]
        found[named(search)] = digest_of([search.query, search.translation, search.announced, stated, files])
    return found


def read_file(data: bytes, search: Search, file: ArchivedFile) -> tuple[list[Record], list[Reject]]:
    """The records, with the key that each would have alone, and the rejects of one archived file, with their place."""
    records: list[Record] = []
    rejects: list[Reject] = []
    for entry in format_of(file.format).read(data, dict(file.columns)):
        if isinstance(entry, Record):
            key = record_key(search.source, entry)
            # What has no field of ours stays in the archive; which of two is the first is a matter of the raw text too.
            records.append(
                replace(entry, key=key, source=search.source, searched=search.date, file=file.sha256, imprint=imprint(entry), extra=())
            )
        else:
            rejects.append(replace(entry, source=search.source, searched=search.date, file=file.sha256))
    return records, rejects


def format_of(name: str) -> Format:
    """The format of that name. Raises UsageError where there is none."""
    if found := own(name):
        return found
    from review.formats.registry import by_name  # loads them all

    return by_name(name)


def run(context: Context) -> Result:
    workspace, store = context.workspace, context.store
    rejects: list[Reject] = []
    warnings = []
    searches = workspace.searches()
    digests = _searches(workspace)
    before = Before(store, searches, digests)
    counts: Counter[tuple[str, str, str]] = Counter()  # of the records in each file
    done, of = 0, sum(len(s.files) for s in searches)
    for source, its in groupby(searches, key=attrgetter("source")):
        fresh: list[Record] = []
        for search, file in ((s, f) for s in its for f in s.files):
            context.progress("reading", done, of)
            place = (search.source, search.date, file.sha256)
            if before.stays(search):
                n, bad = before.records.get(place, 0), before.rejects.get(place, [])
            else:
                more, bad = read_file(workspace.archived(search, file), search, file)
                fresh += more
                n = len(more)
            if (n, len(bad)) != (file.parsed, file.rejected):
                warnings.append(
                    f"{search.source} of {search.date}, {file.name}: {n:,} records and {len(bad):,} rejects are read now, "
                    f"{file.parsed:,} and {file.rejected:,} when it was imported: the reader of {file.format} has changed since"
                )
            counts[place] += n
            rejects += bad
            done += 1
        before.exchange(source, fresh)
        del fresh  # one source's records at a time
    context.progress("reading", of, of)
    before.only(s.source for s in searches)
    rejects.sort(key=lambda r: (r.source, r.searched, r.file, r.line, r.reason))
    store.save_rejects(rejects)
    before.now_read(counts)
    for search in searches:
        came = sum(f.parsed + f.rejected for f in search.files)
        if search.announced is not None and search.announced != came:
            warnings.append(
                f"{search.source} of {search.date}: the source announced {search.announced:,} records, its files hold {counted(came, 'entry')}"
            )
    warnings += _twice(workspace, store, searches)
    planned = {s.id for s in workspace.protocol.sources}
    warnings += [f"queries: source '{s}' is not in the protocol" for s in sorted({s.source for s in searches} - planned)]
    missing = sorted(planned - {s.source for s in searches})
    return Result(
        digest=digest_of([store.records_digest(), [(r.file, r.line, r.reason) for r in rejects]]),
        summary=f"{counted(counts.total(), 'record')} from {counted(len({s.source for s in searches}), 'source')}"
        + (f", {counted(len(rejects), 'entry')} rejected" if rejects else ""),
        waits=tuple(("the lead author", 0, f"results of source '{s}'", f"review import FILE --source {s}") for s in missing),
        warnings=tuple(warnings),
    )


def _twice(workspace: Workspace, store: Store, searches: list[Search]) -> Iterator[str]:
    """Of two files of one search the one may be a corrected copy of the other, or the same exported anew: where half of one's records are in both, in words."""
    again = store.keys_like(())
    if not again:
        return
    files: dict[str, set[tuple[str, str, str]]] = {}
    told = store.columns("key", "source", "searched", "file", keys=sorted({*again, *map(plain, again)}))
    for key, *place in told.iter_rows():
        files.setdefault(plain(key), set()).add((place[0], place[1], place[2]))
    both = Counter(pair for places in files.values() for pair in combinations(sorted(places), 2) if pair[0][:2] == pair[1][:2])
    there = {(s.source, s.date, f.sha256): (s, f) for s in searches for f in s.files}
    for (one, other), n in sorted(both.items()):
        (search, a), (_, b) = there[one], there[other]
        if 2 * n >= min(a.parsed, b.parsed):
            manifest = workspace.shown(workspace.search_folder(search.source, search.date) / MANIFEST)
            yield (
                f"{named(search)}: {counted(n, 'record')} {are(n)} in {' and in '.join(sorted((a.name, b.name)))}, by their ids, and {'counts' if n == 1 else 'count'} twice as identified. "
                f"If one is a corrected copy of the other, delete that other and its entry in {manifest}"
            )


STAGE = Stage("search", 22, (), inputs, run)
