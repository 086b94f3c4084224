"""A search while it is being fetched: everything on disk at once, so that it can be stopped anywhere and goes on there.

It lies below `.review/` until it is whole. Then its folder is moved into the archive, the manifest with it, so that
the archive never holds half a search.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from review.errors import ReviewError, UsageError
from review.gzipped import packed
from review.model.record import ArchivedFile, Search
from review.sources.base import Page
from review.workspace import MANIFEST, Workspace, file_digest, manifest_text, write

JOURNAL = "journal.jsonl"


class Staging:
    """One unfinished search. The journal's lines: {"about"}, {"note", "value"}, {"page", "ids", "mark", "hits", "packed"}."""

    def __init__(self, workspace: Workspace, source: str) -> None:
        self._workspace = workspace
        self.folder = workspace.root / ".review" / "fetch" / f"{workspace.name}-{source}"
        self.pages_folder = self.folder / "archive"
        self._lock = workspace.root / ".review" / "locks" / f"{workspace.name}-fetch-{source}.lock"
        self._source = source
        self._forget()

    def _forget(self) -> None:
        self.about: dict[str, Any] = {}
        self.pages: list[ArchivedFile] = []
        self.received: set[str] = set()
        self.mark = ""  # of the last page, where pages follow from each other
        self.hits: int | None = None  # the count as a page last stated it
        self._numbered = 0  # pages ever written, also those that are no longer good
        self._lost = False
        self._notes: dict[str, Any] = {}

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock while a search of this source runs. Raises UsageError if one does already."""
        try:
            self._lock.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._lock, timeout=0):
                yield
        except Timeout:
            raise UsageError(f"'{self._source}' is being searched by another process right now.", "Wait until it is done.") from None
        except PermissionError as error:
            raise ReviewError(f"{self._lock}: {error.strerror}", "Check the permissions of the folder.") from None

    # -- the journal ------------------------------------------------------------------------------------------

    def load(self, *, mend: bool = False) -> bool:
        """Read what an interrupted search left behind; whether there is something to go on with.

        A line that was being written when the power went, and a page that is not what the journal says, are left out:
        they are fetched again. mend: cut the journal back to its last whole line; only for who holds the lock.
        """
        self._forget()
        path = self.folder / JOURNAL
        good = 0
        with suppress(FileNotFoundError), path.open("rb") as f:
            for row in f:
                if not row.endswith(b"\n") or not self._take(row):
                    break
                good += len(row)
        if mend and path.exists() and good < path.stat().st_size:
            os.truncate(path, good)
        return bool(self.about)

    def _take(self, row: bytes) -> bool:
        try:
            line = json.loads(row)
            if "about" in line:
                self.about = dict(line["about"])
            elif "note" in line:
                self._notes[line["note"]] = line["value"]
            else:
                file = ArchivedFile(**{**line["page"], "columns": ()})
                self._numbered += 1
                stored = self.pages_folder / file.name
                if not stored.is_file() or file_digest(stored) != line["packed"]:
                    self._lost = True
                elif not (self._lost and line["mark"]):  # what follows a lost page by its mark is fetched again too
                    self._count(file, line["ids"].split(), line["mark"], line["hits"])
        except (ValueError, TypeError, KeyError, AttributeError):
            return False
        return True

    def begin(self, about: dict[str, Any]) -> None:
        """Start anew: what was there goes."""
        self.discard()
        self.pages_folder.mkdir(parents=True, exist_ok=True)
        self._append({"about": about})
        self.load()

    def discard(self) -> None:
        """Throw an unfinished search away."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._forget()

    def get(self, key: str) -> Any:
        return self._notes.get(key)

    def put(self, key: str, value: Any) -> None:
        self._append({"note": key, "value": value})
        self._notes[key] = value

    def messages(self) -> list[str]:
        """What was noted as a message on the way, in order."""
        return [str(value) for key, value in self._notes.items() if key.startswith("message ")]

    def next_name(self, suffix: str) -> str:
        """The name of the next page's file."""
        return f"page-{self._numbered + 1:05}.{suffix}.gz"

    def keep(self, file: ArchivedFile, page: Page) -> None:
        """A page: first its file, then its line in the journal. Without the line, the file counts for nothing."""
        path = self.pages_folder / file.name
        write(path, packed(page.data))
        self._append({"page": asdict(file), "ids": " ".join(page.ids), "mark": page.mark, "hits": page.hits, "packed": file_digest(path)})
        self._numbered += 1
        self._count(file, page.ids, page.mark, page.hits)

    def _count(self, file: ArchivedFile, ids: Iterable[str], mark: str, hits: int | None) -> None:
        self.pages.append(file)
        self.received.update(ids)
        self.mark = mark
        self.hits = hits if hits is not None else self.hits

    def add(self, name: str, data: bytes) -> None:
        """A file beside the pages, compressed."""
        write(self.pages_folder / name, packed(data))

    def _append(self, line: dict[str, Any]) -> None:
        path = self.folder / JOURNAL
        try:
            with path.open("ab") as f:
                f.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                f.flush()
                os.fsync(f.fileno())
        except OSError as error:
            raise ReviewError(
                f"{path}: can't be written: {error.strerror}", "Check permissions and free space; the same command goes on."
            ) from None

    # -- into the archive -------------------------------------------------------------------------------------

    def commit(self, search: Search, *, replace: bool) -> Path:
        """Move the finished search into the archive; its folder there. `replace`: what lay there is put aside, not deleted.

        The manifest goes with the folder, or last: without it, nothing in the folder is part of the review.
        """
        folder = self._workspace.search_folder(search.source, search.date)
        # Pages that a changed journal no longer names do not belong to the search.
        known = {f.name for f in search.files} | ({search.run.ids_file, search.run.answer_file} if search.run else set())
        for path in self.pages_folder.iterdir():
            if path.name not in known:
                path.unlink()
        if (folder / MANIFEST).exists() and not replace:
            raise UsageError(
                f"{self._workspace.shown(folder)} holds another search by now.", "To put that aside: the same command with --replace."
            )
        write(self.pages_folder / MANIFEST, manifest_text(search))
        try:
            if (folder / MANIFEST).exists():
                aside = self._aside(folder)
                aside.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(folder, aside)
            folder.parent.mkdir(parents=True, exist_ok=True)
            if not folder.exists() and os.stat(folder.parent).st_dev == os.stat(self.pages_folder).st_dev:
                os.replace(self.pages_folder, folder)
            else:
                folder.mkdir(exist_ok=True)
                for path in sorted(self.pages_folder.iterdir(), key=lambda p: (p.name == MANIFEST, p.name)):
                    shutil.move(path, folder / path.name)
        except OSError as error:
            raise ReviewError(
                f"{folder}: can't be written: {error.strerror}", "Check permissions and free space; the same command goes on."
            ) from None
        self.discard()
        return folder

    def _aside(self, folder: Path) -> Path:
        base = self._workspace.root / ".review" / "replaced"
        n = 1
        while (aside := base / f"{self._workspace.name}-{folder.parent.name}-{folder.name}-{n}").exists():
            n += 1
        return aside
