"""Extensions, where the protocol asks for them: SWiM for effects without meta-analysis, ENTREQ for qualitative evidence,
PRISMA-E where equity is looked at.

SWiM: Campbell et al., BMJ 2020;368:l6890 (9 items). ENTREQ: Tong et al., BMC Med Res Methodol 2012;12:181 (21 items).
PRISMA-E: Welch et al., PLoS Med 2012;9:e1001333 (20 items). Item numbers are theirs, the words are ours.
"""

from __future__ import annotations

from review.model.words import are, counted
from review.report.checklists import Answer, Checklist, Facts, Row, asked, derived, undone

QUALITATIVE = ("thematic", "framework", "meta-aggregation")


def extensions(f: Facts) -> tuple[Checklist, ...]:
    """Those that the protocol's syntheses and questions call for, in a fixed order."""
    p = f.protocol
    approaches = {s.approach for s in p.synthesis}
    frames = {q.frame for q in p.questions}
    found = []
    if approaches & set(QUALITATIVE) or (not p.synthesis and frames & {"PICo", "SPIDER", "PerSPECTiF"}):
        found.append(entreq(f))
    if "SWiM" in approaches:
        found.append(swim(f))
    if any(q.equity for q in p.questions):
        found.append(equity(f))
    return tuple(found)


def _list(id_: str, title: str, source: str, section: str, rows: list[tuple[str, str, Answer]]) -> Checklist:
    return Checklist(id_, title, source, tuple(Row(n, section, topic, *answer) for n, topic, answer in rows))


def _protocol(f: Facts, approach: tuple[str, ...], field: str) -> Answer:
    said = [f"{s.question}: {getattr(s, field)}" for s in f.protocol.synthesis if s.approach in approach and getattr(s, field)]
    return derived("synthesis", "; ".join(said) + ".") if said else asked(f"To be written in the protocol: synthesis.{field}.")


def swim(f: Facts) -> Checklist:
    way = ("SWiM",)
    certainty = [f"{c.question}: {c.approach}" for c in f.protocol.certainty]
    rows: list[tuple[str, str, Answer]] = [
        ("1", "Grouping of studies", _protocol(f, way, "groups")),
        ("2", "Standardised metric and transformations", _protocol(f, way, "metric")),
        ("3", "Synthesis methods", _protocol(f, way, "method")),
        ("4", "Criteria to prioritise results", asked("Which results were put first, and why.")),
        ("5", "Investigation of heterogeneity", _protocol(f, way, "heterogeneity")),
        ("6", "Certainty of evidence", derived("synthesis", "; ".join(certainty) + ".") if certainty else asked("How certainty is assessed: certainty in the protocol.")),
        ("7", "Presentation of data", derived("evidence", "In the evidence tables, in alphabetical order of the reports.")),
        ("8", "Reporting of results", asked("For each comparison and outcome: the result, and which studies contribute.")),
        ("9", "Limitations of the synthesis", asked("What the synthesis can’t tell, for want of a meta-analysis.")),
    ]  # fmt: skip
    return _list("swim", "SWiM", "Campbell M, et al. BMJ 2020;368:l6890", "Synthesis", rows)


def entreq(f: Facts) -> Checklist:
    p = f.protocol
    approach = [f"{s.question}: {s.approach}" for s in p.synthesis if s.approach in QUALITATIVE]
    found = f.flow.main.screened + f.flow.other.screened
    peers = p.search.peer_review
    quotes = (
        derived("evidence", "Each extracted value stands with its quote and place.")
        if f.extracted
        else undone("Nothing has been extracted yet.")
    )
    appraisal = (
        derived("appraisal", "; ".join(f"{t.id} for {t.applies_to}" for t in p.appraisal) + ".")
        if p.appraisal
        else undone("No appraisal is planned.")
    )
    people = f"{p.extraction.votes} extractors for each report, of {len(p.extraction.reviewers)} in the team."
    rows: list[tuple[str, str, Answer]] = [
        ("1", "Aim", derived("questions", f"{len(p.questions)} questions.")),
        ("2", "Synthesis methodology", derived("synthesis", "; ".join(approach) + ".") if approach else asked("The methodology and its reasons: synthesis.approach in the protocol.")),
        ("3", "Approach to searching", derived("sources", f"Planned beforehand: {len(p.sources)} sources; the strategies are fixed by the lock.") if p.lock else asked("Whether the search was planned beforehand or iterative.")),
        ("4", "Inclusion criteria", derived("criteria", f"{len(p.eligibility.criteria)} criteria.")),
        ("5", "Data sources", derived("sources", "; ".join(f"{s.name}{f' ({s.coverage})' if s.coverage else ''}" for s in p.sources) + ".")),
        ("6", "Electronic search strategy", derived("strategies", "In full, for each source." + (f" Peer review: {peers}" if peers else ""))),
        ("7", "Study screening methods", derived("selection", " ".join(f.selection)) if f.selection else undone("Nothing has been screened yet.")),
        ("8", "Study characteristics", derived("characteristics", f"{f.extracted:,} included studies have extracted characteristics.") if f.extracted else undone("Nothing has been extracted yet.")),
        ("9", "Study selection results", derived("flow", f"{counted(found, 'record')} screened, {counted(f.excluded, 'report')} excluded on full text with reasons, {f.flow.included_reports:,} included.")),
        ("10", "Rationale for appraisal", asked("Why and how the studies were appraised.")),
        ("11", "Appraisal items", appraisal),
        ("12", "Appraisal process", derived("appraisal", f"{max(t.votes for t in p.appraisal)} assessors planned.") if p.appraisal else undone("No appraisal is planned.")),
        ("13", "Appraisal results", derived("judged", f"{counted(f.appraised, 'study')} {are(f.appraised)} appraised.") if f.appraised else undone("No appraisal is on record.")),
        ("14", "Data extraction", derived("collection", f.predicate("dual-extraction"))),
        ("15", "Software", derived("availability", "This program, in the version named at the end of the report.")),
        ("16", "Number of reviewers", derived("collection", people)),
        ("17", "Coding", asked("How lines of text were coded.")),
        ("18", "Study comparison", asked("How studies were compared.")),
        ("19", "Derivation of themes", asked("Whether themes were inductive or deductive.")),
        ("20", "Quotations", quotes),
        ("21", "Synthesis output", asked("New insight beyond the studies: models, theory, lines of argument.")),
    ]  # fmt: skip
    return _list("entreq", "ENTREQ", "Tong A, et al. BMC Med Res Methodol 2012;12:181", "Qualitative synthesis", rows)


def equity(f: Facts) -> Checklist:
    p = f.protocol
    named = [f"{q.id}: {', '.join(q.equity)}" for q in p.questions if q.equity]
    dims = derived("questions", "; ".join(named) + ".")
    in_title = any(w in p.review.title.casefold() for w in ("equit", "inequal", "dispar"))
    aimed = [q.id for q in p.questions if any(w in q.text.casefold() for w in ("equit", "inequal", "dispar"))]
    rows: list[tuple[str, str, Answer]] = [
        ("1", "Equity in the title", derived("title", "The title names equity.") if in_title else asked("The title does not say that equity is a focus, if it is one.", "title")),
        ("2", "Question on equity in the abstract", derived("abstract", f"{', '.join(aimed)}.") if aimed else asked("Name the question on equity.")),
        ("2A", "Results of equity analyses in the abstract", asked("What was found on equity, in short.")),
        ("2B", "Applicability to disadvantaged groups in the abstract", asked("To whom it applies, in short.")),
        ("3", "Assumed mechanism", asked("How the intervention is thought to affect equity.")),
        ("3A", "Logic model", asked("A logic model, if one was made.")),
        ("4", "How disadvantage is defined", dims),
        ("4A", "Questions on equity", derived("questions", f"{', '.join(aimed)}.") if aimed else asked("The questions on equity.")),
        ("6", "Why these designs for equity", asked("Why these study designs can answer questions on equity.")),
        ("6A", "Why these outcomes for equity", asked("Why these outcomes bear on equity.")),
        ("7", "Sources for equity", asked("Sources that were searched for the sake of equity.")),
        ("8", "Search terms for equity", asked("Terms for equity in the strategies, or why there are none.")),
        ("11", "PROGRESS-Plus items", dims),
        ("14", "Synthesis of inequities", asked("Absolute and relative differences between groups.")),
        ("16", "Further analyses on equity", asked("Subgroups by disadvantage, if any.")),
        ("18", "Populations by PROGRESS-Plus", asked("Who the participants were, by these dimensions.")),
        ("21", "Results on inequities", asked("The results for each dimension.")),
        ("23", "Further results on equity", asked("What further analyses showed.")),
        ("26", "Applicability", asked("To which disadvantaged groups the results apply.")),
        ("26A", "Implications for equity", asked("Implications for research, practice and policy on equity.")),
    ]  # fmt: skip
    return _list("prisma-e", "PRISMA-E 2012", "Welch V, et al. PLoS Med 2012;9:e1001333", "Equity", rows)
