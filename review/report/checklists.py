"""Reporting checklists, filled in from the record: where each item is reported, and what is said there. Never a score.

PRISMA 2020 (27 items, 42 rows) and PRISMA 2020 for Abstracts (12): Page et al., BMJ 2021;372:n71. PRISMA-S (16): `prisma_s`.
Extensions: `checklists_more`. Item numbers and topics are the standards'; the words are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from review.model.flow import Flow, total
from review.model.protocol import Protocol
from review.model.record import Search
from review.model.words import are, counted, have
from review.report.predicate import Predicate
from review.report.prisma_s import Item as SearchItem

State = Literal["derived", "needs a person", "not done"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row. where: anchor of the section of the report in which it stands, '' where it is not reported."""

    id: str
    section: str
    topic: str
    state: State
    where: str
    said: str


@dataclass(frozen=True, slots=True)
class Checklist:
    id: str
    title: str
    source: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rows are written from."""

    protocol: Protocol
    flow: Flow
    searches: Sequence[Search]
    predicates: Sequence[Predicate]
    selection: Sequence[str]  # sentences on selection, as in the report
    deviations: int
    excluded: int  # reports excluded on full text
    extracted: int  # included studies with any extracted value
    appraised: int = 0  # included studies with an appraisal
    certain: int = 0  # findings or outcomes with a certainty

    def predicate(self, id_: str) -> str:
        return next((p.said for p in self.predicates if p.id == id_), "")


Answer = tuple[State, str, str]  # state, where, what is said


def derived(where: str, said: str) -> Answer:
    return "derived", where, said


def asked(said: str, where: str = "") -> Answer:
    return "needs a person", where, said


def undone(said: str, where: str = "") -> Answer:
    return "not done", where, said


def given(text: str, where: str, field: str) -> Answer:
    """What stands in the protocol; else a person must write it there."""
    return derived(where, _short(text)) if text else asked(f"To be written in the protocol: {field}.")


def _short(text: str, most: int = 300) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"


def prisma_2020(f: Facts) -> Checklist:
    p, flow = f.protocol, f.flow
    rows: list[tuple[str, str, str, Answer]] = [
        ("1", "Title", "Title", _title(p)),
        ("2", "Abstract", "Abstract", derived("abstract", "A structured abstract is drafted from the record; see the checklist for abstracts.")),
        ("3", "Introduction", "Rationale", given(p.rationale, "rationale", "rationale")),
        ("4", "Introduction", "Objectives", derived("questions", f"{counted(len(p.questions), 'question')}: " + "; ".join(f"{q.id} ({q.frame})" for q in p.questions) + ".")),
        ("5", "Methods", "Eligibility criteria", derived("criteria", f"{len(p.eligibility.criteria)} criteria in order." + _groups(p))),
        ("6", "Methods", "Information sources", _sources(f)),
        ("7", "Methods", "Search strategy", _strategies(f)),
        ("8", "Methods", "Selection process", derived("selection", " ".join(f.selection)) if f.selection else undone("Nothing has been screened yet.")),
        ("9", "Methods", "Data collection process", derived("collection", f.predicate("dual-extraction") + (f" Authors were to be contacted: {_short(p.extraction.contact_authors)}" if p.extraction.contact_authors else ""))),
        ("10a", "Methods", "Data items: outcomes", _outcomes(p)),
        ("10b", "Methods", "Data items: other variables", derived("items", _fields(p))),
        ("11", "Methods", "Study risk of bias assessment", derived("appraisal", "Tools: " + "; ".join(f"{t.id} for {t.applies_to}" for t in p.appraisal) + ".") if p.appraisal else undone("The protocol plans no assessment of risk of bias.")),
        ("12", "Methods", "Effect measures", derived("items", "; ".join(f"{o.domain}: {o.measure}" for o in p.outcomes)) if p.outcomes and all(o.measure for o in p.outcomes) else asked("Measures to be named for each outcome in the protocol: outcomes.measure.")),
        ("13a", "Methods", "Synthesis: eligibility for each", _per_synthesis(p, "groups")),
        ("13b", "Methods", "Synthesis: preparation of data", asked("Conversions and handling of missing statistics, if any.")),
        ("13c", "Methods", "Synthesis: tables and figures", derived("evidence", "One evidence table for each question; the flow as a figure.")),
        ("13d", "Methods", "Synthesis: methods", _per_synthesis(p, "method")),
        ("13e", "Methods", "Synthesis: heterogeneity", _per_synthesis(p, "heterogeneity")),
        ("13f", "Methods", "Synthesis: sensitivity analyses", _per_synthesis(p, "sensitivity")),
        ("14", "Methods", "Reporting bias assessment", given(p.reporting_bias, "synthesis", "reporting_bias")),
        ("15", "Methods", "Certainty assessment", _certainty(p)),
        ("16a", "Results", "Study selection: flow", derived("flow", _flow_words(flow))),
        ("16b", "Results", "Study selection: near misses", derived("excluded", f"{counted(f.excluded, 'report')} excluded on full text {are(f.excluded)} listed, each with its reason.") if f.excluded else derived("excluded", "No report was excluded on full text.")),
        ("17", "Results", "Study characteristics", derived("characteristics", f"{f.extracted:,} of {f.flow.included_studies:,} included studies have extracted characteristics; each report is cited.") if f.extracted else undone("No characteristic has been extracted yet.")),
        ("18", "Results", "Risk of bias in studies", derived("judged", f"{f.appraised:,} of {f.flow.included_studies:,} included studies are appraised.") if f.appraised else undone("No appraisal is on record.")),
        ("19", "Results", "Results of individual studies", derived("evidence", "In the evidence tables, each value with its quote and place.") if f.extracted else undone("No result has been extracted yet.")),
        ("20a", "Results", "Syntheses: contributing studies", asked("A summary of the studies in each synthesis and their risk of bias.")),
        ("20b", "Results", "Syntheses: results", asked("The result of each synthesis.")),
        ("20c", "Results", "Syntheses: heterogeneity", asked("What was found on causes of heterogeneity.")),
        ("20d", "Results", "Syntheses: sensitivity", asked("What sensitivity analyses showed, or that none was made.")),
        ("21", "Results", "Reporting biases", asked("Bias from missing results, for each synthesis.")),
        ("22", "Results", "Certainty of evidence", derived("certainty", f"{counted(f.certain, 'finding or outcome', 'findings or outcomes')} {have(f.certain)} {'its' if f.certain == 1 else 'their'} certainty.") if f.certain else undone("No certainty is on record.")),
        ("23a", "Discussion", "Interpretation", asked("What the results mean beside other evidence.")),
        ("23b", "Discussion", "Limitations of the evidence", asked("Limitations of the included evidence.")),
        ("23c", "Discussion", "Limitations of the process", derived("limitations", "Drafted from the record; a person completes it.")),
        ("23d", "Discussion", "Implications", asked("Implications for practice, policy and research.")),
        ("24a", "Other information", "Registration", derived("registration", f"{p.registration.register_name} {p.registration.id}".strip().capitalize() + ".")),
        ("24b", "Other information", "Protocol", derived("registration", f"The protocol is part of this record{', at ' + p.registration.url if p.registration.url else ''}; its digest is given.")),
        ("24c", "Other information", "Amendments", derived("deviations", f"{counted(len(p.amendments), 'amendment')}, each with date and reason; {counted(f.deviations, 'further deviation')} found in the record.")),
        ("25", "Other information", "Support", derived("support", _short("; ".join((*p.support.sources, p.support.role)))) if p.support.sources else asked("Sources of support, or that there was none: support.sources in the protocol.")),
        ("26", "Other information", "Competing interests", _interests(p)),
        ("27", "Other information", "Availability of data and materials", given(p.data_availability, "availability", "data_availability")),
    ]  # fmt: skip
    return Checklist("prisma-2020", "PRISMA 2020", "Page MJ, et al. BMJ 2021;372:n71", _rows(rows))


def abstracts(f: Facts) -> Checklist:
    p, flow = f.protocol, f.flow
    rows: list[tuple[str, str, str, Answer]] = [
        ("1", "Title", "Title", _title(p)),
        ("2", "Background", "Objectives", derived("abstract", "The questions of the protocol.")),
        ("3", "Methods", "Eligibility criteria", derived("abstract", "The criteria of the protocol, in short.")),
        ("4", "Methods", "Information sources", _sources(f)),
        ("5", "Methods", "Risk of bias", derived("abstract", ", ".join(t.id for t in p.appraisal) + ".") if p.appraisal else undone("No assessment of risk of bias is planned.")),
        ("6", "Methods", "Synthesis of results", derived("abstract", "; ".join(f"{s.question}: {s.approach}" for s in p.synthesis) + ".") if p.synthesis else asked("How results were presented and synthesised: synthesis in the protocol.")),
        ("7", "Results", "Included studies", derived("abstract", f"{counted(flow.total_studies, 'study')} in {counted(flow.total_reports, 'report')}.") if flow.total_reports else undone("No study is included yet.")),
        ("8", "Results", "Synthesis of results", asked("Main results, with numbers of studies and participants.")),
        ("9", "Discussion", "Limitations of evidence", asked("Limitations in short.")),
        ("10", "Discussion", "Interpretation", asked("Interpretation and implications in short.")),
        ("11", "Other", "Funding", derived("abstract", _short("; ".join(p.support.sources), 160)) if p.support.sources else asked("The main source of funding: support.sources in the protocol.")),
        ("12", "Other", "Registration", derived("abstract", f"{p.registration.register_name} {p.registration.id}".strip().capitalize() + ".")),
    ]  # fmt: skip
    return Checklist("prisma-abstracts", "PRISMA 2020 for Abstracts", "Page MJ, et al. BMJ 2021;372:n71, table 2", _rows(rows))


def prisma_s(items: Sequence[SearchItem]) -> Checklist:
    """The items of PRISMA-S as a checklist like the others."""
    state: dict[str, State] = {"derived": "derived", "said": "derived", "asked": "needs a person"}
    rows = tuple(Row(str(i.number), _part(i.number), i.label, state[i.by], "sources" if i.by != "asked" else "", i.answer) for i in items)
    return Checklist("prisma-s", "PRISMA-S", "Rethlefsen ML, et al. Syst Rev 2021;10:39", rows)


def _part(n: int) -> str:
    return "Information sources" if n < 8 else "Search strategies" if n < 14 else "Peer review" if n == 14 else "Managing records"


def _rows(rows: Sequence[tuple[str, str, str, Answer]]) -> tuple[Row, ...]:
    return tuple(Row(id_, section, topic, *answer) for id_, section, topic, answer in rows)


def _title(p: Protocol) -> Answer:
    title = p.review.title
    if "systematic review" in title.casefold() or "systematic literature review" in title.casefold():
        return derived("title", "The title says that this is a systematic review.")
    return asked("The title does not say that this is a systematic review.", "title")


def _groups(p: Protocol) -> str:
    groups = [f"{s.question}: {s.groups}" for s in p.synthesis if s.groups]
    return f" Groups for the syntheses: {'; '.join(groups)}." if groups else ""


def _sources(f: Facts) -> Answer:
    last = {s.id: max((x.date for x in f.searches if x.source == s.id), default="") for s in f.protocol.sources}
    if not any(last.values()):
        return undone("No source has been searched yet.")
    return derived("sources", "; ".join(f"{s.name}, {f'last searched {last[s.id]}' if last[s.id] else 'not searched yet'}" for s in f.protocol.sources) + ".")  # fmt: skip


def _strategies(f: Facts) -> Answer:
    bare = [s.name for s in f.protocol.sources if not s.strategy and not any(x.query for x in f.searches if x.source == s.id)]
    if bare:
        return asked(f"No strategy or steps are given for {', '.join(bare)}.", "strategies")
    return derived("strategies", f"Given in full for all {len(f.protocol.sources)} sources, with limits and their reasons.")


def _outcomes(p: Protocol) -> Answer:
    if not p.outcomes:
        return asked("Outcomes to be defined in the protocol, where a question is about effects: outcomes.")
    return derived("items", "; ".join(f"{o.domain}: {o.definition}" for o in p.outcomes) + ".")


def _fields(p: Protocol) -> str:
    forms = "; ".join(f"{form.question}: {len(form.fields)} fields" for form in p.extraction.forms)
    return f"{forms}. Missing values: not reported, unclear, not applicable."


def _per_synthesis(p: Protocol, field: str) -> Answer:
    said = [f"{s.question}: {getattr(s, field)}" for s in p.synthesis if getattr(s, field)]
    if not said:
        return asked(f"To be written in the protocol: synthesis.{field}.")
    silent = [q.id for q in p.questions if not any(s.question == q.id and getattr(s, field) for s in p.synthesis)]
    more = f" Not said for {', '.join(silent)}." if silent else ""
    return derived("synthesis", _short("; ".join(said)) + more)


def _certainty(p: Protocol) -> Answer:
    if not p.certainty:
        return asked("How certainty is assessed, or why it is not: certainty in the protocol.")
    return derived("synthesis", "; ".join(f"{c.question}: {c.approach}{f' ({c.because})' if c.because else ''}" for c in p.certainty) + ".")


def _interests(p: Protocol) -> Answer:
    silent = [m.name for m in p.team if not m.interests]
    if silent:
        return asked(f"Interests of {', '.join(silent)}: team.interests in the protocol.", "interests")
    return derived("interests", "Given for each member of the team.")


def _flow_words(flow: Flow) -> str:
    found = total(flow.main.identified) + total(flow.other.identified)
    return f"{counted(found, 'record')} identified, {flow.main.screened + flow.other.screened:,} screened; {counted(flow.total_studies, 'study')} in {counted(flow.total_reports, 'report')} included."  # fmt: skip
