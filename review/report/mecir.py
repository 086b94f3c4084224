"""MECIR conduct standards that a record can show, in our own words.

Higgins et al., Methodological Expectations of Cochrane Intervention Reviews, version of August 2023. M: mandatory, HD: highly
desirable. Items that only a reader can judge are left out; none is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Literal

from review.model.patterns import lazy
from review.model.protocol import Protocol
from review.model.protocol_parts import SourcePlan
from review.model.record import Search
from review.model.words import are, counted, were
from review.report.amstar2 import GREY, Judged
from review.report.conduct import last_searches
from review.report.conduct_extraction import included
from review.report.material import Material
from review.report.predicate import Predicate

Shown = Literal["shown", "partly shown", "not shown", "not reached"]
_CORE = {"CENTRAL": r"\bcentral\b", "MEDLINE": r"medline|pubmed", "Embase": r"embase"}
_UNUSABLE = lazy(r"usable|no outcome|outcome data|insufficient data", re.IGNORECASE)


def mecir(material: Material, searches: Sequence[Search], predicates: Sequence[Predicate]) -> tuple[Judged, ...]:
    protocol = material.protocol
    by_id = {p.id: p for p in predicates}
    dates = last_searches(material, searches)
    done = [s for s in protocol.sources if dates[s.id]]
    first = by_id["prospective"]
    lines = [
        ("C4", "HD", "Equity and specific populations are considered in advance", _equity(protocol)),
        ("C5–C13", "M/HD", "Eligibility is defined in advance", _of(first)),
        ("C19–C23", "M/HD", "Search, risk of bias, synthesis and certainty are planned in the protocol", _plans(protocol)),
        ("C24", "M", "CENTRAL, MEDLINE and (if available) Embase are searched", _core(done)),
        ("C25", "HD", "Specialist, national and subject databases are searched", _kind([s for s in done if s.kind == "database" and not _is_core(s)], "further database")),
        ("C27", "M", "Trial registers are searched", _kind([s for s in done if s.kind == "register"], "register")),
        ("C28", "HD", "Grey literature is searched", _kind([s for s in done if s.kind in GREY], "website or organisation")),
        ("C30", "M", "Reference lists of included studies are checked", _kind([s for s in done if s.kind == "citation"], "citation search")),
        ("C31", "HD", "Individuals and organisations are contacted", _kind([s for s in done if s.kind == "contact"], "contact")),
        ("C35", "M", "Restrictions of date or format are justified", _limits(protocol)),
        ("C36", "M", "The search is documented well enough to be reported", _documented(protocol, searches)),
        ("C37", "M", "Searches are rerun within twelve months of publication", _of(by_id["currency"])),
        ("C38", "HD", "What the last search brought is screened and incorporated", _incorporated(material, dates)),
        ("C39", "M", "Two people decide independently which studies are eligible", _both(by_id, "dual-full-text", "independence-full-text")),
        ("C40", "M", "No study is left out for unusable outcome data alone", _usable(protocol)),
        ("C41", "M", "Selection is documented: flow diagram, and reasons for exclusion", _of(by_id["reasons"])),
        ("C42", "M", "Reports of one study are collated", _collated(material)),
        ("C43", "M", "The form for data collection was piloted", _pilot(protocol)),
        ("C45", "HD", "Two people extract study characteristics independently", _of(by_id["dual-extraction"])),
        ("C46", "M", "Two people extract outcome data independently", _of(by_id["dual-extraction"])),
        ("C48", "M", "Retractions and errata of the included studies are examined", _retractions(material)),
        ("C51", "M", "Extracted values can be held against the original reports", _located(material)),
        ("C52–C59", "M/HD", "Risk of bias is assessed by two people, with support for each judgement", _of(by_id["dual-appraisal"]) if "dual-appraisal" in by_id else ("not shown", "The protocol names no tool for risk of bias.")),
    ]  # fmt: skip
    return tuple(Judged(id=id_, label=label, answer=answer, basis=basis, mark=status) for id_, status, label, (answer, basis) in lines)


def _retractions(material: Material) -> tuple[Shown, str]:
    """What the review itself knows of the included reports: their own marks, and notices among its records."""
    keys = included(material)
    if not keys:
        return "not reached", "No report is included yet."
    kinds = [{r.kind for r in material.related.get(key, ())} for key in keys]
    gone, errata = (sum(bool(kind & wanted) for kind in kinds) for wanted in ({"retraction", "concern"}, {"erratum"}))
    held = f"{counted(len(keys), 'included report')} {were(len(keys))} held against their records’ own marks and the notices among the records of this review"
    found = f"{gone:,} retracted or in doubt, {errata:,} with an erratum"
    return "partly shown", f"{held}: {found}. No check after the last search is on record (PubMed, Retraction Watch)."


def _of(p: Predicate) -> tuple[Shown, str]:
    words: dict[str, Shown] = {"yes": "shown", "partly": "partly shown", "no": "not shown", "open": "not reached"}
    return words[p.holds], p.said


def _both(by_id: dict[str, Predicate], *ids: str) -> tuple[Shown, str]:
    found = [by_id[i] for i in ids if i in by_id]
    if not found:
        return "not reached", "The protocol has no full-text phase."
    order = ("open", "no", "partly", "yes")
    worst = min(found, key=lambda p: order.index(p.holds))
    return _of(worst)[0], " ".join(p.said for p in found)


def _equity(protocol: Protocol) -> tuple[Shown, str]:
    named = [f"{q.id}: {len(q.equity)} PROGRESS-Plus dimensions" for q in protocol.questions if q.equity]
    return ("shown", "; ".join(named) + ".") if named else ("not shown", "No question names a PROGRESS-Plus dimension.")


def _plans(protocol: Protocol) -> tuple[Shown, str]:
    parts = {"search": any(s.strategy for s in protocol.sources), "risk of bias": bool(protocol.appraisal), "synthesis": bool(protocol.synthesis),
             "subgroups": any(s.subgroups for s in protocol.synthesis), "certainty": bool(protocol.certainty)}  # fmt: skip
    there, gone = [k for k, v in parts.items() if v], [k for k, v in parts.items() if not v]
    state: Shown = "shown" if not gone else "partly shown" if there else "not shown"
    return state, f"Planned: {', '.join(there) or 'nothing'}." + (f" Not planned: {', '.join(gone)}." if gone else "")


def _is_core(source: SourcePlan) -> bool:
    text = f"{source.name} {source.platform}".casefold()
    return any(re.search(pattern, text) for pattern in _CORE.values())


def _core(done: Sequence[SourcePlan]) -> tuple[Shown, str]:
    text = " | ".join(f"{s.name} {s.platform}" for s in done if s.kind == "database").casefold()
    there = [name for name, pattern in _CORE.items() if re.search(pattern, text)]
    gone = [name for name in _CORE if name not in there]
    state: Shown = "shown" if not gone else "partly shown" if there else "not shown"
    return state, f"Searched: {', '.join(there) or 'none of them'}." + (f" Not searched: {', '.join(gone)}." if gone else "")


def _kind(found: Sequence[SourcePlan], word: str) -> tuple[Shown, str]:
    names = [s.name for s in found]
    return ("shown", f"{', '.join(names)}.") if names else ("not shown", f"No {word} is on record.")


def _limits(protocol: Protocol) -> tuple[Shown, str]:
    n = sum(len(s.limits) for s in protocol.sources)
    return "shown", f"{n} limits are on record, each with its reason." if n else "No limit is on record beyond what the strategies say."


def _documented(protocol: Protocol, searches: Sequence[Search]) -> tuple[Shown, str]:
    if not searches:
        return "not reached", "Nothing has been searched yet."
    written = {s.id: bool(s.strategy or s.note) for s in protocol.sources}
    whole = [x for x in searches if (x.query or written.get(x.source)) and x.files]
    state: Shown = "shown" if len(whole) == len(searches) else "partly shown" if whole else "not shown"
    return state, f"{len(whole)} of {len(searches)} searches have their strategy or steps, date, count and the results as they came."


def _incorporated(material: Material, dates: dict[str, str]) -> tuple[Shown, str]:
    newest = max(dates.values(), default="")
    if not newest:
        return "not reached", "Nothing has been searched yet."
    records = material.records.rows
    fresh = set(records.filter(records["searched"] == newest)["report"])
    unfinished = ({o.report for o in p.begun if not o.finished} - p.not_retrieved.keys() for p in material.phases)
    waiting = len(fresh.intersection(chain(*unfinished, *(p.unread for p in material.phases))))
    if waiting:
        return "not shown", f"{waiting:,} of {len(fresh):,} reports of the search of {newest} await a decision."
    return "shown", f"All {len(fresh):,} reports of the search of {newest} are decided on."


def _usable(protocol: Protocol) -> tuple[Shown, str]:
    bad = [r for r in protocol.reasons("full-text") if _UNUSABLE.search(r)]
    return (
        ("not shown", f"Reason for exclusion to look at: {'; '.join(bad)}.")
        if bad
        else ("shown", "No reason for exclusion is of that kind.")
    )


def _collated(material: Material) -> tuple[Shown, str]:
    reports = included(material)
    if not reports:
        return "not reached", "No report is included yet."
    linked = [s for s in material.extraction.studies if s.linked]
    if not linked:
        return "not shown", "Nobody has linked reports to studies; each report counts as a study of its own."
    told = len({r for s in linked for r in s.reports})
    return (
        "shown",
        f"{told:,} of {counted(len(reports), 'included report')} {are(told)} linked to {counted(len(linked), 'study')}; the rest count as studies of their own.",
    )


def _pilot(protocol: Protocol) -> tuple[Shown, str]:
    n = protocol.extraction.pilot
    return (
        ("partly shown", f"A pilot of {n} is planned; the record does not tell its answers apart.")
        if n
        else ("not shown", "No pilot is planned.")
    )


def _located(material: Material) -> tuple[Shown, str]:
    values = [c.stands for c in material.extraction.cells if c.stands and c.stands.value]
    placed = sum(bool(v.locator and v.quote) for v in values)
    if not values:
        return "not reached", "Nothing has been extracted yet."
    state: Shown = "shown" if placed == len(values) else "partly shown" if placed else "not shown"
    return state, f"{placed:,} of {len(values):,} extracted values have a quote and its place."
