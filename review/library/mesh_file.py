"""The MeSH file of this user: checked, kept with its hash, found again."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from review.errors import IntegrityError, ReviewError, UsageError
from review.library.tree_file import Headings
from review.query.mesh import MeshTable, read_mesh
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
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "review"


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


def install(path: Path, folder: Path | None = None) -> Installed:
    """Check a MeSH file and keep a copy with its hash. Raises ReviewError for a file that has no tree in it."""
    table, data = read(path)
    if not table.trees:
        raise ReviewError(f"{path}: has no tree numbers, so nothing can be exploded with it.", GET)
    where = folder or data_folder()
    digest = hashlib.sha256(data).hexdigest()
    found = Installed(path.name, digest, len(table.names), sum(map(len, table.trees.values())), len(table.entries), where / CONTENT)
    write(where / CONTENT, data)
    note = {
        "version": 1,
        "name": found.name,
        "sha256": digest,
        "headings": found.headings,
        "places": found.places,
        "entries": found.entries,
    }
    write(where / NOTE, json.dumps(note, indent=1) + "\n")
    return found


def installed(folder: Path | None = None) -> Installed | None:
    """What is installed, None where nothing is. Raises IntegrityError for a note that can't be read."""
    where = folder or data_folder()
    try:
        note = json.loads((where / NOTE).read_text(encoding="utf-8"))
        return Installed(note["name"], note["sha256"], note["headings"], note["places"], note["entries"], where / CONTENT)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise IntegrityError(f"{where / NOTE} can't be read.", "Install the file again: review mesh install FILE") from None


def headings(given: Path | None = None, folder: Path | None = None) -> Headings | None:
    """The headings of the file given, else of the one installed, None where there is neither.

    Raises IntegrityError where the installed file is not the one that was checked.
    """
    if given is not None:
        table, data = read(given)
        return Headings(table, given.name, hashlib.sha256(data).hexdigest())
    note = installed(folder)
    if note is None:
        return None
    try:
        data = note.path.read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != note.sha256:
        raise IntegrityError(f"{note.path} was changed after it was installed.", "Install the file again: review mesh install FILE")
    return Headings(read(note.path)[0], note.name, note.sha256)
