"""review dedup: why two records are, or are not, the same report, and a person's word on it, at the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from review.cli.common import member, out, out_json, progress_bar, say, workspace
from review.errors import UsageError
from review.model.words import counted

if TYPE_CHECKING:
    from review.dedup.thirds import Against
    from review.model.record import Link, Record, Report
    from review.workspace import Workspace

_PAIRS = "Run 'review dedup' for the pairs and their keys."
MOST_SHOWN = 5
MOST_AGAINST = 2  # pairs of records that contradict each other, in words
SHORT_KEY = 8  # letters of a hash that name its record, as long as no other begins so
_HEAD = re.compile(r"^(?:https?:/+(?:dx\.)?doi\.org/+|doi:\s*|pmid:\s*)")  # of a path, // has become /


def explain_pair(names: list[str], files: list[Path], as_json: bool, review: str) -> None:
    """Field by field, why two records are, or are not, the same report. names: keys, DOIs or PMIDs."""
    from review.dedup.crowded import told_by, uncounted, without, worded
    from review.dedup.explain import explain, explained
    from review.dedup.thirds import thirds

    if len(names) < 2:
        raise UsageError("Two records are explained: review dedup explain A B.", _PAIRS)
    limits: dict[str, float] = {}
    said: dict[tuple[str, str], str] = {}
    if files:
        records, reports, links = _of_files(files, names)
    else:
        space = workspace(review)
        limits = {"certain": space.protocol.dedup.certain, "unsure": space.protocol.dedup.unsure}
        records, reports, links = _of_review(space)
        said = firsts_said(space)
    a, b = _two(records, names)
    standing = _standing(reports, links, a.key, b.key, said)
    around = [] if standing["together"] else _around(reports, links, a.key, b.key)
    crowd = uncounted([r.key for r in (a, b, *(r for those in around for r in those))], told_by(records.values()))
    shared = {name: value for key in (a.key, b.key) for name, value in sorted(crowd.get(key, {}).items())}
    a, b = (without(r, crowd.get(r.key, {})) for r in (a, b))
    found = explained(a, b, **limits)
    # Where a person has spoken, no rule is the reason.
    if around and found.verdict == "duplicate" and not standing["person"]:
        mine, theirs, beside = ([without(r, crowd.get(r.key, {})) for r in those] for those in around)
        standing |= _kept_apart(standing["how"], thirds(a, b, mine, theirs, beside))
    if as_json:
        a, b = sorted((a, b), key=lambda r: r.key)  # as the fields of the explanation have them
        out_json({"a_key": a.key, "b_key": b.key, "not_counted": shared} | asdict(found) | standing)
        return
    where = "in one report" if standing["together"] else "in two reports"
    out(f"{a.key} and {b.key} stand {where}{standing['how'] and '; '}{standing['how']}")
    if standing["person"] or standing["against"]:
        out("what the rules say:" if standing["person"] else "what the rules say of the two alone:")
    if shared:
        out(worded(shared))
    out("\n".join(explain(a, b, **limits)))


def _around(reports: Sequence[Report], links: Sequence[Link], a: str, b: str) -> tuple[list[Record], list[Record], list[Record]]:
    """The other records of the reports of two records, and those of the reports that either may be."""
    from review.dedup.ahead import MOST_BESIDE
    from review.dedup.clusters import RIVAL

    of = {key: r.key for r in reports for key in r.keys}
    two = (of[a], of[b])
    likely = sorted((-x.probability, of[x.a], of[x.b]) for x in links if x.probability >= RIVAL and (of[x.a] in two or of[x.b] in two))
    held = {r.key: r.records for r in reports if r.key in {key for _, *keys in likely for key in keys} | {*two}}
    mine, theirs = ([r for r in held[report] if r.key not in (a, b)][:MOST_BESIDE] for report in two)
    others = dict.fromkeys(key for _, *keys in likely for key in keys if key not in two)
    return mine, theirs, [r for report in others for r in held[report]][:MOST_BESIDE]


def _kept_apart(how: str, against: Sequence[Against]) -> dict[str, Any]:
    """What `_standing` says of a pair, with the records that stand against it."""
    if not against:
        return {}
    from review.dedup.said import CONTRADICTED

    told = "; ".join(x.words for x in against[:MOST_AGAINST])
    more = f"; and {len(against) - MOST_AGAINST:,} more" if len(against) > MOST_AGAINST else ""
    return {
        "how": f"{how.replace(CONTRADICTED, '')}{'; but ' if how else ''}{told}{more}",
        "against": [asdict(x) for x in against],
    }


def firsts_said(space: Workspace) -> dict[tuple[str, str], str]:
    from review.dedup.said import firsts
    from review.model.events import Sameness, standing

    return firsts(e for e in standing([x.event for x in space.dedup_ledger().read().lines]) if isinstance(e, Sameness))


def _standing(reports: Sequence[Report], links: Sequence[Link], a: str, b: str, firsts: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """How two records of a review stand: together, in one report or not; person, who decided that they do, or do not, '' where nobody did;
    link, the verdict that links the two, or their reports; how, all that in words; against, the records that keep apart two that seem one
    (`_kept_apart`)."""
    from review.model.related import role

    of = {key: r for r in reports for key in r.keys if a in r.keys or b in r.keys}
    mine, other = of[a], of[b]
    direct = next((x for x in links if {x.a, x.b} == {a, b}), None)
    link = direct or next((x for x in links if {x.a, x.b} & set(mine.keys) and {x.a, x.b} & set(other.keys) and mine is not other), None)
    person = direct is not None and direct.rule == "person"
    how = ""
    if link and link.rule == "person":
        which = role(link.verdict, mine, other, firsts.get((link.a, link.b), ""))
        how = f"{link.verdict.replace('_', ' ')}, {f'{which}, ' if which else ''}{link.evidence}"
    elif link and link.verdict == "unsure":
        how = f"a person is asked: {link.evidence}"
    elif link and link.verdict not in ("duplicate", "different"):
        which = role(link.verdict, mine, other)
        how = f"linked: {link.verdict.replace('_', ' ')}{which and '; '}{which}"
    elif mine is other and direct is None:
        how = f"through other records of it: {', '.join(sorted({*mine.keys} - {a, b}))}"
    if link is not direct and link is not None and how:
        how += f" (by {link.a} and {link.b})"
    return {
        "together": mine is other,
        "person": how if person else "",
        "link": link.verdict if link else "",
        "how": how,
        "against": [],
    }


def _of_files(files: list[Path], names: Sequence[str]) -> tuple[dict[str, Record], list[Report], list[Link]]:
    """The records of the files, and how a run over them leaves these. Raises UsageError where the names don't mean two of them."""
    from review.dedup.columns import record_of
    from review.dedup.engine import deduplicate
    from review.dedup.reading import read_files
    from review.dedup.rules import CERTAIN, UNSURE
    from review.model.record import Link, Report

    with progress_bar() as progress:
        frame, _ = read_files(files, progress)
        records = {row["key"]: record_of(row) for row in frame.iter_rows(named=True)}
        _two(records, names)  # said before the run, which may take long
        done = deduplicate(frame, certain=CERTAIN, unsure=UNSURE, progress=progress)
    inside: dict[str, list[Record]] = {}
    for key, report in done.members.select("record", "report").iter_rows():
        inside.setdefault(report, []).append(records[key])
    reports = [Report(key=report, records=tuple(those)) for report, those in inside.items()]
    return records, reports, [Link(**row) for row in done.links.iter_rows(named=True)]


def _of_review(space: Workspace) -> tuple[dict[str, Record], list[Report], list[Link]]:
    from review import pipeline

    with progress_bar() as progress:
        pipeline.run(space, upto="dedup", progress=progress)
    with pipeline.opened(space) as store:
        return {r.key: r for r in store.records()}, list(store.reports()), list(store.links())


def _two(records: Mapping[str, Record], names: Sequence[str]) -> tuple[Record, Record]:
    """The two records that two names mean. A DOI or PMID that exactly two have, given twice, means these."""
    found = [_named(records, name) for name in names]
    if found[0] == found[1] and len(found[0]) == 2:
        return found[0][0], found[0][1]
    for name, keys in zip(names, found, strict=True):
        if not keys:
            tail = [key for key in records if key.partition(":")[2] == name][:MOST_SHOWN]
            raise UsageError(f"There is no record '{name}'.", f"Did you mean {' or '.join(tail)}?" if tail else _PAIRS)
        if len(keys) > 1:
            listed = ", ".join(r.key for r in keys[:MOST_SHOWN]) + (", …" if len(keys) > MOST_SHOWN else "")
            raise UsageError(f"'{name}' is that of {counted(len(keys), 'record')}: {listed}.", "Name one of them by its key.")
    a, b = found[0][0], found[1][0]
    if a.key == b.key:
        raise UsageError(f"Both are the record {a.key}, which is always the same as itself.", "Name two records.")
    return a, b


def _named(records: Mapping[str, Record], name: str) -> list[Record]:
    """The record of that key, or those of that DOI or PMID, or those whose long key begins so."""
    if name in records:
        return [records[name]]
    bare = _HEAD.sub("", name.strip().casefold())
    found = [r for r in records.values() if bare and bare in (r.doi.casefold(), r.pmid)]
    head, _, twin = name.strip().partition("#")  # #2: the same content again
    begins = head.rstrip("…")
    if not found and len(begins.partition(":")[2]) >= SHORT_KEY:
        found = [r for r in records.values() if r.key.startswith(begins)]
        found = [r for r in found if r.key.partition("#")[2] == twin] or ([] if twin else found)
    return sorted(found, key=lambda r: r.key)


def say_pair(names: tuple[str, str], same: bool, relation: str, why: str, who: str, review: str) -> None:
    """Keep a person's word on two records, and say what it can't hold together with."""
    from review.dedup.said import Said, in_words
    from review.model.events import Sameness, standing
    from review.model.related import RELATIONS

    if relation and relation.replace(" ", "_") not in RELATIONS:
        raise UsageError(f"'{relation}' is no relation.", f"There are: {', '.join(RELATIONS)}.")
    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    records, _, _ = _of_review(space)
    named = [r.key for r in _two(records, names)]
    a, b = sorted(named)
    first = named[0] if relation and relation != "co_publication" else ""  # A is a version of B
    with space.dedup_ledger().session(who) as ledger:
        word = ledger.append(
            Sameness(by=who, a=a, b=b, same=same, relation=relation.replace(" ", "_"), first=first, note=why, protocol=space.digest)
        )
        words = [e for e in standing([line.event for line in ledger.read().lines]) if isinstance(e, Sameness)]
    what = "the same report" if same else relation.replace("_", " ") or "different reports"
    out(f"{named[0]} and {named[1]}: {what}, says {who}.")
    if against := Said(words).against(word):
        say(f"But that contradicts: {'; '.join(map(in_words, against))}.")
        say(
            "Records that somebody told apart are not merged. Change one of these words, or take yours back: review dedup --undo --as "
            + who
        )
    say("Next: review run")


def undo(who: str, review: str) -> None:
    """Take back a person's last word."""
    from review.dedup.said import in_words
    from review.model.events import Sameness, Undo, standing

    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    with space.dedup_ledger().session(who) as ledger:
        events = [line.event for line in ledger.read().lines]
        last = next((e for e in reversed(standing(events)) if isinstance(e, Sameness) and e.by == who), None)
        if last is None:
            raise UsageError("There is nothing to undo.", "'review dedup --said' lists what people said.")
        ledger.append(Undo(by=who, undoes=last.id, protocol=space.digest))
    out(f"Taken back: {in_words(last)}")
    say("Next: review run")


def list_said(as_json: bool, review: str) -> None:
    """What people said of pairs, oldest first; also what was taken back."""
    from review.model.events import Sameness, Undo, standing

    space = workspace(review)
    events = [line.event for line in space.dedup_ledger().read().lines]
    stands = {e.id for e in standing(events)}
    latest = {frozenset((e.a, e.b)): e.id for e in events if isinstance(e, Sameness) and e.id in stands}
    by = {e.undoes: e for e in events if isinstance(e, Undo)}
    told = []
    for e in events:
        if isinstance(e, Sameness):
            state = "stands" if e.id in latest.values() else "replaced by a later word" if e.id in stands else "taken back"
            what = "same" if e.same else e.relation or "different"
            undone = by[e.id].at if state == "taken back" and e.id in by else ""
            told.append(
                {
                    "at": e.at,
                    "by": e.by,
                    "a": e.a,
                    "b": e.b,
                    "said": what,
                    "first": e.first,
                    "note": e.note,
                    "state": state,
                    "taken_back": undone,
                }
            )
    if as_json:
        out_json({"said": told})
        return
    for t in told:
        state = "" if t["state"] == "stands" else f"  [{t['state']}]"
        note = f": {t['note']}" if t["note"] else ""
        which = f" ({t['first']} is)" if t["first"] else ""
        out(f"{t['at'][:16].replace('T', ' ')}  {t['by']}  {t['a']}  {t['b']}  {t['said'].replace('_', ' ')}{which}{note}{state}")
    say(
        f"{counted(len(told), 'word')}, {sum(t['state'] == 'stands' for t in told):,} of them stand"
        if told
        else "Nobody has said anything yet."
    )
