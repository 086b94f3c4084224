"""Deduplication, whole: records as columns in; reports and the links between records out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from review.dedup.blocks import candidate_pairs
from review.dedup.clusters import RIVAL, Pair, joined, roots
from review.dedup.columns import frame_of
from review.dedup.crowded import without_crowded
from review.dedup.judge import DECIDED, Progress, explained, judge, judged
from review.dedup.memory import Memory, brought, looked_up, nothing
from review.dedup.relations import relations
from review.dedup.rules import RULES
from review.model.record import Link, Record, Report

if TYPE_CHECKING:
    from review.model.events import Sameness

ASKED = 0.01  # pairs for each record: up to that many, a person is also asked about what is unlikely, but near
_PERSON = len(RULES)  # the number of the rule where a person decided


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """reports: by key, each record in exactly one; links: by (a, b), what joined records, what a person may ask about.

    memory: for the next time.
    """

    reports: tuple[Report, ...]
    links: tuple[Link, ...]
    memory: Memory = field(compare=False, repr=False)


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


def _copies(features: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What a source gave twice, paired with its first copy; and the rows that are compared with each other: the others."""
    rows = features.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), "content")
    firsts = rows.with_columns(first=pl.when(pl.col("content").is_not_null()).then(pl.col("row").min().over("content")).otherwise("row"))
    copies = firsts.filter(pl.col("first") != pl.col("row")).select(a="first", b="row")
    return copies, firsts.filter(pl.col("first") == pl.col("row")).select("row")


def group(
    records: pl.DataFrame,
    *,
    certain: float,
    unsure: float,
    sameness: Sequence[Sameness] = (),
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Grouped:
    """The reports behind the records (columns of `columns.SCHEMA`). The same records in any order give the same result.

    certain: from this probability on, records are merged; unsure: from this on, a person is asked. memory: of an earlier run with the
    same `unsure`; it changes nothing but the time. Raises ValueError where two records have one key.
    """
    tell = progress or (lambda _what, _done, _all: None)
    tell("preparing records", 0, 0)
    records = without_crowded(records.sort("key"))
    before = brought(memory or nothing(), records)
    del records
    features = before.features
    keys = features["key"]
    if keys.n_unique() != keys.len():
        raise ValueError("two records have the same key")
    said = _words(sameness, {key: n for n, key in enumerate(keys)}) if sameness else {}
    copies, own = _copies(features)
    tell("preparing records", features.height, features.height)
    mine = own["row"]
    proposed = candidate_pairs(
        features if own.height == features.height else features[mine.to_numpy()], lambda done, of: tell("proposing pairs", done, of)
    )
    tell("proposing pairs", 1, 1)
    pairs = proposed.select(mine.gather(proposed["a"]).alias("a"), mine.gather(proposed["b"]).alias("b"))
    wholes = [_decided(before, copies)]
    likely = _likely(before, pairs, unsure, tell)
    known = pl.concat([*wholes, likely])
    spoken = pl.DataFrame(
        [(a, b, _PERSON, float(word.same), not word.same, False, None) for (a, b), word in said.items()], schema=DECIDED, orient="row"
    )
    known = pl.concat([known.join(spoken, on=["a", "b"], how="anti"), spoken]).sort("a", "b")
    tell("joining", 0, 0)

    def contradictions(inside: list[Pair]) -> Iterable[tuple[int, int, bool]]:
        asked = pl.DataFrame(inside, schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row")
        fresh = asked.join(known.filter(pl.col("probability") >= certain), on=["a", "b"], how="anti").sort("a", "b")
        wholes.append(_decided(before, fresh))
        return wholes[-1].select("a", "b", "contradicts").iter_rows()

    duplicates = known.filter((pl.col("probability") >= certain) & (pl.col("rule") != _PERSON))
    person, chance = pl.col("rule") == _PERSON, pl.col("probability")
    rivals = known.filter((person & (chance == 1)) | (~person & (chance >= max(unsure, RIVAL)) & (chance < certain)))
    words = {pair: word.same for pair, word in said.items()}
    report = roots(joined(features.height, duplicates, contradictions, words, rivals.select("a", "b").iter_rows()))
    found = pl.DataFrame({"key": keys, "report": keys.gather(report)})
    links = _links(known, report, features, certain, unsure)
    tell("joining", features.height, features.height)
    after = (
        before
        if memory is None
        else replace(before, proposed=pairs, likely=likely, whole=pl.concat(wholes).unique(["a", "b"]).sort("a", "b"))
    )
    return Grouped(found, links, after)


def _decided(before: Memory, pairs: pl.DataFrame) -> pl.DataFrame:
    """Every pair, decided, in the order of the pairs where they are sorted."""
    known, fresh = looked_up(before.whole, pairs)
    return pl.concat([known, judge(before.features, fresh)]).sort("a", "b")


def _likely(before: Memory, pairs: pl.DataFrame, unsure: float, tell: Progress) -> pl.DataFrame:
    """The pairs that are not plainly different, sorted."""
    _, fresh = looked_up(before.proposed, pairs)
    known, _ = looked_up(before.likely, pairs)
    return pl.concat([known, judged(before.features, fresh, least=unsure, tell=tell)]).sort("a", "b")


def _links(known: pl.DataFrame, report: pl.Series, features: pl.DataFrame, certain: float, unsure: float) -> pl.DataFrame:
    """What joined the members of a report; between two reports only the pair that is likeliest the same."""
    x, y = report.gather(known["a"]), report.gather(known["b"])
    known = known.with_columns(x=pl.min_horizontal(x, y), y=pl.max_horizontal(x, y))
    inside = known.filter((pl.col("x") == pl.col("y")) & (pl.col("probability") >= certain)).with_columns(verdict=pl.lit("duplicate"))
    person = pl.col("rule") == _PERSON
    between = known.filter(pl.col("x") != pl.col("y")).sort(
        pl.when(person).then(2.0).otherwise("probability"), "a", "b", descending=[True, False, False]
    )
    between = between.unique(["x", "y"], keep="first", maintain_order=True)
    unsure_ = ~person & (pl.col("probability") >= unsure)
    # What a person has decided counts too, or the list would fill up again for ever.
    room = max(0, int(features.height * ASKED) - int(between.select((unsure_ | person).sum()).item()))
    likeliest = pl.when(~person & ~unsure_).then("twice").rank("ordinal", descending=True) <= room
    between = between.with_columns(
        verdict=pl.when(unsure_ | likeliest.fill_null(value=False)).then(pl.lit("unsure")).otherwise(pl.lit("different"))
    ).filter(pl.col("near") | unsure_ | person | (pl.col("verdict") == "unsure"))
    return pl.concat([inside, relations(features, between)]).drop("x", "y").sort("a", "b")


def worded(found: Grouped) -> pl.DataFrame:
    """The links that rules made, each with the name of the rule and the evidence in words."""
    by_rule = found.links.filter(pl.col("rule") != _PERSON)
    known, fresh = looked_up(found.memory.worded, by_rule)
    words = pl.concat([known, explained(found.memory.features, fresh)])
    names = pl.Series("name", np.array([rule.name for rule in RULES], dtype=object)[by_rule["rule"].to_numpy()].tolist(), pl.String)
    return by_rule.with_columns(names).join(words, on=["a", "b"], how="left", maintain_order="left")


def links_of(found: Grouped, words: pl.DataFrame, certain: float, unsure: float, said: Sequence[Sameness] = ()) -> tuple[Link, ...]:
    """The links with their evidence in words. words: of `worded`."""
    keys = found.records["key"].to_list()
    links = [
        Link(a=keys[a], b=keys[b], probability=p, rule=rule, evidence=evidence, verdict=verdict)
        for a, b, p, rule, evidence, verdict in words.select(
            "a", "b", "probability", "name", _why_asked(certain, unsure), "verdict"
        ).iter_rows()
    ]
    latest = _words(said, {key: n for n, key in enumerate(keys)}) if said else {}
    for a, b, p, verdict in found.links.filter(pl.col("rule") == _PERSON).select("a", "b", "probability", "verdict").iter_rows():
        word = latest[a, b]
        verdict = word.relation or verdict if not word.same else verdict
        note = f": {word.note}" if word.note else ""
        links.append(
            Link(a=keys[a], b=keys[b], probability=p, rule="person", evidence=f"decided by {word.by or 'a person'}{note}", verdict=verdict)
        )
    return tuple(sorted(links, key=lambda link: (link.a, link.b)))


def _why_asked(certain: float, unsure: float) -> pl.Expr:
    """The evidence, and why a person is asked where the rules are sure."""
    asked = pl.col("verdict") == "unsure"
    note = (
        pl.when(asked & (pl.col("probability") >= certain))
        .then(pl.lit("; but other records of the two reports contradict each other"))
        .when(asked & (pl.col("probability") < unsure))
        .then(pl.lit("; unlikely, but near enough to ask while the list is short"))
        .otherwise(pl.lit(""))
    )
    return pl.concat_str("evidence", note)


def deduplicate(
    records: Sequence[Record],
    *,
    certain: float,
    unsure: float,
    sameness: Sequence[Sameness] = (),
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Deduplicated:
    """The reports behind the records, and the links with their evidence. The same records in any order give the same result,
    whatever is remembered (`group`) of an earlier one."""
    found = group(frame_of(records), certain=certain, unsure=unsure, sameness=sameness, progress=progress, memory=memory or nothing())
    record = {r.key: r for r in records}
    members: dict[str, list[Record]] = {}
    for key, report in found.records.iter_rows():
        members.setdefault(report, []).append(record[key])
    reports = (Report(key=key, records=tuple(inside)) for key, inside in sorted(members.items()))
    words = worded(found)
    return Deduplicated(
        tuple(reports), links_of(found, words, certain, unsure, sameness), replace(found.memory, worded=words.select("a", "b", "evidence"))
    )
