"""AMSTAR 2, item by item, as far as the record answers it. Labels are our own words.

Items, critical domains and answers: Shea et al., BMJ 2017;358:j4008. No overall rating is given: what a person must judge is left
to a person, and a review is not rated by its own tool.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from review.model.forms import plan_of
from review.model.protocol import Protocol
from review.model.protocol_parts import FRAMES
from review.model.record import Search
from review.report.conduct import last_searches, months
from review.report.conduct_extraction import included, studies
from review.report.material import Material
from review.report.predicate import Predicate

Answer = Literal["yes", "partial yes", "no", "no meta-analysis", "a person must say"]
GREY = ("website", "organisation")


@dataclass(frozen=True, kw_only=True)
class Judged:
    """An item of a standard. basis: what the answer rests on, or what is missing, in a sentence."""

    id: str
    label: str
    answer: str
    basis: str
    mark: str = ""  # critical (AMSTAR 2); M or HD (MECIR)


def amstar2(material: Material, searches: Sequence[Search], predicates: Sequence[Predicate], as_of: str) -> tuple[Judged, ...]:
    """The sixteen items."""
    protocol = material.protocol
    by_id = {p.id: p for p in predicates}
    pooled = any(s.approach == "meta-analysis" for s in protocol.synthesis)
    pool: tuple[Answer, str] = (
        ("a person must say", "The protocol plans a meta-analysis; whether it was done well is for a statistician.")
        if pooled
        else ("no meta-analysis", "The protocol plans none.")
    )
    found: list[tuple[int, bool, str, tuple[Answer, str]]] = [
        (1, False, "Questions and criteria name population, intervention, comparator and outcome", _question(protocol)),
        (2, True, "The methods were set before the review, and deviations are justified", _planned(protocol, by_id["prospective"])),
        (3, False, "The choice of study designs is explained", _designs(protocol)),
        (4, True, "The search was comprehensive", search(material, searches, as_of)),
        (5, False, "Two people selected the studies", _twice(by_id.get("dual-full-text") or by_id.get("dual-title-abstract"), _agreement(material))),
        (6, False, "Two people extracted the data", _twice(by_id["dual-extraction"], _extraction_agreement(material))),
        (7, True, "Excluded studies are listed, with reasons", _excluded(by_id["reasons"])),
        (8, False, "The included studies are described in detail", _described(by_id["dual-extraction"], len(included(material)))),
        (9, True, "Risk of bias was assessed with a satisfactory technique", _appraised(protocol, by_id.get("dual-appraisal"))),
        (10, False, "The funding of the included studies is reported", _funded(material)),
        (11, True, "Results were combined with appropriate methods", pool),
        (12, False, "The influence of risk of bias on the synthesis was assessed", pool),
        (13, True, "Risk of bias is taken into account where results are interpreted", ("a person must say", "It is in the discussion, which people write.")),
        (14, False, "Heterogeneity is explained", ("a person must say", "It is in the discussion, which people write.")),
        (15, True, "Publication bias was investigated", pool),
        (16, False, "Conflicts of interest and funding of the review are reported", _interests(protocol)),
    ]  # fmt: skip
    return tuple(
        Judged(id=str(n), label=label, answer=answer, basis=basis, mark="critical" if critical else "")
        for n, critical, label, (answer, basis) in found
    )


def _question(protocol: Protocol) -> tuple[Answer, str]:
    bare = [f"{q.id} ({', '.join(e.replace('_', ' ') for e in FRAMES[q.frame] if not q.elements.get(e))})" for q in protocol.questions
            if any(not q.elements.get(e) for e in FRAMES[q.frame])]  # fmt: skip
    if bare:
        return "no", f"Elements of the question are not written down: {'; '.join(bare)}."
    return "yes", "Each question has all elements of its frame: " + "; ".join(f"{q.id} {q.frame}" for q in protocol.questions) + "."


def _planned(protocol: Protocol, prospective: Predicate) -> tuple[Answer, str]:
    if protocol.lock is None:
        return "no", "The protocol is not locked, so it can’t be shown that it came first."
    if protocol.lock.late or prospective.exceptions:
        return "no", "The protocol was locked after decisions had been made."
    if not protocol.appraisal:
        return "no", "The protocol was locked first, but it has no plan for risk of bias, which even a partial yes needs."
    lacking = [
        word
        for word, there in (
            ("registration", protocol.registration.register_name != "not registered"),
            ("a plan for the synthesis", bool(protocol.synthesis)),
            ("a plan for heterogeneity", any(s.heterogeneity for s in protocol.synthesis)),
        )
        if not there
    ]
    if lacking:
        return (
            "partial yes",
            f"Locked before the first decision, with question, search, criteria and risk of bias; a full yes also needs {', '.join(lacking)}.",
        )
    return "yes", "Locked before the first decision and registered; synthesis and heterogeneity are planned; each amendment has its reason."


def _designs(protocol: Protocol) -> tuple[Answer, str]:
    criteria = [c.id for c in protocol.eligibility.criteria if "design" in c.dimension.casefold()]
    if not criteria:
        return "no", "No criterion is about study design, so no choice of designs is explained."
    return (
        "a person must say",
        f"Criterion {', '.join(criteria)} is about design; whether the reason for it is given is for a reader to judge.",
    )


def search(material: Material, searches: Sequence[Search], as_of: str) -> tuple[Answer, str]:
    """Item 4. Two databases are the least: with one, the answer is no, whatever else was done."""
    protocol = material.protocol
    dates = last_searches(material, searches)
    done = [s for s in protocol.sources if dates[s.id]]
    databases = [s for s in done if s.kind == "database"]
    if not databases:
        return "no", "No database has been searched yet."
    if len(databases) == 1:
        return "no", (
            f"Only one database was searched ({databases[0].name}): the item fails, whatever else was done. AMSTAR 2 asks for at least two; "
            "so does MECIR C24 (CENTRAL, MEDLINE, and Embase if it can be had)."
        )
    bare = [s.name for s in databases if not s.strategy and not any(x.query for x in searches if x.source == s.id)]
    if bare:
        return "no", f"{len(databases)} databases were searched, but no strategy is given for {', '.join(bare)}."
    kinds = {s.kind for s in done}
    old = [s.name for s in databases if as_of and months(dates[s.id], as_of) > 24]
    lacking = [
        word
        for word, there in (
            ("reference lists", "citation" in kinds),
            ("trial or study registers", "register" in kinds),
            ("experts in the field", "contact" in kinds),
            ("grey literature", bool(kinds & set(GREY))),
            (f"searches within 24 months ({', '.join(old)} is older)", not old),
        )
        if not there
    ]
    names = ", ".join(s.name for s in databases)
    if lacking:
        return (
            "partial yes",
            f"{len(databases)} databases ({names}), with strategies and justified limits; a full yes also needs {', '.join(lacking)}.",
        )
    return "yes", f"{len(databases)} databases ({names}), registers, reference lists, experts and grey literature, within 24 months."


def _agreement(material: Material) -> tuple[int, float] | None:
    last = material.phases[-1] if material.phases else None
    n = sum(a.n for a in last.agreement) if last else 0
    same = sum(a.both_in + a.both_out for a in last.agreement) if last else 0
    return (n, 100 * same / n) if n else None


def _extraction_agreement(material: Material) -> tuple[int, float] | None:
    double = [c for c in material.extraction.cells if len({a.by for a in c.answers}) >= 2]
    return (len(double), 100 * sum(c.state == "agreed" for c in double) / len(double)) if double else None


def _twice(predicate: Predicate | None, sample: tuple[int, float] | None) -> tuple[Answer, str]:
    if predicate is None or not predicate.n:
        return "no", "Nothing has been decided yet."
    if not predicate.exceptions:
        return "yes", predicate.said
    if sample and sample[1] >= 80:
        return (
            "yes",
            f"{predicate.said} On the {sample[0]:,} done twice the two agreed in {sample[1]:.0f} %, and one person did the rest: the item takes 80 % for enough.",
        )
    return "no", predicate.said + (
        f" On the {sample[0]:,} done twice the two agreed in {sample[1]:.0f} %; less than 80 %." if sample else ""
    )


def _excluded(reasons: Predicate) -> tuple[Answer, str]:
    if not reasons.n:
        return "yes", "No report was excluded on full text."
    if reasons.exceptions:
        return "partial yes", f"All {reasons.n:,} are listed; {len(reasons.exceptions):,} of them without a reason."
    return "yes", f"All {reasons.n:,} are listed, each with its reason."


def _described(extraction: Predicate, n: int) -> tuple[Answer, str]:
    if not n:
        return "no", "No report is included yet."
    if not extraction.n_ok:
        return "no", "No characteristic of an included report has been extracted."
    return "a person must say", f"{extraction.said} Whether the forms ask for enough detail is for a reader to judge."


def _appraised(protocol: Protocol, dual: Predicate | None) -> tuple[Answer, str]:
    if not protocol.appraisal:
        return "no", "The protocol names no tool for risk of bias."
    return (
        "a person must say",
        f"The protocol names {', '.join(t.id for t in protocol.appraisal)}; whether it covers what the designs need is for a methodologist. {dual.said if dual else ''}".rstrip(),
    )


def _funded(material: Material) -> tuple[Answer, str]:
    fields = {(form.question, f.id) for form in plan_of(material.protocol).forms for f in form.fields
              if "fund" in f.id.casefold() or "fund" in f.label.casefold()}  # fmt: skip
    if not fields:
        return "no", "No form asks for the funding of the included studies."
    told = {c.report for c in material.extraction.cells if (c.question, c.field) in fields and c.stands}
    n = len(studies(material))
    answer: Answer = "yes" if n and len(told) == n else "no"
    return answer, f"Funding is filled in for {len(told):,} of {n:,} included studies (‘not reported’ counts: it was looked for)."


def _interests(protocol: Protocol) -> tuple[Answer, str]:
    silent = [m.name for m in protocol.team if not m.interests]
    if silent or not protocol.support.sources:
        gaps = [f"interests of {', '.join(silent)}"] if silent else []
        gaps += [] if protocol.support.sources else ["sources of support"]
        return "no", f"The protocol does not give {' and '.join(gaps)}."
    return "yes", "Interests of each member of the team and sources of support are given."
