"""What the ledgers prove about how the review was done: each predicate with its number, how many hold, and the exceptions.

The predicates are those that MECIR (C37–C46, version of August 2023) and AMSTAR 2 (Shea et al., BMJ 2017;358:j4008, items 2, 5,
6) rest on. What was recorded elsewhere and imported can be counted; that it was independent can't be shown, and is not claimed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from review.model.extraction import Cell
from review.model.forms import plan_of as plan_of_forms
from review.model.forms import tools
from review.model.protocol_parts import PhasePlan
from review.model.record import Search
from review.model.screening import Outcome, PhaseResult, Vote
from review.model.words import counted, were
from review.report.counts import Item, Material

Holds = Literal["yes", "partly", "no", "open"]  # open: nothing has reached it yet
MONTH = 30.4375  # days, on average


@dataclass(frozen=True, kw_only=True)
class Predicate:
    """One claim. n things that it is about, n_ok for which it is shown; the exceptions by name. said: what did happen, in a sentence.

    unproven: those that rest on somebody's word, since they were recorded elsewhere and imported; n = n_ok + unproven + exceptions.
    """

    id: str
    label: str
    holds: Holds
    n: int
    n_ok: int
    unit: str
    said: str
    exceptions: tuple[Item, ...] = ()
    unproven: int = 0


def conduct(material: Material, searches: Sequence[Search], as_of: str) -> tuple[Predicate, ...]:
    """All predicates, in the order of the work. as_of: the date up to which the record goes, YYYY-MM-DD ('' where nothing happened)."""
    known = _Titles(material)
    found = [_prospective(material, known)]
    for phase in material.phases:
        found += [_dual(material, phase, known), _independent(material, phase, known)]
        found += [_settled(material, phase, known), _agreed(material, phase)]
    found += [_reasons(material, known), *_extracted(material, known), _people(material, known)]
    found += [_current(material, searches, as_of), _integrity(material)]
    return tuple(found)


class _Titles:
    def __init__(self, material: Material) -> None:
        self._title = {r.key: r.title for r in material.reports}
        self._title |= {s.key: self._title.get(s.reports[0], "") for s in material.extraction.studies if s.linked}

    def item(self, key: str, why: str) -> Item:
        return Item(key, self._title.get(key, ""), why)


def votes_of(outcome: Outcome) -> list[Vote]:
    """Every standing decision on a report: reviewers' and the resolution."""
    return [*outcome.votes, *([outcome.resolution] if outcome.resolution else [])]


def independent_votes(outcome: Outcome) -> dict[str, Vote]:
    """Reviewer -> vote, of those cast before any resolution; a vote cast after it has seen the other's."""
    until = outcome.resolution.id if outcome.resolution else ""
    return {v.by: v for v in outcome.votes if not until or v.id <= until}


def _made(
    id_: str, label: str, n: int, exceptions: Iterable[Item], unit: str, said: str, *, unproven: int = 0, finished: bool = True
) -> Predicate:
    named = tuple(exceptions)
    ok = n - len(named) - unproven
    holds: Holds = "open" if not n else "yes" if ok == n and finished else "partly" if ok or unproven else "no"
    return Predicate(id=id_, label=label, holds=holds, n=n, n_ok=ok, unit=unit, said=said, exceptions=named, unproven=unproven)


UNIT = {"title-abstract": "records", "full-text": "reports"}  # what PRISMA 2020 counts there
_NAME = {"title-abstract": "titles and abstracts", "full-text": "full texts"}


def plan_of(material: Material, phase: PhaseResult) -> PhasePlan:
    plan = material.protocol.phase(phase.phase)
    assert plan is not None
    return plan


def reached(phase: PhaseResult) -> list[Outcome]:
    """The reports that somebody has to decide on in a phase: not those that could not be had."""
    return [o for o in phase.outcomes if o.report not in phase.not_retrieved]


# -- the protocol came first ------------------------------------------------------------------------------------


def _prospective(material: Material, known: _Titles) -> Predicate:
    lock = material.protocol.lock
    votes = [(o.report, p.phase, v) for p in material.phases for o in p.outcomes for v in votes_of(o)]
    label = "The protocol was locked before the first decision"
    if lock is None:
        said = "The protocol has not been locked, so nothing shows that it came before the decisions."
        return Predicate(id="prospective", label=label, holds="no", n=len(votes), n_ok=0, unit="decisions", said=said)
    at = lock.at.strftime("%Y-%m-%dT%H:%M:%S")
    early = [
        known.item(key, f"{v.by}, {phase}, {v.at[:16].replace('T', ' ')} UTC: before the lock") for key, phase, v in votes if v.at[:19] < at
    ]
    imported = sum(v.via == "import" and v.at[:19] >= at for _, _, v in votes)
    said = f"The protocol was locked on {at[:10]} at {at[11:16]} UTC; {len(votes) - len(early):,} of {counted(len(votes), 'decision')} were recorded after it."
    if imported:
        said += f" {counted(imported, 'decision')} {were(imported)} made elsewhere and imported: the time recorded is that of the import."
    return _made("prospective", label, len(votes), early, "decisions", said, unproven=imported, finished=not lock.late)


# -- selection --------------------------------------------------------------------------------------------------


def _dual(material: Material, phase: PhaseResult, known: _Titles) -> Predicate:
    """Two people or more on each report (MECIR C39; AMSTAR 2 item 5), whatever number the protocol plans."""
    outcomes = reached(phase)
    lacking = [known.item(o.report, _who(len({v.by for v in o.votes}))) for o in outcomes if len({v.by for v in o.votes}) < 2]
    words, unit = _NAME[phase.phase], UNIT[phase.phase]
    said = f"{len(outcomes) - len(lacking):,} of {counted(len(outcomes), unit[:-1])} {were(len(outcomes) - len(lacking))} decided on {words} by two or more people."
    return _made(f"dual-{phase.phase}", f"Two people decided on {words}", len(outcomes), lacking, unit, said)


def _who(n: int) -> str:
    return "decided by nobody yet" if n == 0 else "decided by one person only"


def _independent(material: Material, phase: PhaseResult, known: _Titles) -> Predicate:
    """Each decision stored before its author could see the other's: blinded sittings, and no vote cast after the resolution."""
    plan, unit = plan_of(material, phase), UNIT[phase.phase]
    double = [o for o in reached(phase) if len({v.by for v in o.votes}) >= 2]
    label = f"Decisions on {_NAME[phase.phase]} were independent"
    if not plan.blinded:
        why = "the protocol lets reviewers see each other's decisions"
        said = f"Decisions on {_NAME[phase.phase]} were not blinded: {why}."
        return _made(f"independence-{phase.phase}", label, len(double), [known.item(o.report, why) for o in double], unit, said)
    late = [o for o in double if len(independent_votes(o)) < 2]
    imported = sum(any(v.via == "import" for v in o.votes) for o in double if o not in late)
    shown = len(double) - len(late) - imported
    said = f"Of {counted(len(double), unit[:-1])} with two decisions, {shown:,} got them here before either person could see the other’s."
    if imported:
        said += (
            f" {imported:,} have decisions that were made elsewhere and imported: that they were independent rests on those who made them."
        )
    if late:
        said += f" On {len(late):,} a reviewer decided after the conflict had been settled."
    names = [known.item(o.report, "a reviewer decided after the resolution") for o in late]
    return _made(f"independence-{phase.phase}", label, len(double), names, unit, said, unproven=imported)


def _settled(material: Material, phase: PhaseResult, known: _Titles) -> Predicate:
    plan = plan_of(material, phase)
    split = [o for o in reached(phase) if o.state == "conflict" or o.resolution]
    bad = []
    for o in split:
        if o.own_conflict:
            bad.append(known.item(o.report, f"{', '.join(o.own_conflict)} must say which of two verdicts stands"))
        elif o.resolution is None:
            bad.append(known.item(o.report, "not settled yet"))
        elif o.resolution.via != "discussion" and plan.conflicts != "senior" and o.resolution.by in {v.by for v in o.votes}:
            bad.append(known.item(o.report, f"settled by {o.resolution.by}, who was one of its reviewers"))
    talked = sum(bool(o.resolution and o.resolution.via == "discussion") for o in split)
    ok = len(split) - len(bad)
    said = f"{ok:,} of {counted(len(split), 'conflict')} on {_NAME[phase.phase]} {were(ok)} settled"
    said += f": {talked:,} by those who differed, after discussion; {ok - talked:,} by another person." if talked else " by another person."
    if not split:
        said = f"There was no conflict on {_NAME[phase.phase]}."
    return _made(
        f"conflicts-{phase.phase}",
        f"Conflicts on {_NAME[phase.phase]} were settled, by discussion or another person",
        len(split),
        bad,
        "conflicts",
        said,
    )


def pabak(both_in: int, first_only: int, second_only: int, both_out: int) -> float:
    """Prevalence- and bias-adjusted kappa, 2·p − 1 (Byrt, Bishop & Carlin, J Clin Epidemiol 1993;46:423-429)."""
    return 2 * (both_in + both_out) / (both_in + first_only + second_only + both_out) - 1


def _agreed(material: Material, phase: PhaseResult) -> Predicate:
    words = _NAME[phase.phase]
    label = f"Agreement on {words} was measured before any resolution"
    compared = sum(a.n for a in phase.agreement)
    if not compared:
        said = f"No report has two independent decisions on {words} to compare."
        return Predicate(id=f"agreement-{phase.phase}", label=label, holds="open", n=0, n_ok=0, unit="reports", said=said)
    parts = []
    for a in phase.agreement:
        kappa = f"κ {a.kappa:.2f} (95 % CI {a.low:.2f} to {a.high:.2f})" if None not in (a.kappa, a.low, a.high) else "κ not defined"
        adjusted = pabak(a.both_in, a.first_only, a.second_only, a.both_out)
        parts.append(f"{a.first} and {a.second}: {a.percent:.1f} % of {a.n:,}, {kappa}, PABAK {adjusted:.2f}")
    return _made(f"agreement-{phase.phase}", label, compared, (), UNIT[phase.phase], "; ".join(parts) + ".")


def _reasons(material: Material, known: _Titles) -> Predicate:
    last = next((p for p in material.phases if p.phase == "full-text"), None)
    out = [o for o in last.outcomes if o.state == "exclude"] if last else []
    bare = [known.item(o.report, "no reason was given") for o in out if not o.reason]
    said = f"{len(out) - len(bare):,} of {counted(len(out), 'report')} excluded on full text {'has' if len(out) - len(bare) == 1 else 'have'} a primary reason."
    return _made("reasons", "Each report excluded on full text has one primary reason", len(out), bare, "reports", said)


# -- extraction -------------------------------------------------------------------------------------------------


def _extracted(material: Material, known: _Titles) -> list[Predicate]:
    """Two independent values for each required field of each form that somebody began, and one that stands (MECIR C45, C46);
    the same for the judgements of the appraisal tools, where there are any (C53)."""
    cells: dict[tuple[str, str, str], list[Cell]] = {}
    for c in material.extraction.cells:
        cells.setdefault((c.report, c.question, c.field), []).append(c)
    judged = tools(material.protocol)
    lacking: dict[bool, list[Item]] = {True: [], False: []}
    numbers = Counter({True: 0, False: 0})
    for study, form, field in wanted(material):
        appraises = form in judged
        numbers[appraises] += 1
        if why := next(filter(None, map(_why_not, cells.get((study, form, field), [None]))), ""):
            lacking[appraises].append(known.item(study, f"{form}.{field}: {why}"))
    for appraises in (False, True):
        none = sorted(set(studies(material)) - {c.report for c in material.extraction.cells if (c.question in judged) == appraises})
        lacking[appraises] += [known.item(s, "has not been appraised" if appraises else "nothing has been extracted") for s in none]
        numbers[appraises] += len(none)
    n, ok = numbers[False], numbers[False] - len(lacking[False])
    said = (
        f"{ok:,} of {counted(n, 'value')} that the forms require {'has' if ok == 1 else 'have'} two extractors and one value that stands."
    )
    if not n:
        said = "No report is included yet, so there is nothing to extract."
    found = [_made("dual-extraction", "Two people extracted each required value", n, lacking[False], "values", said)]
    if judged:
        n, ok = numbers[True], numbers[True] - len(lacking[True])
        said = f"{ok:,} of {counted(n, 'judgement')} on risk of bias {'has' if ok == 1 else 'have'} two assessors and one judgement that stands."
        if not any(c.question in judged for c in material.extraction.cells):
            said = "No study has been appraised yet."
        found.append(_made("dual-appraisal", "Two people judged the risk of bias", n, lacking[True], "judgements", said))
    return found


def appraised(material: Material) -> set[str]:
    """Studies with a judgement of some appraisal tool that stands."""
    judged = tools(material.protocol)
    return {c.report for c in material.extraction.cells if c.question in judged and c.stands}


def wanted(material: Material) -> list[tuple[str, str, str]]:
    """(study, form, field) of every field that the forms require, of the forms that somebody began for a study.

    Where a form requires none, all count. Fields of repeatable groups, and those asked only after another's answer, count
    once they are answered.
    """
    cells = material.extraction.cells
    begun = {(c.report, c.question) for c in cells}
    answered = {(c.report, c.question, c.field) for c in cells}
    places = []
    for form in plan_of_forms(material.protocol).forms:
        asked = [f for f in form.fields if f.required] or list(form.fields)
        for study, question in begun:
            if question == form.question:
                places += [(study, question, f.id) for f in asked if not (f.group or f.when) or (study, question, f.id) in answered]
    return sorted(places)


def included(material: Material) -> list[str]:
    """Reports that the last phase keeps."""
    if not material.phases:
        return []
    last = material.phases[-1]
    return [o.report for o in last.outcomes if o.state == "include" and o.report not in last.not_retrieved]


def studies(material: Material) -> list[str]:
    """Keys of the included studies: a report that nobody linked is one of its own."""
    return [s.key for s in material.extraction.studies] or included(material)


def _why_not(cell: Cell | None) -> str:
    if cell is None or not cell.answers:
        return "nobody has answered"
    if len({a.by for a in cell.answers}) < 2:
        return "one extractor only"
    return "" if cell.stands else "the two differ, and nobody has settled it"


# -- who, when, and whether it adds up ----------------------------------------------------------------------------


def _people(material: Material, known: _Titles) -> Predicate:
    """A machine's decision never counts as a reviewer's: whoever decided is a member of the team."""
    team = {m.id for m in material.protocol.team}
    votes = [(o.report, v) for p in material.phases for o in p.outcomes for v in votes_of(o)]
    # An agreement after discussion is the act of all who voted.
    strangers = [known.item(key, f"{v.by} is not in the team") for key, v in votes if not set(v.by.split(", ")) <= team]
    said = f"{len(votes) - len(strangers):,} of {counted(len(votes), 'decision')} {were(len(votes) - len(strangers))} made by people of the team; no program’s decision counts."
    return _made("people", "People decided, not a machine", len(votes), strangers, "decisions", said)


def months(first: str, last: str) -> float:
    """Months between two dates YYYY-MM-DD."""
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days / MONTH


def last_searches(material: Material, searches: Sequence[Search]) -> dict[str, str]:
    """Source -> date of its last search, in the order of the protocol; '' where it has none."""
    dates: Mapping[str, list[str]] = {s.id: [x.date for x in searches if x.source == s.id] for s in material.protocol.sources}
    return {source: max(found, default="") for source, found in dates.items()}


def _current(material: Material, searches: Sequence[Search], as_of: str) -> Predicate:
    """Searched within twelve months of the report (MECIR C37)."""
    label = "Every source was searched within twelve months of the last event on record"
    dates = last_searches(material, searches)
    old, parts = [], []
    for source in material.protocol.sources:
        date = dates[source.id]
        age = months(date, as_of) if date and as_of else 0.0
        if not date:
            old.append(Item(source.id, source.name, "not searched yet"))
        elif age > 12:
            old.append(Item(source.id, source.name, f"last searched {date}, {age:.0f} months before"))
        parts.append(f"{source.name} {date or 'not searched'}")
    said = f"Last searches: {'; '.join(parts)}. The last event on record is of {as_of or 'no date'}."
    return _made("currency", label, len(dates), old, "sources", said)


def _integrity(material: Material) -> Predicate:
    said = "Every ledger’s chain of hashes was verified when it was read, the archived files have the sha256 of their manifests, and the flow could be drawn only because its identities hold."
    return _made("integrity", "The record is whole, and the counts follow from it", len(material.records), (), "records", said)
