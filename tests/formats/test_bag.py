"""The bag of an entry's tagged values: whatever no field claims comes back, in the order of the entry."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review.formats.values.bag import Bag

PAIRS = [("TI", "A"), ("AD", "x"), ("TI", "B"), ("TA", "A"), ("AD", "x"), ("TI", "A")]


def bag(pairs: list[tuple[str, str]]) -> Bag:
    return Bag.clean([tag for tag, _ in pairs], [text for _, text in pairs])


def test_a_claimed_text_goes_wherever_it_stands_under_the_tags_and_the_others_stay() -> None:
    one = bag(PAIRS)
    assert one.one("TI", "TA", "BTI") == "A"
    assert one.rest({"AD": "affiliation"}) == [("affiliation", "x"), ("TI", "B"), ("affiliation", "x")]
    assert one.first("BTI") == ""
    assert one.each("AD") == ["x", "x"]
    assert one.rest() == [("TI", "B")]
    assert one.first("TI") == "B"
    assert not one.has("TI", "AD", "TA")
    assert one.rest() == []


def test_what_a_later_tag_says_again_is_claimed_with_it() -> None:
    many = bag([("MH", "a"), ("OT", "a"), ("OT", "b"), ("MH", "a"), ("SO", "a")])
    assert many.all("MH", "OT") == ["a", "a", "b"]
    assert many.rest() == [("SO", "a")]


def test_empty_texts_are_nothing() -> None:
    assert bag([("TI", ""), ("AB", "a")]).tags == ("AB",)
    assert Bag([("TI", " "), ("AB", " a\n b ")], lambda _, text: text.split("\n")).rest() == [("AB", "a"), ("AB", " b")]


_pairs = st.lists(st.tuples(st.sampled_from(["TI", "AB", "AD"]), st.sampled_from(["a", "b", "c"])), max_size=12)
_claims = st.lists(st.tuples(st.sampled_from(["first", "drop", "one", "each"]), st.sampled_from(["TI", "AB", "AD"])), max_size=6)


@given(_pairs, _claims)
def test_every_pair_is_claimed_or_comes_back(pairs: list[tuple[str, str]], claims: list[tuple[str, str]]) -> None:
    taken = bag(pairs)
    left = list(pairs)
    for how, tag in claims:
        here = [text for t, text in left if t == tag]
        if how == "first":
            assert taken.first(tag) == (here[0] if here else "")
            gone = set(here[:1])
        elif how == "drop":
            taken.drop("a", tag)
            gone = {"a"}
        elif how == "one":
            chosen = next((text for t in (tag, "AD") for u, text in left if u == t), "")
            assert taken.one(tag, "AD") == chosen
            left = [p for p in left if p not in ((tag, chosen), ("AD", chosen))]
            gone = set()
        else:
            assert taken.each(tag) == here
            gone = set(here)
        left = [(t, text) for t, text in left if not (t == tag and text in gone)]
    assert taken.rest() == left
