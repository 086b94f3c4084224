"""What extraction makes of people's answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from review.model.study import Study

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
    protocol: str = ""
    record: str = ""

    @property
    def text(self) -> str:
        return self.value or self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of one form for one study: who answered what, and what stands.

    report: the key of the study (its report's own, where nobody linked that to others). question: the form, that is a
    question, 'study' or an appraisal tool. instance: of a repeatable group, 1 … ; 0 for a field outside groups.
    state: agreed (enough answers, all the same), settled (a consensus), differs, single (too few answers yet), empty.
    stands is the value to print, None while it differs or nobody answered. again: why it must be looked at again.
    """

    report: str
    question: str
    field: str
    state: CellState
    instance: int = 0
    answers: tuple[Given, ...] = ()
    stands: Given | None = None
    again: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two extractors on a field, or on all: before any consensus.

    n: cells that both answered; same: those on which they agree; kappa: for choices and codes, None where not defined.
    pilot: only on the studies extracted first, to test the form.
    """

    first: str
    second: str
    question: str
    field: str
    n: int
    same: int
    kappa: float | None = None
    pilot: bool = False

    @property
    def percent(self) -> float:
        return 100 * self.same / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCheck:
    """Whether the quote of an answer (id) stands in its document.

    state: verified, elsewhere, not found, no text (a scan), absent (the full text is not on this machine), no file (nor was it ever). place: where it
    was found, as a quote names it. score: per cent alike, 100 as it stands. why: what differs.
    """

    answer: str
    state: str
    place: str = ""
    score: float = 0.0
    why: str = ""


Left = tuple[tuple[str, tuple[str, ...]], ...]  # (extractor, studies not yet done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The whole: cells of all included studies that somebody answered, sorted; who has which studies left."""

    cells: tuple[Cell, ...] = ()
    left: Left = ()
    unappraised: Left = ()  # the same for the appraisal tools
    studies: tuple[Study, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    quotes: tuple[QuoteCheck, ...] = ()

    def disclosed(self) -> Extraction:
        """The same without what fewer people than planned have said: that they answered is known, not what.

        Whatever is shown to all would otherwise tell it to those who have still to answer.
        """
        hidden = (
            replace(c, stands=None, answers=tuple(Given(by=a.by, at=a.at, id=a.id) for a in c.answers)) if c.state == "single" else c
            for c in self.cells
        )
        return replace(self, cells=tuple(hidden))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Extraction:
        cells = tuple(
            Cell(**{**c, "answers": tuple(Given(**a) for a in c["answers"]), "stands": Given(**c["stands"]) if c["stands"] else None})
            for c in data.get("cells", ())
        )
        return cls(
            cells=cells,
            left=tuple((who, tuple(keys)) for who, keys in data.get("left", ())),
            unappraised=tuple((who, tuple(keys)) for who, keys in data.get("unappraised", ())),
            studies=tuple(Study.from_json(s) for s in data.get("studies", ())),
            agreement=tuple(Agreement(**a) for a in data.get("agreement", ())),
            quotes=tuple(QuoteCheck(**q) for q in data.get("quotes", ())),
        )
