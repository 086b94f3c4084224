"""PRISMA-S, item by item: what the manifests and the protocol say, and what a person still has to.

Items and their order: Rethlefsen et al., Syst Rev 2021;10:39.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from review.errors import ReviewError
from review.model.protocol import Protocol
from review.model.protocol_parts import SourcePlan
from review.model.record import Search
from review.model.words import counted, were
from review.query import parse
from review.query.render import render_node
from review.query.tree import DateRange, Limit, Text, walk


@dataclass(frozen=True, slots=True)
class Item:
    """One of the sixteen. by: `derived` from what was done, `said` in the protocol, or `asked`: `answer` then names the
    field of the protocol in which a person answers it."""

    number: int
    label: str
    answer: str
    by: str


def items(
    protocol: Protocol, searches: Sequence[Search], duplicates: int, links: Sequence[tuple[str, int]] = (), version: str = ""
) -> tuple[Item, ...]:
    """All sixteen items. duplicates: records removed as such before screening; links: rule -> pairs that it merged, 'person' for
    those that a person did; version: of this program."""
    by_source = {s.id: sorted((x for x in searches if x.source == s.id), key=lambda x: x.date) for s in protocol.sources}
    plan = protocol.search

    def of_kind(*kinds: str) -> list[SourcePlan]:
        return [s for s in protocol.sources if s.kind in kinds]

    def named(source: SourcePlan) -> str:
        run = next((x.run for x in reversed(by_source[source.id]) if x.run), None)
        return f"{source.name} ({run.platform if run else source.platform or 'platform not named'})"

    def described(number: int, label: str, sources: list[SourcePlan], none: str) -> Item:
        told = Item(number, label, " ".join(f"{s.name}: {s.note}" for s in sources) or none, "said" if sources else "derived")
        return _asked(told, "how it was done", [f"sources.{s.id}.note" for s in sources if not s.note])

    unnamed = [f"sources.{s.id}.platform" for s in of_kind("database", "register") if not s.platform and not by_source[s.id]]
    unwritten = [
        f"sources.{s.id}.strategy" for s in protocol.sources
        if not s.strategy and not any(x.query for x in by_source[s.id]) and not (s.note and s.kind not in ("database", "register"))
    ]  # fmt: skip
    unexplained = {s.id: found for s in protocol.sources if not s.limits and (found := _limits(by_source[s.id][-1:], bool(s.filters)))}
    with_hits = sum(any(x.run and x.run.lines for x in found) for found in by_source.values())
    limits = [f"{s.name}: {x.text}, because {x.because}" for s in protocol.sources for x in s.limits]
    filters = [f"{s.name}: {f.name} ({f.citation}{', modified' if f.modified else ''})" for s in protocol.sources for f in s.filters]
    # Nobody can see in a strategy whether a part of it was published as a filter; an empty list says that none was.
    unsaid = [f"sources.{s.id}.filters" for s in of_kind("database", "register") if "filters" not in s.model_fields_set]
    again = [f"{s.name}: {', '.join(x.date for x in by_source[s.id])}" for s in protocol.sources if len(by_source[s.id]) > 1]
    planned = [f"{s.name}: {s.planned}" for s in protocol.sources if s.planned]
    return (
        _asked(_listed(1, "Database name", [named(s) for s in of_kind("database")], "No database was searched."), "the platform", unnamed),
        Item(2, "Multi-database searching", _together([s for s in of_kind("database", "register") if by_source[s.id]]), "derived"),
        _listed(3, "Study registries", [named(s) for s in of_kind("register")], "None was searched."),
        described(4, "Online resources and browsing", of_kind("website", "organisation"), "None."),
        described(5, "Citation searching", of_kind("citation"), "Not done."),
        described(6, "Contacts", of_kind("contact"), "Nobody was contacted."),
        described(7, "Other methods", of_kind("other"), "None."),
        _asked(
            Item(8, "Full search strategies", f"Given below for each source, as run; for {with_hits or 'none'} with the hits of each line.", "derived"),
            "the search, or the steps taken", unwritten,
        ),
        _asked(
            _listed(9, "Limits and restrictions", limits, "The protocol names none, and no strategy is limited by date, language, kind of publication or subset.", "said"),
            f"why the search is limited ({'; '.join(_each_once(unexplained.values()))})", [f"sources.{s}.limits" for s in unexplained],
        ),
        _asked(
            Item(10, "Search filters", f"{'; '.join(filters)}." if filters else "No published filter was used.", "said"),
            "which published filters were used (an empty list: none)", unsaid,
        ),
        _person(11, "Prior work", "; ".join(plan.prior_work), "prior_work" in plan.model_fields_set, "None was reused.", "search.prior_work"),
        _listed(12, "Updates", again, "Not yet searched again." + (f" Planned: {'; '.join(planned)}." if planned else "")),
        _listed(13, "Dates of searches", _each(protocol, lambda s: by_source[s.id][-1].date if by_source[s.id] else "not searched yet"), ""),
        _person(14, "Peer review", plan.peer_review, False, "", "search.peer_review"),
        _listed(15, "Total records", _each(protocol, lambda s: f"{sum(f.parsed for x in by_source[s.id] for f in x.files):,}"), ""),
        Item(16, "Deduplication", _merged(protocol, duplicates, dict(links), version), "derived"),
    )  # fmt: skip


def _together(sources: Sequence[SourcePlan]) -> str:
    """Whether several databases were asked at a time: here, each is."""
    if not sources:
        return "No database or register has been searched yet."
    shared: dict[str, list[str]] = {}
    for s in sources:
        shared.setdefault(s.platform, []).append(s.name)
    told = [f"{' and '.join(names)} are both on {platform}" if len(names) == 2 else f"{', '.join(names)} are all on {platform}" for platform, names in shared.items() if platform and len(names) > 1]  # fmt: skip
    whole = f"Not done: {'the one database was' if len(sources) == 1 else f'each of the {len(sources)} databases and registers was'} searched by itself, with a strategy and a date of its own."
    return whole + (f" {'; '.join(told)}, and were not searched together." if told else "")


def _merged(protocol: Protocol, duplicates: int, links: dict[str, int], version: str) -> str:
    """What removed the duplicates: the program and its version, by which rule, and how much of it people did."""
    people = links.get("person", 0)
    machine = sum(links.values()) - people
    said = f"By this program (review{f' {version}' if version else ''}): {counted(duplicates, 'duplicate record')} {were(duplicates)} removed, each listed beside what it repeats."
    if links:
        said += (
            f" {counted(machine, 'pair')} of records {were(machine)} merged by the program, {counted(people, 'pair')} by a person;"
            " three records of one report are three pairs."
        )
    at = protocol.dedup
    return f"{said} The program merges from a probability of {at.certain}; between {at.unsure} and that, a person decides on both records side by side."


def _limits(searches: Iterable[Search], filtered: bool) -> list[str]:
    """The limits of date, language, kind of publication and subset, and Ovid's `limit`, that stand in the queries as they were sent.

    filtered: the protocol names published filters, which kinds of publication are a part of.
    """
    codes = {"LANG", *(() if filtered else ("PTYP", "FILT"))}
    found: list[str] = []
    for search in searches:
        try:
            strategy = parse(search.query)
        except ReviewError:  # the query of a source whose language is not read here
            continue
        for line in strategy.lines:
            for node in walk(line.tree) if line.tree else ():
                if isinstance(node, Limit):
                    found += node.conditions
                elif isinstance(node, DateRange) or (isinstance(node, Text) and any(t.code in codes for t in node.tags)):
                    found.append(render_node(node, strategy.syntax))
    return found


def _each_once(found: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(text for texts in found for text in texts))


def _each(protocol: Protocol, tell: Callable[[SourcePlan], str]) -> list[str]:
    return [f"{s.name}: {tell(s)}" for s in protocol.sources]


def _listed(number: int, label: str, found: Iterable[str], none: str, by: str = "derived") -> Item:
    text = "; ".join(each.rstrip(".") for each in found)
    return Item(number, label, f"{text}." if text else none, by if text else "derived")


def _person(number: int, label: str, text: str, answered: bool, none: str, field: str) -> Item:
    """An item that only a person can answer; an empty list that stands in the protocol is an answer."""
    return _asked(Item(number, label, text or none, "said"), "this", [] if text or answered else [field])


def _asked(told: Item, what: str, fields: list[str]) -> Item:
    """The item as it is told; where the protocol is silent in some fields, what a person must say there."""
    return replace(told, answer=f"A person must say {what}, in the protocol: {', '.join(fields)}.", by="asked") if fields else told
