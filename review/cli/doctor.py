"""review doctor: is everything as it should be?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from review.cli.common import AsJson, Review, out, out_json, say, workspace
from review.errors import INTEGRITY, ReviewError
from review.model.words import counted

if TYPE_CHECKING:
    from pathlib import Path

    from review.model.record import Search
    from review.workspace import Workspace


@dataclass(frozen=True)
class Finding:
    what: str
    state: str  # ok | note | wrong
    says: str
    mend: str = ""


def command(review: Review = "", as_json: AsJson = False) -> None:
    """Check protocol, files against their hashes, ledgers' chains, index and flow; name the mend for what is wrong."""
    space = workspace(review)
    findings = list(examine(space))
    wrong = [f for f in findings if f.state == "wrong"]
    if as_json:
        out_json([vars(f) for f in findings])
    else:
        for f in findings:
            out(f"{f.state:<5} {f.what}: {f.says}")
            if f.mend and f.state != "ok":
                out(f"      mend: {f.mend}")
        say("Something is wrong." if wrong else "All is well.")
    if wrong:
        raise typer.Exit(INTEGRITY)


def examine(space: Workspace) -> Iterator[Finding]:
    """Every check, in order; a check that fails does not keep the others from being made."""
    try:
        protocol = space.protocol
        space.check_lock()
        yield Finding("protocol", "ok" if protocol.lock else "note", "locked" if protocol.lock else "not locked", "review protocol lock")
    except ReviewError as error:
        yield Finding("protocol", "wrong", error.message, error.hint)
        return
    yield from _archive(space)
    yield from _ledgers(space)
    yield from _full_texts(space)
    yield from _index(space)
    if not os.environ.get("NCBI_EMAIL"):
        yield Finding("NCBI email", "note", "NCBI_EMAIL is not set; searching PubMed live asks for it", "export NCBI_EMAIL=you@example.org")


def _archive(space: Workspace) -> Iterator[Finding]:
    files = 0
    try:
        searches = space.searches()
    except ReviewError as error:
        yield Finding("archive", "wrong", error.message, error.hint)
        return
    for search in searches:
        for file in search.files:
            try:
                space.archived(search, file)
                files += 1
            except ReviewError as error:
                yield Finding("archive", "wrong", error.message, error.hint)
        for path, digest in _kept(space, search):
            if _content_sha256(path) == digest:
                files += 1
            else:
                yield Finding(
                    "archive",
                    "wrong",
                    f"{space.shown(path)} is missing, or was changed.",
                    "Restore it from git or a backup, or search again.",
                )
    named = {space.search_folder(s.source, s.date) / f.name for s in searches for f in s.files} | set(space.manifests())
    named |= {path for s in searches for path, _ in _kept(space, s)}
    for stray in sorted(p for p in space.queries.glob("*/*/*") if p.is_file() and p not in named and not p.name.startswith(".")):
        yield Finding(
            "archive", "note", f"{space.shown(stray)}: no manifest names this file", "Import it if it is a result; else delete it."
        )
    yield Finding("archive", "ok", f"{counted(files, 'file')} with the sha256 that the manifest gives")


def _kept(space: Workspace, search: Search) -> list[tuple[Path, str]]:
    """What a live search keeps beside its pages, compressed: the announced ids and the source's own answer, each with the sha256 of its content."""
    run = search.run
    if run is None:
        return []
    folder = space.search_folder(search.source, search.date)
    return [(folder / name, digest) for name, digest in ((run.ids_file, run.ids_sha256), (run.answer_file, run.answer_sha256)) if name]


def _content_sha256(path: Path) -> str:
    """Of a gzip file's content, read piece by piece; '' where it can't be read."""
    import gzip
    import hashlib
    import zlib

    digest = hashlib.sha256()
    try:
        with gzip.open(path) as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except (OSError, EOFError, zlib.error):
        return ""
    return digest.hexdigest()


def _ledgers(space: Workspace) -> Iterator[Finding]:
    from review.model.lines import COPY_HINT
    from review.model.protocol_parts import PHASES
    from review.screening.pilot import part as pilot_part
    from review.store import heads
    from review.workspace import SHARED

    parts = (*PHASES, *map(pilot_part, PHASES), "extraction")
    ledgers = [ledger for part in parts for _, ledger in space.ledgers(part)]
    ledgers += [space.shared_ledger(part) for part in SHARED]
    lines = begun = 0
    for gone in heads.lost(space, (*parts, *SHARED)):
        yield Finding("ledger", "wrong", gone, heads.HINT)
    for copy in heads.copies(space):
        yield Finding("ledger", "wrong", copy, COPY_HINT)
    for ledger in ledgers:
        try:
            state = ledger.read(anew=True)
        except ReviewError as error:
            yield Finding("ledger", "wrong", error.message, error.hint)
            continue
        lines += len(state.lines)
        begun += bool(state.lines)
        if state.torn:
            yield Finding(
                "ledger",
                "note",
                f"{space.shown(ledger.path)}: a torn last line is left out",
                "It is set aside at the next decision; nothing else is lost.",
            )
        if len(state.heads) > 1:
            yield Finding("ledger", "ok", f"{space.shown(ledger.path)}: {len(state.heads)} branches were merged; all verify")
    yield Finding("ledgers", "ok", f"{lines:,} lines in {counted(begun, 'ledger')} form whole chains")


def _full_texts(space: Workspace) -> Iterator[Finding]:
    """Each full text that the ledger names: here and as it was, elsewhere, or changed."""
    from review.model.events import FullText, standing
    from review.workspace import file_digest

    try:
        named = {e.sha256: e.name for e in standing(space.shared_ledger("fulltexts").events()) if isinstance(e, FullText)}
    except ReviewError:
        return  # told with the ledgers
    there = {file_digest(p): p for p in sorted(space.fulltexts.glob("*")) if p.is_file()}
    absent = sorted(name for digest, name in named.items() if digest not in there)
    changed = [name for name in absent if (space.fulltexts / name).is_file()]
    for name in changed:
        yield Finding("full texts", "wrong", f"{space.shown(space.fulltexts / name)} was changed.", "Get it again from whoever added it.")
    if missing := len(absent) - len(changed):
        yield Finding(
            "full texts", "note", f"{missing:,} are not on this machine", "Full texts stay outside git: get them from whoever added them."
        )
    if named:
        yield Finding("full texts", "ok", f"{len(named) - len(absent):,} of {len(named):,} have the sha256 that the ledger gives")


def _index(space: Workspace) -> Iterator[Finding]:
    from review import pipeline

    try:
        pipeline.still_there(space)
        stages = pipeline.explain(space)
    except ReviewError as error:
        yield Finding("index", "wrong", error.message, error.hint)
        return
    stale = [s.name for s in stages if not s.done]
    yield Finding("index", "note" if stale else "ok", f"must run: {', '.join(stale)}" if stale else "up to date", "review run")
    if not stale:
        yield _flow(space)


def _flow(space: Workspace) -> Finding:
    """The flow counted anew from the index, and set beside the one that the report prints."""
    import json
    from dataclasses import asdict

    from review import pipeline
    from review.report.counts import count
    from review.report.stage import gather

    try:
        with pipeline.opened(space) as store:
            flow = asdict(count(gather(space, store)).flow)
        printed = json.loads((space.reports / "flow.json").read_text(encoding="utf-8"))["flow"]
    except ReviewError as error:
        return Finding("flow", "wrong", error.message, error.hint)
    if json.loads(json.dumps(flow)) != printed:
        return Finding("flow", "wrong", "the report prints other counts than the index gives", "Delete .review/ and run 'review run'.")
    return Finding("flow", "ok", "all identities hold, and the report prints these counts")
