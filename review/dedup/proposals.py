"""The pairs that blocks propose, brought up to date: only the blocks that a record joined or left are made again.

A block splits, and looks only at neighbours, as it grows (`blocks`), so that a new record can also take a pair of old ones away. Every
block that is touched is therefore made twice: as it was and as it is. A pair is proposed as long as any block proposes it, so that
what is kept is by how many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import polars as pl

from review.dedup.arrays import packed, sought, unpacked
from review.dedup.blocks import BLOCKS, SPLITS, block_names, candidate_pairs, pairs_in, split_name, split_of
from review.dedup.memory import PROPOSED, Before, codes_of
from review.dedup.parts import Parts
from review.dedup.shelf import Shelf

_FEW = 8  # records for each one that came or went, at least: else all blocks are made anew


def proposed(
    shelf: Shelf, own: pl.Series, before: Before | None = None, tell: Callable[[int, int], None] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The pairs that are proposed, with the columns of PROPOSED, sorted; and those of them that were not before.

    own: whether a record, by key, is to be compared with any. before: what is known of an earlier run, of the same parts.
    """
    if before and (found := _renewed(shelf, own.to_numpy(), before)) is not None:
        return found
    pairs = candidate_pairs(shelf.columns, None if own.all() else own, tell).select(PROPOSED.names())
    if not before or before.proposed.is_empty():
        return pairs, pairs
    _, known = sought(codes_of(pairs), codes_of(before.proposed))
    return pairs, pairs.filter(pl.Series(~known, dtype=pl.Boolean))


def _renewed(shelf: Shelf, own: np.ndarray, before: Before) -> tuple[pl.DataFrame, pl.DataFrame] | None:
    """None where too much has changed for this to be quicker, or where what is known can't be right."""
    now = np.full(shelf.parts.height, -1, np.int64)  # of each row of the parts, its place by key; -1 where it is compared with none
    place = np.arange(shelf.height) if shelf.place is None else shelf.place
    now[place] = np.arange(shelf.height)
    row = now.copy()
    now[place[~own]] = -1
    was = np.full(shelf.parts.height, -1, np.int64)
    was[before.place[before.own]] = np.flatnonzero(before.own)
    touched = np.flatnonzero((now < 0) != (was < 0))
    if len(touched) * _FEW > shelf.height or before.proposed.is_empty():
        return None
    lost, won = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    keys = shelf.parts.columns([name for n in range(len(BLOCKS)) for name in block_names(n)]) if len(touched) else pl.DataFrame()
    for n in range(len(BLOCKS) if len(touched) else 0):
        at, k = _members(keys.select(block_names(n)), touched)
        for at_, k_, depth in _narrowed(shelf.parts, at, k, (was, now), touched, BLOCKS[n].most):
            for places, found in ((was, lost), (now, won)):
                for a, b in _pairs(shelf.parts, at_, k_, places, BLOCKS[n].most, depth):
                    here = (row[a] >= 0) & (row[b] >= 0)
                    found.append(packed(row[a[here]], row[b[here]]))
    return _changed(before.proposed, np.concatenate(lost), np.concatenate(won))


def _members(keys: pl.DataFrame, touched: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of the blocks that the touched rows stand in, or stood in, all members and their keys. keys: of one block, of all rows of the parts."""
    asked = pl.concat([keys[name].gather(touched).drop_nulls().alias("k") for name in keys.columns]).unique()
    at, k = [np.zeros(0, np.intp)], [np.zeros(0, np.uint64)]
    for name in keys.columns if asked.len() else ():
        rows = keys[name].is_in(asked.implode()).fill_null(value=False).arg_true()
        at.append(rows.to_numpy().astype(np.intp))
        k.append(keys[name].gather(rows).to_numpy())
    return np.concatenate(at), np.concatenate(k)


def _narrowed(
    parts: Parts, at: np.ndarray, k: np.ndarray, states: tuple[np.ndarray, np.ndarray], touched: np.ndarray, most: int
) -> Iterator[tuple[np.ndarray, np.ndarray, int]]:
    """Of blocks that were too large and still are, the parts that the touched rows stand in: the others are split as they were. Members and
    keys, and how often they were split."""
    for depth in range(len(SPLITS) + 1):
        _, which = np.unique(k, return_inverse=True)
        sizes = np.minimum(*(np.bincount(which, weights=state[at] >= 0) for state in states)) if len(at) else np.zeros(0)
        large = sizes[which] > most
        if not large.all():
            yield at[~large], k[~large], depth
        at, k = at[large], k[large]
        if not len(at) or depth == len(SPLITS):
            break
        k = split_of(pl.Series(k), parts.columns([split_name(depth)]).to_series().gather(at), depth).to_numpy()
        there = np.isin(k, k[np.isin(at, touched)])
        at, k = at[there], k[there]
    if len(at):
        yield at, k, len(SPLITS)


def _pairs(parts: Parts, at: np.ndarray, k: np.ndarray, places: np.ndarray, most: int, depth: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """The pairs that these blocks propose, as rows of the parts. at and k: members and their keys; places: by key, -1 for what is not there."""
    there = places[at] >= 0
    at, k = at[there], k[there]
    members = np.unique(at)
    standing = np.argsort(np.argsort(places[members]))  # of each member, its place among them by key
    rows = standing[np.searchsorted(members, at)]
    members = members[np.argsort(places[members])]
    keyed = pl.DataFrame({"row": rows, "k": k}, schema={"row": pl.UInt32, "k": pl.UInt64}).sort("row", maintain_order=True)
    return [(members[a], members[b]) for a, b in pairs_in(keyed, lambda names: parts.columns(names)[members], most, depth)]


def _changed(proposed: pl.DataFrame, lost: np.ndarray, won: np.ndarray) -> tuple[pl.DataFrame, pl.DataFrame] | None:
    """The pairs with what is lost and won; and those that were not among them."""
    told, which = np.unique(np.concatenate([lost, won]), return_inverse=True)
    more = np.bincount(which[len(lost) :], minlength=len(told)) - np.bincount(which[: len(lost)], minlength=len(told))
    told, more = told[more != 0], more[more != 0]
    codes, times = codes_of(proposed), proposed["times"].to_numpy().astype(np.int64)
    at, known = sought(told, codes)
    times[at[known]] += more[known]
    if (times < 0).any() or (more[~known] < 0).any():
        return None
    stays = times > 0
    fresh, fresh_times = told[~known], more[~known]
    codes, times = codes[stays], times[stays]
    where = np.searchsorted(codes, fresh)
    codes, times = np.insert(codes, where, fresh), np.insert(times, where, fresh_times)
    return _table(codes, times), _table(fresh, fresh_times)


def _table(codes: np.ndarray, times: np.ndarray) -> pl.DataFrame:
    a, b = unpacked(codes)
    return pl.DataFrame({"a": a, "b": b, "times": times}).cast(PROPOSED)
