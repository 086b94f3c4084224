"""Records as people name them: by key, the beginning of a long one, DOI, PMID or words of the title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from review.cli.common import run_stages
from review.errors import UsageError
from review.model.identifiers import identifier
from review.model.plain_text import plain
from review.model.record import as_in_a_key
from review.model.words import counted

if TYPE_CHECKING:
    import polars as pl

    from review.workspace import Workspace

MOST_SHOWN = 5
SHORT_KEY = 8  # letters of a hash that name its record, as long as no other begins so
_FEW = 5  # letters of a title that say nothing alone
_SLIPS = 2  # letters
_PAIRS = (
    "A record is named by its key, DOI, PMID, or words of its title. 'review dedup' lists the pairs that are asked about, with their keys."
)


def told_of(space: Workspace) -> pl.DataFrame:
    """Key and `crowded.TOLD`, title and identifiers among them, of all records of a review. Runs the stage."""
    from review import pipeline
    from review.dedup.crowded import TOLD

    run_stages(space, "dedup")
    with pipeline.opened(space) as store:
        return store.columns("key", *TOLD)


def two(told: pl.DataFrame, names: Sequence[str]) -> tuple[str, str]:
    """The keys of the two records that two names mean. A DOI, PMID or title that exactly two have, given twice, means these.

    told: key, doi, pmid and title of all records. Raises UsageError where the names don't mean two of them.
    """
    return chosen(told, names, meant(told, names), {})


def meant(told: pl.DataFrame, names: Sequence[str], how: str = _PAIRS) -> list[list[str]]:
    """The keys of the records that each name may mean. how: to name one. Raises UsageError where there are none."""
    found = [named(told, name) for name in names]
    for name, keys in zip(names, found, strict=True):
        if not keys:
            like = _like(told, name)
            raise UsageError(f"There is no record '{name}'.", f"Did you mean {' or '.join(like)}?" if like else how)
    return found


def chosen(told: pl.DataFrame, names: Sequence[str], found: Sequence[list[str]], report_of: Mapping[str, str]) -> tuple[str, str]:
    """Two of the records that two names may mean (`meant`). report_of: where all that a name may mean stand in one report of these, any of
    them will do. Raises UsageError where they are more."""
    if found[0] == found[1] and len(found[0]) == 2:
        return found[0][0], found[0][1]
    for name, keys in zip(names, found, strict=True):
        if len(keys) > 1 and len({report_of.get(key, key) for key in keys}) > 1:
            from review.model.reading import one_line

            title = dict(told.filter(told["key"].is_in(keys[:MOST_SHOWN])).select("key", "title").iter_rows())
            listed = "".join(f"\n          {key}  {one_line(title[key], 60) or '(no title)'}" for key in keys[:MOST_SHOWN])
            more = "\n          …" if len(keys) > MOST_SHOWN else ""
            raise UsageError(f"'{name}' is that of {counted(len(keys), 'record')}:{listed}{more}", "Name one of them by its key.")
    a = next((key for key in found[0] if key != found[1][0]), found[0][0])
    b = next((key for key in found[1] if key != a), a)
    if a == b:
        raise UsageError(f"Both are the record {a}, which is always the same as itself.", "Name two records.")
    return a, b


def _like(told: pl.DataFrame, name: str) -> list[str]:
    """The keys that a name may have been meant for: without their source, as the source writes its id, else those a slip or two away."""
    tails = {name, name.partition(":")[2]} - {""}
    tails |= set(map(as_in_a_key, tails))
    if same := [key for key in told["key"] if key.partition(":")[2] in tails][:MOST_SHOWN]:
        return same
    if len(name) < _FEW or " " in name:
        return []
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.process import extract

    found: list[str] = []
    for column in ("key", "doi", "pmid"):
        near = extract(identifier(name), told[column].to_list(), scorer=DamerauLevenshtein.distance, score_cutoff=_SLIPS, limit=3)
        found += [text for text, _, _ in near if text] if len(near) < 3 else []  # of numbers in a row all are near
    return list(dict.fromkeys(found))[:MOST_SHOWN]


def named(told: pl.DataFrame, name: str) -> list[str]:
    """The key of the record of that key, else those of that DOI or PMID, else of those whose long key begins so, else of those with this title,
    else of those with these words in their title."""
    import polars as pl

    def keys(which: pl.Expr) -> list[str]:
        return sorted(told.filter(which)["key"])

    if found := keys(pl.col("key") == name):
        return found
    bare = identifier(name)
    if bare and (found := keys((pl.col("doi").str.to_lowercase() == bare) | (pl.col("pmid") == bare))):
        return found
    head, _, twin = name.strip().partition("#")  # #2: the same content again
    begins = head.rstrip("…")
    if len(begins.partition(":")[2]) >= SHORT_KEY:
        found = keys(pl.col("key").str.starts_with(begins))
        if found := [key for key in found if key.partition("#")[2] == twin] or ([] if twin else found):
            return found
    return _titled(told, plain(name))


def _titled(told: pl.DataFrame, words: str) -> list[str]:
    import polars as pl

    if len(words) < _FEW:
        return []
    # To make every title plain would take seconds of a million.
    longest = max(words.split(), key=len)
    title = pl.col("title")
    near = title.str.to_lowercase().str.contains(longest, literal=True) | (title.str.len_bytes() != title.str.len_chars())
    titles = {key: plain(text) for key, text in told.filter(near).select("key", "title").iter_rows()}
    whole = [key for key, text in titles.items() if text == words]
    return sorted(whole or (key for key, text in titles.items() if words in text))
