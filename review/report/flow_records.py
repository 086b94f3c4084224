"""Identities of a published flow, up to retrieval: they count records."""

from __future__ import annotations

from review.model.words import are, were
from review.model.words import counted as say
from review.report.flow_sums import Sums
from review.report.prisma_keys import WORDS
from review.report.published import Published


def unread(s: Sums) -> None:
    for key, text, why in s.flow.unread:
        s.add("F01", "fails", f"{WORDS.get(key, key)} ({key}): ‘{text.strip()}’ {why}.")
    if s.flow.ignored:
        named = "; ".join(f"‘{x[:60]}’" for x in s.flow.ignored)
        s.add("F01", "unknown", f"Not counted, since no box of the diagram goes by that name: {named}.")


def screening(s: Sums) -> None:
    n = s.flow.n
    screened, after = n("records_screened"), n("after_duplicates")
    everything = s.sum([s.identified, s.other])
    if after is not None and everything is not None and n("duplicates") is not None:
        options = {v for v in (less(s.identified, n("duplicates")), less(everything, n("duplicates"))) if v is not None}
        if after not in options:
            left = less(everything, n("duplicates"))
            s.add("F04", "fails", f"{say(everything, 'record')} identified − {n('duplicates'):,} duplicates = {left:,}, but {after:,} are given as left after duplicates were removed.")  # fmt: skip
    if screened is None:
        return s.add("F04", "unknown", "The number of records screened is not given.") if given_any(s.flow) else None
    if s.identified is None and everything is None:
        return s.add("F04", "unknown", "The number of records identified is not given, so the records screened can’t be derived.")
    if s.removed is None and after is not None:
        s.merged = not s.other_arm  # what is left after duplicates holds the records of other methods too
        own = both = less(after, s.sum([n("excluded_automatic"), n("excluded_other")]) or 0)
    else:
        own, both = less(s.identified, s.removed or 0), less(everything, s.removed or 0)
    start = s.identified if s.identified is not None else everything
    assert start is not None
    told = _told_removal(s, start)
    if own == screened or (own is None and both == screened):
        return s.add("F04", "holds", f"{told} = {say(screened, 'record')} screened.")
    if both == screened and s.other:
        s.merged = True
        if s.other_arm:
            return s.add("F04", "fails", f"{told} = {own:,}, but {say(screened, 'record')} {are(screened)} given as screened: that is right only if the {say(s.other, 'record')} of other methods were screened with them, yet the diagram follows those in an arm of their own, so they are counted twice.")  # fmt: skip
        return s.add("F04", "holds", f"{_told_removal(s, everything or 0)} = {say(screened, 'record')} screened; the {s.other:,} of other methods were screened with the rest.")  # fmt: skip
    expected = both if own is None else own
    assert expected is not None
    gap = expected - screened
    if s.removed is None and after is None and gap > 0:
        whole = f" ({(everything or 0) - screened:,} with the {s.other:,} of other methods)" if s.other and s.identified is not None else ""
        return s.add("F04", "missing", f"{say(start, 'record')} {were(start)} identified and {screened:,} screened, and no number is given for duplicates or other removals: what became of the {gap:,}{whole} is not said.")  # fmt: skip
    if gap > 0:
        lost = f"{say(gap, 'record')} {are(gap)} not accounted for between identification and screening"
    else:
        lost = f"{-gap:,} more {were(-gap)} screened than were left"
    also = f" (with the {s.other:,} of other methods, {both:,})" if s.other and own is not None and own != both else ""
    led = told if after == expected and s.removed is None else f"{told} = {expected:,}{also}"
    return s.add("F04", "fails", f"{led}, but {say(screened, 'record')} {are(screened)} given as screened: {lost}.")


def _told_removal(s: Sums, start: int) -> str:
    n = s.flow.n
    if s.removed is None and (after := n("after_duplicates")) is not None:
        return f"{say(after, 'record')} left after duplicates were removed"
    parts = [("duplicates", n("duplicates")), ("marked by automation tools", n("excluded_automatic")), ("removed for other reasons", n("excluded_other"))]  # fmt: skip
    taken = [f" − {v:,} {word}" for word, v in parts if v] if n("removed") is None else [f" − {n('removed'):,} removed"]
    return f"{say(start, 'record')} identified{''.join(taken)}"


def less(a: int | None, b: int | None) -> int | None:
    return None if a is None else a - (b or 0)


def excluded_records(s: Sums) -> None:
    n = s.flow.n
    human, machine, all_of = n("excluded_by_human"), n("excluded_by_automation"), n("records_excluded")
    if human is not None and machine is not None and all_of is not None:
        same = human + machine == all_of
        told = f"{say(human, 'record')} excluded by a human + {machine:,} by automation tools = {human + machine:,}"
        s.add("F05", "holds" if same else "fails", f"{told}." if same else f"{told}, but {all_of:,} are given as excluded.")


def retrieval(s: Sums) -> None:
    n = s.flow.n
    screened, excluded, sought = n("records_screened"), n("records_excluded"), n("dbr_sought_reports")
    word = "sought for retrieval"
    if sought is None and n("dbr_assessed") is not None:  # PRISMA 2009 goes from screening to full text
        sought, word = (n("dbr_assessed") or 0) + (n("dbr_notretrieved_reports") or 0), "assessed for eligibility"
    if screened is None or sought is None:
        return
    if excluded is None:
        if sought > screened + (s.other or 0):
            s.add("F06", "fails", f"{say(sought, 'report')} {were(sought)} {word}, more than the {say(screened, 'record')} screened.")
        elif sought != screened:
            s.add("F06", "unknown", f"{say(screened, 'record')} {were(screened)} screened and {say(sought, 'report')} {word}; the number of records excluded is not given.")  # fmt: skip
        return
    kept = screened - excluded
    told = f"{say(screened, 'record')} screened − {excluded:,} excluded = {kept:,}"
    if kept < 0:
        s.add("F06", "fails", f"{say(excluded, 'record')} {are(excluded)} given as excluded, more than the {screened:,} screened.")
    elif kept == sought:
        s.add("F06", "holds", f"{told} reports {word}.")
    elif s.other and not s.other_arm and not s.merged and kept + s.other == sought:
        s.add("F06", "holds", f"{told}, and with the {say(s.other, 'record')} of other methods {say(sought, 'report')} {word}.")
    else:
        more = sought - kept
        why = (
            f"{more:,} more than records were kept: did one record lead to several reports, or did reports come from elsewhere"
            if more > 0
            else f"{say(-more, 'record')} that {were(-more)} kept {are(-more)} missing: were they duplicates found late, or records of one report"
        )
        s.add("F06", "explain", f"{told}, but {say(sought, 'report')} {were(sought)} {word}: {why}? The diagram needs a note that says so, or another number.")  # fmt: skip


def given_any(flow: Published) -> bool:
    return bool(flow.numbers or flow.lists)
