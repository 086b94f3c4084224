"""Records as columns: what deduplication reads of them, and text made plain a column at a time."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from review.model.tags import LIKE_A_TAG

if TYPE_CHECKING:
    from review.model.record import Record

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "key": pl.String,
    "source": pl.String,
    "title": pl.String,
    "authors": pl.String,  # one string, '; ' between names
    "year": pl.Int32,  # 0 where there is none
    "journal": pl.String,
    "volume": pl.String,
    "issue": pl.String,
    "pages": pl.String,
    "doi": pl.String,
    "pmid": pl.String,
    "serial": pl.String,  # ISSN and ISBN
    "url": pl.String,
    "abstract": pl.String,  # its beginning
    "type": pl.String,
    "accession": pl.String,
    "imprint": pl.String,
}
BY_CONTENT = "content "  # before a key that is no id of the source's, where one is asked for
ABSTRACT = 480  # characters of an abstract that are looked at


# The fields of a record that are read; a list as one text, '; ' between its parts.
FIELDS = ("key", "source", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "issn", "isbn", "url", "abstract",
          "type", "accession", "imprint")  # fmt: skip


def frame_of(records: Iterable[Record]) -> pl.DataFrame:
    """The records as columns of SCHEMA, in the order they came."""
    from review.formats.columns.imprint import imprint  # much that a plain table does without

    rows = [
        (
            r.key,
            r.source,
            r.title,
            "; ".join(r.authors),
            r.year,
            r.journal,
            r.volume,
            r.issue,
            r.pages,
            r.doi,
            r.pmid,
            r.issn,
            r.isbn,
            r.url,
            r.abstract[:ABSTRACT],
            r.type,
            r.accession,
            r.imprint or imprint(r),
        )
        for r in records
    ]
    columns = zip(*rows, strict=True) if rows else ([] for _ in FIELDS)
    kinds = (pl.Int64 if name == "year" else pl.String for name in FIELDS)
    return looked_at(pl.DataFrame([pl.Series(*column) for column in zip(FIELDS, map(list, columns), kinds, strict=True)]))


def looked_at(fields: pl.DataFrame) -> pl.DataFrame:
    """The columns of SCHEMA, from those of FIELDS."""
    numbered = (pl.col("issn") != "") | (pl.col("isbn") != "")
    return fields.with_columns(
        pl.col("year").fill_null(0),
        pl.col("abstract").str.slice(0, ABSTRACT),
        serial=pl.when(numbered).then(pl.concat_str("issn", "isbn", separator=" ")).otherwise(pl.lit("")),
    ).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def record_of(row: Mapping[str, Any]) -> Record:
    """A record again from a row of SCHEMA, as far as that goes."""
    from review.model.record import Record

    same = {name: row[name] for name in SCHEMA if name not in ("authors", "year", "serial")}
    return Record(**same, authors=tuple(a for a in row["authors"].split("; ") if a), year=row["year"] or None, issn=row["serial"])


def plain(text: pl.Expr) -> pl.Expr:
    """Text for comparison: no markup, accents, punctuation or case; single spaces."""
    return text.map_batches(_plain, return_dtype=pl.String)


def squashed(text: pl.Expr) -> pl.Expr:
    """The same without spaces."""
    return text.map_batches(_squashed, return_dtype=pl.String)


_AT_ONCE = 1 << 14  # texts
_SIGNS = bytes(c for c in range(1, 128) if not chr(c).isalnum())
_LOWER = bytes.maketrans(string.ascii_uppercase.encode(), string.ascii_lowercase.encode())
_SPACED = bytes.maketrans(_SIGNS, b" " * len(_SIGNS))


def _plain(texts: pl.Series) -> pl.Series:
    return _changed(texts, lambda text: text.lower().translate(_SPACED)).str.replace_all(r"  +", " ").str.strip_chars(" ")


def _squashed(texts: pl.Series) -> pl.Series:
    return _changed(texts, lambda text: text.translate(_LOWER, _SIGNS)).str.replace_all(" ", "", literal=True)


def _changed(texts: pl.Series, change: Callable[[bytes], bytes]) -> pl.Series:
    """Texts without markup; of those in ASCII what `change` makes of many at a time, which is much quicker; the others letter by letter."""
    if texts.str.contains("<", literal=True).any():  # the form takes longer to make ready than a thousand texts to look through
        texts = texts.str.replace_all(LIKE_A_TAG, " ")
    ours = texts.str.len_bytes() == texts.str.len_chars()
    if ours.all(ignore_nulls=False):
        return _at_once(texts, change)
    found = _lettered(texts.filter(~ours))
    return texts.scatter((~ours).arg_true(), found).scatter(ours.arg_true(), _at_once(texts.filter(ours), change))


def _at_once(texts: pl.Series, change: Callable[[bytes], bytes]) -> pl.Series:
    parts = [texts.head(0)]
    for start in range(0, texts.len(), _AT_ONCE):
        some = texts.slice(start, _AT_ONCE)
        made = change("\0".join(some.to_list()).encode()).decode().split("\0")
        parts.append(pl.Series(texts.name, made, pl.String) if len(made) == some.len() else _lettered(some))
    return pl.concat(parts)


def _lettered(texts: pl.Series) -> pl.Series:
    return (
        texts.str.normalize("NFKD")
        .str.to_lowercase()
        .str.replace_all(r"\p{M}+", "")
        .str.replace_all("ß", "ss", literal=True)
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
    )


OTHER_SCRIPT = r"[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Thai}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Devanagari}]{2}"


def size_of(text: pl.Expr) -> pl.Expr:
    """How much a text says, in Latin letters: a Chinese character says as much as three of them."""
    letters = text.str.len_chars()
    return pl.max_horizontal(letters, (text.str.len_bytes() - letters) * 3 // 2)


def mend_where(texts: pl.Series, sieve: str, mend: Callable[[pl.Series], pl.Series | list[str]]) -> pl.Series:
    """The texts; those in which the form `sieve` is found as `mend` gives them, all at once: what few need is spared the others."""
    found = texts.str.contains(sieve).arg_true()
    return texts if found.is_empty() else texts.clone().scatter(found, mend(texts.gather(found)))


def replaced(text: pl.Expr, form: str, by: str, times: int = 1) -> pl.Expr:
    """What begins or ends with a word, replaced where it is found. In text that is not ASCII the bounds of words are looked for slowly: that is
    done only where they are bounds in ASCII, too."""
    sieve = form.replace(r"\b", r"(?-u:\b)")

    def mend(texts: pl.Series) -> pl.Series:
        for _ in range(times):
            texts = texts.str.replace_all(form, by)
        return texts

    return text.map_batches(lambda texts: mend_where(texts, sieve, mend), return_dtype=pl.String)


def by_value(column: pl.Series, make: Callable[[pl.Series], pl.DataFrame]) -> pl.DataFrame:
    """What `make` gives for the column, made once for each value in it."""
    values = column.unique().alias("value")
    made = make(values).with_columns(values)
    return column.alias("value").to_frame().join(made, on="value", how="left", maintain_order="left").drop("value")
