"""Events as the JSON objects of a ledger's lines, and back: what is read is checked, field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import msgspec

from review.model.events import (
    Answer,
    Consensus,
    Decision,
    Discussion,
    Event,
    FullText,
    Note,
    Opened,
    Ordering,
    PilotGate,
    PilotRound,
    Reopening,
    Resolution,
    Retrieval,
    Sameness,
    SampleDrawn,
    Sought,
    Stop,
    StudyApart,
    StudyLink,
    Tags,
    Unblinding,
    Undo,
)

KINDS: dict[str, type[Event]] = {
    k.kind: k
    for k in (
        Opened, Decision, Resolution, Retrieval, Note, Tags, Discussion, Reopening, Unblinding, PilotRound, PilotGate, Ordering, SampleDrawn,
        Stop, Answer, Consensus, Sameness, FullText, Sought, StudyLink, StudyApart, Undo,
    )
}  # fmt: skip
# What each field of a kind must be: annotations are strings here.
_WANTED: dict[str, tuple[tuple[str, type[Any]], ...]] = {
    name: tuple(
        (f.name, {"bool": bool, "int": int}.get(str(f.type), list if str(f.type).startswith("tuple") else str)) for f in fields(kind)
    )
    for name, kind in KINDS.items()
}
_DECODERS: dict[str, msgspec.json.Decoder[Event]] = {}
_NAMED = {bool: "true or false", int: "a whole number", list: "a list of text", str: "text"}


def to_json(event: Event) -> dict[str, Any]:
    """The event as a JSON object; empty fields are left out."""
    values = ((name, getattr(event, name)) for name, _ in _WANTED[event.kind])
    content = {k: list(v) if isinstance(v, tuple) else v for k, v in values if v or v is False}
    head: dict[str, Any] = {k: content.pop(k) for k in ("id", "at", "by") if k in content}
    return {**head, "kind": event.kind, **content}


def from_json(data: Mapping[str, Any]) -> Event:
    """The event of a JSON object. Raises ValueError where the kind or a field's type is not known.

    Keys that this version does not know are passed over, so that an older program can read a newer ledger.
    """
    kind = KINDS.get(str(data.get("kind")))
    if kind is None:
        raise ValueError(f"unknown kind {data.get('kind')!r}; this ledger may be from a newer version")
    values: dict[str, Any] = {}
    for name, wanted in _WANTED[kind.kind]:
        if name not in data:
            continue
        value: Any = data[name]
        if type(value) is not wanted or (wanted is list and not all(type(v) is str for v in value)):
            raise ValueError(f"'{name}' is {value!r}, which is not {_NAMED[wanted]}")
        values[name] = tuple(value) if wanted is list else value
    return kind(**values)


def again(kind: str, raw: bytes) -> Event:
    """The event of a line whose object `from_json` has taken before: not checked again, so quicker."""
    decoder = _DECODERS.get(kind)
    if decoder is None:
        decoder = _DECODERS[kind] = msgspec.json.Decoder(KINDS[kind])
    try:
        return decoder.decode(raw)
    except msgspec.MsgspecError:  # what only Python's own reader takes
        return from_json(json.loads(raw))
