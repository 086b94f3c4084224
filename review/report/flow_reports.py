"""Identities of a published flow, from retrieval to what is included: they count reports, then studies."""

from __future__ import annotations

from review.model.words import are, were
from review.model.words import counted as say
from review.report.flow_cells import Items
from review.report.flow_sums import Sums, off


def arm(s: Sums, prefix: str, where: str, retrieval: str, assessment: str) -> int | None:
    """How many reports an arm leads to; None where that can't be told."""
    n = s.flow.n
    sought, lost, assessed = n(f"{prefix}_sought_reports"), n(f"{prefix}_notretrieved_reports"), n(f"{prefix}_assessed")
    if sought is not None and assessed is not None:
        told = f"{where.capitalize()}: {say(sought, 'report')} sought − {lost or 0:,} not retrieved = {sought - (lost or 0):,}"
        if sought - (lost or 0) == assessed:
            s.add(retrieval, "holds", f"{told} assessed.")
        elif lost is None and assessed < sought:
            s.add(retrieval, "missing", f"{where.capitalize()}: {say(sought, 'report')} sought and {assessed:,} assessed; the number not retrieved is not given, and {sought - assessed:,} {are(sought - assessed)} not accounted for.")  # fmt: skip
        else:
            gap = sought - (lost or 0) - assessed
            off = f"{say(gap, 'report')} {are(gap)} not accounted for" if gap > 0 else f"{-gap:,} more {were(-gap)} assessed than retrieved"  # fmt: skip
            s.add(retrieval, "fails", f"{told}, but {assessed:,} are given as assessed: {off}.")
    excluded = _excluded_reports(s, prefix, where)
    if assessed is None:
        if excluded is not None and sought is not None and excluded > sought:
            s.add(assessment, "fails", f"{where.capitalize()}: {say(excluded, 'report')} excluded, more than the {sought:,} sought.")
        return None
    if excluded is None:
        return None
    if assessed < excluded:
        s.add(assessment, "fails", f"{where.capitalize()}: {say(excluded, 'report')} excluded, more than the {assessed:,} assessed.")
    return assessed - excluded


def _excluded_reports(s: Sums, prefix: str, where: str) -> int | None:
    items: Items = s.flow.lists.get(f"{prefix}_excluded", ())
    total = s.flow.n(f"{prefix}_excluded_total")
    if not items:
        return total
    bare = [name for name, n in items if n is None]
    each = sum(n for _, n in items if n is not None)
    if bare:
        s.add("F09", "explain", f"{where.capitalize()}: no number is given for the reason{'s' if len(bare) > 1 else ''} {'; '.join(f'‘{b}’' for b in bare)}. A comma or semicolon within a reason would do that.")  # fmt: skip
        return total
    repeated = sorted({name for name, _ in items if [x.casefold() for x, _ in items].count(name.casefold()) > 1})
    if repeated:
        s.add("F09", "explain", f"{where.capitalize()}: the reason ‘{repeated[0]}’ is given more than once; each report has one primary reason.")  # fmt: skip
    if total is not None and total != each:
        words = " + ".join(f"{name} {n:,}" for name, n in items)
        s.add("F09", "fails", f"{where.capitalize()}: the reasons add up to {each:,} ({words}), but {say(total, 'report')} {are(total)} given as excluded ({off(each, total)}). Each excluded report has one primary reason.")  # fmt: skip
        return total
    if total is not None:
        s.add("F09", "holds", f"{where.capitalize()}: the {say(len(items), 'reason')} add up to the {total:,} excluded.")
    return each if total is None else total


def other_identified(s: Sums) -> None:
    sought, removed = s.flow.n("other_sought_reports"), s.flow.n("other_removed") or 0
    if not s.other_arm or s.other is None:
        if s.other and s.flow.defaults and not s.merged and not s.other_arm and sought is not None:
            s.add("F10", "explain", f"Other methods identified {say(s.other, 'record')}, and the diagram does not follow {'it' if s.other == 1 else 'them'}: it gives no report sought, assessed or excluded.")  # fmt: skip
        return None
    if sought is None:
        return s.add("F10", "unknown", f"Other methods: {say(s.other, 'record')} identified; the number of reports sought is not given.")
    if s.other - removed == sought:
        return s.add("F10", "holds", f"Other methods: {s.other:,} identified{f' − {removed:,} removed' if removed else ''} = {say(sought, 'report')} sought.")  # fmt: skip
    gap = s.other - removed - sought
    why = (
        f"the template has no box for the {gap:,} left out before retrieval (duplicates of the databases, or plainly irrelevant): a note must say what they were"
        if gap > 0
        else f"{-gap:,} more {were(-gap)} sought than were identified"
    )
    return s.add("F10", "explain" if gap > 0 else "fails", f"Other methods: {say(s.other, 'record')} identified, {say(sought, 'report')} sought: {why}.")  # fmt: skip


def included(s: Sums, main: int | None, other: int | None) -> None:
    n = s.flow.n
    studies, reports = n("new_studies"), n("new_reports")
    if studies is None and reports is None:
        studies, reports = n("total_studies"), n("total_reports")
        if n("previous_studies") or (s.flow.defaults and not studies and not reports):
            studies = reports = None
    if unsaid := s.flow.defaults and reports == 0 and bool(studies):
        s.add("F14", "explain", f"{say(studies or 0, 'study')} included, but 0 reports: every study has at least one report.")
        reports = None
    more = n("more_reports_of_previous") or 0
    if studies is not None and reports is not None:
        if studies > reports:
            s.add("F14", "explain", f"{say(studies, 'study')} from {say(reports, 'report')}: possible only if a report tells of several studies, which a note must say.")  # fmt: skip
        elif (studies == 0) != (reports == 0):
            s.add("F14", "fails", f"{say(studies, 'study')} can’t come from {say(reports, 'report')}.")
        else:
            s.add("F14", "holds", f"{say(studies, 'study')} in {say(reports, 'report')}.")
    assessed = n("dbr_assessed")
    ends = reports if reports is not None else studies
    if main is None or other is None:
        _open_end(s, assessed, ends)
        return
    left = main + other
    words = f"{say(assessed or 0, 'report')} assessed − {(assessed or 0) - main:,} excluded"
    words += f", and {n('other_assessed') or 0:,} − {(n('other_assessed') or 0) - other:,} by other methods," if s.other_arm else ""
    told = f"{words} = {left:,}"
    if ends is None:
        s.add("F13", "unknown", f"{told}; the number included is not given.")
        return
    late = (s.other or 0) if not s.other_arm and not s.merged and s.identified is not None else 0
    if reports is not None:
        want = reports + more
        if left == want:
            s.add("F13", "holds", f"{told} reports included{f', {more:,} of them of studies that were included before' if more else ''}.")  # fmt: skip
        elif left < want <= left + late:
            s.add("F13", "explain", f"{told}, but {say(want, 'report')} {are(want)} given as included: {want - left:,} may have come by other methods, whose path the diagram does not show.")  # fmt: skip
        else:
            s.add("F13", "fails", f"{told}, but {say(want, 'report')} {are(want)} given as included ({off(left, want)}).")
        return
    assert studies is not None
    if studies == left:
        s.add("F13", "holds", f"{told} included; the diagram gives studies only, not reports.")
    elif studies == 0 or left == 0:
        s.add("F13", "fails", f"{told}, but {say(studies, 'study')} {are(studies)} given as included.")
    elif studies < left:
        if not unsaid:
            s.add("F14", "explain", f"{told} reports, but {say(studies, 'study')}: if several reports tell of one study, the diagram must give both numbers (studies, and reports of included studies).")  # fmt: skip
    elif studies <= left + late:
        s.add("F13", "explain", f"{told}, but {say(studies, 'study')} {are(studies)} given as included: {studies - left:,} may have come by other methods, whose path the diagram does not show.")  # fmt: skip
    else:
        s.add("F13", "fails", f"{told}, but {say(studies, 'study')} {are(studies)} given as included ({off(left, studies)}).")


def _open_end(s: Sums, assessed: int | None, ends: int | None) -> None:
    if ends is None:
        if assessed is not None:
            s.add("F13", "unknown", f"{say(assessed, 'report')} assessed; neither the number excluded nor the number included is given.")  # fmt: skip
        return
    other = s.flow.n("other_assessed") or 0
    limit = next((v for v in (assessed, s.flow.n("dbr_sought_reports"), s.flow.n("records_screened"), s.identified) if v is not None), None)  # fmt: skip
    if limit is None:
        s.add("F13", "unknown", f"{ends:,} included; the numbers before it are not given.")
    elif ends > limit + max(other, s.other or 0):
        s.add("F13", "fails", f"{ends:,} are given as included, more than the {limit:,} before them.")
    elif assessed is not None and ends < assessed + other:
        s.add("F13", "missing", f"{say(assessed + other, 'report')} assessed and {ends:,} included; the number excluded, with reasons, is not given for all of the {assessed + other - ends:,}.")  # fmt: skip
    else:
        s.add("F13", "unknown", f"{ends:,} included; the reports assessed or excluded are not given, so it can’t be derived.")


def totals(s: Sums) -> None:
    n = s.flow.n
    update = bool(n("previous_studies") or n("previous_reports"))
    for unit, rule in (("studies", "F15"), ("reports", "F16")):
        before, new, total = n(f"previous_{unit}"), n(f"new_{unit}"), n(f"total_{unit}")
        gone = n(f"removed_{unit}") or 0
        more = (n("more_reports_of_previous") or 0) if unit == "reports" else 0
        if total is None or new is None:
            continue
        if not update:
            if total != new and (total or not s.flow.defaults):
                s.add("F17", "fails", f"A new review has no previous {unit}, so the total is the number of new ones; {new:,} and {total:,} are given.")  # fmt: skip
            continue
        told = (
            f"{before or 0:,} previous + {new + more:,} new{f' − {gone:,} removed' if gone else ''} = {(before or 0) + new + more - gone:,}"
        )
        if (before or 0) + new + more - gone == total:
            s.add(rule, "holds", f"{told} {unit} in total.")
        else:
            s.add(rule, "fails", f"{told}, but {total:,} {unit} are given in total ({off((before or 0) + new + more - gone, total)}). If {unit} of the previous version were removed, a note must say so.")  # fmt: skip
    for unit in ("studies", "reports"):
        pooled = n(f"total_{unit}_ma")
        whole = n(f"total_{unit}") or n(f"new_{unit}")
        if pooled and whole is not None and pooled > whole:
            s.add("F18", "fails", f"{pooled:,} {unit} in the meta-analysis, more than the {whole:,} included.")
        elif pooled and whole is not None:
            s.add("F18", "holds", f"{pooled:,} of {whole:,} {unit} are in the meta-analysis.")
