"""Where in their journals two records stand, but for the pages: volume, issue and supplement compared."""

from __future__ import annotations

import polars as pl

from review.dedup.levels import BOTH_WAYS, level
from review.dedup.pages import OF_ABSTRACTS

_ISSUES = 24  # in a volume


def beyond(side: str, other: str) -> pl.Expr:
    """The one stands in a supplement, the other in an issue that has another number."""
    number = pl.col(f"issue{other}").list.first().cast(pl.String)
    in_issue = pl.col(f"supplement{other}").is_null() & number.is_not_null()
    return (pl.col(f"supplement{side}").is_not_null() & in_issue & (pl.col(f"supplement{side}") != number)).fill_null(value=False)


def one_supplement() -> pl.Expr:
    """Both stand in a supplement, and as far as it is numbered in the same one."""
    one, other = pl.col("supplement"), pl.col("supplement_b")
    return ((one == other) | (one == "") | (other == "")).fill_null(value=False)


def supplemented(side: str) -> pl.Expr:
    """An abstract in the supplement of a journal."""
    return pl.col(f"conference{side}") & (pl.col(f"supplement{side}").is_not_null() | pl.col(f"letters{side}").is_in(OF_ABSTRACTS))


def in_common(name: str, other: str) -> pl.Expr:
    return pl.col(name).list.set_intersection(other).list.len() > 0


def _running(name: str) -> pl.Expr:
    """A number that runs on from volume to volume."""
    return pl.col(name).list.max() >= 100


def issue_for_volume(one: str, other: str, *, supplement: bool = False) -> pl.Expr:
    """What stands as the volume of one is the issue or the supplement of the other: '61 (10 Suppl. 1)' was cut at its last blank. supplement: that
    alone."""
    volume, issue = pl.col(f"volume{one}"), pl.col(f"issue{one}")
    number = volume.list.first()
    small = (volume.list.len() == 1) & (number <= _ISSUES) & (pl.col(f"volume{other}").list.min() > number)
    theirs = (pl.col(f"supplement{other}") == number.cast(pl.String)).fill_null(value=False)
    bare = issue.list.len() == 0
    if not supplement:
        theirs = theirs | (bare & pl.col(f"issue{other}").list.contains(number))  # of 11 (11) the first is the volume
    return (small & theirs & (bare | in_common("issue", "issue_b"))).fill_null(value=False)


def _turned_round(one: str, other: str) -> pl.Expr:
    """The volume of one is the other's issue, which no issue of a year is: volume 1, issue 36, and volume 36 alone."""
    volume, issue = pl.col(f"volume{one}"), pl.col(f"issue{one}")
    turned = (volume.list.max() <= _ISSUES) & (issue.list.min() > _ISSUES) & in_common(f"issue{one}", f"volume{other}")
    return (turned & (pl.col(f"issue{other}").list.len() == 0)).fill_null(value=False)


def page_for_issue(one: str, other: str) -> pl.Expr:
    """What stands as the issue of one, which has no page, is the page or the article's number of the other: '14 (1) (no pagination)', 18."""
    return ((pl.col(f"page{one}") < 0) & pl.col(f"issue{one}").list.contains(pl.col(f"page{other}"))).fill_null(value=False)


def _other_supplement() -> pl.Expr:
    """Both stand in no issue but in a supplement, and in two by their numbers."""
    numbered = pl.all_horizontal((pl.col(f"issue{side}").list.len() == 0) & (pl.col(f"supplement{side}") != "") for side in ("", "_b"))
    return (numbered & (pl.col("supplement") != pl.col("supplement_b"))).fill_null(value=False)


def _all_in(name: str, other: str) -> pl.Expr:
    """Each number of the one is in the other."""
    return pl.col(name).list.set_difference(other).list.len() == 0


def numbers_level(name: str) -> pl.Expr:
    swapped = in_common("volume", "issue_b") & in_common("issue", "volume_b")
    # Of a volume the issue may stand behind it; of the issues 1-2 one may be named, but report 16.1 is not 16.7.
    shared = in_common(name, f"{name}_b") if name == "volume" else _all_in(name, f"{name}_b") | _all_in(f"{name}_b", name)
    return level(
        name,
        *([(_other_supplement(), "different")] if name == "issue" else []),
        ((pl.col(name).list.len() == 0) | (pl.col(f"{name}_b").list.len() == 0), "missing"),
        (shared | swapped, "same"),
        ((_running("issue") != _running("issue_b")) | page_for_issue("", "_b") | page_for_issue("_b", ""), "missing")
        if name == "issue"
        else (
            pl.any_horizontal(form(*sides) for form in (issue_for_volume, _turned_round) for sides in BOTH_WAYS),
            "missing",
        ),
        otherwise="different",
    )
