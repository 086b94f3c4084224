"""What a published flow gives, added up once, and the findings about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from review.model.words import are
from review.model.words import counted as say
from review.report.prisma_keys import WORDS
from review.report.published import Published

State = Literal["fails", "explain", "missing", "holds", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """id: F01–F18. state: fails (can't be right), explain (allowed only with an explanation), missing (a number is not given, so that what
    lies between two others can't be followed), holds, unknown (too little is given to tell)."""

    id: str
    state: State
    text: str


class Sums:
    """The numbers of a flow as its boxes have them. databases, registers, other, removed: None where neither total nor parts are given."""

    def __init__(self, flow: Published) -> None:
        self.flow = flow
        self.found: list[Finding] = []
        n = flow.n
        self.databases = self._total("database_results", "database_specific_results", "F02")
        self.registers = self._total("register_results", "register_specific_results", "F03")
        self.other = self.sum([n(k) for k in ("website_results", "organisation_results", "citations_results", "other_results")])
        self.removed = n("removed")
        parts = [n(k) for k in ("duplicates", "excluded_automatic", "excluded_other")]
        if self.removed is None:
            self.removed = self.sum(parts)
        elif None not in parts and self.sum(parts) != self.removed:
            self.add("F04", "fails", f"{say(self.removed, 'record')} {are(self.removed)} given as removed before screening, but the reasons add up to {self.sum(parts):,}.")  # fmt: skip
        self.identified = self.sum([self.databases, self.registers])
        self.other_arm = any(n(k) for k in ("other_sought_reports", "other_assessed"))  # the other methods have boxes of their own
        self.merged = False  # whether records of other methods were screened with those of databases

    def add(self, rule: str, state: State, text: str) -> None:
        self.found.append(Finding(rule, state, text))

    @staticmethod
    def sum(values: Iterable[int | None]) -> int | None:
        there = [v for v in values if v is not None]
        return sum(there) if there else None

    def _total(self, key: str, list_key: str, rule: str) -> int | None:
        """The number of a box, set beside the sum of its list; the sum where only the list is given."""
        total, items = self.flow.n(key), self.flow.lists.get(list_key)
        if not items:
            return total
        nameless = [name for name, n in items if n is None]
        each = sum(n for _, n in items if n is not None)
        if total is None:
            return each
        if nameless:
            self.add(rule, "missing", f"{WORDS[key]}: no number is given for {', '.join(nameless)}.")
        elif each != total and (each or not self.flow.defaults):
            words = " + ".join(f"{name} {n:,}" for name, n in items)
            self.add(rule, "fails", f"{WORDS[key]}: {words} = {each:,}, but {total:,} is given as their total ({off(each, total)}).")
        elif each == total:
            self.add(rule, "holds", f"{WORDS[key]}: {' + '.join(f'{name} {n:,}' for name, n in items)} = {total:,}.")
        return total


def off(made: int, told: int) -> str:
    return f"{abs(told - made):,} too {'many' if told > made else 'few'}"
