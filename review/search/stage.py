"""The search stage: the archived results of every search, read into records and rejects."""

from __future__ import annotations

from dataclasses import asdict, replace

from review.model.record import ArchivedFile, Record, Reject, Search
from review.model.words import counted
from review.search.admit import admit
from review.search.before import Before, named
from review.stage import Context, Result, Stage
from review.workspace import Workspace, digest_of, file_digest


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
    """The records and rejects of one archived file, with their place."""
    from review.formats.registry import by_name

    records: list[Record] = []
    rejects: list[Reject] = []
    for entry in by_name(file.format).read(data, dict(file.columns)):
        placed = replace(entry, source=search.source, searched=search.date, file=file.sha256)
        if isinstance(placed, Record):
            records.append(placed)
        else:
            rejects.append(placed)
    return records, rejects


def run(context: Context) -> Result:
    workspace = context.workspace
    fresh: list[Record] = []
    known: list[Record] = []
    rejects: list[Reject] = []
    warnings = []
    searches = workspace.searches()
    before = Before(context.store, _searches(workspace))
    files = [(s, f) for s in searches for f in s.files]
    for n, (search, file) in enumerate(files):
        context.progress("reading", n, len(files))
        entries = before.entries(search, file)
        more, bad = entries or read_file(workspace.archived(search, file), search, file)
        if (len(more), len(bad)) != (file.parsed, file.rejected):
            warnings.append(
                f"{search.source} of {search.date}, {file.name}: {len(more):,} records and {len(bad):,} rejects are read now, "
                f"{file.parsed:,} and {file.rejected:,} when it was imported: the reader of {file.format} has changed since"
            )
        (known if entries else fresh).extend(more)
        rejects += bad
    context.progress("reading", len(files), len(files))
    admitted = admit(fresh, known)
    rejects.sort(key=lambda r: (r.source, r.searched, r.file, r.line, r.reason))
    context.store.save_records(admitted, rejects)
    before.now_read(searches)
    for search in searches:
        came = sum(f.parsed + f.rejected for f in search.files)
        if search.announced is not None and search.announced != came:
            warnings.append(
                f"{search.source} of {search.date}: the source announced {search.announced:,} records, its files hold {came:,} entries"
            )
    planned = {s.id for s in workspace.protocol.sources}
    warnings += [f"queries: source '{s}' is not in the protocol" for s in sorted({s.source for s in searches} - planned)]
    missing = sorted(planned - {s.source for s in searches})
    return Result(
        digest=digest_of([[(r.key, r.file, r.line) for r in admitted], [(r.file, r.line, r.reason) for r in rejects]]),
        summary=f"{counted(len(admitted), 'record')} from {counted(len({s.source for s in searches}), 'source')}"
        + (f", {len(rejects):,} entries rejected" if rejects else ""),
        waits=tuple(("the lead author", 0, f"results of source '{s}'", f"review import FILE --source {s}") for s in missing),
        warnings=tuple(warnings),
    )


STAGE = Stage("search", 3, (), inputs, run)
