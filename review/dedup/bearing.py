"""What linked reports are to each other, remembered from run to run by what it was worked out from: two reports, with all that their records say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from review.atomic import write
from review.errors import ReviewError
from review.model.record import Report
from review.model.related import Relation, Seen, is_gone, seen
from review.workspace import sha256

Asked = tuple[str, str, str, str]  # verdict, the report, the other, the one that a person named: see `related.seen`


class _Kept(msgspec.Struct):
    version: str
    seen: list[tuple[Asked, str, str, Relation]]  # with the contents of the two
    gone: list[tuple[str, str, bool]]  # report, its contents, whether its own record says that it was retracted


def bearing(
    kept: Path,
    version: str,
    asked: Iterable[Asked],
    suspects: Collection[str],
    contents: Mapping[str, str],
    fetch: Callable[[set[str]], list[Report]],
) -> tuple[Seen, list[str]]:
    """What is seen of each that is asked, and the suspects whose own record says that they are gone. kept: the file; version: of the code;
    contents: of each report named, a digest of all its records; fetch: reads reports."""
    before = _read(kept, version)
    known = {(what, mine, other): relation for what, mine, other, relation in before.seen}
    told = {(key, of): gone for key, of, gone in before.gone}
    wanted = {(what, contents[what[1]], contents[what[2]]) for what in asked}
    own = {(key, contents[key]) for key in suspects}
    fresh, others = wanted - known.keys(), own - told.keys()
    reports = {r.key: r for r in fetch({key for what, _, _ in fresh for key in what[1:3]} | {key for key, _ in others})}
    for what, *of in fresh:
        verdict, mine, other, first = what
        known[what, of[0], of[1]] = seen(verdict, reports[mine], reports[other], first)
    for key, of_it in others:
        told[key, of_it] = is_gone(reports[key])
    if fresh or others or len(wanted) + len(own) < len(known) + len(told):
        with suppress(ReviewError):  # only to be quicker next time
            content = _Kept(version, [(*x, known[x]) for x in sorted(wanted)], [(*x, told[x]) for x in sorted(own)])
            data = msgspec.json.encode(content)
            write(kept, f"{sha256(data)}\n".encode() + data)

    def see(verdict: str, mine: str, other: str, first: str) -> Relation:
        return known[(verdict, mine, other, first), contents[mine], contents[other]]

    return see, sorted(key for key, of_it in own if told[key, of_it])


def _read(kept: Path, version: str) -> _Kept:
    """What was kept; nothing, where it is not what was written, or of other code."""
    with suppress(OSError, ValueError):
        digest, _, data = kept.read_bytes().partition(b"\n")
        if digest.decode() == sha256(data):
            found = msgspec.json.decode(data, type=_Kept)
            if found.version == version:
                return found
    return _Kept(version, [], [])
