"""What the ledgers prove about how the review was done: each predicate with its number, how many hold, and the exceptions.

The predicates are those that MECIR (C37–C46, version of August 2023) and AMSTAR 2 (Shea et al., BMJ 2017;358:j4008, items 2, 5,
6) rest on. What was recorded elsewhere and imported can be counted; that it was independent can't be shown, and is not claimed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from review.model.record import Search
from review.model.screening import PhaseResult
from review.model.words import counted, were
from review.report.conduct_extraction import extracted
from review.report.material import Item, Material
from review.report.predicate import UNIT, Predicate, Titles, begun, independent_votes, made, plan_of, votes_of

_NAME = {"title-abstract": "titles and abstracts", "full-text": "full texts"}
MONTH = 30.4375  # days, on average


def conduct(material: Material, searches: Sequence[Search], as_of: str) -> tuple[Predicate, ...]:
    """All predicates, in the order of the work. as_of: the date up to which the record goes, YYYY-MM-DD ('' where nothing happened)."""
    known = Titles(material)
    found = [_prospective(material, known)]
    for phase in material.phases:
        found += [_dual(phase, known), _independent(material, phase, known)]
        found += [_settled(material, phase, known), _agreed(phase)]
    found += [_reasons(material, known), *extracted(material, known), _people(material, known)]
    found += [_current(material, searches, as_of), _integrity(material)]
    return tuple(found)


# -- the protocol came first ------------------------------------------------------------------------------------


def _prospective(material: Material, known: Titles) -> Predicate:
    lock = material.protocol.lock
    votes = [(o.report, p.phase, v) for p in material.phases for o in p.begun for v in votes_of(o)]
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
    return made("prospective", label, len(votes), early, "decisions", said, unproven=imported, finished=not lock.late)


# -- selection --------------------------------------------------------------------------------------------------


def _dual(phase: PhaseResult, known: Titles) -> Predicate:
    """Two people or more on each report (MECIR C39; AMSTAR 2 item 5), whatever number the protocol plans."""
    people = {o.report: len({v.by for v in o.votes}) for o in begun(phase)}
    lacking = known.items(dict.fromkeys(phase.unread, _who(0)) | {key: _who(n) for key, n in people.items() if n < 2})
    words, unit = _NAME[phase.phase], UNIT[phase.phase]
    total = len(phase.unread) + len(people)
    said = f"{total - len(lacking):,} of {counted(total, unit[:-1])} {were(total - len(lacking))} decided on {words} by two or more people."
    return made(f"dual-{phase.phase}", f"Two people decided on {words}", total, lacking, unit, said)


def _who(n: int) -> str:
    return "decided by nobody yet" if n == 0 else "decided by one person only"


def _independent(material: Material, phase: PhaseResult, known: Titles) -> Predicate:
    """Each decision stored before its author could see the other's: blinded sittings, and no vote cast after the resolution."""
    plan, unit = plan_of(material, phase), UNIT[phase.phase]
    double = [o for o in begun(phase) if o.votes and len({v.by for v in o.votes}) >= 2]
    label = f"Decisions on {_NAME[phase.phase]} were independent"
    if not plan.blinded:
        why = "the protocol lets reviewers see each other's decisions"
        said = f"Decisions on {_NAME[phase.phase]} were not blinded: {why}."
        return made(f"independence-{phase.phase}", label, len(double), [known.item(o.report, why) for o in double], unit, said)
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
    return made(f"independence-{phase.phase}", label, len(double), names, unit, said, unproven=imported)


def _settled(material: Material, phase: PhaseResult, known: Titles) -> Predicate:
    plan = plan_of(material, phase)
    split = [o for o in begun(phase) if o.state == "conflict" or o.resolution]
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
    return made(
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


def _agreed(phase: PhaseResult) -> Predicate:
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
    return made(f"agreement-{phase.phase}", label, compared, (), UNIT[phase.phase], "; ".join(parts) + ".")


def _reasons(material: Material, known: Titles) -> Predicate:
    last = next((p for p in material.phases if p.phase == "full-text"), None)
    out = [o for o in last.begun if o.state == "exclude"] if last else []
    bare = [known.item(o.report, "no reason was given") for o in out if not o.reason]
    said = f"{len(out) - len(bare):,} of {counted(len(out), 'report')} excluded on full text {'has' if len(out) - len(bare) == 1 else 'have'} a primary reason."
    return made("reasons", "Each report excluded on full text has one primary reason", len(out), bare, "reports", said)


# -- who, when, and whether it adds up ----------------------------------------------------------------------------


def _people(material: Material, known: Titles) -> Predicate:
    """A machine's decision never counts as a reviewer's: whoever decided is a member of the team."""
    team = {m.id for m in material.protocol.team}
    votes = [(o.report, v) for p in material.phases for o in p.begun for v in votes_of(o)]
    strangers = [known.item(key, f"{v.by} is not in the team") for key, v in votes if not team.issuperset(v.people)]
    said = f"{len(votes) - len(strangers):,} of {counted(len(votes), 'decision')} {were(len(votes) - len(strangers))} made by people of the team; no program’s decision counts."
    return made("people", "People decided, not a machine", len(votes), strangers, "decisions", said)


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
    return made("currency", label, len(dates), old, "sources", said)


def _integrity(material: Material) -> Predicate:
    said = "Every ledger’s chain of hashes was verified when it was read, the archived files have the sha256 of their manifests, and the flow could be drawn only because its identities hold."
    return made("integrity", "The record is whole, and the counts follow from it", len(material.records), (), "records", said)
