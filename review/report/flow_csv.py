"""The flow as the R package PRISMA2020 and its web app read it: 34 rows, and a link that fills the app in.

What the package does with a row was found by running it (v1.1.4): rows are found by regular expression on the first column,
so no key of ours may hold another; signs and points are dropped from numbers; a list splits at ';' and each item at its
first ','; an ASCII apostrophe ends the label; blanks become "NA"; `previous_*` and `total_*_ma` must be 0 when not used, and an
unused list of sources must keep its placeholder.
"""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

from review.model.flow import Counts, Flow, total
from review.report.prisma_keys import KEYS, LISTS, PLACEHOLDERS

COLUMNS = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")
APP = "https://estech.shinyapps.io/prisma_flowdiagram/"
_SAFE = str.maketrans({"'": "’", "`": "’", ";": " /", "\\": "/", "\r": " ", "\n": " ", "\t": " "})


def values(flow: Flow) -> dict[str, int | str]:
    """key -> number, or list as text. Every key of the file has one."""
    kinds = dict(flow.other_kinds)
    websites, citations = kinds.pop("website", 0), kinds.pop("citation", 0)
    main, other, before = flow.main, flow.other, flow.previous
    pooled = flow.pooled or (0, 0)
    return {
        "previous_studies": before.studies if before else 0,
        "previous_reports": before.reports if before else 0,
        "database_results": total(flow.databases),
        "database_specific_results": listed(flow.databases) or PLACEHOLDERS["database_specific_results"],
        "register_results": total(flow.registers),
        "register_specific_results": listed(flow.registers) or PLACEHOLDERS["register_specific_results"],
        "website_results": websites,
        "organisation_results": total(other.identified) - websites - citations,
        "citations_results": citations,
        "duplicates": main.duplicates,
        "excluded_automatic": main.removed_by_automation,
        # The file has no row for records that nobody screened, once screening was stopped for good.
        "excluded_other": main.removed_otherwise + (0 if flow.interim else main.unscreened),
        "records_screened": main.screened,
        "records_excluded": main.excluded,
        "dbr_sought_reports": main.sought,
        "dbr_notretrieved_reports": main.not_retrieved,
        "other_sought_reports": other.sought,
        "other_notretrieved_reports": other.not_retrieved,
        "dbr_assessed": main.assessed,
        "dbr_excluded": listed(main.reasons) or "0",
        "other_assessed": other.assessed,
        "other_excluded": listed(other.reasons) or "0",
        "new_studies": flow.included_studies,
        "new_reports": flow.included_reports,
        "total_studies": flow.total_studies,
        "total_reports": flow.total_reports,
        "total_studies_ma": pooled[0],
        "total_reports_ma": pooled[1],
    }


def listed(counts: Counts) -> str:
    """Names and numbers as one cell."""
    return "; ".join(f"{plain(name)}, {n}" for name, n in counts)


def plain(text: str) -> str:
    """A name that the package can't take for two: no comma, semicolon, apostrophe or line break."""
    return " ".join(text.replace(", ", " – ").replace(",", " – ").translate(_SAFE).split())


def write(flow: Flow, notice: str = "") -> str:
    """The file, in the package's own layout. An interim flow says so in the title of its arm, which the package prints.

    notice: the review's, in a column after the last, which the package passes over.
    """
    more = (notice,) if notice else ()
    found, text = values(flow), io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    rows.writerow((*COLUMNS, *(["notice"] if notice else ())))
    for key in KEYS:
        words = _boxtext(flow, key.name, key.box, key.text)
        rows.writerow(
            (key.name or "NA", key.node or "NA", key.box, words, words, words if key.node else "NA", "NA", found.get(key.name, 0), *more)
        )
    return text.getvalue()


def _boxtext(flow: Flow, key: str, box: str, text: str) -> str:
    if box == "newstud":
        text = text if flow.previous else text.replace("new studies", "studies")
        return f"{text} (INTERIM)" if flow.interim else text
    if box == "othstud" and not flow.previous:
        return text.replace("new studies", "studies")
    if key == "organisation_results" and {k for k, _ in flow.other_kinds} - {"website", "citation", "organisation"}:
        return "Organisations / contacts / other sources"
    if key == "new_studies" and not flow.previous:
        return "Studies included in review"
    if key == "new_reports" and not flow.previous:
        return "Reports of included studies"
    return text


def link(flow: Flow) -> str:
    """The address of the web app, filled in with the flow."""
    switches = {
        "previous": flow.previous is not None,
        "other": flow.has_other,
        "dbDetail": bool(flow.databases),
        "regDetail": bool(flow.registers),
        "metaAnalysis": flow.pooled is not None,
    }
    numbers = {k: v for k, v in values(flow).items() if k not in LISTS or v not in PLACEHOLDERS.values()}
    return f"{APP}?{urlencode(numbers | {name: int(on) for name, on in switches.items()})}"
