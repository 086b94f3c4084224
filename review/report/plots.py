"""Plots of the evidence as SVG of our own: symbols as well as colours, no fonts or scripts from elsewhere, the same bytes each time.

Traffic light and summary as robvis draws them (McGuinness & Higgins 2021), in its colour-blind-safe palette; effect direction
(Boon & Thomson 2021); harvest (Ogilvie et al. 2008); forest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from math import exp, floor, log, log10

from review.model.shares import Z95
from review.report import appraised, swim
from review.report.evidence import Evidence
from review.report.meta_analysis import is_ratio, poolable
from review.report.pooling import back, pool
from review.report.sheet import INK, Sheet
from review.report.synthesised import GRADIENTS, fields_of, harvest, results, size
from review.report.text_width import clean, text_width, wrap
from review.tables.symbols import SYMBOL

# robvis' colour-blind-safe palette.
FILL = {"good": "#fed98e", "some": "#fe9929", "bad": "#d95f0e", "worst": "#993404", "unknown": "#ffffff", "none": "#cccccc"}
MEANS = {
    "good": "low risk, yes",
    "some": "some concerns, moderate",
    "bad": "high risk, serious, no",
    "worst": "critical",
    "unknown": "no information, can’t tell",
    "none": "not asked",
}
ROW = 26.0


def _mark(sheet: Sheet, x: float, y: float, tone: str) -> None:
    sheet.circle(x, y, 9, FILL.get(tone, "#ffffff"))
    dark = tone == "worst"
    sheet.text(x, y + 4.5, SYMBOL.get(tone, ""), anchor="middle", bold=True, size=13, fill="#ffffff" if dark else INK)


def traffic_light(evidence: Evidence, tool: str, said: str = "") -> str:
    """Studies × domains, a coloured circle with its symbol in each."""
    form, studies = evidence.forms[tool], appraised.judged(evidence, tool)
    fields = appraised.asked(evidence, tool)
    sheet = Sheet(f"Appraisal with {tool}")
    if not studies:
        sheet.text(12, 48, "No study has been appraised yet.")
        return sheet.svg()
    left = 24 + max(text_width(evidence.labels[s.key], 12, False) for s in studies)
    long = max(text_width(appraised.short(f), 11, True) for f in fields)
    step, turned = max(30.0, min(long + 10, 90.0)), long > 80
    top = 46 + (long if turned else 0)
    for n, f in enumerate(fields):
        sheet.text(
            left + step * n + step / 2 + (4 if turned else 0),
            top,
            appraised.short(f),
            bold=True,
            size=11,
            anchor="start" if turned else "middle",
            turn=turned,
        )
    for row, study in enumerate(studies):
        y = top + 20 + ROW * row
        sheet.text(12, y + 4, evidence.labels[study.key])
        for n, f in enumerate(fields):
            cell = appraised.judgement(evidence, form, f, study)
            if cell.text or cell.tone:
                _mark(sheet, left + step * n + step / 2, y, cell.tone or "unknown")
    _legend(
        sheet,
        top + 20 + ROW * len(studies) + 6,
        [c for f in fields for s in studies for c in [appraised.judgement(evidence, form, f, s).tone]],
    )
    named = [f"{appraised.short(f)}: {f.label.removeprefix(appraised.short(f)).strip()}" for f in fields if appraised.short(f) != f.label]
    if named:
        sheet.lines(12, sheet.height + 16, "; ".join(named) + ".", max(420.0, sheet.width - 24))
    return sheet.svg(said)


def _legend(sheet: Sheet, y: float, tones: list[str]) -> None:
    x = 20.0
    for tone in [t for t in FILL if t in tones]:
        _mark(sheet, x, y + 8, tone)
        sheet.text(x + 14, y + 12, MEANS[tone], size=11)
        x += 32 + text_width(MEANS[tone], 11, False)


def summary(evidence: Evidence, tool: str, said: str = "") -> str:
    """A bar of 100 per cent for each domain: how many studies have which judgement, with the numbers in it."""
    form, studies = evidence.forms[tool], appraised.judged(evidence, tool)
    fields = appraised.asked(evidence, tool)
    sheet = Sheet(f"Appraisal with {tool}: judgements by item")
    if not studies:
        sheet.text(12, 48, "No study has been appraised yet.")
        return sheet.svg()
    left, room = 24 + max(text_width(f.label, 12, False) for f in fields), 420.0
    seen: list[str] = []
    for n, f in enumerate(fields):
        y = 40 + ROW * n
        sheet.text(12, y + 15, f.label)
        count: Counter[str] = Counter(c.tone or "unknown" for s in studies if (c := appraised.judgement(evidence, form, f, s)).text)
        total, x = count.total(), left
        for tone in FILL:
            if count[tone]:
                seen.append(tone)
                wide = room * count[tone] / total
                sheet.rect(x, y, wide, 19, FILL[tone])
                words = f"{SYMBOL.get(tone, '')} {count[tone]}".strip()
                if wide > text_width(words, 11, True) + 4:
                    sheet.text(x + wide / 2, y + 14, words, size=11, bold=True, anchor="middle", fill="#ffffff" if tone == "worst" else INK)
                x += wide
    _legend(sheet, 46 + ROW * len(fields), seen)
    return sheet.svg(said)


def effect_direction(evidence: Evidence, question: str, said: str = "") -> str:
    """Studies × outcome domains; the arrow's size is that of the study (over 300, 50 to 300, under 50), shading its design."""
    found, fields = results(evidence, question), fields_of(evidence, question)
    sheet = Sheet(f"{question}: direction of effect")
    shown = [r for r in found if r.direction]
    if not shown:
        sheet.text(12, 48, "No study has an effect with a direction yet.")
        return sheet.svg()
    choices = fields["domain"].choices if "domain" in fields else ()
    domains = sorted({r.domain for r in shown}, key=lambda d: (choices.index(d) if d in choices else 99, d))
    studies = [s for s in evidence.answering(question) if any(r.study == s for r in shown)]
    left = 90 + max(text_width(evidence.labels[s.key], 12, False) for s in studies)
    step = 104.0
    heads = [wrap(clean(d), step - 8, 0, 11, True) for d in domains]
    base = 44 + 13.0 * (max(map(len, heads)) - 1)
    sheet.text(left - 14, base, "n", bold=True, size=11, anchor="end")
    for n, head in enumerate(heads):
        for up, line in enumerate(reversed(head)):
            sheet.text(left + step * n + step / 2, base - 13 * up, line, bold=True, size=11, anchor="middle")
    top = base + 26
    for row, study in enumerate(studies):
        y = top + ROW * row
        analysed = size(evidence, question, study)
        sheet.text(12, y + 4, evidence.labels[study.key])
        sheet.text(left - 14, y + 4, f"{analysed:,.0f}" if analysed else "?", size=11, anchor="end")
        sheet.line(12, y + ROW / 2, left + step * len(domains), y + ROW / 2, stroke="#e3e7eb")
        for n, domain in enumerate(domains):
            directions = [r.direction for r in shown if r.study == study and r.domain == domain]
            if directions:
                big = 10.0 if analysed > 300 else 7.5 if analysed >= 50 or not analysed else 5.0
                _arrow(sheet, left + step * n + step / 2, y, big, swim.within_study(directions))
                if len(directions) > 1:
                    sheet.text(left + step * n + step / 2 + 15, y + 8, str(len(directions)), size=9)
    y = top + ROW * len(studies) + 4
    sheet.text(12, y + 6, "Sign test", bold=True, size=11)
    for n, domain in enumerate(domains):
        test = swim.sign_test(
            [
                swim.within_study([r.direction for r in shown if r.study == s and r.domain == domain])
                for s in studies
                if any(r.study == s and r.domain == domain for r in shown)
            ]
        )
        words = f"{test.up} of {test.up + test.down}; p = {test.p:.4f}" if test.p is not None else "–"
        sheet.text(left + step * n + step / 2, y + 6, words, size=11, anchor="middle")
    sheet.lines(12, y + 28, "Upwards: better health; downwards: worse; to both sides: no clear change, mixed or conflicting; the small number is that of outcomes. Large arrows: more than 300 analysed; medium: "
                "50 to 300, or not known; small: fewer than 50. Votes are counted by direction, never by significance.", max(460.0, sheet.width - 24))  # fmt: skip
    return sheet.svg(said)


def _arrow(sheet: Sheet, x: float, y: float, r: float, direction: str) -> None:
    if direction == swim.UP:
        sheet.polygon([(x - r, y + r), (x + r, y + r), (x, y - r)], "#31688e")
    elif direction == swim.DOWN:
        sheet.polygon([(x - r, y - r), (x + r, y - r), (x, y + r)], "#d95f0e")
    else:
        for side in (-1, 1):
            sheet.polygon([(x + side * 2, y - r * 0.8), (x + side * 2, y + r * 0.8), (x + side * (2 + r), y)], "#ffffff")


def harvest_plot(evidence: Evidence, question: str, said: str = "") -> str:
    """A row for each dimension of inequality, a column for each effect on it, a bar for each study, named."""
    found = harvest(evidence, question)
    sheet = Sheet(f"{question}: effects on inequality")
    if not found:
        sheet.text(12, 48, "No study has an effect on inequality yet.")
        return sheet.svg()
    there = {s.key for by in found.values() for v in by.values() for s in v}
    order = [s.key for s in evidence.studies if s.key in there]
    left, column = (
        24 + max(text_width(d, 12, False) for d in found),
        max(150.0, 18.0 * max(len(v) for by in found.values() for v in by.values()) + 20),
    )
    for n, (_, words) in enumerate(GRADIENTS):
        sheet.text(left + column * n + column / 2, 48, words, bold=True, size=11, anchor="middle")
    for row, (dimension, by) in enumerate(found.items()):
        base = 112 + 74.0 * row
        sheet.text(12, base - 20, dimension)
        sheet.line(12, base, left + column * len(GRADIENTS), base)
        for n, (gradient, _) in enumerate(GRADIENTS):
            for k, study in enumerate(by[gradient]):
                x = left + column * n + 10 + 18 * k
                sheet.rect(x, base - 44, 14, 44, "#8fb3cc")
                sheet.text(x + 7, base - 48, str(order.index(study.key) + 1), size=9, anchor="middle")
    sheet.lines(
        12,
        112 + 74.0 * len(found) - 46,
        "Studies: " + "; ".join(f"{n} {evidence.labels[key]}" for n, key in enumerate(order, 1)) + ".",
        max(460.0, sheet.width - 24),
    )
    return sheet.svg(said)


def forest(evidence: Evidence, question: str, said: str = "") -> str:
    """Each study's effect with its interval, and the pooled diamonds; one below the other for each domain and measure."""
    sheet = Sheet(f"{question}: effects and what pooling makes of them")
    groups = poolable(evidence, question)
    if not groups:
        sheet.text(12, 48, "Nothing can be pooled.")
        return sheet.svg()
    y = 48.0
    left, room = 40 + max(text_width(evidence.labels[s.key], 12, False) for rows in groups.values() for s, _, _ in rows), 340.0
    for (domain, measure), rows in groups.items():
        ratio = is_ratio(measure)
        found = pool([e for _, e, _ in rows], [v for _, _, v in rows])
        spans = [(e - Z95 * v**0.5, e + Z95 * v**0.5) for _, e, v in rows] + [found.random[2:]]
        low, high = min(0.0, *(a for a, _ in spans)), max(0.0, *(b for _, b in spans))
        pad = (high - low) * 0.06 or 1.0
        low, high = low - pad, high + pad
        at: Callable[[float], float] = lambda v, low=low, high=high: left + room * (v - low) / (high - low)  # type: ignore[misc]  # noqa: E731
        sheet.text(12, y, f"{domain} ({measure})", bold=True)
        sheet.text(left + room + 12, y, f"{measure} (95 % CI)", bold=True, size=11)
        sheet.text(left + room + 176, y, "Weight", bold=True, size=11, anchor="end")
        top = y + 8
        for (study, e, _), (a, b), weight in zip(rows, spans, found.weights, strict=False):
            y += ROW
            sheet.text(12, y + 4, evidence.labels[study.key])
            sheet.line(at(a), y, at(b), y, width=1.4)
            half = 2.5 + weight / 14
            sheet.rect(at(e) - half, y - half, 2 * half, 2 * half, "#31688e")
            sheet.text(left + room + 12, y + 4, f"{back(e, ratio):.2f} ({back(a, ratio):.2f} to {back(b, ratio):.2f})", size=11)
            sheet.text(left + room + 176, y + 4, f"{weight:.1f} %", size=11, anchor="end")
        y += ROW
        mean, _, a, b = found.random
        sheet.text(12, y + 4, f"Random effects (REML, I² {found.i2:.0f} %)", bold=True)
        sheet.polygon([(at(a), y), (at(mean), y - 6), (at(b), y), (at(mean), y + 6)], "#d95f0e")
        sheet.text(left + room + 12, y + 4, f"{back(mean, ratio):.2f} ({back(a, ratio):.2f} to {back(b, ratio):.2f})", size=11, bold=True)
        sheet.line(at(0), top, at(0), y + 12, dash=True)
        sheet.line(left, y + 14, left + room, y + 14)
        for tick in _ticks(low, high, ratio):
            sheet.line(at(tick), y + 14, at(tick), y + 18)
            sheet.text(at(tick), y + 30, f"{back(tick, ratio):g}" if ratio else f"{tick:g}", size=10, anchor="middle")
        y += 58
    return sheet.svg(said)


def _ticks(low: float, high: float, ratio: bool) -> list[float]:
    """Round values within the axis, on the scale of analysis."""
    if ratio:
        wanted = [m * 10.0**k for k in range(-4, 5) for m in (1, 1.5, 2, 3, 5, 7)]
        inside = [w for w in wanted if exp(low) <= w <= exp(high)]
        return [log(w) for w in (inside if len(inside) <= 9 else [w for w in inside if abs(log10(w) % 1) < 1e-9])]
    step = 10.0 ** floor(log10((high - low) / 2))
    first = -floor(-low / step)
    return [round(step * n, 10) for n in range(first, floor(high / step) + 1)]


def plots(evidence: Evidence) -> dict[str, Callable[[], str]]:
    """Every plot of a review by its name."""
    found: dict[str, Callable[[], str]] = {}
    for tool in appraised.known(evidence):
        found[f"traffic-light-{tool}"] = partial(traffic_light, evidence, tool)
        found[f"summary-{tool}"] = partial(summary, evidence, tool)
    for question in evidence.protocol.questions:
        has: Mapping[str, object] = fields_of(evidence, question.id)
        if "direction" in has or "effect" in has:
            found[f"effect-direction-{question.id}"] = partial(effect_direction, evidence, question.id)
        if "gradient" in has:
            found[f"harvest-{question.id}"] = partial(harvest_plot, evidence, question.id)
        if any(s.question == question.id and s.approach == "meta-analysis" for s in evidence.protocol.synthesis):
            found[f"forest-{question.id}"] = partial(forest, evidence, question.id)
    return found
