"""What a library can't do as PubMed does is refused by name, with line, column and mend; nothing is quietly another search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from library.made import Rec

from review.errors import ReviewError
from review.library.evaluate import Found, Refused

REFUSED = {
    "town": "no field tag", '"healthy towns"': "no field tag", "town*": "no field tag", "town[foo]": "does not know the tag",
    "town[ab]": "does not know the tag", "(town OR city[ti])[tiab]": "stands on a group", "tow*[tiab]": "fewer than 4",
    "*town[tiab]": "not at the end", "to*n[tiab]": "not at the end", '"heal* town"[tiab]': "not at the end", '"town"[tiab:~3]': "two words or more",
    "town hall[tiab:~3]": "without quotation marks", '"town hall"[mh:~3]': "[ti], [tiab] and [ad] only", '"tow* hall"[tiab:~3]': "fewer than 4",
    "town[tiab:noexp]": "nothing explodes", "systematic[sb]": "lives at NCBI", "free full text[filter]": "lives at NCBI", "ffrft[filter]": "lives at NCBI",
    '"last 5 years"[dp]': "relative date", "2012:2010[dp]": "backwards", "2010/13:2011[dp]": "no range of dates", "12a[pmid]": "no PMID",
    "klingon language[la]": "no language", "care[ti] AND (NOT town[ti])": "NOT has nothing before it", "nonsense[mh]": "neither tree.bin nor any record",
    "helth[mh]": "neither tree.bin nor any record", "nothing[pt]": "neither tree.bin nor any record", "nonsense[sh]": "no subheading",
    "health*/therapy[mh]": "can", "2010[vi] AND x[isbn]": "does not hold the field", "aspirin[pa]": "does not hold the field", '"--"[ti]': "no letter or digit",
    "co-*[ti]": "*",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_refused_by_name(text: str, made: Callable[..., Path], find: Callable[..., Found]) -> None:
    lib = made([Rec(1, title="Town health care")])
    with pytest.raises(ReviewError) as caught:
        find(lib, f"health[ti]\nOR {text}")
    assert REFUSED[text] in caught.value.message
    assert "line 2, column" in caught.value.message
    assert caught.value.hint


def test_all_refusals_are_told_at_once(made: Callable[..., Path], find: Callable[..., Found]) -> None:
    with pytest.raises(Refused) as caught:
        find(made([Rec(1)]), "1. town AND x[foo]\n2. systematic[sb]\n3. #1 AND #2")
    assert [(r.span.line, r.span.column) for r in caught.value.refusals] == [(1, 4), (1, 13), (2, 4)]


def test_without_a_tree_explosion_is_refused_and_noexp_is_not(made: Callable[..., Path], find: Callable[..., Found]) -> None:
    lib = made([Rec(1, headings=(("Mental Health", True, ()),), types=("Trial",))])
    for text in ("mental health[mh]", "mental health[majr]", "mental health/therapy[mh]", "trial[pt]"):
        with pytest.raises(Refused, match="to be exploded") as caught:
            find(lib, text, tree=False)
        assert "review mesh install" in caught.value.hint
        assert ":noexp]" in caught.value.hint
    for text in ("mental health[mh:noexp]", "mental health[majr:noexp]", "ment*[mh]", "trial[pt:noexp]", "tria*[pt]"):
        assert find(lib, text, tree=False).pmids == (1,)


def test_a_heading_that_only_records_know_is_found_as_it_stands(made: Callable[..., Path], find: Callable[..., Found]) -> None:
    """MeSH gives Female and Male no place in its trees."""
    assert find(made([Rec(1, headings=(("Female", False, ()),))]), "female[mh]").pmids == (1,)


def test_all_fields_takes_untagged_terms_as_they_stand_and_says_so(made: Callable[..., Path], find: Callable[..., Found]) -> None:
    lib = made([Rec(1, title="Towns", authors=(("Smith", "J"),)), Rec(2, headings=(("Water", False, ()),), journal="Towns of Wales")])
    assert set(find(lib, "towns", all_fields=True).pmids) == {1, 2}
    assert find(lib, "wales water", all_fields=True).pmids == (2,)
    assert find(lib, '"wales water"', all_fields=True).pmids == ()
    found = find(lib, "smith j", all_fields=True)
    assert found.pmids == (1,)
    assert any("--all-fields" in w for w in found.warnings)


def test_literal_phrases_are_warned_of(made: Callable[..., Path], find: Callable[..., Found]) -> None:
    lib = made([Rec(1, title="Healthy towns")])
    assert any("literally" in w for w in find(lib, '"healthy towns"[ti]').warnings)
    assert not find(lib, "towns[ti]").warnings


@pytest.mark.parametrize(
    ("text", "says"),
    [("1. #9 OR a[ti]\n2. #1", "9"), ("1. #2\n2. #1", "itself"), ("((a[ti]", "never closed"), ("", "no search"), ("exp asthma/", "Ovid")],
)
def test_what_cannot_be_read_is_an_error_with_its_place(
    text: str, says: str, made: Callable[..., Path], find: Callable[..., Found]
) -> None:
    from review.library.evaluate import search
    from review.query import parse
    from review.store.library import Library

    with Library.open(made([Rec(1)])) as library, pytest.raises(ReviewError, match=says):
        search(library, parse(text, "ovid" if says == "Ovid" else "pubmed"))
