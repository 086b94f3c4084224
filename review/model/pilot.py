"""The pilot of a phase, as values: its rounds, how well reviewers agreed in each, and whether the phase may begin."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round. done: reviewer -> how many of its n reports they have decided. value, low, high: the protocol's statistic with
    its 95 % interval, over all pairs the lowest; None until the round is complete, or where it is not defined.
    """

    number: int
    n: int
    done: tuple[tuple[str, int], ...]
    began: str = ""  # ISO 8601
    protocol: str = ""  # the version in force when it began
    value: float | None = None
    low: float | None = None
    high: float | None = None
    percent: float | None = None  # raw agreement, 0..1
    reached: bool = False
    differ: tuple[str, ...] = ()  # reports on which verdicts differ, once the round is complete
    discussed: int = 0  # of those

    @property
    def complete(self) -> bool:
        return all(count == self.n for _, count in self.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Somebody opened the gate although the agreement was not reached, or was shown verdicts before their time."""

    by: str
    at: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotState:
    """wanted: reports a round; 0: the protocol asks for no pilot. target: None: agreement is only shown."""

    wanted: int
    statistic: str = "kappa"
    target: float | None = None
    rounds: tuple[Round, ...] = ()
    override: Override | None = None

    @property
    def open(self) -> bool:
        """Whether the phase may begin."""
        return not self.wanted or self.override is not None or any(r.reached for r in self.rounds)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> PilotState:
        rounds = tuple(
            Round(**{**r, "done": tuple((str(w), int(n)) for w, n in r["done"]), "differ": tuple(r["differ"])}) for r in data["rounds"]
        )
        override = Override(**data["override"]) if data["override"] else None
        return cls(**{**data, "rounds": rounds, "override": override})
