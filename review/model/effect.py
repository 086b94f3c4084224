"""An effect as people write it: measure, value, interval, direction. Read strictly, so that a slip of the keyboard shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from review.model.patterns import lazy

# Measures that are compared on the scale of their logarithm, and lie above zero.
RATIOS = ("RR", "OR", "HR", "IRR", "PR", "RoM", "aRR", "aOR", "aHR", "aIRR", "aPR")
# How a direction may be written -> the word for it. The direction is that of health, whatever the significance.
DIRECTIONS = {
    "improves": "improves", "better": "improves", "beneficial": "improves", "favours intervention": "improves",
    "no clear change": "no clear change", "no change": "no clear change", "no difference": "no clear change",
    "mixed": "mixed", "conflicting": "mixed",
    "worsens": "worsens", "worse": "worsens", "harmful": "worsens", "favours comparator": "worsens",
}  # fmt: skip

_N = r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_SHAPE = lazy(
    rf"(?:(?P<measure>[^\W\d][\w’'%²χβΔ /.-]{{0,40}}?)\s*[:=]?\s*)?(?P<value>{_N})\s*(?P<unit>%|per cent)?"
    rf"(?:\s*[,;]?\s*[(\[]?\s*(?:(?P<level>\d\d(?:\.\d+)?)\s*%\s*(?:CI|CrI|confidence interval)?\s*[:=,]?\s*[(\[]?\s*)?"
    rf"(?:(?P<low>{_N})\s*%?\s*(?:to|,|;|–|-)\s*(?P<high>{_N})|SE\s*[:=]?\s*(?P<se>{_N}))\s*%?\s*[)\]]{{0,2}})?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """measure: its short name, such as RR; low, high: of the interval; level: in per cent; se: standard error, on the
    logarithm's scale for a ratio; direction: one of the words of DIRECTIONS, '' where none was given."""

    measure: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 95.0
    se: float | None = None
    direction: str = ""
    unit: str = ""

    @property
    def ratio(self) -> bool:
        return self.measure in RATIOS


def effect(text: str) -> Effect:
    """Read `RR 0.85 (0.72 to 1.01); improves`, `SMD -0.2, 95% CI -0.4 to 0.0`, `MD 3.1 (SE 0.4)` or a direction alone.

    Raises ValueError that says what is wrong.
    """
    plain = re.sub(r"\s+", " ", text).strip().replace("−", "-").replace("\u2212", "-")
    direction = ""
    head, sep, tail = plain.rpartition(";")
    if tail.strip().casefold() in DIRECTIONS:
        direction, plain = DIRECTIONS[tail.strip().casefold()], head.strip() if sep else ""
    if not plain and direction:
        return Effect(direction=direction)
    found = _SHAPE.fullmatch(plain)
    if not found:
        raise ValueError(
            f"'{text}' is not an effect such as 'RR 0.85 (0.72 to 1.01); improves'"
            + (f"; a direction is one of: {', '.join(dict.fromkeys(DIRECTIONS.values()))}" if ";" in plain else "")
        )
    part = found.groupdict()
    measure = _measure(part["measure"] or "")
    value, low, high, se = (float(part[n]) if part[n] is not None else None for n in ("value", "low", "high", "se"))
    assert value is not None
    if low is not None and high is not None:
        if low > high:
            raise ValueError(f"the interval {part['low']} to {part['high']} runs backwards")
        if not low <= value <= high:
            raise ValueError(f"the interval {part['low']} to {part['high']} does not hold {part['value']}")
    if measure in RATIOS and (value <= 0 or (low is not None and low < 0)):
        raise ValueError(f"{measure} is a ratio and can't be below zero")
    if se is not None and se < 0:
        raise ValueError("a standard error can't be below zero")
    level = float(part["level"]) if part["level"] else 95.0
    return Effect(
        measure=measure, value=value, low=low, high=high, level=level, se=se, direction=direction, unit="%" if part["unit"] else ""
    )


def _measure(text: str) -> str:
    text = text.strip().rstrip(":= ")
    return next((r for r in RATIOS if r.casefold() == text.casefold()), text)


def show(found: Effect) -> str:
    """The one way to write an effect: `RR 0.85 (95% CI 0.72 to 1.01); improves`."""
    parts = []
    if found.value is not None:
        parts.append(f"{found.measure} {found.value:g}{found.unit}".strip())
        if found.low is not None and found.high is not None:
            parts[-1] += f" ({found.level:g}% CI {found.low:g} to {found.high:g})"
        elif found.se is not None:
            parts[-1] += f" (SE {found.se:g})"
    if found.direction:
        parts.append(found.direction)
    return "; ".join(parts)
