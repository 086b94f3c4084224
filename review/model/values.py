"""What a field takes, and when two answers are the same."""

from __future__ import annotations

import datetime as dt
import re

from review.model.effect import effect, show
from review.model.extraction import Given
from review.model.patterns import lazy
from review.model.plain_text import plain
from review.model.protocol_evidence import FormField

_NUMBER = lazy(r"-?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][+-]?\d{1,3})?")


def number(text: str) -> float:
    """A number as people write it, with commas between thousands. Raises ValueError."""
    text = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(text) or not any(c.isdigit() for c in text):
        raise ValueError(text)
    return float(text.replace(",", ""))


def problem(field: FormField, value: str) -> str:
    """Why a value does not fit its field, in words; '' if it does."""
    value = value.strip()
    if not value:
        return "is empty; give a value or a missing code (NR, UC, NA)"
    if field.type == "number":
        try:
            number(value)
        except ValueError:
            comma = "; the decimal sign is a point" if re.fullmatch(r"-?\d+,\d+", value) else ""
            return f"'{value}' is not a number{f' (of {field.unit})' if field.unit else ''}{comma}"
    if field.type == "date" and not _date(value):
        return f"'{value}' is not a date such as 2019, 2019-05 or 2019-05-31"
    if field.type == "effect":
        try:
            effect(value)
        except ValueError as error:
            return str(error)
    if field.type in ("choice", "choices"):
        chosen = several(value) if field.type == "choices" else [value]
        if wrong := [v for v in chosen if v not in field.choices]:
            return f"'{wrong[0]}' is not a choice; allowed: {'; '.join(field.choices)}"
    return ""


def _date(text: str) -> bool:
    parts = text.split("-")
    if not (1 <= len(parts) <= 3 and all(p.isascii() and p.isdigit() for p in parts) and len(parts[0]) == 4):
        return False
    try:
        dt.date(*(int(p) for p in (*parts, "1", "1")[:3]))
    except ValueError:
        return False
    return all(len(p) == 2 for p in parts[1:])


def several(value: str) -> list[str]:
    """The choices of a field that takes several, as they are kept: with a semicolon between."""
    return [v.strip() for v in value.split(";") if v.strip()]


def uncoded(field: FormField, value: str) -> str:
    """Why a theme must be looked at again, in words; '' if the codebook has it, or there is none.

    It is no error to write one down: what comes up in the studies goes into the codebook by an amendment.
    """
    strange = [v for v in several(value) if v not in field.choices] if field.type == "theme" and field.choices else []
    return f"the codebook has no theme '{strange[0]}'; put it there by an amendment, or choose another" if strange else ""


def astray(locator: str) -> str:
    """Why words are no place in a document; '' if they may be. A letter alone is a key that was meant for the screen."""
    lone = locator.strip()
    return (
        f"'{lone}' is no place; give the page, table or section, such as p. 3, Table 2, abstract"
        if len(lone) == 1 and lone.isalpha()
        else ""
    )


def canonical(field: FormField | None, answer: Given) -> str:
    """What two answers must share to be the same: the code, the number, the effect, the set of choices, or the words."""
    if answer.missing:
        return answer.missing
    try:
        if field and field.type == "number":
            return repr(number(answer.value))
        if field and field.type == "effect":
            return show(effect(answer.value))
    except ValueError:
        pass  # of an older form
    if field and field.type in ("choices", "theme"):
        return "; ".join(sorted(plain(part) for part in several(answer.value)))
    return plain(answer.value) or answer.value.strip()


def same(field: FormField | None, a: Given, b: Given) -> bool:
    """Whether two answers say the same; numbers within the tolerance that the field allows."""
    if canonical(field, a) == canonical(field, b):
        return True
    if field is None or field.type != "number" or a.missing or b.missing or not field.tolerance:
        return False
    try:
        return abs(number(a.value) - number(b.value)) <= field.tolerance
    except ValueError:
        return False
