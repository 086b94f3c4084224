"""The MeSH file of this user: checked, kept with its hash, found again."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from review.errors import IntegrityError, ReviewError, UsageError
from review.folders import of_user
from review.library.tree_file import Headings
from review.query.mesh import MeshTable, merged, read_mesh
from review.workspace import write

NOTE = "mesh.json"
CONTENT = "mesh.txt"
GET = "Take mtrees2025.bin from nlmpubs.nlm.nih.gov/projects/mesh/MESH_FILES."


@dataclass(frozen=True, slots=True)
class Installed:
    """What is remembered of a MeSH file. sha256: of its content, unpacked."""

    name: str
    sha256: str
    headings: int
    places: int
    entries: int
    path: Path


def data_folder() -> Path:
    """Where this user's data lie: XDG_DATA_HOME, LOCALAPPDATA, else ~/.local/share."""
    local = "" if os.environ.get("XDG_DATA_HOME") else os.environ.get("LOCALAPPDATA", "")
    return Path(local) / "review" if local else of_user("DATA")


def read(path: Path) -> tuple[MeshTable, bytes]:
    """The table in a MeSH file, plain or gzip, and the file's content. Raises ReviewError."""
    try:
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
    except FileNotFoundError:
        raise UsageError(f"{path} is not there.", GET) from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise ReviewError(f"{path}: the gzip file is cut off or damaged.", "Get the file again.") from None
    except OSError as error:
        raise ReviewError(f"{path}: can't be read: {error.strerror}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return read_mesh(text, str(path)), data


def install(*paths: Path, folder: Path | None = None) -> Installed:
    """Check MeSH files (a tree; entry terms too, where they are in another file) and keep copies with their hashes. Raises
    ReviewError for files that have no tree in them."""
    made = [(path.name, *read(path)) for path in paths]
    table = _together([t for _, t, _ in made])
    if not table.trees:
        raise ReviewError(f"{' and '.join(map(str, paths))}: no tree numbers in it, so nothing can be exploded with it.", GET)
    where = folder or data_folder()
    files = []
    for n, (name, _, data) in enumerate(made):
        write(where / _content(n), data)
        files.append({"name": name, "sha256": hashlib.sha256(data).hexdigest()})
    digest = _digest([f["sha256"] for f in files])
    found = Installed(
        " and ".join(f["name"] for f in files),
        digest,
        len(table.names),
        sum(map(len, table.trees.values())),
        len(table.entries),
        where / CONTENT,
    )
    note = {
        "version": 1,
        "name": found.name,
        "sha256": digest,
        "headings": found.headings,
        "places": found.places,
        "entries": found.entries,
        "files": files,
    }
    write(where / NOTE, json.dumps(note, indent=1) + "\n")
    return found


def _content(n: int) -> str:
    return CONTENT if n == 0 else f"mesh-{n + 1}.txt"


def _digest(hashes: list[str]) -> str:
    """The hash of one file; of several, that of their hashes."""
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _together(tables: list[MeshTable]) -> MeshTable:
    return reduce(merged, tables)


def _note(where: Path) -> dict[str, Any] | None:
    try:
        note: dict[str, Any] = json.loads((where / NOTE).read_text(encoding="utf-8"))
        note.setdefault("files", [{"name": note["name"], "sha256": note["sha256"]}])
        return note
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise IntegrityError(f"{where / NOTE} can't be read.", "Install the file again: review mesh install FILE") from None


def installed(folder: Path | None = None) -> Installed | None:
    """What is installed, None where nothing is. Raises IntegrityError for a note that can't be read."""
    where = folder or data_folder()
    note = _note(where)
    if note is None:
        return None
    try:
        return Installed(note["name"], note["sha256"], note["headings"], note["places"], note["entries"], where / CONTENT)
    except (KeyError, TypeError):
        raise IntegrityError(f"{where / NOTE} can't be read.", "Install the file again: review mesh install FILE") from None


def headings(given: Sequence[Path] | None = None, folder: Path | None = None) -> Headings | None:
    """The headings of the files given, else of those installed, None where there are neither.

    Raises IntegrityError where an installed file is not the one that was checked.
    """
    if given:
        made = [read(path) for path in given]
        digest = _digest([hashlib.sha256(data).hexdigest() for _, data in made])
        return Headings(_together([table for table, _ in made]), " and ".join(path.name for path in given), digest)
    where = folder or data_folder()
    note = _note(where)
    if note is None:
        return None
    tables = []
    for n, file in enumerate(note["files"]):
        path = where / _content(n)
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        if hashlib.sha256(data).hexdigest() != file["sha256"]:
            raise IntegrityError(f"{path} was changed after it was installed.", "Install the file again: review mesh install FILE")
        tables.append(read(path)[0])
    return Headings(_together(tables), note["name"], note["sha256"])
