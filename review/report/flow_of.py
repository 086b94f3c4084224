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

    def counts(key: str, total_key: str, name: str) -> Counts:
        items = published.lists.get(key, ())
        each = tuple((label, count or 0) for label, count in items)
        value = n.get(total_key, total(each))
        return each if total(each) == value and each else ((name, value),) if value else ()

    databases = counts("database_specific_results", "database_results", "All databases")
    registers = counts("register_specific_results", "register_results", "All registers")
    others = tuple((name, n[key]) for key, (name, _) in KINDS.items() if n.get(key))
    own_arm = any(n.get(k) for k in ("other_sought_reports", "other_assessed"))
    if others and not own_arm:  # PRISMA 2009: screened with the rest
        databases += others
        others = ()
    excluded = n.get("records_excluded", 0)
    identified = total(databases) + total(registers)
    screened = n.get("records_screened", identified)
    removed = {k: n.get(k, 0) for k in ("duplicates", "excluded_automatic", "excluded_other")}
    if not any(removed.values()):
        removed["excluded_other"] = identified - screened
    assessed = n.get("dbr_assessed", 0)
    lost = n.get("dbr_notretrieved_reports", 0)
    sought = n.get("dbr_sought_reports", assessed + lost)
    reasons = counts("dbr_excluded", "dbr_excluded_total", "Reason not given")
    main = Arm(
        identified=databases + registers, duplicates=removed["duplicates"], removed_by_automation=removed["excluded_automatic"],
        removed_otherwise=removed["excluded_other"], screened=screened, excluded=excluded,
        excluded_by_automation=n.get("excluded_by_automation", 0), joined=screened - excluded - sought, sought=sought,
        not_retrieved=lost, assessed=assessed, reasons=reasons, included=assessed - total(reasons),
    )  # fmt: skip
    other = Arm()
    if own_arm:
        other_sought, other_lost = n.get("other_sought_reports", 0), n.get("other_notretrieved_reports", 0)
        other_reasons = counts("other_excluded", "other_excluded_total", "Reason not given")
        other_assessed = n.get("other_assessed", other_sought - other_lost)
        other = Arm(
            identified=others, removed_otherwise=total(others) - other_sought, screened=other_sought, sought=other_sought,
            not_retrieved=other_lost, assessed=other_assessed, reasons=other_reasons, included=other_assessed - total(other_reasons),
        )  # fmt: skip
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
