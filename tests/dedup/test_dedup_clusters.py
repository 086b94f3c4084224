"""What must hold of every outcome, whatever the records."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools import at, deduplicate, features_of, frame_of, group, pairs_among, write_clusters, write_unsure

from review.model.events import Sameness
from review.model.record import Record

if TYPE_CHECKING:
    from tools import Outcome

TITLES = (
    "Community gardens and wellbeing in northern towns",
    "Community gardens and wellbeing in northern towns: a mixed methods evaluation",
    "Community gardens and wellbeing in northern towns. Part II",
    "Erratum to: Community gardens and wellbeing in northern towns",
    "Allotments and sleep in southern villages",
    "Editorial",
    "#NAME?",
    "",
)
GARDENS: dict[str, Any] = {
    "title": TITLES[1],
    "authors": ("Harlow, Ines", "Okoye, Peter", "Brandt, Lena"),
    "year": 2011,
    "journal": "Journal of Soil",
    "volume": "27",
    "issue": "4",
    "pages": "112-120",
}
SUMMARY = "The gardens were dug and the soil was sampled over many years, by hand and in all weathers. " * 5
RECORDS = st.builds(
    Record,
    title=st.sampled_from(TITLES),
    authors=st.sampled_from(((), ("Harlow, Ines", "Okoye, Peter"), ("Harlow I",), ("Quill, Ada",))),
    year=st.sampled_from((None, 2010, 2011, 2015)),
    journal=st.sampled_from(("", "Journal of Soil", "J Soil", "Botanical Letters")),
    volume=st.sampled_from(("", "3", "4")),
    pages=st.sampled_from(("", "1-9", "12-20", "12", "S5")),
    doi=st.sampled_from(("", "10.1/a", "10.1/b")),
    pmid=st.sampled_from(("", "", "111", "222")),
)
LISTS = st.lists(RECORDS, max_size=14).map(lambda found: [Record(**{**_fields(r), "key": f"s:{n:03}"}) for n, r in enumerate(found)])
WORDS = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13), st.booleans()), max_size=8).map(
    lambda said: [Sameness(id=f"{n:04}", by="Mo", a=f"s:{a:03}", b=f"s:{b:03}", same=same) for n, (a, b, same) in enumerate(said)]
)


def _fields(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in Record.__slots__}


def run(records: list[Record], sameness: list[Sameness] | None = None) -> Outcome:
    return deduplicate(records, certain=0.95, unsure=0.5, sameness=sameness or [])


def report_of(outcome: Outcome) -> dict[str, str]:
    return {key: report.key for report in outcome.reports for key in report.keys}


@settings(max_examples=40, deadline=None)
@given(LISTS, WORDS, st.randoms(use_true_random=False))
@pytest.mark.slow
def test_invariants(records: list[Record], words: list[Sameness], chance: random.Random) -> None:
    outcome = run(records, words)
    shuffled, said = list(records), list(words)
    chance.shuffle(shuffled)
    chance.shuffle(said)
    assert run(shuffled, said) == outcome  # in any order
    assert sorted(key for report in outcome.reports for key in report.keys) == [r.key for r in records]  # each in exactly one
    assert all(report.key == min(report.keys) and list(report.keys) == sorted(report.keys) for report in outcome.reports)
    assert [r.key for r in outcome.reports] == sorted(r.key for r in outcome.reports)
    assert [(x.a, x.b) for x in outcome.links] == sorted({(x.a, x.b) for x in outcome.links})
    where = report_of(outcome)
    latest = {frozenset((w.a, w.b)): w for w in words if w.a in where and w.b in where and w.a != w.b}
    for pair, word in latest.items():
        a, b = sorted(pair)
        if not word.same:
            assert where[a] != where[b]  # an unmerge is respected
    for link in outcome.links:
        assert link.a < link.b
        assert (link.verdict == "duplicate") == (where[link.a] == where[link.b])
        if (word := latest.get(frozenset((link.a, link.b)))) and link.rule == "person":
            assert "decided by Mo" in link.evidence


@pytest.mark.slow
def test_a_persons_words(made: Callable[..., Record]) -> None:
    records = [made("a:1"), made("b:2"), made("c:3", title="Allotments and sleep", authors=("Quill, Ada",), pages="7", volume="9")]
    assert report_of(run(records)) == {"a:1": "a:1", "b:2": "a:1", "c:3": "c:3"}
    apart = Sameness(id="1", by="Ada", a="b:2", b="a:1", same=False, note="two editions")
    outcome = run(records, [apart])
    assert report_of(outcome)["b:2"] == "b:2"
    assert [(x.verdict, x.evidence) for x in outcome.links] == [("different", "decided by Ada: two editions")]
    again = Sameness(id="2", by="Ben", a="a:1", b="b:2", same=True)
    assert report_of(run(records, [again, apart]))["b:2"] == "a:1"  # the latest word counts
    joined = run(records, [Sameness(id="3", by="Ada", a="c:3", b="a:1")])
    assert set(report_of(joined).values()) == {"a:1"}  # and what the rules join with a:1 comes along
    assert run(records, [Sameness(id="4", by="Ada", a="a:1", b="gone:9", same=False)]) == run(records)


def test_what_stands_in_two_places_is_asked_about_as_far_as_the_list_is_short(made: Callable[..., Record]) -> None:
    names = [f"{w} {v}" for w in ("crimson", "shallow", "ancient", "waterless") for v in ("beds", "flowerpots")]
    records = []
    for n, name in enumerate(names):
        title, authors = f"Growing {name} of the northern towns and villages with schools", (f"Harlow{name[:3]}{name[-4:]}, I",)
        records.append(made(f"a:{n}", title=title, authors=authors, pages=f"{200 + 20 * n}", issue=""))
        records.append(
            made(f"b:{n}", title=title, authors=authors, journal="Botanical Letters", volume="3", issue="4", pages=f"{9 + 30 * n}")
        )
    unlike = [Record(key=f"c:{n:03}", title=f"{n:03} {chr(97 + n % 26) * 9} {chr(97 + n // 26) * 9}") for n in range(200)]
    few = run(records)
    assert {x.verdict for x in few.links} == {"co_publication"}
    outcome = run([*records, *unlike])
    asked = [x for x in outcome.links if x.verdict == "unsure" and x.rule == "two journals"]
    assert len(asked) == 2  # one for each hundred records
    assert all("unlikely, but near" in x.evidence and x.probability < 0.5 for x in asked)
    for same in (False, True):
        told = [Sameness(id=str(n), by="Ada", a=x.a, b=x.b, same=same) for n, x in enumerate(asked)]
        again = run([*records, *unlike], told)
        assert not [x for x in again.links if x.verdict == "unsure"]  # nor does the list fill up again


def test_two_registrations_under_one_title_are_not_asked_about(made: Callable[..., Record]) -> None:
    title = "Growing crimson beds of the northern towns and villages with schools"
    place = {"title": title, "journal": "ClinicalTrials.gov", "volume": "", "issue": "", "pages": ""}
    trials = [made(f"{c}:1", **place, url=f"https://clinicaltrials.gov/show/NCT0123456{n}") for n, c in enumerate("ab")]
    unlike = [Record(key=f"c:{n:03}", title=f"{n:03} {chr(97 + n % 26) * 9} {chr(97 + n // 26) * 9}") for n in range(200)]
    outcome = run([*trials, *unlike])
    assert report_of(outcome)["b:1"] == "b:1"
    assert not [x for x in outcome.links if x.verdict == "unsure"]


def test_an_unmerge_cuts_the_cluster(made: Callable[..., Record]) -> None:
    records = [made(f"{c}:1", doi="10.1234/x") for c in "abcd"]
    outcome = run(records, [Sameness(id="1", by="Ada", a="a:1", b="d:1", same=False)])
    where = report_of(outcome)
    assert where["a:1"] != where["d:1"]
    assert len(outcome.reports) == 2


def test_what_fits_two_that_contradict_each_other_is_neither(made: Callable[..., Record]) -> None:
    """A paper that became an article, and a record that names no place: whichever of its links is doubted first, the others are too."""
    paper = {"journal": "Northern Conference on Urban Soil", "volume": "", "issue": "", "pages": "1-16"}
    records = [
        made("a:1", **paper),
        made("b:2", **{**paper, "journal": "NCUS 2011 Proceedings"}),
        made("c:3", journal="", volume="", issue="", pages="", authors=("I Harlow", "P Okoye", "L Brandt")),
        made("d:4", pages="", issue=""),
        made("e:5", year=2012),
    ]
    where = report_of(run(records))
    assert where["a:1"] == where["b:2"]
    assert where["d:4"] == where["e:5"]
    assert len({where["a:1"], where["c:3"], where["d:4"]}) == 3


def test_every_word_has_a_link_of_its_own(made: Callable[..., Record]) -> None:
    """Between two reports more than one may stand: each is a person's, none is another's, and one that is not followed is told as what it is."""
    records = [made(f"{n}:1", title=f"{title} and sleep", doi="") for n, title in enumerate(("Hedges", "Allotments", "Quilts"))]
    first, second, third = (r.key for r in records)
    words = [
        Sameness(id="1", by="Ada", a=first, b=second),
        Sameness(id="2", by="Ben", a=second, b=third),
        Sameness(id="3", by="Cyd", a=first, b=third, same=False),
    ]
    outcome = run(records, words)
    assert len(outcome.reports) == 2
    assert {(x.a, x.b): (x.verdict, x.evidence) for x in outcome.links} == {
        (first, second): ("different", "decided by Ada to be the same report, which is not followed"),
        (second, third): ("duplicate", "decided by Ben"),
        (first, third): ("different", "decided by Cyd"),
    }
    related = Sameness(id="4", by="Dov", a=first, b=second, same=False, relation="version_of")  # nor does another word take its place
    assert {(x.a, x.b): x.verdict for x in run(records, [*words, related]).links} == {
        (first, second): "version_of",
        (second, third): "duplicate",
        (first, third): "different",
    }


def test_a_word_on_two_reports_takes_nothing_out_of_them(made: Callable[..., Record]) -> None:
    """What was merged with the one comes along, though it fits the one not surely and contradicts the other: a person saw them together."""
    records = [
        made("a:1"),
        made("b:2", journal="", volume="", issue="", pages=""),
        made("c:3", volume="20", issue="7", pages="700-710", year=2014),
    ]
    before = report_of(run(records))
    assert before["a:1"] == before["b:2"] != before["c:3"]
    outcome = run(records, [Sameness(id="1", by="Ada", a="a:1", b="c:3")])
    assert len(outcome.reports) == 1
    assert not [x for x in outcome.links if x.verdict == "unsure"]


@pytest.mark.parametrize(("other", "together"), [({}, False), ({"title": TITLES[0], "year": 2011}, True)])
def test_what_may_as_well_be_another_s_is_asked_about_and_what_hardly_may_is_not(
    made: Callable[..., Record], other: dict[str, object], together: bool
) -> None:
    """A record that names no place fits one article, and perhaps another one of the next year."""
    bare = made("b:2", journal="", volume="", issue="", pages="")
    next_year = made("c:3", **{"pmid": "22222222", "year": 2012, "volume": "15", "issue": "1", "pages": "7-19", **other})
    where = report_of(run([made("a:1", pmid="11111111"), bare, next_year]))
    assert (where["a:1"] == where["b:2"]) == together
    assert where["c:3"] not in (where["a:1"], where["b:2"])


def test_records_without_a_journal_are_not_those_whose_journal_was_cut_off(made: Callable[..., Record]) -> None:
    cut = made("x:1", source="x", journal="European Journal of …", doi="", url="https://x.example/1")
    other = made("x:2", source="x", journal="", doi="", url="https://x.example/1")
    features = features_of(frame_of([cut, other]))
    assert features["content"][0] != features["content"][1]


def test_no_chaining(made: Callable[..., Record]) -> None:
    """A record that says little must not join two that contradict each other."""
    article = made("a:1", doi="10.1234/x")
    poster = made("b:2", journal="Abstracts of the Northern Soil Congress", volume="2", issue="", pages="S77", pmid="111")
    bare = made("c:3", journal="", volume="", issue="", pages="", doi="10.1234/x", pmid="111")
    outcome = run([article, poster, bare])
    where = report_of(outcome)
    assert where["a:1"] != where["b:2"]
    assert len(outcome.reports) == 2


def test_the_same_entry_twice(made: Callable[..., Record]) -> None:
    records = [made(f"x:{n:04}", source="x") for n in range(300)]
    assert len(run(records).reports) == 1
    empty = [made(f"x:{n}", source="x", title="Editorial", issue="", pages="") for n in range(2)]
    assert all(link.rule != "same content in the same source" for link in run(empty).links)


def test_big_blocks_are_not_quadratic() -> None:
    records = [
        Record(
            key=f"x:{n:05}",
            title=f"Editorial introduction to soil number {n}",
            authors=("Harlow, Ines",),
            year=2010,
            journal="Soil",
            pages=str(n),
        )
        for n in range(3000)
    ]

    assert pairs_among(features_of(frame_of(records))).height < 60 * len(records)


def test_two_records_with_one_key_are_an_error(made: Callable[..., Record]) -> None:
    with pytest.raises(ValueError, match="same key"):
        run([made("a:1"), made("a:1")])


def test_tables(made: Callable[..., Record]) -> None:
    outcome = group(
        frame_of(
            [
                made("2"),
                made("1"),
                made("3", title="Allotments and sleep in southern villages: a cohort", doi="10.1/x"),
                made("4", doi="10.1/x"),
            ]
        ),
        certain=0.95,
        unsure=0.5,
    )
    rows = list(csv.reader(io.StringIO(write_clusters(outcome))))
    assert rows[0] == ["record_id", "report_id"]
    assert [r[0] for r in rows[1:]] == ["1", "2", "3", "4"]
    unsure = list(csv.reader(io.StringIO(write_unsure(outcome))))
    assert unsure[0] == ["record_id_a", "record_id_b", "probability"]
    assert all(float(r[2]) < 1 for r in unsure[1:])
    assert run([]).reports == ()


def test_progress_is_told(made: Callable[..., Record]) -> None:
    said: list[str] = []
    deduplicate([made("a:1"), made("b:2")], certain=0.95, unsure=0.5, progress=lambda what, done, total: said.append(what))
    assert said


def test_what_follows_from_words_stands_above_the_rules() -> None:
    """b is a, b is not c: then a is not c, though the rules would merge them."""
    joined = at("review.dedup.clusters").joined
    said = {"probability": [0.999], "twice": [None], "placed": [False], "contradicts": [False], "doubted": [False], "differs": [0]}
    links = at("polars").DataFrame({"a": [0], "b": [2], **said})

    def none(pairs: object) -> Any:
        return links.clear()

    assert joined(3, links, none, {}) == [0, 1, 0]
    assert joined(3, links, none, {(0, 1): True, (1, 2): False}) == [0, 0, 2]
    # Of words that can't all hold, the two are kept apart, and of the rest the latest holds.
    assert joined(3, links.clear(), none, {(0, 1): True, (1, 2): True, (0, 2): False}) == [0, 1, 1]


@pytest.mark.parametrize(
    ("first", "between", "third"),
    [
        *([{"journal": name, "volume": "", "issue": ""} for name in ("BMJ", "", "Lancet")],),
        ({"authors": ("Schultze, U", "Mason, R")}, {"authors": ()}, {"authors": ("Zimmer, M",)}),
        ({"issue": "3", "pages": "100-110"}, {"volume": "", "issue": "", "pages": ""}, {"issue": "4", "pages": "300-310"}),
        ({"issue": "Suppl 1", "pages": "S12"}, {"volume": "", "issue": "", "pages": ""}, {"issue": "9", "pages": "300-310"}),
        *(
            [
                {"title": "Introduction to the special issue on gardens and wellbeing in northern towns", "issue": issue, "pages": "3-4"}
                for issue in ("4", "", "5")
            ],
        ),
        (
            {"journal": "Soil Prevention Research"},
            {"journal": "", "volume": "", "issue": ""},
            {"journal": "Clinical Soil Research", "volume": "16"},
        ),
        ({"issue": ""}, {"volume": "", "issue": ""}, {"volume": "28", "issue": ""}),
        (
            {"journal": "", "volume": "114", "abstract": SUMMARY},
            {"volume": "", "abstract": SUMMARY},
            {"volume": "216", "abstract": SUMMARY},
        ),
        (
            {"journal": "BMJ", "pages": "c566", "volume": "340"},
            {"journal": "Revista de Suelos", "pages": "566-575", "volume": "", "year": 2012},
            {"journal": "Revista de Suelos", "pages": "566-575", "volume": "88", "year": 2012},
        ),
        ({"issue": "", "pages": "101-110"}, {"volume": "", "issue": ""}, {"volume": "28", "issue": "", "pages": "5-15"}),
        ({"volume": "", "issue": "", "year": 2010}, {"volume": "", "issue": "", "year": None}, {"volume": "", "issue": "", "year": 2011}),
        ({"volume": "26", "year": 2010}, {"volume": "", "issue": ""}, {"volume": "", "year": 2012}),
        [
            {"title": title, "abstract": text, "volume": "", "issue": ""}
            for title, text in ((f"{TITLES[1]}. Volume I", SUMMARY), (f"{TITLES[1]}…", ""), (f"{TITLES[1]}. Volume II", SUMMARY))
        ],
        *(
            [
                {"journal": "Cochrane Database Syst Rev", "volume": "", "issue": "", "pages": "CD001234", "year": year}
                for year in (2003, None, 2004)
            ],
        ),
    ],
)
def test_a_poorer_record_does_not_join_two_that_differ(
    first: dict[str, object], between: dict[str, object], third: dict[str, object]
) -> None:
    records = [Record(key=key, **{**GARDENS, "pages": "", **changes}) for key, changes in zip("abc", (first, between, third), strict=True)]
    where = report_of(deduplicate(records, certain=0.95, unsure=0.3))
    assert where["a"] != where["c"]


@pytest.mark.parametrize(
    ("one", "other"),
    [({"type": "PAT"}, {"type": "JOUR"}), ({"type": "BOOK", "isbn": "9780702053627"}, {"type": "BOOK", "isbn": "9780702070075"})],
)
def test_a_bare_record_does_not_settle_what_a_person_is_asked_of_two_others(one: dict[str, str], other: dict[str, str]) -> None:
    base: dict[str, Any] = {"title": TITLES[1], "authors": ("Harlow, Ines", "Okoye, Peter"), "year": 2011}
    records = [Record(key=key, **base, **told) for key, told in zip("abc", (one, other, {}), strict=True)]  # type: ignore[arg-type]  # the fields vary
    where = report_of(deduplicate(records, certain=0.95, unsure=0.3))
    assert where["a"] != where["b"]


def test_what_a_search_engine_shows_is_the_article_where_that_is_there_and_else_the_abstract() -> None:
    base: dict[str, Any] = {"title": TITLES[1], "year": 2011, "journal": "Journal of Soil"}
    listed = ("Harlow, Ines", "Okoye, Peter", "Brandt, Lena")
    abstract = Record(key="a", **base, authors=listed, volume="27", issue="Suppl 1", pages="S12")
    shown = Record(key="b", **base, authors=("I Harlow, P Okoye…",))
    article = Record(key="c", **base, authors=listed, volume="27", issue="9", pages="300-310")
    assert report_of(deduplicate([abstract, shown], certain=0.95, unsure=0.3)) == dict.fromkeys("ab", "a")
    assert report_of(deduplicate([abstract, shown, article], certain=0.95, unsure=0.3)) == {"a": "a", "b": "b", "c": "b"}


def test_two_of_which_no_place_is_known_are_joined_by_the_one_that_has_it() -> None:
    """An article ahead of print, a year before, and a reference without its volume: neither speaks against the other."""
    base: dict[str, Any] = {"title": TITLES[1], "authors": ("Harlow, Ines", "Okoye, Peter", "Brandt, Lena"), "journal": "Journal of Soil"}
    places: list[dict[str, Any]] = [{"year": 2010}, {"year": 2011}, {"year": 2011, "volume": "27", "pages": "123-139"}]
    records = [Record(key=key, **base, **place) for key, place in zip("abc", places, strict=True)]
    assert report_of(deduplicate(records, certain=0.95, unsure=0.3)) == dict.fromkeys("abc", "a")
    assert len(deduplicate(records[:2], certain=0.95, unsure=0.3).reports) == 2


def test_of_an_article_and_its_abstract_in_one_volume_a_record_goes_to_the_one_whose_text_it_has() -> None:
    """A poor record fits the abstract in the supplement by its place as well as the article; it has the text of the article."""
    text = "The gardens were dug and the soil was sampled over many years, by hand and in all weathers, and the diggers slept. " * 3
    other = "Rain fell on barrels and on benches while the neighbours met and talked of their streets, and of who had slept at all. " * 3
    base: dict[str, Any] = {"title": TITLES[1], "authors": ("Harlow, Ines", "Okoye, Peter"), "year": 2011, "journal": "Journal of Soil"}
    poor = Record(key="a", **base, volume="27", abstract=text)
    bare = Record(key="b", **base, volume="27", issue="9", abstract=text)
    spoken = Record(key="c", **base, volume="27", issue="Suppl 1", pages="S12", abstract=other)
    where = report_of(deduplicate([poor, bare, spoken], certain=0.95, unsure=0.3))
    assert where["a"] == where["b"] != where["c"]


def test_a_record_that_fits_two_goes_to_the_same_one_whatever_the_records_are_called() -> None:
    fields: dict[str, object] = {
        "title": TITLES[1],
        "authors": ("Harlow, Ines", "Okoye, Peter"),
        "year": 2011,
        "journal": "Journal of Soil",
    }
    told: tuple[dict[str, object], ...] = ({"volume": "80", "pages": "101-110"}, {}, {"volume": "81", "pages": "5-15"})
    found = set()
    for keys in ("abc", "cba", "bca"):
        records = [Record(key=key, **{**fields, **changes}) for key, changes in zip(keys, told, strict=True)]  # type: ignore[arg-type]  # the fields vary
        where = report_of(deduplicate(records, certain=0.95, unsure=0.3))
        found.add(tuple(where[keys[1]] == where[keys[n]] for n in (0, 2)))
    assert len(found) == 1
    assert found != {(True, True)}


def test_a_doubt_between_two_does_not_tear_off_what_is_certain_with_the_others(made: Callable[..., Record]) -> None:
    """Of ten copies one has a slip in its title and another lacks its pages: those two alone may be two documents, but the others are surely both."""
    title = "Community gardens and wellbeing in northern towns: a mixed methods evaluation"
    odd, bare = made("a:0", title=title.replace("mixed", "moxeb")), made("b:0", title=title, pages="", issue="")
    few = [odd, bare, *(made(f"c:{n}", title=title) for n in range(2))]
    assert len(set(report_of(run(few)).values())) == 2
    many = [odd, bare, *(made(f"c:{n}", title=title) for n in range(8))]
    assert len(set(report_of(run(many)).values())) == 1
    # What fits two articles because it says too little speaks for neither.
    poor = [made(f"p:{n}", title=title, pages="", issue="") for n in range(8)]
    other = [made(f"q:{n}", title=title, pages="301-309", issue="9") for n in range(2)]
    where = report_of(run([*poor, *other, *(made(f"c:{n}", title=title) for n in range(2))]))
    assert where["c:0"] != where["q:0"]


@pytest.mark.parametrize(
    ("records", "told_by", "proposed"),
    [
        (9, lambda n: 0, [(a, b) for a in range(9) for b in range(a + 1, 9)]),  # as many as a block may have: all with all
        (10, lambda n: n // 2, [(n, n + 1) for n in range(0, 10, 2)]),  # one more: those that agree in what splits it
        (10, lambda n: 0, [(a, b) for a in range(10) for b in range(a + 1, min(10, a + 9))]),  # nothing splits it: neighbours
    ],
)
def test_a_block_that_is_too_large_is_split(records: int, told_by: Callable[[int], int], proposed: list[tuple[int, int]]) -> None:
    blocks, pl = at("review.dedup.blocks"), at("polars")
    keyed = pl.DataFrame({"row": range(records), "k": [7] * records}, schema={"row": pl.UInt32, "k": pl.UInt64})
    told = pl.Series([told_by(n) for n in range(records)], dtype=pl.UInt64)
    found = blocks.pairs_in(keyed, lambda names: pl.DataFrame(dict.fromkeys(names, told)), most=9)
    assert sorted((int(a), int(b)) for some, others in found for a, b in zip(some, others, strict=True)) == proposed


BARE: dict[str, Any] = {"issue": "", "pages": ""}
SPOKEN: dict[str, Any] = {"issue": "Suppl 1", "pages": "S12"}


def _together(copies: tuple[dict[str, Any], ...]) -> bool:
    records = [Record(key=f"{n}", **{**GARDENS, **told}) for n, told in enumerate(copies)]
    return len(deduplicate(records, certain=0.95, unsure=0.3).reports) == 1


@pytest.mark.parametrize(
    "copies",
    [
        ({"volume": "28"}, {}, BARE),
        ({"issue": "5"}, {}, {"pages": ""}),
        (
            {"abstract": "Of another database, which writes abstracts of its own. " * 8},
            {"abstract": SUMMARY},
            {**BARE, "abstract": SUMMARY},
        ),
        (BARE, SPOKEN, {**SPOKEN, "authors": ("Harlow, Ines",)}),
        (
            {"title": "Huertos comunitarios y bienestar en el norte", "authors": ("Quill P", "Okoye P"), "doi": "10.1234/a"},
            {"authors": ("Harlow Quill P", "Okoye P"), "doi": "10.1234/a"},
            {"authors": ("Harlow P", "Okoye P")},
        ),
    ],
)
def test_what_one_copy_has_wrong_does_not_part_two_that_are_one_with_it(copies: tuple[dict[str, Any], ...]) -> None:
    """A slip in its volume, no page, or another language: the first and the last may be two documents by themselves, but the second is surely both."""
    odd, _, other = copies
    assert not _together((odd, other))
    assert _together(copies)
    assert _together(copies[::-1])


@pytest.mark.parametrize(
    "copies",
    [
        ({"volume": "28"}, {"volume": "28"}, {}, BARE),  # two against two
        ({"volume": "28", "year": 2012}, {}, BARE),  # a slip is in one field
        ({"volume": "28", "issue": "5"}, {}, {"pages": ""}),
        ({"volume": "28"}, {"volume": "", "issue": ""}, BARE),  # who says nothing is no witness
        ({"volume": "28", "pages": "112"}, {"pages": ""}, {"pages": "301-309"}),  # a page of its own
        ({"doi": "10.1234/a", "issue": ""}, {"doi": "10.1234/b"}, {**BARE, "doi": "10.1234/b"}),
        ({**BARE, "volume": ""}, SPOKEN, {**SPOKEN, "authors": ("Harlow, Ines",)}),  # an article whose volume nobody says
        (BARE, {"issue": "9", "pages": "300-310"}, {**SPOKEN, "authors": ("Harlow, Ines",)}),
        (BARE, {"issue": "9", "pages": "300-310"}, SPOKEN, {**SPOKEN, "authors": ("Harlow, Ines",)}),
        ({"title": f"{TITLES[1]}. Part I"}, BARE, {"title": f"{TITLES[1]}. Part II", "pages": "121-130"}),
        ({"journal": "Botanical Letters", "pages": "112"}, {"journal": ""}, BARE),
        ({"title": f"Erratum to: {TITLES[1]}", "pages": "e1"}, BARE, {}),
        ({"journal": "medRxiv", "volume": "", **BARE}, {"journal": "", "volume": "", **BARE}, {}),
    ],
)
def test_what_two_documents_differ_in_is_no_slip_of_one_copy(copies: tuple[dict[str, Any], ...]) -> None:
    assert not _together(copies)
    assert not _together(copies[::-1])


def test_who_is_with_the_odd_one_is_heard_also_from_outside_its_report() -> None:
    copies: tuple[dict[str, Any], ...] = ({"pages": ""}, {"volume": "28", "pages": ""}, {"volume": "28", "journal": ""}, {})
    records = [Record(key=f"{n}", **{**GARDENS, **told}) for n, told in enumerate(copies)]
    found = deduplicate(records, certain=0.95, unsure=0.3).reports
    assert sorted(sorted(r.key for r in report.records) for report in found) == [["0", "3"], ["1", "2"]]
