"""The records of a text in whatever format it shows itself to be in."""

from __future__ import annotations

from review.formats.registry import detect
from review.model.record import Record


def records(text: str, name: str = "") -> list[Record]:
    """All of them; a reject fails the test."""
    data = text.encode()
    found = list(detect(data, name).read(data, {}))
    assert all(isinstance(one, Record) for one in found), found
    return [one for one in found if isinstance(one, Record)]


def only(text: str, name: str = "") -> Record:
    """The one that there is."""
    (found,) = records(text, name)
    return found
