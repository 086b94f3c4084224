"""Compiled templates, kept from run to run in the user's cache: to compile them takes longer than to fill them in.

Not below `.review/`: what is kept there is data, and a folder that came from somebody else brings no code of its own to run.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import jinja2
import msgspec
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from review import model, report, tables
from review.atomic import write
from review.digests import code_of
from review.errors import ReviewError
from review.folders import of_user

_VERSIONS = 4  # that are kept side by side
_MOST = 64  # templates of one: twice those of the package, and some of people's own


def default_folder() -> Path:
    """Where they are kept: the user's cache."""
    return of_user("CACHE") / "templates"


class Compiled(BytecodeCache):
    """Of one run. folder: with a file for each version, the sum of its content before it; None: nothing is kept.

    Jinja compares the source of each. What else a compiled template depends on is its version: this code, whose filters are worked out
    for what is constant, Jinja, and the interpreter.
    """

    def __init__(self, folder: Path | None) -> None:
        version = f"{jinja2.__version__} {code_of(report, tables, model)}" if folder else ""
        self._kept = folder / sha256(version.encode()).hexdigest()[:16] if folder else None
        self._known = self._read()
        self._used: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if data := self._known.get(_name(bucket)):
            bucket.bytecode_from_string(data)
            if bucket.code is not None:
                self._used[_name(bucket)] = data

    def dump_bytecode(self, bucket: Bucket) -> None:
        if self._kept:
            self._used[_name(bucket)] = bucket.bytecode_to_string()

    def save(self) -> None:
        """Keep what was used, where anything of it is new."""
        if not self._kept or self._used.items() <= self._known.items():
            return
        every = self._known | self._used
        data = msgspec.msgpack.encode(every if len(every) <= _MOST else self._used)
        with suppress(ReviewError, OSError):  # only to be quicker next time
            write(self._kept, sha256(data).digest() + data)
            for old in sorted(self._kept.parent.iterdir(), key=lambda p: p.stat().st_mtime)[:-_VERSIONS]:
                old.unlink(missing_ok=True)

    def _read(self) -> dict[str, bytes]:
        """What was kept; nothing where it is not what was written."""
        with suppress(OSError, ValueError):
            found = self._kept.read_bytes() if self._kept else b""
            if sha256(found[32:]).digest() == found[:32]:
                return msgspec.msgpack.decode(found[32:], type=dict[str, bytes])
        return {}


def _name(bucket: Bucket) -> str:
    """One template is compiled in one way for HTML, in another for text."""
    return f"{bucket.key} {bool(bucket.environment.autoescape)}"
