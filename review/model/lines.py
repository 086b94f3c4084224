"""The lines of a ledger: one JSON object each, chained by hashes. Reading and verifying them, without a file.

A line holds its own hash (sha256 of its canonical JSON without `hash`) and `prev`, the hash of the line before.
One person on two machines makes a fork: the chain is checked as a tree, and a merge is the sorted union of
lines.
"""

from __future__ import annotations

import hashlib
import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar, cast

import msgspec

from review.errors import IntegrityError, ReviewError
from review.model.event_json import KINDS, again, from_json
from review.model.events import Event, Opened
from review.model.patterns import lazy

VERSION = 1
ID = lazy(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")  # UUIDv7
SURROGATE = lazy("[\ud800-\udfff]")
MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")  # what git leaves where a merge needs a person


E = TypeVar("E", bound=Event)


class Line(msgspec.Struct):
    """A line: what is asked of all of a ledger's lines is read at once, the rest where the event is wanted."""

    id: str
    kind: str
    hash: str
    prev: str = ""
    record: str = ""
    phase: str = ""
    verdict: str = ""
    number: int = msgspec.field(default=0, name="")  # 1-based; no key of ours is empty
    raw: bytes = msgspec.field(default=b"", name=" ")

    @property
    def event(self) -> Event:
        """Made anew each time."""
        return again(self.kind, self.raw)


_LINES = msgspec.json.Decoder(Line)


def events_of(lines: Iterable[Line], *kinds: type[E]) -> Iterator[E]:
    """The events of some kinds, in the order of the lines."""
    wanted = {kind.kind for kind in kinds}
    return (cast("E", line.event) for line in lines if line.kind in wanted)


@dataclass(frozen=True, slots=True)
class Read:
    """A ledger as it stands on disk: its lines sorted by id, and the torn last line if there is one."""

    lines: tuple[Line, ...]
    torn: bytes = b""

    @property
    def heads(self) -> tuple[str, ...]:
        """Hashes of the lines that no line follows: one, or more after a fork."""
        followed = {line.prev for line in self.lines}
        return tuple(sorted(line.hash for line in self.lines if line.hash not in followed))


def line_hash(data: dict[str, Any]) -> str:
    """sha256 of the canonical JSON (sorted keys, no spaces, UTF-8) of a line without its own `hash`."""
    content = {k: v for k, v in data.items() if k != "hash"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


MOST_TOLD = 5  # lines by number
COPY_HINT = "If it is a copy, as a shared folder makes one where two wrote at once: put the lines that the ledger lacks at the ledger's end, as git would, and delete the copy."


def parse(data: bytes, name: str, root: str, verified: int = 0) -> Read:
    """Read and verify the bytes of a ledger.

    name: for messages; root: the `prev` of first lines; verified: so many bytes, whole lines, were verified before
    and are only read. A last line without its line end that is not whole is
    torn: it is set aside, not an error. Raises IntegrityError naming every line that does not verify, and
    ReviewError where all verify but some are of a kind that only a newer version knows.
    """
    if data.startswith(BOM_UTF8):  # an editor put it there; it is no part of a line
        data, verified = data[len(BOM_UTF8) :], max(0, verified - len(BOM_UTF8))
    problems: list[str] = []
    newer: list[str] = []
    known = {root}
    found, first = _read_again(data[:verified])
    known.update(found)
    *whole, tail = data[verified:].split(b"\n")
    torn = b""
    if _torn(tail):
        torn = tail
    else:
        whole.append(tail)
    for number, raw in enumerate(whole, first):
        raw = raw.rstrip(b"\r")  # git may have turned the line ends
        if not raw.strip():
            continue
        if raw.startswith(MARKERS):
            problems.append(f"{name}:{number}: a merge conflict marker; keep the lines of both sides and delete only the markers")
            continue
        try:
            content = _verified(raw)
        except (ValueError, RecursionError) as error:
            problems.append(f"{name}:{number}: {error}")
            continue
        known.add(content["hash"])
        try:
            from_json(content)
        except ValueError as error:
            (problems if content.get("kind") in KINDS else newer).append(f"{name}:{number}: {error}")
            continue
        found.setdefault(content["hash"], line_of(content, raw, number))
    problems += [f"{name}:{line.number}: {_orphan(line.event)}" for line in found.values() if line.prev not in known]
    if problems:
        only_markers = all("merge conflict marker" in p for p in problems)
        only_others = all("so it does not belong here" in p for p in problems)
        hint = (
            "Delete the marker lines and nothing else."
            if only_markers
            else COPY_HINT
            if only_others
            else "Restore the file from git or a backup; a ledger is only ever appended to."
        )
        if (more := len(problems) - MOST_TOLD) > 1:  # of a file that was written anew, each of its lines
            problems[MOST_TOLD:] = [f"{name}: … and {more:,} more lines"]
        raise IntegrityError("\n".join(problems), hint)
    if newer:
        raise ReviewError("\n".join(newer), "Its writer used a newer version of this program; install that version here too.")
    return Read(tuple(sorted(found.values(), key=attrgetter("id", "hash"))), torn)


def line_of(content: dict[str, Any], raw: bytes, number: int = 0) -> Line:
    """The line of a JSON object that `from_json` takes."""
    text = {name: content.get(name, "") for name in ("prev", "record", "phase", "verdict")}
    return Line(content["id"], content["kind"], content["hash"], **text, number=number, raw=raw)


def _read_again(data: bytes) -> tuple[dict[str, Line], int]:
    """The lines that were verified before, by hash, and the number of the next line."""
    raws = data.split(b"\n")[:-1]
    filled = [(n, raw) for n, raw in enumerate(raws, 1) if raw.strip()]
    try:
        lines = _LINES.decode_lines(data)
    except msgspec.MsgspecError:  # what only a newer version writes
        lines = [line_of(json.loads(raw), raw) for _, raw in filled]
    found: dict[str, Line] = {}
    for line, (number, raw) in zip(lines, filled, strict=True):
        line.number, line.raw = number, raw
        found.setdefault(line.hash, line)
    return found, len(raws) + 1


def _verified(raw: bytes) -> dict[str, Any]:
    """The JSON object of a line whose hash and very bytes are as they were written. Raises ValueError."""
    try:
        content = json.loads(raw.decode())
    except ValueError as error:
        raise ValueError(f"not a ledger line ({error})") from None
    except RecursionError:
        raise ValueError("not a ledger line (nested too deeply)") from None
    if not isinstance(content, dict):
        raise ValueError("not a ledger line (not a JSON object)")
    try:
        # The bytes too: a key given twice, or a space between two, is not in the hash.
        good = content.get("hash") == line_hash(content) and text_of(content).encode() == raw
    except UnicodeEncodeError:  # half a character, which no line that we write holds
        good = False
    if not good:
        raise ValueError(f"was edited after it was written ({content.get('kind')} {content.get('id')})")
    if not ID.fullmatch(str(content.get("id"))):
        raise ValueError(f"has no valid id ({content.get('id')!r})")
    return content


def _orphan(event: Event) -> str:
    if isinstance(event, Opened):
        return f"is the ledger of {event.review}/{event.ledger}, so it does not belong here"
    return "the line before it is missing or was edited"


def _torn(tail: bytes) -> bool:
    """Whether the bytes after the last line end are the beginning of a line: its object is not closed yet."""
    if not tail.strip() or tail.startswith(MARKERS):
        return False
    try:
        json.JSONDecoder().raw_decode(tail.decode(errors="replace").lstrip())
    except (ValueError, RecursionError):
        return True
    return False


def text_of(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
