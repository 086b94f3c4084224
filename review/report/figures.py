"""The plots of the evidence as figures of the report: where each stands, its caption, and what it shows in words.

Summaries of appraisal as robvis draws them; direction of effect; harvest; forest. A plot is a figure where there is something to plot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from review.model.words import counted
from review.report import appraised, plots, swim
from review.report.evidence import Evidence
from review.report.meta_analysis import is_ratio, poolable
from review.report.pooling import back, pool
from review.report.synthesised import GRADIENTS, by_domain, fields_of, harvest

MOST = 60  # studies, one a row, that a page has room for; their table has them all, and `review plot` draws any number
JUDGED = "judged"  # the place of what is not about one question


@dataclass(frozen=True, slots=True)
class Figure:
    """place: a question's id, or JUDGED; said: what it shows, for those who don't see it; svg: the drawing."""

    name: str
    place: str
    caption: str
    said: str
    svg: str


def figures(evidence: Evidence) -> tuple[Figure, ...]:
    """Every plot that has something to show, in the order of the report."""
    return (*_appraisals(evidence), *_syntheses(evidence))


def _appraisals(evidence: Evidence) -> Iterator[Figure]:
    for tool in appraised.known(evidence):
        studies = appraised.judged(evidence, tool)
        if not studies:
            continue
        said = _judgements(evidence, tool)
        caption = f"Appraisal with {tool}: how many of {counted(len(studies), 'study')} have which judgement."
        if len(studies) > MOST:
            caption += " Those on each study, too many for a figure, stand in the table."
        yield Figure(f"summary-{tool}", JUDGED, caption, said, plots.summary(evidence, tool, said))
        if len(studies) <= MOST:
            caption = f"Appraisal with {tool}: the judgements on each study."
            yield Figure(f"traffic-light-{tool}", JUDGED, caption, said, plots.traffic_light(evidence, tool, said))


def _syntheses(evidence: Evidence) -> Iterator[Figure]:
    for question in (q.id for q in evidence.protocol.questions):
        has = fields_of(evidence, question)
        few = len(evidence.answering(question)) <= MOST
        if few and ("direction" in has or "effect" in has) and (said := _directions(evidence, question)):
            caption = f"{question}: direction of effect by study and outcome domain."
            yield Figure(f"effect-direction-{question}", question, caption, said, plots.effect_direction(evidence, question, said))
        if "gradient" in has and (said := _gradients(evidence, question)):
            caption = f"{question}: studies by their effect on inequality, for each dimension of PROGRESS-Plus (harvest plot)."
            yield Figure(f"harvest-{question}", question, caption, said, plots.harvest_plot(evidence, question, said))
        planned = any(s.question == question and s.approach == "meta-analysis" for s in evidence.protocol.synthesis)
        if few and planned and (said := _pooled(evidence, question)):
            caption = f"{question}: effect of each study with its 95 % interval and weight, and what pooling makes of them (forest plot)."
            yield Figure(f"forest-{question}", question, caption, said, plots.forest(evidence, question, said))


def _judgements(evidence: Evidence, tool: str) -> str:
    form, studies, said = evidence.forms[tool], appraised.judged(evidence, tool), []
    for field in appraised.asked(evidence, tool):
        words = Counter(c.text for s in studies if (c := appraised.judgement(evidence, form, field, s)).text)
        if words:
            said.append(f"{field.label}: {', '.join(f'{word} {n:,}' for word, n in sorted(words.items(), key=lambda x: (-x[1], x[0])))}.")
    return " ".join(said)


def _directions(evidence: Evidence, question: str) -> str:
    said = []
    for domain, directions in by_domain(evidence, question).items():
        votes = Counter(directions.values())
        parts = [f"{n:,} {word}" for tone, word in ((swim.UP, "better"), (swim.DOWN, "worse"), (swim.SIDE, "without clear change or mixed")) if (n := votes[tone])]  # fmt: skip
        said.append(f"{domain}: of {counted(len(directions), 'study')}, {', '.join(parts)}.")
    return " ".join(said)


def _gradients(evidence: Evidence, question: str) -> str:
    said = []
    for dimension, by in harvest(evidence, question).items():
        said.append(f"{dimension}: {', '.join(f'{words.lower()} {len(by[g]):,}' for g, words in GRADIENTS if by[g])}.")
    return " ".join(said)


def _pooled(evidence: Evidence, question: str) -> str:
    said = []
    for (domain, measure), rows in poolable(evidence, question).items():
        found, ratio = pool([y for _, y, _ in rows], [v for _, _, v in rows]), is_ratio(measure)
        mean, low, high = (f"{back(x, ratio):.2f}" for x in (found.random[0], *found.random[2:]))
        said.append(f"{domain}, {measure}: {counted(found.k, 'study')}, random effects {mean} (95 % CI {low} to {high}), I² {found.i2:.0f} %.")  # fmt: skip
    return " ".join(said)
