"""Deduplication, whole: records as columns in; reports and the links between records out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from review.dedup.clusters import FOUND, RIVAL, Pair, joined, roots
from review.dedup.crowded import TOLD, bare, crowded
from review.dedup.judge import DECIDED, Progress, decided, explained, judged
from review.dedup.memory import PAIR, Memory, before_of, brought, copies_in, looked_up, nothing
from review.dedup.parts import Parts, Spill
from review.dedup.proposals import proposed
from review.dedup.relations import relations
from review.dedup.rules import RULES
from review.dedup.said import CONTRADICTED, UNLIKELY_ASKED
from review.dedup.shelf import Shelf, prepared, shelf_of

if TYPE_CHECKING:
    from review.model.events import Sameness

ASKED = 0.01  # pairs for each record: up to that many, a person is also asked about what is unlikely, but near
# What a record says, and never what it is called: tells which of two equally sure links comes first.
_SAYS = ("normal", "names", "year", "journal", "volume", "issue", "page", "last", "doi", "pmid", "abstract")
_AS_TEXT = [pl.col(n).cast(pl.List(pl.String)).list.join(",") if n in ("volume", "issue") else pl.col(n).cast(pl.String) for n in _SAYS]
_PERSON = len(RULES)  # the number of the rule where a person decided
LINKS = pl.Schema(
    {"a": pl.String, "b": pl.String, "probability": pl.Float64, "rule": pl.String, "evidence": pl.String, "verdict": pl.String}
)


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """members: record and report, whose key is the smallest in it, by record; links: columns of LINKS, by (a, b): what joined records,
    what a person may ask about. memory: for the next time."""

    members: pl.DataFrame
    links: pl.DataFrame
    memory: Memory


@dataclass(frozen=True, slots=True)
class Grouped:
    """records: key and report (the smallest key in it), sorted by key; links: a, b (positions in records), rule, probability,
    verdict, sorted. memory: with the features of the records, in the same order, and, where there was one, all that was worked out."""

    records: pl.DataFrame
    links: pl.DataFrame
    memory: Memory


def _words(sameness: Iterable[Sameness], position: dict[str, int]) -> dict[Pair, Sameness]:
    """The latest word on each pair, oldest first; words about records that are not here are passed over."""
    latest: dict[Pair, Sameness] = {}
    for word in sorted(sameness, key=lambda w: (w.id, w.at)):
        a, b = position.get(word.a), position.get(word.b)
        if a is not None and b is not None and a != b:
            pair = (min(a, b), max(a, b))
            latest.pop(pair, None)
            latest[pair] = word
    return latest


def _shelved(records: Parts, spill: Spill | None, tell: Callable[[int, int], None]) -> Shelf:
    """The features of the records, which are gone from their parts then."""
    total, done = records.height, 0
    odd = crowded(records.columns(TOLD))
    features = Parts(spill.keep if spill else None)
    for part in records.taken():
        tell(done, total)
        end = done + part.height
        features.append(prepared(bare(part, {name: rows.filter((rows >= done) & (rows < end)) - done for name, rows in odd.items()})))
        done += part.height
    place = features.columns(["key"])["key"].arg_sort().to_numpy() if len(features) > 1 else None
    return Shelf(features, place)


def group(
    records: pl.DataFrame | Parts | Shelf,
    *,
    certain: float,
    unsure: float,
    sameness: Sequence[Sameness] = (),
    progress: Progress | None = None,
    memory: Memory | None = None,
    spill: Spill | None = None,
) -> Grouped:
    """The reports behind the records (columns of `columns.SCHEMA`). The same records in any order give the same result.

    records: as a frame, or in parts, which are used up, or wherever they lie. certain: from this probability on, records are merged;
    unsure: from this on, a person is asked. memory: of an earlier run with the same `unsure`; it changes nothing but the time. spill: where
    the features of many records are laid aside. Raises ValueError where two records have one key.
    """
    tell = progress or (lambda _what, _done, _all: None)
    tell("preparing records", 0, 0)
    prepare: Callable[[int, int], None] = lambda done, of: tell("preparing records", done, of)  # noqa: E731
    if isinstance(records, Parts):
        before = replace(nothing(), shelf=_shelved(records, spill, prepare))
    else:
        if isinstance(records, pl.DataFrame):
            records = shelf_of(records.sort("key"))
        before = brought(memory or nothing(), records, prepare)
        del records
    then = before_of(memory, before) if memory else None
    shelf = before.shelf
    keys = shelf.columns(["key"])["key"]
    if keys.n_unique() != keys.len():
        raise ValueError("two records have the same key")
    said = _words(sameness, {key: n for n, key in enumerate(keys)}) if sameness else {}
    copies, own = copies_in(shelf.columns(["content"]))
    tell("preparing records", shelf.height, shelf.height)
    pairs, fresh = proposed(shelf, own, then, lambda done, of: tell("proposing pairs", done, of))
    tell("proposing pairs", 1, 1)
    # A copy stands in no block: it is compared with what it is a copy of, and surely one with it.
    known, (again, fresh_copies) = looked_up(before.likely, pairs)[0], looked_up(before.likely, copies)
    fresh = pl.concat([fresh.select(PAIR.names()), fresh_copies])
    likely = pl.concat([known, again, judged(shelf, fresh, least=unsure, tell=tell)]).sort("a", "b")
    wholes = [before.whole.clear()]
    spoken = pl.DataFrame(
        [(a, b, _PERSON, float(word.same), not word.same, False, False, False, None, 0) for (a, b), word in said.items()],
        schema=DECIDED,
        orient="row",
    )
    known = pl.concat([likely.join(spoken, on=["a", "b"], how="anti"), spoken]).sort("a", "b")
    tell("joining", 0, 0)

    def inside(asked: pl.DataFrame) -> pl.DataFrame:
        _, fresh = looked_up(known.filter(pl.col("probability") >= certain), asked.sort("a", "b"))
        wholes.append(_decided(before, fresh))
        return wholes[-1].select(FOUND)

    def contents(rows: Sequence[int]) -> list[str]:
        text: dict[int, str] = {}
        for batch in shelf.batches(pl.DataFrame({"a": rows, "b": rows}, schema=PAIR)):
            told = batch.sides(_SAYS)[0].select(pl.concat_str(*_AS_TEXT, separator="\0", ignore_nulls=True)).to_series()
            text.update(zip(batch.pairs["a"], told, strict=True))
        return [text[i] for i in rows]

    by_rules, chance = known.filter(pl.col("rule") != _PERSON), pl.col("probability")
    duplicates = by_rules.filter(chance >= certain)
    rivals = by_rules.filter((chance >= max(unsure, RIVAL)) & (chance < certain))
    words = {pair: word.same for pair, word in said.items()}
    report = roots(joined(shelf.height, duplicates, inside, words, rivals.select("a", "b").iter_rows(), contents))
    found = pl.DataFrame({"key": keys, "report": keys.gather(report)})
    links = _links(known, report, shelf.columns(["kind", "normal"]), certain, unsure)
    tell("joining", shelf.height, shelf.height)
    after = (
        before
        if memory is None
        else replace(before, proposed=pairs, likely=likely, whole=pl.concat(wholes).unique(["a", "b"]).sort("a", "b"))
    )
    return Grouped(found, links, after)


def _decided(before: Memory, pairs: pl.DataFrame) -> pl.DataFrame:
    """Every pair, decided, in the order of the pairs where they are sorted."""
    known, fresh = looked_up(before.whole, pairs)
    return pl.concat([known, decided(before.shelf, fresh)]).sort("a", "b")


def _links(known: pl.DataFrame, report: pl.Series, titles: pl.DataFrame, certain: float, unsure: float) -> pl.DataFrame:
    """What joined the members of a report; between two reports what people said, each word, else only the pair that is likeliest the same."""
    x, y = report.gather(known["a"]), report.gather(known["b"])
    known = known.with_columns(x=pl.min_horizontal(x, y), y=pl.max_horizontal(x, y))
    inside = known.filter((pl.col("x") == pl.col("y")) & (pl.col("probability") >= certain)).with_columns(verdict=pl.lit("duplicate"))
    between, person = known.filter(pl.col("x") != pl.col("y")), pl.col("rule") == _PERSON
    said = between.filter(person).with_columns(verdict=pl.lit("different"))
    if not said.is_empty():
        between = between.filter(~person).join(said, on=["x", "y"], how="anti")
    between = between.sort("probability", "a", "b", descending=[True, False, False]).unique(["x", "y"], keep="first", maintain_order=True)
    unsure_ = pl.col("probability") >= unsure
    # What a person has decided counts too, also what is one report since, or the list would fill up again for ever.
    asked = int(between.select(unsure_.sum()).item()) + said.n_unique(["x", "y"]) + int(inside.select(person.sum()).item())
    room = max(0, int(titles.height * ASKED) - asked)
    likeliest = pl.when(~unsure_).then("twice").rank("ordinal", descending=True) <= room
    between = between.with_columns(
        verdict=pl.when(unsure_ | likeliest.fill_null(value=False)).then(pl.lit("unsure")).otherwise(pl.lit("different"))
    ).filter(pl.col("near") | unsure_ | (pl.col("verdict") == "unsure"))
    return pl.concat([inside, relations(titles, pl.concat([between, said]))]).drop("x", "y").sort("a", "b")


def worded(found: Grouped) -> pl.DataFrame:
    """The links that rules made, each with the name of the rule and the evidence in words."""
    by_rule = found.links.filter(pl.col("rule") != _PERSON)
    known, fresh = looked_up(found.memory.worded, by_rule)
    words = pl.concat([known, explained(found.memory.shelf, fresh)])
    names = pl.Series("name", np.array([rule.name for rule in RULES], dtype=object)[by_rule["rule"].to_numpy()].tolist(), pl.String)
    return by_rule.with_columns(names).join(words, on=["a", "b"], how="left", maintain_order="left")


def links_of(found: Grouped, words: pl.DataFrame, certain: float, unsure: float, said: Sequence[Sameness] = ()) -> pl.DataFrame:
    """The links with their evidence in words: columns of LINKS, by (a, b). words: of `worded`."""
    keys = found.records["key"]
    ruled = words.select("a", "b", "probability", rule="name", evidence=_why_asked(certain, unsure), verdict="verdict")
    latest = _words(said, {key: n for n, key in enumerate(keys)}) if said else {}
    rows = []
    for a, b, p, verdict in found.links.filter(pl.col("rule") == _PERSON).select("a", "b", "probability", "verdict").iter_rows():
        word = latest[a, b]
        note = f": {word.note}" if word.note else ""
        lost = " to be the same report, which is not followed" if word.same and verdict == "different" else ""  # words that can't all hold
        told = f"decided by {word.by or 'a person'}{lost}{note}"
        rows.append((a, b, p, "person", told, verdict if word.same else word.relation or verdict))
    links = pl.concat([ruled, pl.DataFrame(rows, schema=ruled.schema, orient="row")]).sort("a", "b")
    return links.with_columns(keys.gather(links[name]).alias(name) for name in ("a", "b")).cast(LINKS)


def _why_asked(certain: float, unsure: float) -> pl.Expr:
    """The evidence, and why a person is asked where the rules are sure."""
    asked = pl.col("verdict") == "unsure"
    note = (
        pl.when(asked & (pl.col("probability") >= certain))
        .then(pl.lit(CONTRADICTED))
        .when(asked & (pl.col("probability") < unsure))
        .then(pl.lit(UNLIKELY_ASKED))
        .otherwise(pl.lit(""))
    )
    return pl.concat_str("evidence", note)


def deduplicate(
    records: pl.DataFrame | Shelf,
    *,
    certain: float,
    unsure: float,
    sameness: Sequence[Sameness] = (),
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Deduplicated:
    """The reports behind the records (columns of `columns.SCHEMA`), and the links with their evidence. The same records in any order give
    the same result, whatever is remembered (`group`) of an earlier one."""
    found = group(records, certain=certain, unsure=unsure, sameness=sameness, progress=progress, memory=memory or nothing())
    words = worded(found)
    return Deduplicated(
        found.records.rename({"key": "record"}),
        links_of(found, words, certain, unsure, sameness),
        replace(found.memory, worded=words.select("a", "b", "evidence")),
    )
