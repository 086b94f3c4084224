"""Agreement between reviewers, from their independent votes: what they agree on, and beyond chance.

A report counts where two or more decided it before any resolution. Every coefficient is given three ways, since what a
maybe counts as is a choice: as an include (it goes on), as a verdict of its own, and with such reports left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any, Literal

from review.model.screening import Agreement, Vote
from review.model.shares import Z95
from review.screening import coefficients
from review.screening.coefficients import UNDEFINED, Coefficient, Patterns, patterns

Votes = Mapping[str, tuple[Vote, ...]]  # report -> one reviewer's independent votes
Maybe = Literal["include", "own", "left out"]
WAYS: tuple[Maybe, ...] = ("include", "own", "left out")
ORDER = ("exclude", "maybe", "include")  # for the ordinal α a maybe lies between


def agreement(first: str, second: str, a: Votes, b: Votes) -> Agreement:
    """Agreement over the reports in both `a` and `b`; a maybe counts as include.

    Reports that only one of them decided, or where one person has two verdicts, do not count.
    """
    table = patterns([(x, y) for x, y in ratings((a, b)) if x and y])
    cells = _two_by_two(_counted(table, "include"))
    maybes = sum(n * r.count("maybe") for r, n in table.items())
    kappa, low, high = cohen_kappa(*cells)
    both_in, first_only, second_only, both_out = cells
    return Agreement(
        first=first, second=second, both_in=both_in, first_only=first_only, second_only=second_only, both_out=both_out,
        maybes=maybes, kappa=kappa, low=low, high=high,
    )  # fmt: skip


def ratings(votes: Sequence[Votes], reports: Iterable[str] | None = None) -> list[tuple[str, ...]]:
    """The verdicts on each report, in key order, one place a reviewer; "" where someone has none, or two that differ."""
    keys = sorted(set().union(*votes) if reports is None else reports)
    return [tuple(v[0].verdict if len(v := by.get(key, ())) == 1 else "" for by in votes) for key in keys]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Agreement with a maybe counted in one way. Shares are in 0..1; None where not defined.

    n: reports with two verdicts or more. agreed: reports on which all verdicts are one. cells: (both include, first
    only, second only, both exclude), for two reviewers and two verdicts. kappa: Cohen's for two reviewers, Conger's for more.
    """

    maybe: Maybe
    n: int
    agreed: int
    percent: float | None
    cells: tuple[int, int, int, int] | None
    positive: float | None  # of the includes: 2a/(2a+b+c)
    negative: float | None  # of the excludes: 2d/(2d+b+c)
    kappa: Coefficient
    pabak: Coefficient  # for three verdicts: Brennan & Prediger's
    ac1: Coefficient
    fleiss: Coefficient
    alpha: Coefficient
    alpha_ordinal: Coefficient | None  # with its bootstrap interval; only where a maybe is a verdict of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two or more reviewers over the reports of a phase, or of a round of it.

    compared: reports with two verdicts or more; single: with one; without: with none. maybes: verdicts, among the
    compared. missed: how many reports worth including both may have missed, by capture and recapture; None where it can't be said.
    """

    who: tuple[str, ...]
    compared: int
    single: int
    without: int
    twice: int  # reports left out because one person has two verdicts on them
    maybes: int
    verdicts: tuple[tuple[tuple[str, ...], int], ...]  # the pattern of verdicts -> reports, compared ones
    ways: tuple[Measures, ...]
    missed: float | None

    def way(self, maybe: Maybe) -> Measures:
        return next(m for m in self.ways if m.maybe == maybe)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"verdicts": [{"verdicts": list(r), "reports": n} for r, n in self.verdicts]}


def compare(votes: Mapping[str, Votes], reports: Iterable[str], seed: int = 0) -> Comparison:
    """Compare reviewers (who -> their independent votes) over these reports. seed: of the bootstrap."""
    wanted = sorted(set(reports))
    who = tuple(votes)
    twice = {key for key in wanted if any(len(by.get(key, ())) > 1 for by in votes.values())}
    rated = ratings(tuple(votes.values()), [key for key in wanted if key not in twice])
    table = patterns([r for r in rated if sum(map(bool, r)) >= 2])
    ways = tuple(_measures(table, maybe, seed) for maybe in WAYS)
    cells = ways[0].cells
    return Comparison(
        who=who,
        compared=sum(table.values()),
        single=sum(sum(map(bool, r)) == 1 for r in rated),
        without=sum(not any(r) for r in rated),
        twice=len(twice),
        maybes=sum(n * r.count("maybe") for r, n in table.items()),
        verdicts=tuple(sorted(table.items())),
        ways=ways,
        missed=missed(*cells[:3]) if cells else None,
    )


def missed(both: int, first_only: int, second_only: int) -> float | None:
    """How many reports worth including two reviewers both excluded, if they judged independently and a miss is as likely anywhere.

    Chapman, Univ Calif Publ Stat 1951;1:131-160: N = (n₁+1)(n₂+1)/(m+1) − 1. None where neither included any.
    """
    if not both + first_only + second_only:
        return None
    total = (both + first_only + 1) * (both + second_only + 1) / (both + 1) - 1
    return max(0.0, total - (both + first_only + second_only))


def cohen_kappa(a: int, b: int, c: int, d: int) -> tuple[float | None, float | None, float | None]:
    """Cohen's kappa of a 2×2 table (a: both include; b, c: they differ; d: both exclude) and its 95 % interval."""
    found = kappa_of(((a, b), (c, d)))
    return found.value, found.low, found.high


def kappa_of(table: Sequence[Sequence[int]]) -> Coefficient:
    """Cohen's kappa of a square table of counts: the first reviewer's verdicts are the rows, the second's the columns.

    Cohen, Educ Psychol Meas 1960;20:37-46; large-sample variance by Fleiss, Cohen & Everitt, Psychol Bull
    1969;72:323-327, eq. 13. Undefined where chance agreement is 1 or there is no report.
    """
    n = sum(map(sum, table))
    if n == 0:
        return UNDEFINED
    share = [[x / n for x in row] for row in table]
    q = range(len(share))
    rows = [sum(row) for row in share]
    columns = [sum(row[j] for row in share) for j in q]
    observed = sum(share[i][i] for i in q)
    chance = sum(rows[i] * columns[i] for i in q)
    if chance == 1:
        return UNDEFINED
    kappa = (observed - chance) / (1 - chance)
    on = sum(share[i][i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in q)
    off = (1 - kappa) ** 2 * sum(share[i][j] * (columns[i] + rows[j]) ** 2 for i in q for j in q if i != j)
    variance = (on + off - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    error = sqrt(max(variance, 0.0))
    return Coefficient(
        value=kappa, low=max(kappa - Z95 * error, -1.0), high=min(kappa + Z95 * error, 1.0), error=error, observed=observed, chance=chance
    )


def _measures(table: Patterns, maybe: Maybe, seed: int) -> Measures:
    table = _counted(table, maybe)
    categories = ORDER if maybe == "own" else ("exclude", "include")
    pair = len(next(iter(table), ())) == 2
    n = sum(table.values())
    agreed = sum(m for r, m in table.items() if len(set(filter(None, r))) == 1)
    cells = _two_by_two(table) if pair and maybe != "own" else None
    square = [[table.get((x, y), 0) for y in categories] for x in categories]
    return Measures(
        maybe=maybe,
        n=n,
        agreed=agreed,
        percent=agreed / n if n else None,
        cells=cells,
        positive=_specific(table, "include"),
        negative=_specific(table, "exclude"),
        kappa=kappa_of(square) if pair else coefficients.conger_kappa(table, categories),
        pabak=coefficients.brennan_prediger(table, categories),
        ac1=coefficients.gwet_ac1(table, categories),
        fleiss=coefficients.fleiss_kappa(table, categories),
        alpha=coefficients.krippendorff_alpha(table, categories),
        alpha_ordinal=_ordinal(table, seed) if maybe == "own" else None,
    )


def _ordinal(table: Patterns, seed: int) -> Coefficient:
    found = coefficients.krippendorff_alpha(table, ORDER, ordinal=True)
    interval = coefficients.bootstrap(table, lambda order, drawn: coefficients.ordinal_alphas(order, drawn, ORDER), seed)
    return Coefficient(value=found.value, low=interval[0], high=interval[1]) if interval else found


def _counted(table: Patterns, maybe: Maybe) -> Patterns:
    if maybe == "own":
        return table
    found: Counter[tuple[str, ...]] = Counter()
    for r, n in table.items():
        if maybe == "include":
            found[tuple("include" if v == "maybe" else v for v in r)] += n
        elif "maybe" not in r:
            found[r] += n
    return found


def _two_by_two(table: Patterns) -> tuple[int, int, int, int]:
    i, e = "include", "exclude"
    return table.get((i, i), 0), table.get((i, e), 0), table.get((e, i), 0), table.get((e, e), 0)


def _specific(table: Patterns, verdict: str) -> float | None:
    """Of the pairs of ratings that hold a verdict, how surely the other rating is the same.

    For two raters 2a/(2a+b+c), Cicchetti & Feinstein, J Clin Epidemiol 1990;43:551-558; for more, and for gaps, each
    report weighs as it has ratings (Uebersax; Mackinnon, Comput Biol Med 2000;30:127-134).
    """
    same = sum(n * (k := r.count(verdict)) * (k - 1) / (sum(map(bool, r)) - 1) for r, n in table.items())
    possible = sum(n * r.count(verdict) for r, n in table.items())
    return same / possible if possible else None
