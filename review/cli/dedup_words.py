"""review dedup: a person's word on two records, at the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from review.cli.common import member, next_step, out, out_json, say, workspace
from review.cli.dedup_names import told_of, two
from review.errors import UsageError
from review.model.reading import one_line
from review.model.words import counted

if TYPE_CHECKING:
    from review.workspace import Workspace


def firsts_said(space: Workspace) -> dict[tuple[str, str], str]:
    from review.dedup.said import firsts
    from review.model.events import Sameness, standing

    return firsts(e for e in standing([x.event for x in space.dedup_ledger().read().lines]) if isinstance(e, Sameness))


def say_pair(names: tuple[str, str], same: bool, relation: str, why: str, who: str, review: str, *, as_json: bool) -> None:
    """Keep a person's word on two records, and say what it can't hold together with."""
    from review.dedup.differing import short_key
    from review.dedup.said import Said, in_words
    from review.model.events import Sameness, standing
    from review.model.related import RELATIONS

    if relation and relation.replace(" ", "_") not in RELATIONS:
        raise UsageError(f"'{relation}' is no relation.", f"There are: {', '.join(RELATIONS)}.")
    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    told = told_of(space)
    named = two(told, names)
    a, b = sorted(named)
    first = named[0] if relation and relation != "co_publication" else ""  # A is a version of B
    with space.dedup_ledger().session(who) as ledger:
        word = ledger.append(
            Sameness(by=who, a=a, b=b, same=same, relation=relation.replace(" ", "_"), first=first, note=why, protocol=space.digest)
        )
        words = [e for e in standing([line.event for line in ledger.read().lines]) if isinstance(e, Sameness)]
    against = Said(words).against(word)
    if as_json:
        what = "same" if same else word.relation or "different"
        out_json(
            {
                "at": word.at,
                "by": who,
                "a": a,
                "b": b,
                "said": what,
                "first": first,
                "note": why,
                "contradicts": list(map(in_words, against)),
            }
        )
        return
    what = "the same report" if same else relation.replace("_", " ") or "different reports"
    out(f"{named[0]} and {named[1]}: {what}, says {who}.")
    # A slip in a key, or words that are another title's too, are seen here or never.
    title = dict(told.filter(told["key"].is_in(named)).select("key", "title").iter_rows())
    for key in named:
        say(f"  {short_key(key)}: {one_line(title[key]) or '(no title)'}")
    if against:
        say(f"But that contradicts: {'; '.join(map(in_words, against))}.")
        say(
            "Records that somebody told apart are not merged. Change one of these words, or take yours back: review dedup --undo --as "
            + who
        )
    say(f"Next: {next_step(space, 'review run')}")


def undo(who: str, review: str, *, as_json: bool = False) -> None:
    """Take back a person's last word, with those that were said at once with it."""
    from review.dedup.said import Said, in_words, last_said
    from review.model.events import Sameness, Undo, standing

    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    with space.dedup_ledger().session(who) as ledger:
        words = last_said([line.event for line in ledger.read().lines], who)
        if not words:
            raise UsageError(
                "There is nothing to undo.",
                f"No word of {who}'s stands. 'review dedup --said' lists what people said; say otherwise of others' pairs: --same A B, --different A B.",
            )
        ledger.append_all([Undo(by=who, undoes=word.id, protocol=space.digest) for word in reversed(words)])
        left = Said(e for e in standing([line.event for line in ledger.read().lines]) if isinstance(e, Sameness)).latest
    again = [in_words(earlier) for word in words if (earlier := left.get((word.a, word.b)))]
    if as_json:
        out_json({"taken_back": list(map(in_words, words)), "stands_again": again})
        return
    out("\n".join(f"Taken back: {in_words(word)}" for word in words))
    for told in again:
        say(f"An earlier word on the two stands again: {told}")
    say(f"Next: {next_step(space, 'review run')}")


def list_said(as_json: bool, review: str) -> None:
    """What people said of pairs, oldest first; also what was taken back."""
    from review.dedup.differing import short_key
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
        which = f" ({short_key(t['first'])} is)" if t["first"] else ""
        out(
            f"{t['at'][:16].replace('T', ' ')}  {t['by']}  {short_key(t['a'])}  {short_key(t['b'])}  {t['said'].replace('_', ' ')}{which}{note}{state}"
        )
    stand = sum(t["state"] == "stands" for t in told)
    say(
        f"{counted(len(told), 'word')}, {stand:,} of them {'stands' if stand == 1 else 'stand'}"
        if told
        else "Nobody has said anything yet."
    )
