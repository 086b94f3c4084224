"""A reviewer's own keys and wishes: one small file in their home, the same for every review."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from textual.binding import Binding

from review.errors import UsageError
from review.folders import of_user
from review.model.words import nearest

# What moves the text; a verdict on one of these would be given while reading.
RESERVED = frozenset({"j", "k", "b", "up", "down", "pageup", "pagedown", "enter", "escape", "tab", "ctrl+c"})
# What can be given another key, on whichever screen has it.
ACTIONS = frozenset({
    "include", "exclude", "exclude-reason", "maybe", "not-retrieved", "skip", "note", "tags", "undo", "back", "on", "find", "filter", "go", "open",
    "full-text", "help", "criteria", "scroll", "quit", "leave-open", "reopen", "open-outside", "same", "different", "related", "merged", "whole", "all",
})  # fmt: skip
_HELD = ("ctrl+", "shift+", "alt+")
# Single keys that are verdicts elsewhere, so that fingers used to another tool are warned.
# Rayyan: libguides.galter.northwestern.edu/rayyan/screen; ASReview LAB 1.1 documentation, "Keyboard shortcuts".
ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "ASReview": {"r": "include", "i": "exclude"},
    "Rayyan": {"i": "include", "e": "exclude", "u": "maybe"},
}
_THEIR_WORDS = {"ASReview": {"include": "relevant", "exclude": "irrelevant"}}


@dataclass(frozen=True)
class Wishes:
    """keys: name of an action -> key. break_after: minutes of work after which to be reminded of a break; 0: never."""

    keys: Mapping[str, str] = field(default_factory=dict)
    break_after: float = 0.0


def path() -> Path:
    """Where the file lies: $XDG_CONFIG_HOME/review/config.toml, by default ~/.config/review/config.toml."""
    return of_user("CONFIG") / "config.toml"


def wishes(where: Path | None = None) -> Wishes:
    """What the file says; nothing where there is none. Raises UsageError that names the line to mend."""
    where = where or path()
    try:
        data = tomllib.loads(where.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Wishes()
    except (OSError, ValueError) as error:
        raise UsageError(f"{where}: can't be read: {error}", 'It is TOML: [keys] and lines such as include = "y".') from None
    keys, screen = data.get("keys", {}), data.get("screen", {})
    if not isinstance(keys, dict) or not isinstance(screen, dict):
        raise UsageError(f"{where}: [keys] and [screen] are sections.", 'Write include = "y" below [keys].')
    for name, key in keys.items():
        if name not in ACTIONS:
            near = nearest(name, ACTIONS)
            hint = f"Did you mean {near}? " if near else ""
            raise UsageError(f"{where}: keys.{name} is no action.", f"{hint}There are: {', '.join(sorted(ACTIONS))}.")
        if not isinstance(key, str) or not key:
            raise UsageError(f"{where}: keys.{name} is {key!r}.", 'A key is text: "y", "f2", "ctrl+n".')
        if key in RESERVED:
            raise UsageError(f"{where}: keys.{name}: '{key}' moves the text and can't be another key.", "Choose another.")
        if wrong := next((part for part in key.split(",") if not _is_key(part)), None):
            raise UsageError(f"{where}: keys.{name}: '{wrong}' is no key.", 'A key is one sign or a name: "y", "f2", "ctrl+n", "slash".')
    minutes = screen.get("break_after", 0)
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or minutes < 0:
        raise UsageError(f"{where}: screen.break_after is {minutes!r}.", "Give minutes: 50.")
    return Wishes({str(k): ",".join(map(_named, str(v).split(","))) for k, v in keys.items()}, float(minutes))


def _named(key: str) -> str:
    """A sign as the terminal library calls it: / is slash there."""
    from textual.keys import KEY_NAME_REPLACEMENTS

    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def keymap(bindings: Sequence[Binding], keys: Mapping[str, str]) -> dict[str, str]:
    """The keys of a screen, by the id of its binding. Raises UsageError for an action there is none of, or a key given twice."""
    named = {b.id: b for b in bindings if b.id}
    chosen = {name: key for name, key in keys.items() if name in named}
    used: dict[str, str] = {}
    for name, binding in named.items():
        for key in (chosen.get(name) or binding.key).split(","):
            if key in used:
                raise UsageError(f"{path()}: '{key}' would be both {used[key]} and {name}.", "Give one of them another key below [keys].")
            used[key] = name
    return chosen


def _is_key(name: str) -> bool:
    """Whether a terminal has a key of this name."""
    from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

    bare = name
    while bare.startswith(_HELD):
        bare = bare.partition("+")[2]
    named = {k.value for k in Keys} | set(KEY_NAME_REPLACEMENTS.values())
    return len(bare) == 1 or bare in named or bool(key_to_character(bare))


def clashes(meanings: Mapping[str, str]) -> list[str]:
    """In words, the keys that are another verdict elsewhere. meanings: key -> the name of our action."""
    found = []
    for tool, theirs in ELSEWHERE.items():
        for key, verdict in theirs.items():
            if key in meanings and meanings[key] != verdict:
                found.append(f"{key} is {meanings[key]} here, {_THEIR_WORDS.get(tool, {}).get(verdict, verdict)} in {tool}")
    return found
