"""The archive: what a source returned, kept unchanged, with a manifest that says what it is."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from review.errors import FormatError, IntegrityError, ReviewError, UsageError, unreadable
from review.formats.packed import parts
from review.formats.registry import by_name, detect, doubt
from review.formats.remarks import Remarks
from review.model.plain_text import is_mojibake
from review.model.record import ArchivedFile, Record, Reject, Search
from review.model.words import nearest
from review.opening import called, opened
from review.workspace import MANIFEST, Workspace, manifest_text, read_manifest, sha256, write


@dataclass(frozen=True)
class Imported:
    """What an import did. again: the very file was in the archive already; corrected: what was put right about its search, in words."""

    file: ArchivedFile
    rejects: tuple[Reject, ...]
    folder: Path
    without_title: int
    again: bool = False
    mojibake: int = 0  # records with text that was mis-decoded before it came here
    corrected: tuple[str, ...] = ()
    left_out: tuple[
        str, ...
    ] = ()  # what of the file was perhaps not read: sheets of a workbook, what a cut took, a format that it is not in


@dataclass(frozen=True)
class Came:
    """One file as it came. shown: what to call it. data: its content. kept: what goes into the archive. packed: sha256 of the archive
    (gzip, ZIP) that it came in, "" where it came as it is."""

    shown: str
    name: str
    data: bytes
    kept: bytes
    packed: str = ""


def came(path: Path) -> Iterator[Came | FormatError | str]:
    """The file (-: standard input), or each file of a ZIP; of one that can't be read the error, so that it costs no other; why one is left aside, as text.

    What came in gzip is kept as it came, what came in a ZIP as its content. Raises FormatError for an archive that can't be read, ReviewError where there is no such file.
    """
    whole = _bytes(path)
    file = called(path)
    name = file if str(path) == "-" else path.name
    try:
        for part in parts(io.BytesIO(whole)):
            shown = f"{file}/{part.inner}" if part.inner else file
            if part.aside:
                yield f"{shown}: not read: {part.aside}"
            elif not part.packed:
                yield Came(shown, name, whole, whole)
            elif not part.inner:
                yield Came(shown, name, part.stream.read(), whole, sha256(whole))
            else:
                try:
                    data = part.stream.read()
                except FormatError as error:
                    yield FormatError(f"{shown}: {error.message}", error.hint)
                    continue
                yield Came(shown, f"{name}/{part.inner}", data, data, sha256(whole))
    except FormatError as error:
        raise FormatError(f"{file}: {error.message}", error.hint) from None


def import_file(
    workspace: Workspace,
    came: Came,
    source: str,
    date: str,
    *,
    format_name: str,
    columns: Mapping[str, str],
    announced: int | None,
    query: str,
) -> Imported:
    """Archive a file that a source returned on a date (YYYY-MM-DD).

    format_name: '' finds the format from the content. announced: the count that the source gave. query: as it was
    sent; '' takes the protocol's strategy of the source. Raises UsageError for a source that the protocol does
    not name, FormatError for a file that is not bibliographic, ReviewError where it can't be kept.
    """
    _check(workspace, source, date)
    data = came.data
    format_ = by_name(format_name) if format_name else detect(data, came.name, columns)
    try:
        whole = Remarks(format_, columns)
        records, rejects = _count(whole.over(format_.read(data, columns)))
    except FormatError as error:
        raise FormatError(f"{came.shown}: {error.message}", error.hint) from None
    if not records and not rejects:
        raise FormatError(f"{came.shown}: holds no entries ({format_.label}).", "Export it again, or name the format: --format NAME.")
    digest = sha256(data)
    rejects = [replace(r, source=source, searched=date, file=digest) for r in rejects]
    file = ArchivedFile(
        name=_safe(came.name), sha256=digest, size=len(data), format=format_.name, parsed=len(records), rejected=len(rejects),
        columns=tuple(sorted(columns.items())), packed=came.packed,
    )  # fmt: skip
    folder = workspace.search_folder(source, date)
    without_title = sum(not r.title for r in records)
    mojibake = sum(is_mojibake(f"{r.title}\n{r.abstract}\n{r.authors}") for r in records)
    _refuse_elsewhere(workspace, source, date, digest, came.shown)
    with _held(workspace):
        manifest = folder / MANIFEST
        search = read_manifest(manifest) if manifest.exists() else Search(source=source, date=date)
        known_file = next((f for f in search.files if f.sha256 == digest), None)
        search, corrected = _corrected(search, announced, query)
        if known_file and replace(known_file, name=file.name, packed=file.packed) == file:
            _restore(workspace, search, known_file, came.kept)
            if corrected:
                write(manifest, manifest_text(search))
            return Imported(known_file, tuple(rejects), folder, without_title, again=True, corrected=corrected)
        others = [f for f in search.files if f.sha256 != digest]
        if any(f.name == file.name for f in others):
            file = replace(file, name=f"{digest[:8]}-{file.name}")
        if known_file:
            file = replace(file, name=known_file.name)
        # The file first, then the manifest: if we are killed in between, the file is not yet part of the review.
        write(folder / file.name, came.kept)
        search = replace(
            search,
            files=tuple(sorted((*others, file), key=lambda f: f.sha256)),
            query=search.query or workspace.strategies.get(source, ""),
        )
        write(manifest, manifest_text(search))
    return Imported(
        file,
        tuple(rejects),
        folder,
        without_title,
        mojibake=mojibake,
        corrected=corrected,
        left_out=(*((words,) if format_name and (words := doubt(data, format_)) else ()), *whole.told()),
    )


def _corrected(search: Search, announced: int | None, query: str) -> tuple[Search, tuple[str, ...]]:
    """The search with what is now said of it, and what that changes of what was said before, in words."""
    told = []
    if announced is not None and announced != search.announced:
        if search.announced is not None:
            told.append(f"the announced count is {announced:,} now; it was {search.announced:,}")
        elif search.files:
            told.append(f"the announced count is {announced:,} now; there was none")
    if query and search.files and query != search.query:
        told.append("the query as it was sent is another now")
    return replace(search, query=query or search.query, announced=search.announced if announced is None else announced), tuple(told)


def _check(workspace: Workspace, source: str, date: str) -> None:
    if workspace.protocol.source(source) is None:
        ids = [s.id for s in workspace.protocol.sources]
        known, near = ", ".join(ids), nearest(source, ids)
        raise UsageError(
            f"The protocol has no source '{source}'.",
            f"{f'Did you mean {near}? ' if near else ''}It has: {known}. If it is another one, add it to {workspace.shown(workspace.protocol_path)}, below 'sources:': - {{id: {source}, name: {source}, kind: database}}",
        )
    a_day(date)


def a_day(date: str) -> dt.date:
    """The day that is written so. Raises UsageError for any other text."""
    try:
        day = dt.date.fromisoformat(date)
        if day.isoformat() != date:  # 20260131 is a date as well, and would name another folder
            raise ValueError
    except ValueError:
        raise UsageError(f"'{date}' is not a date.", "Write it as 2026-01-31.") from None
    return day


@contextmanager
def _held(workspace: Workspace) -> Iterator[None]:
    """The archive, held for one import at a time."""
    path = workspace.root / ".review" / "locks" / f"{workspace.name}-archive.lock"
    lock = FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError as error:
        raise ReviewError(f"{path}: {error.strerror}", "Check the permissions of the folder, and free space.") from None
    try:
        yield
    finally:
        lock.release()


def _restore(workspace: Workspace, search: Search, file: ArchivedFile, data: bytes) -> None:
    """Put a file that was lost from the archive, or changed there, back in its place."""
    try:
        workspace.archived(search, file)
    except IntegrityError:
        write(workspace.search_folder(search.source, search.date) / file.name, data)


def import_nothing(workspace: Workspace, source: str, date: str, query: str) -> Path:
    """Record a search that found nothing: a manifest without files. Returns its folder. Raises as `import_file` does."""
    _check(workspace, source, date)
    folder = workspace.search_folder(source, date)
    with _held(workspace):
        if (folder / MANIFEST).exists() and read_manifest(folder / MANIFEST).files:
            raise UsageError(f"{source} of {date} has results already.", "Give the date of the search that found nothing.")
        search = Search(source=source, date=date, query=query or workspace.strategies.get(source, ""), announced=0)
        write(folder / MANIFEST, manifest_text(search))
    return folder


def _bytes(path: Path) -> bytes:
    try:
        with opened(path) as file:
            return file.read()
    except OSError as error:
        raise unreadable(path, error) from None


def _count(entries: object) -> tuple[list[Record], list[Reject]]:
    records: list[Record] = []
    rejects: list[Reject] = []
    for entry in entries:  # type: ignore[attr-defined]  # an iterator of both
        (records if isinstance(entry, Record) else rejects).append(entry)
    return records, rejects


def _refuse_elsewhere(workspace: Workspace, source: str, date: str, digest: str, shown: str) -> None:
    """The same bytes under another source or date would count every record twice."""
    for search in workspace.searches():
        there = next((f for f in search.files if f.sha256 == digest), None)
        if there and (search.source, search.date) != (source, date):
            raise UsageError(
                f"{shown}: the very same file is already imported, as {search.source} of {search.date}.",
                f"Its records would be counted twice. If that import was a mistake, first {_taken_out(workspace, search, there)}.",
            )


def _taken_out(workspace: Workspace, search: Search, file: ArchivedFile) -> str:
    """What to do so that a file is no more part of the review, and all else that came on the day is, in words."""
    folder = workspace.search_folder(search.source, search.date)
    path, manifest = workspace.shown(folder / file.name), workspace.shown(folder / MANIFEST)
    if len(search.files) > 1:
        return (
            f"delete {path} and its entry in {manifest} (below 'files', from {{ to }}, the one with sha256 {file.sha256[:12]}…), not the folder, "
            "which holds other imports; mend 'announced' there where it counts this file"
        )
    beside = {MANIFEST, file.name, *((search.run.ids_file, search.run.answer_file) if search.run else ())}
    alone = all(p.name in beside or p.name.startswith(".") for p in folder.iterdir())
    return f"delete {workspace.shown(folder) if alone else f'{path}, {manifest}'} and .review/ (which is derived)"


def _safe(name: str) -> str:
    """A file name that every system takes."""
    name = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", name).strip(" .") or "file"
    return f"_{name}" if name == MANIFEST else name[-120:]
