"""Agreement in plain words and as a table: what the figures are, and what prevalence does to them."""

from __future__ import annotations

from collections.abc import Sequence

from review.screening.agreement import ORDER, Comparison, Maybe, Measures
from review.screening.coefficients import DRAWS, Coefficient

WAY_NAMES: dict[Maybe, str] = {
    "include": "maybe counts as include",
    "own": "maybe is a verdict of its own",
    "left out": "reports with a maybe left out",
}
SOURCES = (
    "Cohen’s κ: Cohen 1960, interval Fleiss, Cohen & Everitt 1969. Conger’s κ, Fleiss’ κ, AC1, PABAK: Gwet 2014, linearised variance, t interval.",
    f"Krippendorff’s α: Krippendorff 2013; ordinal with a bootstrap of {DRAWS:,} draws over reports (fixed seed).",
)
# From here on chance agreement is so high that κ says little about the people.
SKEWED = 0.85


def table(found: Comparison) -> list[str]:
    """The coefficients, one a line, with the ways of counting a maybe as columns. One way only where there is no maybe."""
    ways = found.ways if found.maybes else found.ways[:1]
    width = 28
    kappa = "Cohen’s κ" if len(found.who) == 2 else "Conger’s κ"
    rows: list[tuple[str, list[str]]] = [
        ("reports compared", [f"{m.n:,}" for m in ways]),
        ("agreed", [f"{m.agreed:,}{f' ({100 * m.percent:.1f} %)' if m.percent is not None else ''}" for m in ways]),
        ("positive agreement", [_share(m.positive) for m in ways]),
        ("negative agreement", [_share(m.negative) for m in ways]),
        (kappa, [_value(m.kappa) for m in ways]),
        ("PABAK", [_value(m.pabak) for m in ways]),
        ("Gwet’s AC1", [_value(m.ac1) for m in ways]),
        ("Fleiss’ κ", [_value(m.fleiss) for m in ways]),
        ("Krippendorff’s α", [_value(m.alpha) for m in ways]),
    ]
    if found.maybes:
        rows.append(("Krippendorff’s α, ordinal", [_value(m.alpha_ordinal) if m.alpha_ordinal else "" for m in ways]))
    head = [f"{'':<{width}}" + "".join(f"{WAY_NAMES[m.maybe]:<{width + 4}}" for m in ways)] if found.maybes else []
    return [line.rstrip() for line in (*head, *(f"{name:<{width}}" + "".join(f"{c:<{width + 4}}" for c in cells) for name, cells in rows))]


def crossed(found: Comparison, names: Sequence[str]) -> list[str]:
    """Two reviewers' verdicts against each other, the first's as rows."""
    used = [v for v in reversed(ORDER) if v != "maybe" or found.maybes]
    counts = dict(found.verdicts)
    wide = max(len(n) for n in names) + 10
    lines = [f"{'':<{wide}}" + "".join(f"{names[1] + ' ' + v:>{wide + 2}}" for v in used)]
    lines += [f"{names[0] + ' ' + v:<{wide}}" + "".join(f"{counts.get((v, w), 0):>{wide + 2},}" for w in used) for v in used]
    return lines


def sentences(found: Comparison) -> list[str]:
    """What a reader must know to read the figures: gaps, maybes, prevalence, what both may have missed."""
    main = found.way("include")
    said = []
    gaps = [f"{n:,} {text}" for n, text in (
        (found.single, "decided by one of them only"), (found.without, "by none"), (found.twice, "left out, since a merge brought together two verdicts of one person"),
    ) if n]  # fmt: skip
    if gaps:
        said.append(f"Not compared: {'; '.join(gaps)}.")
    if found.maybes:
        said.append(
            f"{found.maybes:,} {'verdict is a maybe' if found.maybes == 1 else 'verdicts are maybes'}; the columns show what each way of counting does."
        )
    if text := _prevalence(main):
        said.append(text)
    if found.missed is not None:
        said.append(
            f"If they judged independently and every relevant report is as easy to see, about {found.missed:,.1f} of the reports that both excluded "
            "are relevant (Chapman’s estimate). Relevant reports that are hard to see are missed by both, so take it as a lower bound."
        )
    return said


def _prevalence(m: Measures) -> str:
    chance = m.kappa.chance
    if chance is None or m.percent is None or not m.n:
        return "Only one verdict was used, so agreement beyond chance is not defined." if m.n else ""
    if chance < SKEWED:
        return ""
    rare = "include" if (m.negative or 0) >= (m.positive or 0) else "exclude"
    rare_agreement = m.positive if rare == "include" else m.negative
    found = (
        f"Few verdicts are {rare}s, so chance alone would give {100 * chance:.1f} % agreement. κ falls with such a prevalence and AC1 and PABAK hardly do, for the same "
        "two people: at 50 % prevalence two good reviewers reach κ 0.72, at 1 % κ 0.13, while AC1 goes from 0.73 to 0.89. None of them is the right one (Vach & Gerke 2023): "
    )
    return (
        found
        + f"read the table itself, and that where one of them said {rare} the other said so too in {100 * (rare_agreement or 0):.0f} %."
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _value(c: Coefficient) -> str:
    if c.value is None:
        return "not defined"
    return f"{c.value:z.4f}" if c.low is None or c.high is None else f"{c.value:z.4f} ({c.low:z.3f} to {c.high:z.3f})"
