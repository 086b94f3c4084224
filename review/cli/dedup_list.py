"""review dedup: the unsure pairs of a review and the related ones, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from review.cli.common import next_step, out, out_json, run_stages, say, workspace
from review.cli.dedup_words import firsts_said
from review.model.related import RELATIONS
from review.model.words import are, counted

if TYPE_CHECKING:
    from review.model.record import Link, Record, Report

_MOST = 5  # kinds of doubt that are named


def list_pairs(as_json: bool, review: str, who: str) -> None:
    """The pairs that a person is asked about, likeliest first, then those that are related. Runs the stage. who: asks, if they said so."""
    from dataclasses import asdict

    from review import pipeline
    from review.model.related import role

    space = workspace(review)
    stages = run_stages(space, "dedup")
    with pipeline.opened(space) as store:
        links = store.links("unsure")
        related = [link for link in store.links() if link.verdict in RELATIONS]
        wanted = {key for link in (*links, *related) for key in (link.a, link.b)}
        records = {r.key: r for r in store.records(wanted)}
    if as_json:
        out_json({"unsure": [asdict(link) for link in links], "related": [asdict(link) for link in related]})
        return
    for link in sorted(links, key=lambda x: (-x.probability, x.a, x.b)):
        _tell(link, records, f"{_p(link.probability)}: {link.evidence}")
    said = firsts_said(space)
    for link in related:
        which = role(link.verdict, *_alone(link, records), said.get((link.a, link.b), ""))
        _tell(
            link,
            records,
            "; ".join(filter(None, (f"{link.verdict.replace('_', ' ')}: {which or link.rule}", which and link.rule, link.evidence))),
        )
    for warning in stages[-1].warnings:
        say(f"warning: {warning}")
    say(stages[-1].summary + (f"; {counted(len(related), 'pair')} {are(len(related))} related, not the same" if related else ""))
    if links:
        most = Counter(link.rule for link in links).most_common()
        told = ", ".join(f"{rule} ({n:,})" for rule, n in most[:_MOST])
        say(f"  most: {told}{', …' if len(most) > _MOST else ''}")
        screen = next_step(space, f"review dedup --review --as {who or 'NAME'}")
        say(f"Say what they are: {screen}; or --same A B, --different A B. A pair that nobody decides stays two reports.")


def _p(probability: float) -> str:
    """None is excluded, and none is certain, as long as somebody is asked."""
    return "p < 0.01" if probability < 0.01 else "p > 0.99" if probability > 0.99 else f"p = {probability:.2f}"


def _alone(link: Link, records: Mapping[str, Record]) -> tuple[Report, Report]:
    """The two records of a link, each as a report of its own."""
    from review.model.record import Report

    return Report(key=link.a, records=(records[link.a],)), Report(key=link.b, records=(records[link.b],))


def _tell(link: Link, records: Mapping[str, Record], why: str) -> None:
    """Both records of a pair, with what tells their titles apart between ‹ ›, and what is known of the two."""
    from review.dedup.differing import marked, rows

    a, b = records[link.a], records[link.b]
    title = rows(a, b, {})[0]
    for record, pieces in ((a, title.a), (b, title.a if title.same else title.b)):
        shown = "".join(map(marked, pieces))
        out(
            f"{record.key}\n  {'(no title)' if shown == '–' else shown.strip()} ({record.year or 'no year'}, {record.journal or 'no journal'})"
        )
    out(f"  {why}\n")
