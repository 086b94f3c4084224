"""How a search was run: what PRISMA-S asks for and a rerun needs, kept in the manifest of the search.

Fields: Haddaway et al., Campbell Syst Rev 2022;18:e1288 (search history as data); PRISMA-S items 1, 8, 13, 15
(Rethlefsen et al., Syst Rev 2021;10:39).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """A numbered line of a strategy and what it finds by itself."""

    n: str  # its number, as the strategy gives it
    text: str  # as written, references to other lines included
    hits: int | None = None  # None: the source would not count it; `messages` say why
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRun:
    """One live execution. The query as sent, its translation and the announced count are the Search's own fields."""

    platform: str
    database: str
    endpoint: str
    parameters: tuple[tuple[str, str], ...] = ()  # what was sent besides the query; never a key
    source_version: str = ""  # of the database, as it names itself
    tool_version: str = ""
    protocol: str = ""  # digest of the protocol at that time
    strategy: str = ""  # as written, with its lines and comments
    translated: str = ""  # the strategy in the source's syntax, where it was written in another
    changes: tuple[tuple[str, str, str, str], ...] = ()  # what the translation does not ask for exactly: (line, effect, what, became)
    started: str = ""  # UTC, to the second
    ended: str = ""
    lines: tuple[RunLine, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()  # what the source put in the place of a term: (from, to)
    messages: tuple[str, ...] = ()  # what the source warned of, and what was met on the way
    parts: tuple[tuple[str, int], ...] = ()  # the ranges that the search was cut into, with the count of each
    retrieved: int = 0  # different ids received; equals `announced` unless `truncated` says why not
    missing: tuple[str, ...] = ()  # ids announced and never received
    truncated: str = ""  # a person's reason for taking the search without them; '' where it is whole
    retries: int = 0
    ids_file: str = ""  # the announced ids, one a line, in the search's folder (gzip)
    ids_sha256: str = ""  # of that list, uncompressed
    answer_file: str = ""  # the source's own answer to the query: count, translation, warnings (gzip)
    answer_sha256: str = ""

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> SearchRun:
        """The run that a manifest holds. Raises TypeError or ValueError where it holds something else."""
        values = dict(data)
        lines = tuple(RunLine(**{**line, "messages": tuple(line.get("messages", ()))}) for line in values.pop("lines", ()))
        for name in ("parameters", "translations", "parts"):
            values[name] = tuple((a, b) for a, b in values.get(name, ()))
        values["changes"] = tuple((a, b, c, d) for a, b, c, d in values.get("changes", ()))
        for name in ("messages", "missing"):
            values[name] = tuple(values.get(name, ()))
        return SearchRun(**values, lines=lines)
