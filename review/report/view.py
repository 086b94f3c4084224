"""All that the templates show, as one value. Pure: the same material gives the same view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from review.model.flow import Flow
from review.model.protocol import Protocol
from review.model.protocol_parts import Amendment
from review.model.record import Report, Search
from review.model.screening import Agreement, Outcome, PhaseResult
from review.report import prisma_s, sentences
from review.report.abstract import Part, abstract
from review.report.amstar2 import Judged, amstar2
from review.report.answered import Answered, answered
from review.report.catalogue import catalogue
from review.report.checklists import Checklist, Facts, abstracts, prisma_2020
from review.report.checklists import prisma_s as prisma_s_rows
from review.report.checklists_more import extensions
from review.report.conduct import conduct
from review.report.conduct_extraction import appraised
from review.report.counts import Counted, count
from review.report.deviations import Deviation, Version, deviations, versions
from review.report.evidence import Evidence
from review.report.figures import Figure, figures
from review.report.flow_csv import link
from review.report.limitations import limitations
from review.report.material import Items, Listed, Material
from review.report.mecir import mecir
from review.report.predicate import Predicate
from review.report.search_log import SourceLine, search_log
from review.report.tables import label
from review.tables.model import Table


@dataclass(frozen=True)
class PhaseView:
    phase: str
    sentences: tuple[str, ...]
    agreement: tuple[Agreement, ...]
    settled: tuple[tuple[str, str, Outcome], ...]  # key, title, outcome with its resolution


@dataclass(frozen=True)
class Included:
    key: str
    label: str
    reference: str
    doi: str
    questions: tuple[str, ...]  # those that it answers
    retracted: tuple[str, ...]  # what says that it was retracted, or in doubt


@dataclass(frozen=True)
class Excluded:
    key: str
    label: str
    reference: str
    reason: str
    decided: str


@dataclass(frozen=True)
class View:
    protocol: Protocol
    name: str
    digest: str
    flow: Flow
    lists: tuple[Listed, ...]
    sources: tuple[SourceLine, ...]
    unsearched: tuple[str, ...]
    prisma_s: tuple[prisma_s.Item, ...]
    duplicates: int
    links: tuple[tuple[str, int], ...]  # rule, pairs merged by it
    phases: tuple[PhaseView, ...]
    collection: tuple[str, ...]  # sentences on extraction
    conduct: tuple[str, ...]  # sentences on the protocol and its versions
    predicates: tuple[Predicate, ...]
    amstar2: tuple[Judged, ...]
    mecir: tuple[Judged, ...]
    versions: tuple[Version, ...]
    deviations: tuple[Deviation, ...]
    limitations: tuple[str, ...]
    abstract: tuple[Part, ...]
    checklists: tuple[Checklist, ...]
    evidence: tuple[Answered, ...]
    tables: tuple[Table, ...]  # all that have rows, as files
    figures: tuple[Figure, ...]
    included: tuple[Included, ...]
    excluded: tuple[Excluded, ...]
    not_retrieved: tuple[Excluded, ...]
    missing: tuple[tuple[str, int, str, str], ...]  # who, n, what, command
    as_of: str  # the latest event on record, YYYY-MM-DD, '' before any
    app_link: str  # the PRISMA2020 web app, filled in
    version: str

    @property
    def concluded(self) -> tuple[Table, ...]:
        """What people conclude, where they did."""
        return tuple(t for t in self.tables if t.name.startswith("findings-") or t.name in ("summary-of-findings", "integration"))

    @property
    def retracted(self) -> tuple[Included, ...]:
        """The included reports that were retracted, or are in doubt."""
        return tuple(x for x in self.included if x.retracted)

    @property
    def interim(self) -> bool:
        return bool(self.missing) or self.flow.interim

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        return self.protocol.amendments

    @property
    def notice(self) -> str:
        return self.protocol.review.notice


def view(
    material: Material,
    searches: Sequence[Search],
    *,
    name: str,
    digest: str,
    rules: Sequence[tuple[str, int]],
    missing: Sequence[tuple[str, int, str, str]],
    version: str,
) -> View:
    """Put everything together. Raises FlowError if the counts do not hold."""
    found = count(material)
    protocol = material.protocol
    reports, titles = material.reports, material.records.title_of
    answering = {q.id: found.lists[f"question-{q.id}"].items.keys for q in protocol.questions}
    duplicates = found.flow.main.duplicates + found.flow.other.duplicates
    first = next((p for p in material.phases if p.phase == "title-abstract"), None)
    last = next((p for p in material.phases if p.phase == "full-text"), None)
    evidence = Evidence(protocol, material.extraction, reports, material.cite)
    tables = {name: build() for name, build in catalogue(material, evidence).items()}
    phases = tuple(_phase(protocol, p, titles) for p in (first, last) if p)
    as_of = latest(material, searches)
    predicates = conduct(material, searches, as_of)
    excluded = _excluded(found, last, reports, protocol, material.cite)
    lost = _not_retrieved(last, reports, material.cite)
    deviating = deviations(material, searches)
    items = prisma_s.items(protocol, searches, duplicates, rules, version)
    facts = Facts(
        protocol=protocol, flow=found.flow, searches=searches, predicates=predicates, selection=[s for p in phases for s in p.sentences],
        deviations=len(deviating), excluded=len(excluded), extracted=len({c.report for c in material.extraction.cells if c.stands}), appraised=len(appraised(material)), certain=material.findings.certain,
    )  # fmt: skip
    return View(
        protocol=protocol,
        name=name,
        digest=digest,
        flow=found.flow,
        lists=(*found.lists.values(), *_exceptions(predicates)),
        sources=search_log(material, searches, found),
        unsearched=tuple(s.name for s in protocol.sources if s.id not in {x.source for x in searches}),
        prisma_s=items,
        duplicates=duplicates,
        links=tuple(rules),
        phases=phases,
        collection=tuple(sentences.extraction(protocol, material.extraction)),
        conduct=tuple(sentences.conduct(protocol, digest, material.phases)),
        predicates=predicates,
        amstar2=amstar2(material, searches, predicates, as_of),
        mecir=mecir(material, searches, predicates),
        versions=versions(material),
        deviations=deviating,
        limitations=limitations(material, searches, predicates, len(lost)),
        abstract=abstract(material, facts),
        checklists=(prisma_2020(facts), abstracts(facts), prisma_s_rows(items), *extensions(facts)),
        evidence=tuple(answered(material, q.id, q.text, answering[q.id], tables[f"evidence-{q.id}"]) for q in protocol.questions),
        tables=tuple(t for t in tables.values() if t.rows),
        figures=figures(evidence),
        included=_included(found.included, reports, answering, material),
        excluded=excluded,
        not_retrieved=lost,
        missing=tuple(missing),
        as_of=as_of,
        app_link=link(found.flow),
        version=version,
    )


def latest(material: Material, searches: Sequence[Search]) -> str:
    """The date of the last event on record, YYYY-MM-DD; '' before any."""
    votes = (v.at[:10] for p in material.phases for o in p.begun for v in (*o.votes, *([o.resolution] if o.resolution else [])))
    answers = (a.at[:10] for c in material.extraction.cells for a in (*c.answers, *([c.stands] if c.stands else [])))
    return max(chain((s.date for s in searches), votes, answers), default="")


def _exceptions(predicates: Sequence[Predicate]) -> tuple[Listed, ...]:
    return tuple(Listed(f"conduct-{p.id}", f"Exceptions: {p.label}", Items.of(p.exceptions)) for p in predicates if p.exceptions)


def _included(
    keys: Sequence[str], reports: Mapping[str, Report], answering: Mapping[str, Sequence[str]], material: Material
) -> tuple[Included, ...]:
    where: dict[str, list[str]] = {}
    for question, those in answering.items():
        for key in those:
            where.setdefault(key, []).append(question)
    lines = [
        Included(
            k, label(reports[k]), material.cite(reports[k]), reports[k].best("doi"), tuple(where.get(k, ())),
            tuple(r.words for r in material.related.get(k, ()) if r.loud),
        )
        for k in keys
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda x: (x.label.casefold(), x.key)))


def _phase(protocol: Protocol, result: PhaseResult, titles: Mapping[str, str]) -> PhaseView:
    settled = tuple((o.report, titles[o.report], o) for o in result.begun if o.resolution)
    return PhaseView(result.phase, tuple(sentences.screening(protocol, result)), result.agreement, settled)


def _excluded(
    found: Counted, last: PhaseResult | None, reports: Mapping[str, Report], protocol: Protocol, cite: Callable[[Report], str]
) -> tuple[Excluded, ...]:
    items = [i for name in ("reports-excluded", "other-reports-excluded") if name in found.lists for i in found.lists[name].items]
    outcomes = {o.report: o for o in last.begun} if last else {}
    lines = []
    for item in items:
        outcome = outcomes[item.key]
        who = "adjudicated" if outcome.resolution else f"{len({v.by for v in outcome.votes})} reviewers"
        lines.append(Excluded(item.key, label(reports[item.key]), cite(reports[item.key]), item.note, who))
    order = [*protocol.reasons("full-text")]
    return tuple(sorted(lines, key=lambda x: (order.index(x.reason) if x.reason in order else len(order), x.label.casefold(), x.key)))


def _not_retrieved(last: PhaseResult | None, reports: Mapping[str, Report], cite: Callable[[Report], str]) -> tuple[Excluded, ...]:
    if last is None:
        return ()
    return tuple(Excluded(k, label(reports[k]), cite(reports[k]), why, "") for k, why in sorted(last.not_retrieved.items()))
