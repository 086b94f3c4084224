"""Where the files of a review lie, and how they are read and written: whole, or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from review import remembered
from review.atomic import write as write
from review.digests import Digests
from review.errors import IntegrityError, ProtocolError, ReviewError, UsageError
from review.gzipped import as_it_came
from review.ledger import FileLedger
from review.model import protocol_checks as checks
from review.model.events import Opened
from review.model.findings import Findings
from review.model.protocol import Protocol
from review.model.record import ArchivedFile, Search
from review.model.run import SearchRun

MANIFEST = "manifest.json"
MANIFEST_VERSION = 1
SHARED = ("dedup", "studies", "fulltexts")  # ledgers for all, each line signed


@dataclass(frozen=True)
class Workspace:
    """The folders of one review: `root` is the folder that holds protocols/, `name` the protocol's file name."""

    root: Path
    name: str

    # -- places ---------------------------------------------------------------------------------------------

    @property
    def protocol_path(self) -> Path:
        return self.root / "protocols" / f"{self.name}.yaml"

    @property
    def queries(self) -> Path:
        return self.root / "queries" / self.name

    @property
    def screening(self) -> Path:
        return self.root / "screening" / self.name

    @property
    def reports(self) -> Path:
        return self.root / "reports" / self.name

    @property
    def fulltexts(self) -> Path:
        """Documents, which are other people's: outside git, known by their hash."""
        return self.root / "fulltexts" / self.name

    @property
    def findings_path(self) -> Path:
        """What people conclude: findings, certainty, integration."""
        return self.root / "synthesis" / f"{self.name}.yaml"

    @property
    def database(self) -> Path:
        return self.root / ".review" / f"{self.name}.db"

    def shown(self, path: Path) -> str:
        """A path as the user would type it."""
        with contextlib.suppress(ValueError):
            return os.path.relpath(path)
        return str(path)

    @cached_property
    def digests(self) -> Digests:
        return Digests(self.root / ".review" / "digests.json")

    # -- the protocol ---------------------------------------------------------------------------------------

    @cached_property
    def protocol_text(self) -> str:
        try:
            return self.protocol_path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            raise ProtocolError(f"{self.shown(self.protocol_path)} is not there.", "Run 'review init NAME' to begin a review.") from None
        except UnicodeDecodeError as error:
            raise ProtocolError(f"{self.shown(self.protocol_path)}: is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from None
        except OSError as error:
            raise ProtocolError(f"{self.shown(self.protocol_path)}: {error.strerror}") from None

    @cached_property
    def protocol(self) -> Protocol:
        kept = self.root / ".review" / f"{self.name}.protocol"
        return remembered.protocol(self.protocol_text, self.shown(self.protocol_path), kept)

    @cached_property
    def findings(self) -> Findings:
        """The file of findings, empty where there is none. Raises ProtocolError that lists every error with its line."""
        try:
            text = self.findings_path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return Findings()
        except (OSError, UnicodeDecodeError) as error:
            raise ProtocolError(f"{self.shown(self.findings_path)}: can't be read ({error}).", "Save it as UTF-8.") from None
        from review.model.protocol_yaml import load_as  # only where there are any: it takes its time

        name = self.shown(self.findings_path)
        found = load_as(text, name, Findings)
        questions = [q.id for q in self.protocol.questions]
        named = [*((f.id, f.question) for f in found.findings), *((o.id, o.question) for o in found.outcomes)]
        for part, question in named:
            if question not in questions:
                raise ProtocolError(f"{name}: '{part}' is for a question '{question}'; there are: {', '.join(questions)}.", f"Mend {name}.")
        return found

    @cached_property
    def strategies(self) -> dict[str, str]:
        """The text of each strategy that the protocol names. Raises ProtocolError where a file is missing."""
        texts = {}
        for source in self.protocol.sources:
            if not source.strategy:
                continue
            path = self.root / source.strategy
            try:
                texts[source.id] = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
            except (OSError, UnicodeDecodeError) as error:
                why = error.strerror if isinstance(error, OSError) else "is not UTF-8"
                raise ProtocolError(
                    f"{self.shown(self.protocol_path)}: sources '{source.id}': strategy {source.strategy}: {why}",
                    "Write the strategy, or mend its path.",
                ) from None
        return texts

    @cached_property
    def digest(self) -> str:
        """The digest of the protocol as it now is, strategies included."""
        return checks.digest(self.protocol, self.strategies)

    def check_lock(self) -> None:
        """Raises IntegrityError where the protocol changed since its lock or last amendment."""
        if not self.protocol.lock or self.digest == self.protocol.in_force:
            return
        then = self.protocol.amendments[-1].sections if self.protocol.amendments else self.protocol.lock.sections
        now = checks.sections(self.protocol, self.strategies)
        changed = sorted(k for k in then.keys() | now.keys() if then.get(k) != now.get(k))
        raise IntegrityError(
            f"{self.shown(self.protocol_path)} changed after it was locked, without an amendment (changed: {', '.join(changed) or 'the lock itself'}).",
            "Undo the change, or record it: review protocol amend --what … --why … --stage …",
        )

    # -- ledgers --------------------------------------------------------------------------------------------

    def ledger(self, part: str, who: str) -> FileLedger:
        """The ledger of one person in `part`: title-abstract, full-text or extraction."""
        notice = self.protocol.review.notice
        return FileLedger(
            self.screening / part / f"{who}.jsonl",
            opened=Opened(by=who, review=self.name, ledger=f"{part}/{who}", notice=notice),
            lock=self.root / ".review" / "locks" / f"{self.name}-{part}-{who}.lock",
            mark=self.root / ".review" / "verified" / f"{self.name}-{part}-{who}",
        )

    def shared_ledger(self, part: str) -> FileLedger:
        """A ledger for all, signed line by line: dedup, studies or fulltexts."""
        return FileLedger(
            self.screening / f"{part}.jsonl",
            opened=Opened(review=self.name, ledger=part, notice=self.protocol.review.notice),
            lock=self.root / ".review" / "locks" / f"{self.name}-{part}.lock",
        )

    def dedup_ledger(self) -> FileLedger:
        """People's words on which records are the same report."""
        return self.shared_ledger("dedup")

    def ledgers(self, part: str) -> list[tuple[str, FileLedger]]:
        """Who has a ledger in a part, sorted, with it."""
        return [(p.stem, self.ledger(part, p.stem)) for p in sorted((self.screening / part).glob("*.jsonl"))]

    def ledger_digest(self, part: str) -> str:
        """One digest for all ledgers of a part, or of a ledger for all."""
        paths = [self.screening / f"{part}.jsonl"] if part in SHARED else sorted((self.screening / part).glob("*.jsonl"))
        return digest_of([(p.name, file_digest(p)) for p in paths if p.exists()])

    # -- the archive ----------------------------------------------------------------------------------------

    def manifests(self) -> list[Path]:
        return sorted(self.queries.glob(f"*/*/{MANIFEST}"))

    def searches(self) -> list[Search]:
        """Every archived search, sorted by source and date. Raises IntegrityError on a manifest that can't be read."""
        found = [read_manifest(path) for path in self.manifests()]
        return sorted(found, key=lambda s: (s.source, s.date))

    def search_folder(self, source: str, date: str) -> Path:
        return self.queries / source / date

    def archived(self, search: Search, file: ArchivedFile) -> bytes:
        """The bytes of an archived file, found by its content: a renamed file is still the same file, and so is a compressed one,
        and one of which git changed the line ends (`core.autocrlf`).

        Raises IntegrityError where no file in the search's folder has that sha256.
        """
        folder = self.search_folder(search.source, search.date)
        stored = folder / file.name
        for path in [stored, *sorted(p for p in folder.glob("*") if p != stored and p.name != MANIFEST)]:
            with contextlib.suppress(OSError):
                data = path.read_bytes()
                for found in chain((data,), as_it_came(data, file.size)):
                    if sha256(found) == file.sha256:
                        return found
        there = "was changed" if stored.exists() else "is missing"
        raise IntegrityError(
            f"{self.shown(stored)} {there}: no file there has the sha256 {file.sha256[:12]}… of {file.name}.",
            "Restore it from git or a backup, or import the original again.",
        )


def find(review: str = "", protocol: Path | None = None, start: Path | None = None) -> Workspace:
    """The workspace that a command means: by protocol file, by name, or the only one above `start`.

    Raises UsageError where there is none, or several and none was named.
    """
    if protocol is not None:
        path = protocol.resolve()
        if path.suffix != ".yaml" or path.parent.name != "protocols" or not path.is_file():
            raise UsageError(f"{protocol} is not a protocol file.", "Name a .yaml file in protocols/.")
        return Workspace(path.parent.parent, path.stem)
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        found = sorted(p.stem for p in (folder / "protocols").glob("*.yaml"))
        if not found:
            continue
        if review:
            if review not in found:
                raise UsageError(f"There is no review '{review}' in {folder / 'protocols'}.", f"There are: {', '.join(found)}.")
            return Workspace(folder, review)
        if len(found) == 1:
            return Workspace(folder, found[0])
        raise UsageError(
            f"There are several reviews here: {', '.join(found)}.",
            "Say which: -r NAME (or --review NAME) behind the command, or set REVIEW=NAME.",
        )
    raise UsageError(
        "There is no protocol here.",
        "Run 'review init NAME', or go to the folder that holds protocols/. Without a review: review dedup FILE…, describe FILE…, convert FILE….",
    )


# -- digests and writes -----------------------------------------------------------------------------------------


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str:
    try:
        with path.open("rb") as f:
            return hashlib.file_digest(f, "sha256").hexdigest()
    except OSError as error:
        raise ReviewError(f"{path}: can't be read: {error.strerror}", "Check the permissions of the file.") from None


def digest_of(value: Any) -> str:
    """sha256 of the canonical JSON of any plain value."""
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())


# -- manifests --------------------------------------------------------------------------------------------------


def manifest_text(search: Search) -> str:
    data = asdict(search)
    if search.run is None:
        del data["run"]
    for file in data["files"]:
        if not file["packed"]:
            del file["packed"]
    return json.dumps({"version": MANIFEST_VERSION, **data}, indent=1, ensure_ascii=False) + "\n"


def read_manifest(path: Path) -> Search:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("version") != MANIFEST_VERSION:
            raise ValueError("of another version")
        files = tuple(ArchivedFile(**{**f, "columns": tuple((a, b) for a, b in f.get("columns", ()))}) for f in data.pop("files"))
        run = data.pop("run", None)
        search = Search(**data, files=tuple(sorted(files, key=lambda f: f.sha256)), run=SearchRun.from_json(run) if run else None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IntegrityError(
            f"{path}: can't be read as a manifest ({error}).", "Restore it from git or a backup, or import the files again."
        ) from None
    if (search.source, search.date) != (path.parent.parent.name, path.parent.name):
        raise IntegrityError(
            f"{path}: speaks of {search.source} on {search.date}, not of the folder that it lies in.", "Move it back where it came from."
        )
    return search
