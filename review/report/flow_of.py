"""A published flow as a Flow of our own, so that it can be drawn."""

from __future__ import annotations

from review.errors import FlowError
from review.model.flow import Arm, Counts, Flow, Previous, total
from review.report.flow_check import check
from review.report.published import Published

KINDS = {"website_results": ("Websites", "website"), "organisation_results": ("Organisations", "organisation"),
         "citations_results": ("Citation searching", "citation"), "other_results": ("Other methods", "other")}  # fmt: skip


def flow_of(published: Published) -> Flow:
    """Raises FlowError where an identity fails; what needs an explanation becomes a footnote that says so."""
    findings = check(published)
    if failed := [f.text for f in findings if f.state == "fails"]:
        raise FlowError("The flow does not add up:\n  " + "\n  ".join(failed), "Mend the numbers: review flow check FILE")
    n = published.numbers
    databases = _counts(published, "database_specific_results", "database_results", "All databases")
    registers = _counts(published, "register_specific_results", "register_results", "All registers")
    others = tuple((name, n[key]) for key, (name, _) in KINDS.items() if n.get(key))
    own_arm = any(n.get(k) for k in ("other_sought_reports", "other_assessed"))
    if others and not own_arm:  # PRISMA 2009: screened with the rest
        databases += others
    main = _main(published, databases + registers)
    other = _other(published, others) if own_arm else Arm()
    more = n.get("more_reports_of_previous", 0)
    studies = n.get("new_studies", n.get("new_reports", 0))
    previous = (
        Previous(
            studies=n.get("previous_studies", 0), reports=n.get("previous_reports", 0), more_reports=more,
            removed_studies=n.get("removed_studies", 0), removed_reports=n.get("removed_reports", 0),
        )
        if n.get("previous_studies") or n.get("previous_reports")
        else None
    )  # fmt: skip
    reports = n.get("new_reports") or main.included + other.included - more
    pooled = (n["total_studies_ma"], n.get("total_reports_ma", n["total_studies_ma"])) if n.get("total_studies_ma") else None
    return Flow(
        databases=databases, registers=registers, main=main, other=other, included_studies=studies, included_reports=reports, previous=previous,
        pooled=pooled, other_kinds=tuple((kind, n[key]) for key, (_, kind) in KINDS.items() if n.get(key) and own_arm),
        footnotes=tuple(f.text for f in findings if f.state in ("explain", "missing")),
    )  # fmt: skip


def _counts(published: Published, key: str, total_key: str, name: str) -> Counts:
    """The numbers of a list; where they are not all there, their total under one name."""
    each = tuple((label, count or 0) for label, count in published.lists.get(key, ()))
    value = published.numbers.get(total_key, total(each))
    return each if total(each) == value and each else ((name, value),) if value else ()


def _main(published: Published, sources: Counts) -> Arm:
    n = published.numbers
    excluded = n.get("records_excluded", 0)
    screened = n.get("records_screened", total(sources))
    removed = {k: n.get(k, 0) for k in ("duplicates", "excluded_automatic", "excluded_other")}
    if not any(removed.values()):
        removed["excluded_other"] = total(sources) - screened
    assessed, lost = n.get("dbr_assessed", 0), n.get("dbr_notretrieved_reports", 0)
    sought = n.get("dbr_sought_reports", assessed + lost)
    reasons = _counts(published, "dbr_excluded", "dbr_excluded_total", "Reason not given")
    return Arm(
        identified=sources, duplicates=removed["duplicates"], removed_by_automation=removed["excluded_automatic"],
        removed_otherwise=removed["excluded_other"], screened=screened, excluded=excluded,
        excluded_by_automation=n.get("excluded_by_automation", 0), joined=screened - excluded - sought, sought=sought,
        not_retrieved=lost, assessed=assessed, reasons=reasons, included=assessed - total(reasons),
    )  # fmt: skip


def _other(published: Published, sources: Counts) -> Arm:
    n = published.numbers
    sought, lost = n.get("other_sought_reports", 0), n.get("other_notretrieved_reports", 0)
    assessed = n.get("other_assessed", sought - lost)
    reasons = _counts(published, "other_excluded", "other_excluded_total", "Reason not given")
    return Arm(
        identified=sources, removed_otherwise=total(sources) - sought, screened=sought, sought=sought,
        not_retrieved=lost, assessed=assessed, reasons=reasons, included=assessed - total(reasons),
    )  # fmt: skip
