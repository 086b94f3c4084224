"""Agreement between two reviewers, from their independent votes."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from review.model.screening import Agreement, Vote

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution


def agreement(first: str, second: str, a: Mapping[str, tuple[Vote, ...]], b: Mapping[str, tuple[Vote, ...]]) -> Agreement:
    """Agreement over the reports in both `a` and `b` (report key -> that reviewer's independent votes).

    Reports that only one of them decided, or where one person has two verdicts, do not count.
    """
    cells = {(x, y): 0 for x in (True, False) for y in (True, False)}
    maybes = 0
    for report in a.keys() & b.keys():
        if len(a[report]) != 1 or len(b[report]) != 1:
            continue
        x, y = a[report][0].verdict, b[report][0].verdict
        maybes += (x == "maybe") + (y == "maybe")
        cells[x != "exclude", y != "exclude"] += 1
    both_in, first_only, second_only, both_out = cells[True, True], cells[True, False], cells[False, True], cells[False, False]
    kappa, low, high = cohen_kappa(both_in, first_only, second_only, both_out)
    return Agreement(
        first=first, second=second, both_in=both_in, first_only=first_only, second_only=second_only, both_out=both_out,
        maybes=maybes, kappa=kappa, low=low, high=high,
    )  # fmt: skip


def cohen_kappa(a: int, b: int, c: int, d: int) -> tuple[float | None, float | None, float | None]:
    """Cohen's kappa of a 2×2 table and its 95 % interval.

    a: both include; b, c: they differ; d: both exclude. Cohen 1960; large-sample variance by Fleiss, Cohen &
    Everitt, Psychol Bull 1969;72:323-327, eq. 13. All None where chance agreement is 1 or there is no report.
    """
    n = a + b + c + d
    if n == 0:
        return None, None, None
    table = ((a / n, b / n), (c / n, d / n))
    rows = [sum(r) for r in table]
    columns = [table[0][j] + table[1][j] for j in (0, 1)]
    observed = table[0][0] + table[1][1]
    chance = sum(rows[i] * columns[i] for i in (0, 1))
    if chance == 1:
        return None, None, None
    kappa = (observed - chance) / (1 - chance)
    on = sum(table[i][i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in (0, 1))
    off = (1 - kappa) ** 2 * sum(table[i][j] * (columns[i] + rows[j]) ** 2 for i in (0, 1) for j in (0, 1) if i != j)
    variance = (on + off - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    half = Z95 * sqrt(max(variance, 0.0))
    return kappa, max(kappa - half, -1.0), min(kappa + half, 1.0)
