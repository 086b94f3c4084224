"""Records among many by what a person types of them."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from review.dedup.columns import plain
from review.model.identifiers import identifier
from review.model.record import Record, as_in_a_key

TOLD = ("key", "doi", "pmid", "title", "authors")


def told_of(records: Iterable[Record]) -> pl.DataFrame:
    """The columns of TOLD."""
    rows = [(r.key, r.doi, r.pmid, r.title, "; ".join(r.authors)) for r in records]
    return pl.DataFrame(rows, schema=dict.fromkeys(TOLD, pl.String), orient="row")


class Finder:
    """Everything is put into small letters once; then a search among tens of thousands takes no time."""

    def __init__(self, told: pl.DataFrame) -> None:
        """told: the columns of TOLD, of the records among which is searched."""
        named = [pl.col(name).str.to_lowercase() for name in ("doi", "pmid")]
        words = plain(pl.concat_str("title", "authors", separator=" "))
        self._told = told.select("key", *named, name=pl.col("key").str.to_lowercase(), words=words)

    def having(self, text: str) -> set[str]:
        """The keys of the records with this key (also without its source, or as that writes its id), DOI or PMID (also as an address), or with these words in the title or among the authors."""
        exact = text.strip().lower()
        wanted = pl.DataFrame({"text": [text]}).select(plain(pl.col("text"))).item()
        found = (pl.col("name") == exact) | pl.col("name").str.replace("^[^:]*:", "").is_in([exact, as_in_a_key(exact)])
        found |= pl.any_horizontal(pl.col(name) == identifier(text) for name in ("doi", "pmid"))
        if wanted:
            found |= pl.col("words").str.contains(wanted, literal=True)
        return set(self._told.filter(found)["key"]) if exact else set()
