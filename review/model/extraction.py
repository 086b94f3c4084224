"""What extraction makes of people's answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

CellState = Literal["agreed", "settled", "differs", "single", "empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One person's standing answer."""

    by: str
    value: str = ""
    missing: str = ""
    quote: str = ""
    locator: str = ""
    note: str = ""
    id: str = ""
    at: str = ""

    @property
    def text(self) -> str:
        return self.value or self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of one question for one report: who answered what, and what stands.

    state: agreed (enough answers, all the same), settled (a consensus), differs, single (too few answers yet), empty.
    stands is the value to print, None while it differs or nobody answered.
    """

    report: str
    question: str
    field: str
    state: CellState
    answers: tuple[Given, ...] = ()
    stands: Given | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The whole: cells of all included reports that somebody answered, sorted; who has how many reports left."""

    cells: tuple[Cell, ...] = ()
    left: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (extractor, reports not yet done)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Extraction:
        cells = tuple(
            Cell(**{**c, "answers": tuple(Given(**a) for a in c["answers"]), "stands": Given(**c["stands"]) if c["stands"] else None})
            for c in data.get("cells", ())
        )
        return cls(cells=cells, left=tuple((who, tuple(keys)) for who, keys in data.get("left", ())))
