"""Does a published flow add up? Each identity as a sentence that can be sent to its author.

Identities: PRISMA 2020 (Page et al., BMJ 2021;372:n71, figure 1 and box 1). Records turn into reports at retrieval, and
reports into studies at the end, so that equality there is the rule and not a law: such a break asks for an explanation.
The same table may follow PRISMA 2009, whose other sources join the records before they are screened.
"""

from __future__ import annotations

from collections.abc import Iterable

from review.report import flow_records, flow_reports
from review.report.flow_sums import Finding, Sums
from review.report.published import Published

DATABASES, OTHER = "databases and registers", "other methods"


def check(flow: Published) -> tuple[Finding, ...]:
    """Every identity that can be put to the flow, in the order of the diagram."""
    s = Sums(flow)
    flow_records.unread(s)
    flow_records.screening(s)
    flow_records.excluded_records(s)
    flow_records.retrieval(s)
    main = flow_reports.arm(s, "dbr", DATABASES, "F07", "F08")
    flow_reports.other_identified(s)
    other = flow_reports.arm(s, "other", OTHER, "F11", "F12") if s.other_arm else 0
    flow_reports.included(s, main, other)
    flow_reports.totals(s)
    return tuple(sorted(s.found, key=lambda f: f.id))  # of one identity, in the order in which they were found


def wrong(findings: Iterable[Finding]) -> list[Finding]:
    """Those that somebody has to mend or explain."""
    return [f for f in findings if f.state in ("fails", "explain")]
