"""The full texts of a review on disk: outside git, each known by the hash of its content and named in a ledger."""

from __future__ import annotations

import contextlib
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from review.errors import IntegrityError, ReviewError
from review.fulltext.document import Document, Page, of_record, together
from review.fulltext.read import SUFFIX, document
from review.ledger import FileLedger
from review.model.events import FullText, Sought, standing
from review.model.record import Report
from review.workspace import Workspace, digest_of, file_digest, sha256, write

PART = "fulltexts"
CACHE = 2  # raised where the reading of files changes
# What lies here is other people's: git is told to leave it alone, and the folder says so itself.
IGNORE = "# Full texts are other people's work: they stay here, and the review knows them by their hash.\n*\n!.gitignore\n"


@dataclass(frozen=True, slots=True)
class Held:
    """A report's full texts and what was tried, in order."""

    files: tuple[FullText, ...] = ()
    tried: tuple[Sought, ...] = ()


class Shelf:
    """reports: all of the review, so that what was put under one record is found under its report after a merge."""

    def __init__(self, workspace: Workspace, reports: Sequence[Report]) -> None:
        self.workspace = workspace
        self.folder = workspace.fulltexts
        report_of = {k: r.key for r in reports for k in r.keys}
        files: dict[str, dict[str, FullText]] = defaultdict(dict)
        tried: dict[str, list[Sought]] = defaultdict(list)
        for event in standing(workspace.shared_ledger(PART).events()):
            if isinstance(event, FullText) and (key := report_of.get(event.record)):
                files[key][event.sha256] = event
            elif isinstance(event, Sought) and (key := report_of.get(event.record)):
                tried[key].append(event)
        self.held = {k: Held(tuple(files[k].values()), tuple(tried[k])) for k in files.keys() | tried.keys()}

    def of(self, report: str) -> Held:
        return self.held.get(report, Held())

    def put(
        self, ledger: FileLedger, report: Report, data: bytes, kind: str, *, by: str, origin: str, licence: str = ""
    ) -> FullText | None:
        """Keep a file and say so in the ledger; None where the report has this very content already."""
        digest = sha256(data)
        if any(f.sha256 == digest for f in self.of(report.key).files):
            return None
        name = f"{re.sub(r'[^A-Za-z0-9]+', '-', report.key).strip('-')[:60]}-{digest[:8]}{SUFFIX[kind]}"
        write(self.folder.parent / ".gitignore", IGNORE)
        write(self.folder / name, data)
        event = FullText(
            record=report.key, records=report.keys, sha256=digest, name=name, format=kind, origin=origin, licence=licence, by=by, via="import",
            protocol=self.workspace.digest,
        )  # fmt: skip
        kept = ledger.append(event)
        before = self.of(report.key)
        self.held[report.key] = Held((*before.files, kept), before.tried)
        return kept

    def path(self, file: FullText) -> Path:
        """The file with that content, also under another name. Raises IntegrityError where there is none."""
        named = self.folder / file.name
        for path in [named, *sorted(p for p in self.folder.glob("*") if p != named and p.is_file())]:
            with contextlib.suppress(OSError, ReviewError):
                if path.is_file() and file_digest(path) == file.sha256:
                    return path
        there = "was changed" if named.exists() else "is not on this machine"
        raise IntegrityError(
            f"{self.workspace.shown(named)} {there}: no file there has the sha256 {file.sha256[:12]}….",
            "Get it from whoever added it, and put it in that folder: full texts stay outside git.",
        )

    def document(self, file: FullText) -> Document:
        """Its text, read once for each content. Raises IntegrityError as `path` does, FormatError where it can't be read."""
        cache = self._cache(file)
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(cache.read_text(encoding="utf-8"))
            return Document(kept["kind"], tuple(Page(label, text) for label, text in kept["pages"]))
        found = document(self.path(file).read_bytes(), file.format)
        write(cache, json.dumps({"kind": found.kind, "pages": [[p.label, p.text] for p in found.pages]}, ensure_ascii=False))
        return found

    def text_of(self, unit: Report, reports: Sequence[str]) -> Document:
        """All documents of a study (its reports' keys) as one; its title and abstract where there is none, or none that can be read."""
        found = []
        for report in reports:
            for file in self.of(report).files:
                with contextlib.suppress(ReviewError):
                    found.append(self.document(file))
        return together(found, of_record(unit))

    def named(self, unit: Report, reports: Sequence[str]) -> str:
        """What the document of a study is: its files' hashes, else a hash of its title and abstract."""
        files = [f.sha256 for r in reports for f in self.of(r).files]
        return ",".join(files) or digest_of([[p.label, p.text] for p in of_record(unit)])

    def here(self, reports: Sequence[str]) -> bool:
        """Whether all full texts of a study that the ledger names are on this machine (or there is none)."""
        for report in reports:
            for file in self.of(report).files:
                if not self._cache(file).is_file():
                    try:
                        self.path(file)
                    except ReviewError:
                        return False
        return True

    def _cache(self, file: FullText) -> Path:
        return self.workspace.database.parent / "text" / f"{file.sha256}.{CACHE}.json"
