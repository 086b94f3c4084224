"""Rows and pairs of rows as arrays: two rows in one number, numbers looked up in a sorted array, the runs of equal ones in it."""

from __future__ import annotations

import numpy as np

_HALF = np.uint64(32)  # bits of a row
_LOW = np.uint64(0xFFFFFFFF)


def packed(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Each pair of rows as one number, which sorts as the pair does."""
    codes: np.ndarray = (a.astype(np.uint64) << _HALF) | b.astype(np.uint64)
    return codes


def unpacked(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows of pairs that are one number each."""
    return (codes >> _HALF).astype(np.uint32), (codes & _LOW).astype(np.uint32)


def sought(values: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each value stands, or would be put in, in a sorted array; and whether it is there."""
    at = np.searchsorted(among, values)
    there = at < len(among)
    there[there] = among[at[there]] == values[there]
    return at, there


def starts_of(values: np.ndarray) -> np.ndarray:
    """Where the runs of equal values begin in an array in which equal ones stand together."""
    return np.flatnonzero(np.r_[True, values[1:] != values[:-1]] if len(values) else [])


def runs_of(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each value of such an array, how many are equal to it, and how many of those stand before it."""
    starts = starts_of(values)
    sizes = np.diff(np.r_[starts, len(values)])
    return np.repeat(sizes, sizes), np.arange(len(values)) - np.repeat(starts, sizes)
