"""What the last runs saw of each ledger.

A chain of hashes can't tell that its last lines are gone, or that a whole ledger is: what is left of it verifies.
So the hash of each last line is remembered beside the index. Like the index it can be deleted at any time; then
the next run takes the ledgers as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from review.errors import IntegrityError, ReviewError
from review.ledger import FileLedger
from review.model.lines import COPY_HINT
from review.workspace import SHARED, Workspace, file_digest, write

VERSION = 1
HINT = "Restore the file from git or a backup. If this was meant (another git branch, say), delete .review/: it is derived, and the next run makes it anew."


class Seen(TypedDict):
    """A ledger as a run saw it. heads: hash -> id of each line that no line followed."""

    sha256: str
    lines: int
    heads: dict[str, str]


def check(workspace: Workspace, parts: Iterable[str]) -> None:
    """Compare the ledgers of some parts with what was remembered, then remember them as they are.

    Raises IntegrityError where a line is gone; then nothing is remembered.
    """
    before = _load(_path(workspace))
    problems, now = _compare(workspace, parts, before)
    if problems:
        raise IntegrityError("\n".join(problems), HINT)
    if found := copies(workspace, parts):
        raise IntegrityError("\n".join(found), COPY_HINT)
    if now != before:
        write(_path(workspace), json.dumps({"version": VERSION, "ledgers": now}, indent=1, sort_keys=True) + "\n")


def copies(workspace: Workspace, parts: Iterable[str] = SHARED) -> list[str]:
    """What lies beside the ledgers for all and is called like one of them, in words: nobody would read it."""
    named = tuple(part for part in parts if part in SHARED)
    found = [p for p in sorted(workspace.screening.glob("*.jsonl")) if p.stem not in SHARED and p.stem.startswith(named)]
    return [f"{workspace.shown(p)}: no ledger has this name, so nobody reads it" for p in found]


def lost(workspace: Workspace, parts: Iterable[str]) -> list[str]:
    """What is gone, in words; nothing is remembered."""
    return _compare(workspace, parts, _load(_path(workspace)))[0]


def verify(workspace: Workspace, part: str, who: str, ids: Iterable[str]) -> None:
    """Before somebody goes on in their ledger: raises IntegrityError where what a run saw of it is not among its lines (`ids`)."""
    old = _load(_path(workspace)).get(f"{part}/{who}")
    missing = set(old["heads"].values()) if old else set()
    if missing and (gone := missing.difference(ids)):
        shown = workspace.shown(workspace.ledger(part, who).path)
        raise IntegrityError(f"{shown}: a line that an earlier run saw is gone ({', '.join(sorted(gone))})", HINT)


def _compare(workspace: Workspace, parts: Iterable[str], before: dict[str, Seen]) -> tuple[list[str], dict[str, Seen]]:
    problems: list[str] = []
    now = dict(before)
    for name, ledger in _ledgers(workspace, parts, before):
        old = before.get(name)
        try:
            digest = file_digest(ledger.path) if ledger.path.exists() else ""
            if old and digest == old["sha256"]:
                continue
            state = ledger.read()
        except ReviewError:
            continue  # the stage that reads this ledger says what is wrong with it
        there = {line.hash: line.id for line in state.lines}
        gone = sorted(id_ for hash_, id_ in old["heads"].items() if hash_ not in there) if old else []
        if old and gone:
            counts = f"{old['lines']:,} lines then, {len(there):,} now" if digest else "the file is not there"
            problems.append(f"{workspace.shown(ledger.path)}: a line that an earlier run saw is gone ({', '.join(gone)}; {counts})")
        elif there:
            now[name] = {"sha256": digest, "lines": len(there), "heads": {hash_: there[hash_] for hash_ in state.heads}}
    return problems, now


def _ledgers(workspace: Workspace, parts: Iterable[str], before: dict[str, Seen]) -> list[tuple[str, FileLedger]]:
    """The ledgers of some parts, those that were seen before but are no more among them."""
    found: dict[str, FileLedger] = {}
    for part in parts:
        if part in SHARED:
            found[part] = workspace.shared_ledger(part)
            continue
        names = {who for who, _ in workspace.ledgers(part)} | {name.partition("/")[2] for name in before if name.startswith(f"{part}/")}
        found |= {f"{part}/{who}": workspace.ledger(part, who) for who in sorted(names)}
    return list(found.items())


def _path(workspace: Workspace) -> Path:
    return workspace.database.with_name(f"{workspace.name}.heads.json")


def _load(path: Path) -> dict[str, Seen]:
    """What was remembered; nothing where the file is not there, or is not ours."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            return {}
        return {
            str(name): Seen(sha256=str(s["sha256"]), lines=int(s["lines"]), heads={str(h): str(i) for h, i in s["heads"].items()})
            for name, s in data["ledgers"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
