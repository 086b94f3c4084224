"""The extraction stage: people's ledgers are its input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from review.extraction.cells import extract
from review.model.events import Event
from review.model.extraction import Extraction
from review.model.forms import plan_of, tools
from review.model.record import Report
from review.model.screening import PhaseResult
from review.model.study import studies
from review.model.words import counted, noun
from review.stage import Context, Result, Stage
from review.workspace import Workspace, digest_of


def inputs(workspace: Workspace) -> dict[str, str]:
    protocol = workspace.protocol
    return {
        "the protocol's extraction forms": digest_of(
            [
                protocol.extraction.model_dump(mode="json"),
                *([x.model_dump(mode="json") for x in xs] for xs in (protocol.appraisal, protocol.codebook)),
            ]
        ),
        "extraction answers": workspace.ledger_digest("extraction"),
        "the links of reports to studies": workspace.ledger_digest("studies"),
        "the full texts": digest_of([workspace.ledger_digest("fulltexts"), sorted(p.name for p in workspace.fulltexts.glob("*"))]),
    }


def included(phases: Sequence[PhaseResult]) -> list[str]:
    """The reports that the last phase includes, from what the screening stage saved."""
    return phases[-1].included if phases else []


def run(context: Context) -> Result:
    workspace, store = context.workspace, context.store
    plan = plan_of(workspace.protocol)
    ledgers: dict[str, list[Event]] = {}
    warnings = []
    named = {*plan.reviewers, plan.adjudicator}
    for who, ledger in workspace.ledgers("extraction"):
        state = ledger.read()
        ledgers[who] = [line.event for line in state.lines]
        if state.torn:
            warnings.append(f"{workspace.shown(ledger.path)}: the last line is torn and was left out; nothing else is lost")
        if who not in named:
            warnings.append(f"{workspace.shown(ledger.path)}: the protocol names no extractor '{who}'; these answers do not count")
    report_of = store.report_of()
    keys = included(store.phases())
    linked = studies(keys, workspace.shared_ledger("studies").events(), report_of)
    found = extract(plan, keys, report_of, ledgers, linked, tools(workspace.protocol))
    found = _checked(context, found)
    if absent := sum(q.state == "absent" for q in found.quotes):
        warnings.append(
            f"{counted(absent, 'quote')} could not be checked, since full texts are not on this machine: 'review doctor' counts them"
        )
    if again := sum(bool(c.again) for c in found.cells):
        fit = "does not fit the forms as they now are" if again == 1 else "do not fit the forms as they now are"
        warnings.append(f"{counted(again, 'answer')} {fit}: 'review extraction again' lists {'it' if again == 1 else 'them'}")
    planned = [f.question for f in plan.forms if f.question in tools(workspace.protocol)]
    if planned and found.cells and not any(c.question in planned for c in found.cells):
        people = " and ".join(f"'review appraise --as {who}'" for who, keys in found.unappraised if keys)
        warnings.append(f"the protocol plans to appraise with {', '.join(planned)}, and nobody has begun: {people}")
    store.save_result("extraction", found.to_json())
    return Result(
        digest=digest_of(found.to_json()),
        summary=_summary(found),
        waits=_waits(workspace, found),
        warnings=tuple(warnings),
    )


def _checked(context: Context, found: Extraction) -> Extraction:
    """With every quote that counts looked up in its document."""
    if not any(c.stands or c.answers for c in found.cells):
        return found
    from review.extraction.units import units
    from review.extraction.verifying import verify
    from review.fulltext.document import Document
    from review.fulltext.shelf import Shelf

    reports = context.store.reports()
    shelf = Shelf(context.workspace, reports)
    of = {s.key: s.reports for s in found.studies}

    def reading(unit: Report) -> Callable[[], Document | None]:
        return lambda: shelf.text_of(unit, of[unit.key]) if shelf.here(of[unit.key]) else None

    documents = {u.key: (shelf.named(u, of[u.key]), reading(u)) for u in units(found.studies, {r.key: r for r in reports})}
    checks, known = verify(found, documents, context.store.result("quotes").get("known", {}))
    context.store.save_result("quotes", {"known": known})
    return replace(found, quotes=tuple(checks))


def _summary(found: Extraction) -> str:
    states = Counter(c.state for c in found.cells)
    words = [f"{states[s]:,} {s}" for s in ("agreed", "settled", "differs", "single") if states[s]]
    reports = len({r for s in found.studies for r in s.reports})
    linked = f" of {counted(len(found.studies), 'study')}" if any(s.linked for s in found.studies) else ""
    checks = Counter(q.state for q in found.quotes)
    quotes = f"; quotes: {checks['verified']:,} of {len(found.quotes):,} verified" if found.quotes else ""
    return f"{counted(reports, 'report')}{linked}; fields: {', '.join(words) or 'none answered'}{quotes}"


def _waits(workspace: Workspace, found: Extraction) -> tuple[tuple[str, int, str, str], ...]:
    plan = workspace.protocol.extraction
    what = "study" if any(s.linked for s in found.studies) else "report"
    waits = [(who, len(keys), f"{noun(len(keys), what)} to extract", f"review extract --as {who}") for who, keys in found.left if keys]
    # Appraisal is asked for from the start (`run`), and waited for from its first judgement on; before that, the report says that
    # nothing was appraised.
    if {c.question for c in found.cells} & tools(workspace.protocol).keys():
        waits += [
            (who, len(keys), f"{noun(len(keys), what)} to appraise", f"review appraise --as {who}")
            for who, keys in found.unappraised
            if keys
        ]
    if n := sum(c.state == "differs" for c in found.cells):
        who = plan.adjudicator
        waits.append(
            (
                who or "an adjudicator",
                n,
                f"{noun(n, 'answer')} that {'differs' if n == 1 else 'differ'}",
                f"review consensus --as {who or 'NAME'}",
            )
        )
    return tuple(waits)


STAGE = Stage("extraction", 4, ("dedup", "screening"), inputs, run)
