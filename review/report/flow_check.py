"""Does a published flow add up? Each identity as a sentence that can be sent to its author.

Identities: PRISMA 2020 (Page et al., BMJ 2021;372:n71, figure 1 and box 1). Records turn into reports at retrieval, and
reports into studies at the end, so that equality there is the rule and not a law: such a break asks for an explanation.
The same table may follow PRISMA 2009, whose other sources join the records before they are screened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from review.report.prisma_keys import WORDS
from review.report.published import Items, Published

State = Literal["fails", "explain", "missing", "holds", "unknown"]
DATABASES, OTHER = "databases and registers", "other methods"


@dataclass(frozen=True, slots=True)
class Finding:
    """id: F01–F18. state: fails (can't be right), explain (allowed only with an explanation), missing (a number is not given, so that what
    lies between two others can't be followed), holds, unknown (too little is given to tell)."""

    id: str
    state: State
    text: str


def check(flow: Published) -> tuple[Finding, ...]:
    """Every identity that can be put to the flow, in the order of the diagram."""
    return tuple(_Checker(flow).findings())


def wrong(findings: Iterable[Finding]) -> list[Finding]:
    """Those that somebody has to mend or explain."""
    return [f for f in findings if f.state in ("fails", "explain")]


def _say(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _were(n: int) -> str:
    return "was" if n == 1 else "were"


class _Checker:
    def __init__(self, flow: Published) -> None:
        self.flow = flow
        self.found: list[Finding] = []
        n = flow.n
        self.databases = self._total("database_results", "database_specific_results", "F02")
        self.registers = self._total("register_results", "register_specific_results", "F03")
        self.other = self._sum([n(k) for k in ("website_results", "organisation_results", "citations_results", "other_results")])
        self.removed = n("removed")
        parts = [n(k) for k in ("duplicates", "excluded_automatic", "excluded_other")]
        if self.removed is None:
            self.removed = self._sum(parts)
        elif None not in parts and self._sum(parts) != self.removed:
            self._add("F04", "fails", f"{self.removed:,} records are given as removed before screening, but the reasons add up to {self._sum(parts):,}.")  # fmt: skip
        self.identified = self._sum([self.databases, self.registers])
        self.other_arm = any(n(k) for k in ("other_sought_reports", "other_assessed"))  # the other methods have boxes of their own
        self.merged = False  # whether records of other methods were screened with those of databases

    def _add(self, rule: str, state: State, text: str) -> None:
        self.found.append(Finding(rule, state, text))

    @staticmethod
    def _sum(values: Iterable[int | None]) -> int | None:
        there = [v for v in values if v is not None]
        return sum(there) if there else None

    def _total(self, key: str, list_key: str, rule: str) -> int | None:
        """The number of a box, set beside the sum of its list; the sum where only the list is given."""
        total, items = self.flow.n(key), self.flow.lists.get(list_key)
        if not items:
            return total
        nameless = [name for name, n in items if n is None]
        each = sum(n for _, n in items if n is not None)
        if total is None:
            return each
        if nameless:
            self._add(rule, "missing", f"{WORDS[key]}: no number is given for {', '.join(nameless)}.")
        elif each != total and (each or not self.flow.defaults):
            words = " + ".join(f"{name} {n:,}" for name, n in items)
            self._add(rule, "fails", f"{WORDS[key]}: {words} = {each:,}, but {total:,} is given as their total ({_off(each, total)}).")
        elif each == total:
            self._add(rule, "holds", f"{WORDS[key]}: {' + '.join(f'{name} {n:,}' for name, n in items)} = {total:,}.")
        return total

    def findings(self) -> list[Finding]:
        self._unread()
        self._screening()
        self._excluded_records()
        self._retrieval()
        main = self._arm("dbr", DATABASES, "F07", "F08")
        self._other_identified()
        other = self._arm("other", OTHER, "F11", "F12") if self.other_arm else 0
        self._included(main, other)
        self._totals()
        order = {f"F{i:02}": i for i in range(1, 30)}
        return sorted(self.found, key=lambda f: order[f.id])

    def _unread(self) -> None:
        for key, text, why in self.flow.unread:
            self._add("F01", "fails", f"{WORDS.get(key, key)} ({key}): ‘{text.strip()}’ {why}.")

    # -- records ---------------------------------------------------------------------------------------------

    def _screening(self) -> None:
        n = self.flow.n
        screened, after = n("records_screened"), n("after_duplicates")
        everything = self._sum([self.identified, self.other])
        if after is not None and everything is not None and n("duplicates") is not None:
            options = {v for v in (self._less(self.identified, n("duplicates")), self._less(everything, n("duplicates"))) if v is not None}
            if after not in options:
                left = self._less(everything, n("duplicates"))
                self._add("F04", "fails", f"{everything:,} records identified − {n('duplicates'):,} duplicates = {left:,}, but {after:,} are given as left after duplicates were removed.")  # fmt: skip
        if screened is None:
            return self._add("F04", "unknown", "The number of records screened is not given.") if given_any(self.flow) else None
        if self.identified is None and everything is None:
            return self._add("F04", "unknown", "The number of records identified is not given, so the records screened can’t be derived.")
        if self.removed is None and after is not None:
            self.merged = not self.other_arm  # what is left after duplicates holds the records of other methods too
            own = both = self._less(after, self._sum([n("excluded_automatic"), n("excluded_other")]) or 0)
        else:
            own, both = self._less(self.identified, self.removed or 0), self._less(everything, self.removed or 0)
        start = self.identified if self.identified is not None else everything
        assert start is not None
        told = self._told_removal(start)
        if own == screened or (own is None and both == screened):
            return self._add("F04", "holds", f"{told} = {_say(screened, 'record')} screened.")
        if both == screened and self.other:
            self.merged = True
            if self.other_arm:
                return self._add("F04", "fails", f"{told} = {own:,}, but {screened:,} records are given as screened: that is right only if the {self.other:,} records of other methods were screened with them, yet the diagram follows those in an arm of their own, so they are counted twice.")  # fmt: skip
            return self._add("F04", "holds", f"{self._told_removal(everything or 0)} = {_say(screened, 'record')} screened; the {self.other:,} of other methods were screened with the rest.")  # fmt: skip
        expected = both if own is None else own
        assert expected is not None
        gap = expected - screened
        if self.removed is None and gap > 0:
            whole = (
                f" ({(everything or 0) - screened:,} with the {self.other:,} of other methods)"
                if self.other and self.identified is not None
                else ""
            )
            return self._add("F04", "missing", f"{_say(start, 'record')} {_were(start)} identified and {screened:,} screened, and no number is given for duplicates or other removals: what became of the {gap:,}{whole} is not said.")  # fmt: skip
        if gap > 0:
            lost = f"{_say(gap, 'record')} {_are(gap)} not accounted for between identification and screening"
        else:
            lost = f"{-gap:,} more {_were(-gap)} screened than were left"
        also = f" (with the {self.other:,} of other methods, {both:,})" if self.other and own is not None else ""
        return self._add("F04", "fails", f"{told} = {expected:,}{also}, but {screened:,} records are given as screened: {lost}.")

    def _told_removal(self, start: int) -> str:
        n = self.flow.n
        if self.removed is None and (after := n("after_duplicates")) is not None:
            return f"{_say(after, 'record')} left after duplicates were removed"
        parts = [("duplicates", n("duplicates")), ("marked by automation tools", n("excluded_automatic")), ("removed for other reasons", n("excluded_other"))]  # fmt: skip
        taken = [f" − {v:,} {word}" for word, v in parts if v] if n("removed") is None else [f" − {n('removed'):,} removed"]
        return f"{_say(start, 'record')} identified{''.join(taken)}"

    @staticmethod
    def _less(a: int | None, b: int | None) -> int | None:
        return None if a is None else a - (b or 0)

    def _excluded_records(self) -> None:
        n = self.flow.n
        human, machine, all_of = n("excluded_by_human"), n("excluded_by_automation"), n("records_excluded")
        if human is not None and machine is not None and all_of is not None:
            same = human + machine == all_of
            told = f"{human:,} records excluded by a human + {machine:,} by automation tools = {human + machine:,}"
            self._add("F05", "holds" if same else "fails", f"{told}." if same else f"{told}, but {all_of:,} are given as excluded.")

    def _retrieval(self) -> None:
        n = self.flow.n
        screened, excluded, sought = n("records_screened"), n("records_excluded"), n("dbr_sought_reports")
        word = "sought for retrieval"
        if sought is None and n("dbr_assessed") is not None:  # PRISMA 2009 goes from screening to full text
            sought, word = (n("dbr_assessed") or 0) + (n("dbr_notretrieved_reports") or 0), "assessed for eligibility"
        if screened is None or sought is None:
            return
        if excluded is None:
            if sought > screened + (self.other or 0):
                self._add("F06", "fails", f"{_say(sought, 'report')} {_were(sought)} {word}, more than the {screened:,} records screened.")
            elif sought != screened:
                self._add("F06", "unknown", f"{screened:,} records were screened and {sought:,} reports {word}; the number of records excluded is not given.")  # fmt: skip
            return
        kept = screened - excluded
        told = f"{screened:,} records screened − {excluded:,} excluded = {kept:,}"
        if kept < 0:
            self._add("F06", "fails", f"{excluded:,} records are given as excluded, more than the {screened:,} screened.")
        elif kept == sought:
            self._add("F06", "holds", f"{told} reports {word}.")
        elif self.other and not self.other_arm and not self.merged and kept + self.other == sought:
            self._add("F06", "holds", f"{told}, and with the {self.other:,} records of other methods {sought:,} reports {word}.")
        else:
            more = sought - kept
            why = (
                f"{more:,} more than records were kept: did one record lead to several reports, or did reports come from elsewhere"
                if more > 0
                else f"{_say(-more, 'record')} that {_were(-more)} kept {_are(-more)} missing: were they duplicates found late, or records of one report"
            )
            self._add("F06", "explain", f"{told}, but {sought:,} reports were {word}: {why}? The diagram needs a note that says so, or another number.")  # fmt: skip

    # -- reports ---------------------------------------------------------------------------------------------

    def _arm(self, prefix: str, where: str, retrieval: str, assessment: str) -> int | None:
        """How many reports an arm leads to; None where that can't be told."""
        n = self.flow.n
        sought, lost, assessed = n(f"{prefix}_sought_reports"), n(f"{prefix}_notretrieved_reports"), n(f"{prefix}_assessed")
        if sought is not None and assessed is not None:
            told = f"{where.capitalize()}: {_say(sought, 'report')} sought − {lost or 0:,} not retrieved = {sought - (lost or 0):,}"
            if sought - (lost or 0) == assessed:
                self._add(retrieval, "holds", f"{told} assessed.")
            elif lost is None and assessed < sought:
                self._add(retrieval, "missing", f"{where.capitalize()}: {_say(sought, 'report')} sought and {assessed:,} assessed; the number not retrieved is not given, and {sought - assessed:,} {_are(sought - assessed)} not accounted for.")  # fmt: skip
            else:
                gap = sought - (lost or 0) - assessed
                off = f"{_say(gap, 'report')} {_are(gap)} not accounted for" if gap > 0 else f"{-gap:,} more {_were(-gap)} assessed than retrieved"  # fmt: skip
                self._add(retrieval, "fails", f"{told}, but {assessed:,} are given as assessed: {off}.")
        excluded = self._excluded_reports(prefix, where, assessment)
        if assessed is None:
            if excluded is not None and sought is not None and excluded > sought:
                self._add(assessment, "fails", f"{where.capitalize()}: {excluded:,} reports excluded, more than the {sought:,} sought.")
            return None
        if excluded is None:
            return None
        if assessed < excluded:
            self._add(assessment, "fails", f"{where.capitalize()}: {excluded:,} reports excluded, more than the {assessed:,} assessed.")
        return assessed - excluded

    def _excluded_reports(self, prefix: str, where: str, rule: str) -> int | None:
        items: Items = self.flow.lists.get(f"{prefix}_excluded", ())
        total = self.flow.n(f"{prefix}_excluded_total")
        if not items:
            return total
        bare = [name for name, n in items if n is None]
        each = sum(n for _, n in items if n is not None)
        if bare:
            self._add("F09", "explain", f"{where.capitalize()}: no number is given for the reason{'s' if len(bare) > 1 else ''} {'; '.join(f'‘{b}’' for b in bare)}. A comma or semicolon within a reason would do that.")  # fmt: skip
            return total
        repeated = sorted({name for name, _ in items if [x.casefold() for x, _ in items].count(name.casefold()) > 1})
        if repeated:
            self._add("F09", "explain", f"{where.capitalize()}: the reason ‘{repeated[0]}’ is given more than once; each report has one primary reason.")  # fmt: skip
        if total is not None and total != each:
            words = " + ".join(f"{name} {n:,}" for name, n in items)
            self._add("F09", "fails", f"{where.capitalize()}: the reasons add up to {each:,} ({words}), but {total:,} reports are given as excluded ({_off(each, total)}). Each excluded report has one primary reason.")  # fmt: skip
            return total
        if total is not None:
            self._add("F09", "holds", f"{where.capitalize()}: the {_say(len(items), 'reason')} add up to the {total:,} excluded.")
        return each if total is None else total

    def _other_identified(self) -> None:
        sought, removed = self.flow.n("other_sought_reports"), self.flow.n("other_removed") or 0
        if not self.other_arm or self.other is None:
            if self.other and self.flow.defaults and not self.merged and not self.other_arm and sought is not None:
                self._add("F10", "explain", f"Other methods identified {_say(self.other, 'record')}, and the diagram does not follow {'it' if self.other == 1 else 'them'}: it gives no report sought, assessed or excluded.")  # fmt: skip
            return None
        if sought is None:
            return self._add(
                "F10", "unknown", f"Other methods: {self.other:,} records identified; the number of reports sought is not given."
            )
        if self.other - removed == sought:
            return self._add("F10", "holds", f"Other methods: {self.other:,} identified{f' − {removed:,} removed' if removed else ''} = {sought:,} reports sought.")  # fmt: skip
        gap = self.other - removed - sought
        why = (
            f"the template has no box for the {gap:,} left out before retrieval (duplicates of the databases, or plainly irrelevant): a note must say what they were"
            if gap > 0
            else f"{-gap:,} more {_were(-gap)} sought than were identified"
        )
        return self._add("F10", "explain" if gap > 0 else "fails", f"Other methods: {self.other:,} records identified, {sought:,} reports sought: {why}.")  # fmt: skip

    # -- included --------------------------------------------------------------------------------------------

    def _included(self, main: int | None, other: int | None) -> None:
        n = self.flow.n
        studies, reports = n("new_studies"), n("new_reports")
        if studies is None and reports is None:
            studies, reports = n("total_studies"), n("total_reports")
            if n("previous_studies") or (self.flow.defaults and not studies and not reports):
                studies = reports = None
        if unsaid := self.flow.defaults and reports == 0 and bool(studies):
            self._add(
                "F14", "explain", f"{_say(studies or 0, 'study', 'studies')} included, but 0 reports: every study has at least one report."
            )
            reports = None
        more = n("more_reports_of_previous") or 0
        if studies is not None and reports is not None:
            if studies > reports:
                self._add("F14", "explain", f"{_say(studies, 'study', 'studies')} from {_say(reports, 'report')}: possible only if a report tells of several studies, which a note must say.")  # fmt: skip
            elif (studies == 0) != (reports == 0):
                self._add("F14", "fails", f"{_say(studies, 'study', 'studies')} can’t come from {_say(reports, 'report')}.")
            else:
                self._add("F14", "holds", f"{_say(studies, 'study', 'studies')} in {_say(reports, 'report')}.")
        assessed = n("dbr_assessed")
        ends = reports if reports is not None else studies
        if main is None or other is None:
            self._open_end(assessed, ends)
            return
        left = main + other
        words = f"{_say(assessed or 0, 'report')} assessed − {(assessed or 0) - main:,} excluded"
        words += f", and {n('other_assessed') or 0:,} − {(n('other_assessed') or 0) - other:,} by other methods," if self.other_arm else ""
        told = f"{words} = {left:,}"
        if ends is None:
            self._add("F13", "unknown", f"{told}; the number included is not given.")
            return
        late = (self.other or 0) if not self.other_arm and not self.merged and self.identified is not None else 0
        if reports is not None:
            want = reports + more
            if left == want:
                self._add("F13", "holds", f"{told} reports included{f', {more:,} of them of studies that were included before' if more else ''}.")  # fmt: skip
            elif left < want <= left + late:
                self._add("F13", "explain", f"{told}, but {want:,} reports are given as included: {want - left:,} may have come by other methods, whose path the diagram does not show.")  # fmt: skip
            else:
                self._add("F13", "fails", f"{told}, but {want:,} reports are given as included ({_off(left, want)}).")
            return
        assert studies is not None
        if studies == left:
            self._add("F13", "holds", f"{told} included; the diagram gives studies only, not reports.")
        elif studies == 0 or left == 0:
            self._add("F13", "fails", f"{told}, but {_say(studies, 'study', 'studies')} {_are(studies)} given as included.")
        elif studies < left:
            if not unsaid:
                self._add("F14", "explain", f"{told} reports, but {_say(studies, 'study', 'studies')}: if several reports tell of one study, the diagram must give both numbers (studies, and reports of included studies).")  # fmt: skip
        elif studies <= left + late:
            self._add("F13", "explain", f"{told}, but {studies:,} studies are given as included: {studies - left:,} may have come by other methods, whose path the diagram does not show.")  # fmt: skip
        else:
            self._add("F13", "fails", f"{told}, but {studies:,} studies are given as included ({_off(left, studies)}).")

    def _open_end(self, assessed: int | None, ends: int | None) -> None:
        if ends is None:
            if assessed is not None:
                self._add("F13", "unknown", f"{_say(assessed, 'report')} assessed; neither the number excluded nor the number included is given.")  # fmt: skip
            return
        other = self.flow.n("other_assessed") or 0
        limit = next((v for v in (assessed, self.flow.n("dbr_sought_reports"), self.flow.n("records_screened"), self.identified) if v is not None), None)  # fmt: skip
        if limit is None:
            self._add("F13", "unknown", f"{ends:,} included; the numbers before it are not given.")
        elif ends > limit + max(other, self.other or 0):
            self._add("F13", "fails", f"{ends:,} are given as included, more than the {limit:,} before them.")
        elif assessed is not None and ends < assessed + other:
            self._add("F13", "missing", f"{_say(assessed + other, 'report')} assessed and {ends:,} included; the number excluded, with reasons, is not given for all of the {assessed + other - ends:,}.")  # fmt: skip
        else:
            self._add("F13", "unknown", f"{ends:,} included; the reports assessed or excluded are not given, so it can’t be derived.")

    def _totals(self) -> None:
        n = self.flow.n
        update = bool(n("previous_studies") or n("previous_reports"))
        for unit, rule in (("studies", "F15"), ("reports", "F16")):
            before, new, total = n(f"previous_{unit}"), n(f"new_{unit}"), n(f"total_{unit}")
            gone = n(f"removed_{unit}") or 0
            more = (n("more_reports_of_previous") or 0) if unit == "reports" else 0
            if total is None or new is None:
                continue
            if not update:
                if total != new and (total or not self.flow.defaults):
                    self._add("F17", "fails", f"A new review has no previous {unit}, so the total is the number of new ones; {new:,} and {total:,} are given.")  # fmt: skip
                continue
            told = f"{before or 0:,} previous + {new + more:,} new{f' − {gone:,} removed' if gone else ''} = {(before or 0) + new + more - gone:,}"
            if (before or 0) + new + more - gone == total:
                self._add(rule, "holds", f"{told} {unit} in total.")
            else:
                self._add(rule, "fails", f"{told}, but {total:,} {unit} are given in total ({_off((before or 0) + new + more - gone, total)}). If {unit} of the previous version were removed, a note must say so.")  # fmt: skip
        for unit in ("studies", "reports"):
            pooled = n(f"total_{unit}_ma")
            whole = n(f"total_{unit}") or n(f"new_{unit}")
            if pooled and whole is not None and pooled > whole:
                self._add("F18", "fails", f"{pooled:,} {unit} in the meta-analysis, more than the {whole:,} included.")
            elif pooled and whole is not None:
                self._add("F18", "holds", f"{pooled:,} of {whole:,} {unit} are in the meta-analysis.")


def _off(made: int, told: int) -> str:
    return f"{abs(told - made):,} too {'many' if told > made else 'few'}"


def given_any(flow: Published) -> bool:
    return bool(flow.numbers or flow.lists)
