"""What people said of pairs, taken together."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from tools import at, named_by

from review.cli.dedup_names import chosen, meant, named, two
from review.dedup.differing import marked, rows, short_key
from review.dedup.said import Said, in_words, ties, unfollowed
from review.errors import UsageError
from review.model.events import Sameness
from review.model.plain_text import plain
from review.model.record import Record
from review.tui.columns import beside


def word(a: str, b: str, *, same: bool = True) -> Sameness:
    return Sameness(by="AB", a=a, b=b, same=same)


def test_what_follows_from_words_and_rules() -> None:
    said = Said([word("a", "b"), word("c", "d", same=False)], ties([("b", "c")]))
    assert said.follows("a", "c") is True
    assert said.follows("a", "d") is False
    assert said.follows("a", "e") is None
    assert Said((), ties([("b", "c")])).follows("b", "c") is None  # nobody has said anything


def test_a_word_is_told_what_it_can_not_hold_together_with() -> None:
    ab, bc, ac = word("a", "b"), word("b", "c"), word("a", "c", same=False)
    assert Said([ab, bc, ac]).against(ac) == (ab, bc)
    assert Said([ac, ab, bc]).against(bc) == (ac,)
    assert Said([ab, ac]).against(ac) == ()
    assert Said([ab, bc, ac, word("a", "c")]).against(word("a", "c")) == ()  # the latest word on a pair replaces the one before
    (told,) = unfollowed([ab, bc, ac], {"a": "a", "b": "b", "c": "b"})
    assert told == f"not followed: {in_words(ab)}; but {in_words(ac)}. Change one of these"
    assert in_words(ac) == "AB: a and c are different reports"
    assert in_words(replace(ac, relation="reply_to")) == "AB: a and c are different reports, linked as reply to"


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans()), max_size=12))
def test_words_that_agree_contradict_nothing_and_others_name_their_contradiction(found: list[tuple[int, int, bool]]) -> None:
    words = [word(f"r{min(a, b)}", f"r{max(a, b)}", same=same) for a, b, same in found if a != b]
    said = Said(words)
    sets = at("review.dedup.clusters").Clusters(list(range(7)))
    for w in said.latest.values():
        if w.same:
            sets.join(int(w.a[1]), int(w.b[1]))
    broken = [w for w in said.latest.values() if not w.same and sets.find(int(w.a[1])) == sets.find(int(w.b[1]))]
    for w in said.latest.values():
        if not w.same:
            assert bool(said.against(w)) == (w in broken)
    if not broken:
        assert not any(said.against(w) for w in said.latest.values())
        for a, b in combinations(range(7), 2):
            if said.follows(f"r{a}", f"r{b}") is True:
                assert sets.find(a) == sets.find(b)


@given(st.text(max_size=60), st.text(max_size=60))
def test_whole_rows_leave_no_word_out_and_mark_what_one_lacks(x: str, y: str) -> None:
    row = rows(Record(title=x), Record(title=y), {}, whole=True)[0]
    shown = ["".join(p.text for p in pieces) for pieces in (row.a, row.a if row.same else row.b)]
    assert [plain(text) for text in shown] == [plain(" ".join(t.split())) for t in (x, y)]
    if plain(x) == plain(y):
        assert not any(p.differs for p in (*row.a, *row.b)) or row.sign != "agree"


def test_initials_and_order_are_no_other_author_and_another_name_is() -> None:
    def authors(*names: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        row = rows(Record(title="T", authors=names[0]), Record(title="T", authors=names[1]), {"authors": "same"})[1]
        return [(row.sign, [p.text for p in side if p.differs]) for side in (row.a, row.b)]

    assert authors(("Greef, Samuel", "Schroeder, Wolfgang"), ("Schroeder, W.", "Greef S")) == [("agree", []), ("agree", [])]
    assert authors(("Samuel Greef",), ("Greef, S.",)) == [("agree", []), ("agree", [])]
    assert authors(("Greef, Samuel",), ("Greef, S.", "Adams, Samuel")) == [("close", []), ("close", ["Adams, Samuel"])]
    assert authors(("王, 伟",), ("李, 娜",)) == [("close", ["王, 伟"]), ("close", ["李, 娜"])]


def test_what_both_have_is_left_out_in_the_middle_and_what_differs_never() -> None:
    text = " ".join(f"word{n}" for n in range(300))
    row = rows(Record(title="T", abstract=text), Record(title="T", abstract=text.replace("word250 ", "other ")), {"abstract": "same"})[1]
    left = "".join(map(marked, row.a))
    assert row.sign == "close"
    assert "‹word250›" in left
    assert "alike …]" in left
    assert len(left) < 300


def test_of_scripts_without_spaces_three_signs_are_as_long_as_a_word() -> None:
    def told(signs: str) -> str:
        return "".join(p.text for p in rows(Record(title=signs), Record(title=signs), {})[0].a)

    assert told("健" * 90) == "健" * 90
    assert told("健" * 91) == f"{'健' * 24} [… 43 alike …] {'健' * 24}"
    words = " ".join(f"word{n}" for n in range(29))
    assert told(f"{words} 健康") == f"{words} 健康"


def test_in_texts_of_forty_thousand_letters_the_one_word_is_found_and_the_rest_is_left_alone() -> None:
    words = [f"word{n} of the" for n in range(3000)]
    one, other = " ".join(words), " ".join([*words[:20], "start", *words[21:1500], "other", *words[1501:]])
    row = rows(Record(title="T", abstract=one), Record(title="T", abstract=other), {}, whole=True)[1]
    assert ["".join(p.text for p in side) for side in (row.a, row.b)] == [one, other]
    assert sum(len(p.text.split()) for p in row.b if p.differs) <= 6
    assert {"start", "other"} <= {word for p in row.b if p.differs for word in p.text.split()}


@pytest.mark.parametrize(
    ("one", "other", "marked_"),
    [
        ("Response of CD25+ cells", "Response of CD25− cells", ["CD25+", "CD25−"]),
        ("Response of CD25(+) cells", "Response of CD25- cells", ["CD25(+)", "CD25-"]),
        ("Adults < 65 years", "Adults ≥65 years", ["< 65", "≥65"]),
        ("Adults <65 years", "Adults < 65 years", []),
        ("A change of -5 %", "A change of 5 %", ["-5", "5"]),
        ("Written in C++", "Written in C#", ["C++", "C#"]),
        ("CD4⁺ cells: a follow-up - again", "CD4+ cells. A follow up: again", []),
    ],
)
def test_a_sign_that_turns_the_sense_of_a_title_is_marked(one: str, other: str, marked_: list[str]) -> None:
    row = rows(Record(title=one), Record(title=other), {"title": "same"})[0]
    assert [p.text.strip() for p in (*row.a, *row.b) if p.differs] == marked_
    assert row.sign == ("close" if marked_ else "agree")


def test_of_long_words_only_what_differs_is_marked_and_what_can_not_be_compared_is_not_called_alike() -> None:
    one, other = (
        Record(title="T", doi="10.1097/mol.0b013e3282ffaf82", volume="Ph.D."),
        Record(title="T", doi="10.1097/mol.0b013e3282ffaf72", volume="73"),
    )
    found = {r.name: r for r in rows(one, other, {"doi": "different", "volume": "missing"})}
    assert ["".join(map(marked, side)) for side in (found["doi"].a, found["doi"].b)] == [
        "10.1097/mol.0b013e3282ffaf‹8›2",
        "10.1097/mol.0b013e3282ffaf‹7›2",
    ]
    assert found["volume"].sign == "differ"
    pieces = rows(Record(title="T", doi="10.1136/bmj.c3321x"), Record(title="T", doi="10.1136/bmj.c332"), {})[1]
    assert (marked(pieces.a[-1]), [p.differs for p in pieces.b]) == ("‹1x›", [False])


def test_no_line_begins_with_what_belongs_to_the_word_before_it() -> None:
    names = ("Poulin, Val", "Korner-Bitensky, Nico", "Dawson, Deirdre", "王伟明, 李娜")
    for width in range(50, 90):
        lines = [line.plain for line in beside(Record(title="T", authors=names), Record(title="T 10.1097/mol.0b013e3282ffaf72"), {}, width)]
        assert not any(cell.strip().startswith((";", ",")) for line in lines for cell in line.split("│"))
        assert max(map(cell_len, lines)) <= width + 1  # with its end


def test_words_in_common_amid_what_differs_are_no_agreement_and_what_the_other_lacks_is_not_called_alike() -> None:
    one = " ".join(f"alpha{n} of" for n in range(40))
    other = " ".join(f"beta{n} of" for n in range(40))
    row = rows(Record(title="T", abstract=one), Record(title="T", abstract=other), {"abstract": "different"})[1]
    assert [p.differs for p in row.a] == [True, False]  # but for the end
    assert "".join(p.text for p in row.a) == one
    row = rows(Record(title="T", abstract=one), Record(title="T"), {"abstract": "missing"})[1]
    assert "more words …]" in "".join(map(marked, row.a))
    assert row.b[0].text == "–"
    title = rows(Record(title="Part I of a trial"), Record(title="Part II of a study"), {})[0]
    assert [p.text.strip() for p in title.a if p.differs] == ["I", "trial"]  # in a short text each word counts


def test_a_long_key_is_named_by_its_beginning_and_its_twin_by_its_number() -> None:
    key = f"base:{'0123456789abcdef' * 4}"
    records = {k: Record(key=k) for k in (key, f"{key}#2", "base:01234567ffff")}
    assert [short_key(k) for k in records] == ["base:0123456789ab…", "base:0123456789ab…#2", "base:01234567ffff"]
    told = named_by(records.values())
    for k in records:
        assert named(told, short_key(k)) == [k]
    assert named(told, "base:0123456789#2") == [f"{key}#2"]


def test_a_record_is_named_by_words_of_its_title_where_they_are_its_alone() -> None:
    titles = {"a:1": "Jardins communautaires et santé", "b:1": "Jardins communautaires", "b:2": "Sleep"}
    told = named_by([Record(key=key, title=title, doi=f"10.1000/{key}") for key, title in titles.items()])
    assert named(told, "communautaires et SANTE") == ["a:1"]
    assert named(told, "jardins") == ["a:1", "b:1"]
    assert two(told, ("jardins", "jardins")) == ("a:1", "b:1")
    assert (named(told, "slee"), named(told, "doi: 10.1000/A:1"), named(told, "https://doi.org/10.1000/b:2")) == ([], ["a:1"], ["b:2"])
    with pytest.raises(UsageError, match=r"2 records:\s+a:1  Jardins communautaires et santé\s+b:1  Jardins communautaires"):
        two(told, ("jardins", "b:2"))
    for name, hint in (("hedges", "named by its key, DOI"), ("c:2", "Did you mean b:2?"), ("2", "Did you mean b:2?")):
        with pytest.raises(UsageError, match=f"There is no record '{name}'") as error:
            two(told, ("a:1", name))
        assert hint in error.value.hint
    many = [Record(key=f"m:100000{n}", title="Hedges", pmid=str(32960310 + 1111 * n)) for n in range(5)]
    known = named_by(many)
    for name in ("PMID 32960310", "pmid32960310", "https:/pubmed.ncbi.nlm.nih.gov/32960310"):
        assert named(known, name) == ["m:1000000"]
    for name, like in (("3296301", ["32960310"]), ("m:1000009", []), ("m: 1", [])):
        with pytest.raises(UsageError) as error:
            meant(known, (name,))
        assert ("Did you mean" in error.value.hint, all(text in error.value.hint for text in like)) == (bool(like), True)
    # Where all that a name may mean are one report, any of them will do.
    for names in (("jardins", "b:2"), ("b:2", "jardins")):
        assert set(chosen(told, names, meant(told, names), {"a:1": "a:1", "b:1": "a:1"})) == {"a:1", "b:2"}
    scopus = named_by([Record(key="s:2-s2-0-85000000001", title="Hedges"), Record(key="w:WOS-000001", title="Walls")])
    for name, like in (("2-s2.0-85000000001", "s:2-s2-0-85000000001"), ("WOS:000001", "w:WOS-000001"), ("w:WOS:000001", "w:WOS-000001")):
        with pytest.raises(UsageError) as error:
            meant(scopus, (name,))
        assert error.value.hint == f"Did you mean {like}?"
    bare = named_by([Record(key="id_1", title="Hedges")])
    with pytest.raises(UsageError) as error:
        two(bare, ("id_1", "id_2"))
    assert "Did you mean" not in error.value.hint


def test_accents_that_only_a_program_sees_are_no_difference() -> None:
    one, other = "Éducation des aînés", "E\u0301ducation des ai\u0302ne\u0301s"
    for row in rows(Record(title=one, authors=("Aîné, B",)), Record(title=other, authors=("Ai\u0302ne\u0301, B",)), {}):
        assert row.same


def test_how_many_authors_there_are_stands_apart_from_the_last_of_them() -> None:
    many = tuple(f"Author{n}, A" for n in range(20))
    row = rows(Record(title="T", authors=many), Record(title="T", authors=(*many[:19], "Zimmer, Q")), {})[1]
    assert "".join(map(marked, row.b)).endswith("… ‹Zimmer, Q› (20 authors)")


def test_what_only_capitals_and_points_tell_apart_is_written_once_until_all_is_asked_for() -> None:
    one = Record(title="Wardens and trust.", authors=("Maker, B.", "Okafor, C."), journal="Journal of Places", pages="1-9")
    other = Record(title="Wardens and Trust", authors=("Maker B", "Okafor C"), journal="JOURNAL OF PLACES", pages="1–9")
    levels = {"title": "same", "authors": "same", "journal": "same", "pages": "range"}
    found = {row.name: row for row in rows(one, other, levels)}
    assert [name for name, row in found.items() if row.same] == ["title", "authors", "journal"]
    assert marked(found["title"].a[0]) == "Wardens and trust."
    assert not any(row.same for row in rows(one, other, levels, whole=True))
    signs = [Record(title=f"CD25{sign} cells") for sign in "+-"]
    assert not rows(*signs, {"title": "same"})[0].same  # a sign that turns the sense is no punctuation


def test_of_many_authors_that_both_have_no_name_is_cut_in_two() -> None:
    names = tuple(f"Maker Roe, Anna {n}" for n in range(30))
    row = rows(Record(title="T", authors=names), Record(title="T", authors=names), {"authors": "same"})[1]
    assert (row.same, "".join(map(marked, row.a))) == (True, f"{'; '.join(names[:3])}; … (30 authors)")
    (bare,) = rows(Record(title="T", authors=("–",)), Record(title="T", authors=("–",)), {})[1:]
    assert not any(piece.differs for piece in bare.a)


@pytest.mark.parametrize(
    ("one", "other", "once"),
    [
        ("Roe, Anna K.; O’Dell, Bo", "Roe AK; O'Dell B", "Roe, Anna K.; O’Dell, Bo"),
        ("Roe A.K.", "Roe, A K", "Roe A.K."),
        ("Novák-Ek, J.-P.", "Novak Ek, Jean-Paul", "Novak Ek, Jean-Paul"),
        ("王, 伟", "王", "王, 伟"),
        ("王, 伟", "王, 娜", ""),
        ("Roe, Anna", "Roe, Ada", ""),
        ("Roe, A.", "Roe, B.", ""),
        ("Roe, A.", "Roe, A.K.", ""),
        ("Roe, A.; Doe, B.", "Doe, B.; Roe, A.", ""),
        ("Roe, A.; Doe, B.", "Roe, A.", ""),
        ("ROE, BO", "Roe, Bo", "ROE, BO"),
        ("Roe, BO", "Roe, Bo Ida", ""),
    ],
)
def test_one_list_of_people_is_enough_where_both_name_the_same(one: str, other: str, once: str) -> None:
    records = [Record(title="T", authors=tuple(text.split("; "))) for text in (one, other)]
    row = rows(*records, {"authors": "same"})[1]
    assert ("".join(map(marked, row.a)) if row.same else "") == once
    assert not rows(*records, {"authors": "same"}, whole=True)[1].same
    assert not rows(*records, {"authors": "different"})[1].same or once


def test_two_sorts_are_shown_beside_what_differs_and_all_the_rest_where_nothing_else_does() -> None:
    one = Record(key="a:1", title="Gardens", year=2011, type="BOOK", isbn="9780702053627")
    other = replace(one, key="b:1", type="THES", isbn="9783161484100")
    assert [(row.name, row.sign) for row in rows(one, other, {})] == [
        ("title", "agree"),
        ("type", "differ"),
        ("isbn", "differ"),
        ("year", "agree"),
    ]
    later = rows(one, replace(other, year=2015), {"year": "far"})
    assert [(row.name, row.sign) for row in later] == [("title", "agree"), ("type", "differ"), ("year", "differ")]
