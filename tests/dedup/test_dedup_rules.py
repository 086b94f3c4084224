"""One test per class of failure known from practice. All names and titles are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tools import BASE, deduplicate, explain, explained, explained_all

from review.model.record import Record

if TYPE_CHECKING:
    from review.dedup.explain import Explanation

Judged = Callable[..., "Explanation"]
TOGETHER = ("duplicate", "unsure")
WHOLE = "Community gardens and wellbeing in northern towns: a mixed methods evaluation"
LONG = "Community gardens and wellbeing in northern towns"
NOWHERE = {"volume": "", "issue": "", "pages": ""}
TEXT = {"abstract": "The gardens were dug and the soil was sampled over many years. " * 5}


@pytest.mark.parametrize(
    "second",
    [
        {},
        {"authors": ("Harlow I", "Okoye P", "Brandt L")},
        {"authors": ("Ines Harlow", "Peter Okoye")},
        {"authors": ("Harlow IA et al.",)},
        {"authors": ("Okoye, Peter", "Harlow, Ines", "Brandt, Lena")},
        {"authors": ()},
        {"journal": "J Urban Health Pract"},
        {"journal": ""},
        {"pages": "123-39"},
        {"pages": ""},
        {"pages": "139"},  # the last page for the first
        {"pages": "e1123"},
        {"volume": "14 (Supplement 1)"},
        {"issue": "47"},  # a running number where the issue should be
        {"year": 2012},  # ahead of print
        {"year": None},
        {"title": LONG},
        {"title": f"[{LONG}: a mixed methods evaluation]. [Norwegian]"},
        {"title": f"{LONG}: a mixed-methods evaluaton"},
        {"title": f"{LONG}: a mixed methods evaluation.[Erratum appears in Soil. 2012;3:4]"},
        {"title": "#NAME?"},
        {"doi": "10.1234/x"},
        {"journal": "", "volume": "", "issue": "", "pages": ""},
        {"title": "Community"},  # the main title, at the same pages
        {"title": LONG, **NOWHERE},  # the main title, in the same journal and year
    ],
)
def test_the_same_report_told_otherwise(judged: Judged, second: dict[str, object]) -> None:
    found = judged({}, second)
    assert found.verdict == "duplicate", found
    assert judged(second, {}).verdict == "duplicate"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"journal": "Journal of Urban Health Practice. Conference: 3rd Meeting of Gardeners"}, {}),
        ({"title": f"Erratum to: {LONG}"}, {"title": f"Erratum to: {LONG}"}),
        ({"title": f"{LONG}: authors' reply"}, {"title": f"{LONG}: Authors' reply"}),
    ],
)
def test_of_a_journal_and_year_all_that_is_known_agrees(judged: Judged, first: dict[str, object], second: dict[str, object]) -> None:
    one, other = {**NOWHERE, **first, "issue": "2"}, {**NOWHERE, **second}
    assert judged(one, other).verdict == judged(other, one).verdict == "duplicate"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"title": "Follow?up of na?ve gardeners? the patient?s view in H?lm"},
            {"title": "Follow-up of naïve gardeners: the patient's view in Hølm"},
        ),
        (
            {"title": "A 5?year trial of 10?12?year?old gardeners in towns"},
            {"title": "A 5-year trial of 10-12-year-old gardeners in towns"},
        ),
        (
            {"title": "IL-1Î² and TNF-Î± in Ä\x8dernice’s gardeners"},
            {"title": "IL-1β and TNF-alpha in Černice's gardeners"},
        ),  # but one sign is as it was
        ({"title": "Compost of Soilex(R) and Wormex(TM) in a 2x2 trial"}, {"title": "Compost of Soilex® and Wormex™ in a 2×2 trial"}),
        (
            {"title": "Correction to--Community gardens and wellbeing in towns"},
            {"title": "Correction to: Community gardens and wellbeing in towns"},
        ),
        (
            {"title": "Garden Noise: Response to Planting in Green Neighbourhoods"},
            {"title": "Garden noise: response to planting in green neighborhoods"},
        ),
    ],
)
def test_what_programs_do_to_a_title_makes_no_other_where_no_page_is_known(
    judged: Judged, first: dict[str, object], second: dict[str, object]
) -> None:
    """Signs that were not written, letters that were misread, trade marks, dashes; and where each word has a capital none tells a name."""
    one, other = {**first, "pages": ""}, {**second, "pages": ""}
    assert judged(one, other).verdict == judged(other, one).verdict == "duplicate"


def test_a_greek_letter_that_was_lost_may_be_either(judged: Judged) -> None:
    lost = {"title": "Effects of interleukin-1? treatment on gardeners in towns", "pages": ""}
    assert judged(lost, {"title": "Effects of interleukin-1beta treatment on gardeners in towns"}).verdict == "unsure"


def test_a_spreadsheet_made_dates_of_the_pages(judged: Judged) -> None:
    assert judged({"pages": "1-8"}, {"pages": "01-Aug"}).verdict == "duplicate"


def test_two_dois_for_one_article(judged: Judged) -> None:
    assert judged({"doi": "10.1234/old"}, {"doi": "10.9999/new"}).verdict == "duplicate"


def test_translated_title_at_the_same_place(judged: Judged) -> None:
    found = judged({}, {"title": "Gemeinschaftsgärten und Wohlbefinden in nördlichen Städten"})
    assert (found.verdict, found.rule) == ("duplicate", "same pages and authors")


ELSEWHERE = {"volume": "3", "issue": "4", "pages": "9-20"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"title": f"{LONG}. Part I"}, {"title": f"{LONG}. Part II", "pages": "140-151"}),
        ({"title": f"{LONG} 2009"}, {"title": f"{LONG} 2010", **ELSEWHERE, "year": 2012}),
        ({"title": f"{LONG}: phase 2 trial"}, {"title": f"{LONG}: phase 3 trial", **ELSEWHERE}),
        ({}, {"title": f"Erratum to: {LONG}: a mixed methods evaluation", "pages": "300"}),
        ({}, {"title": f"{LONG}: a mixed methods evaluation - reply", "pages": "300"}),
        ({}, {"title": f"Comment on: {LONG}: a mixed methods evaluation", "pages": "300"}),
        ({}, {"title": f"{LONG}: a mixed methods evaluation: study protocol", **ELSEWHERE, "year": 2009}),
        ({}, {"journal": "Abstracts of the Northern Soil Congress", "volume": "2", "pages": "S77"}),
        ({}, {"journal": "medRxiv", "volume": "", "issue": "", "pages": "", "doi": "10.1101/2010.01.02.12345"}),
        ({"pmid": "11111111"}, {"pmid": "22222222", **ELSEWHERE}),
        ({}, {"journal": "Botanical Letters", **ELSEWHERE}),
        ({"title": "Editorial"}, {"title": "Editorial", "issue": "3", "pages": "201-202"}),
        ({"title": "Editorial"}, {"title": "Editorial", "volume": "15", "year": 2012, "pages": "123"}),
        ({"title": "Editorial notes", **TEXT}, {"title": "Editorial notes", **TEXT, "volume": "", "issue": "", "pages": "", "year": 2012}),
        (
            {"title": "Remarks from the Soil Editor - Editor's Comments", "pages": "iii-v"},
            {"title": "Editor's Comments", "issue": "3", "pages": "iii-vi"},
        ),
        (
            {
                "journal": "Cochrane Database Syst Rev",
                "volume": "",
                "issue": "",
                "pages": "CD001234",
                "doi": "10.1002/14651858.CD001234.pub2",
                "year": 2007,
            },
            {
                "journal": "Cochrane Database Syst Rev",
                "volume": "",
                "issue": "",
                "pages": "CD001234",
                "doi": "10.1002/14651858.CD001234.pub3",
            },
        ),
        ({}, {"title": "Allotments and sleep in southern villages: a cohort", "authors": ("Quill, Ada",), "pages": "140-150"}),
        ({"authors": ()}, {"title": f"{LONG}: a mixed methods evaluation: response", "authors": ("Quill, Ada",), "pages": "140"}),
        ({"title": "Общественные сады и благополучие в северных городах"}, {"authors": ("Quill, Ada",)}),  # in another script, by others
        ({"title": "Общественные сады и благополучие в северных городах"}, {"authors": ("Roe, B", "Poe, C", "Moe, D", "Harlow, Ines")}),
    ],
)
def test_alike_but_another_report(judged: Judged, first: dict[str, object], second: dict[str, object]) -> None:
    for found in (judged(first, second), judged(second, first)):
        assert found.verdict not in TOGETHER, found
        assert found.rule
        assert found.evidence


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"doi": "10.1234/x"}, {"doi": "10.1234/x", "title": "Allotments and sleep in southern villages: a cohort"}),
        ({"title": f"{LONG}. Part I"}, {"title": f"{LONG}. Part II"}),  # at the same pages: one of them is mistyped
        ({"pmid": "11111111"}, {"pmid": "22222222"}),
        (TEXT, {**TEXT, "title": "Jardins communautaires et santé dans les villes du nord", "pages": ""}),  # translated
        ({"pages": "123"}, {"pages": "123", "title": "Jardins communautaires et santé dans les villes du nord"}),
        ({}, {"pages": "S45", "issue": "Suppl 1"}),  # an abstract in a supplement of the journal of the article?
        ({"pages": "S14", "issue": "Suppl 1"}, {"pages": "S38", "issue": "Suppl 2"}),  # given at two meetings
        ({}, {"journal": "", "volume": "", "issue": "", "pages": "", "authors": ("Harlow, Ines",)}),  # a thesis? with its article
        (  # the article, and what was said of it at a meeting by a few others
            {"authors": ("Harlow, Ines", "Okoye, Peter", "Brandt, Lena", "Ash, Rolf")},
            {
                "journal": "Journal of Urban Health Practice. Conference: 3rd Meeting of Gardeners",
                "volume": "",
                "issue": "",
                "pages": "",
                "year": 2010,
            },
        ),
        ({"title": f"{LONG}: study protocol"}, {"title": LONG, "pages": ""}),  # in one volume: the subtitle was cut off
        ({"title": f"{LONG} and schools"}, {"title": f"{LONG} and chools", "pages": ""}),  # a slip, or another word
        ({"title": f"{LONG} and schools: phase 2"}, {"title": f"{LONG} and schools", "pages": ""}),
        ({"title": "Editorial", "pages": "5-6"}, {"title": "Editorial", "pages": "5-6", "issue": ""}),
        ({"title": "Editorial introducion", "pages": "5-9", "issue": "1"}, {"title": "Editoral introduction", "pages": "5"}),
        ({"journal": "Soil"}, {"journal": "Soil and Rainfall", "volume": "", "issue": "", "pages": "", "year": 2012}),
        ({}, {"volume": "41", "pages": ""}),
        ({"doi": "10.1234/x", "issue": "", "pages": ""}, {"doi": "10.1234/y", "issue": "", "pages": ""}),
        ({"title": "Community gardens", "pages": "1-9"}, {"title": "Community gardens", "issue": "3", "pages": "e1023"}),
        ({**TEXT, "title": "", "issue": "", "pages": "12"}, {**TEXT, "issue": "", "pages": "13"}),  # two abstracts, one behind the other
        ({"title": "", "doi": "10.1234/x", "pages": "12"}, {"doi": "10.1234/x", "pages": "13"}),
        (
            {"title": f"Special section: {LONG}"},
            {"title": f"Special section: {LONG}", "volume": "15", "issue": "3", "year": 2012, "pages": "123-125"},
        ),
        ({"title": "Editor's coments", "pages": ""}, {"title": "Ediotr's comments", "issue": "3", "pages": ""}),
        ({}, {"title": LONG, **NOWHERE, "year": 2012}),  # a subtitle less, another year, and little else
        ({}, {"title": LONG, **NOWHERE, "authors": ("Harlow, Ines", "Ash, Rolf")}),
        ({"title": f"{LONG}: an update", **NOWHERE}, {"title": LONG, **NOWHERE}),
        ({"title": f"{LONG}: women", **NOWHERE}, {"title": LONG, **NOWHERE}),
        ({"title": f"Perspective: {LONG}"}, {"title": "Perspective", **NOWHERE}),
        ({"title": f"GARDENERS: {LONG}"}, {"title": "GARDENERS", **NOWHERE}),
        ({"title": f"Gardens: {LONG} in 2010", "pages": "123"}, {"title": "Gardens", "volume": "", "pages": "123-139"}),
        ({}, {"year": 2013, "volume": "", "issue": "", "pages": ""}),
        ({"title": f"Guidelines on {LONG}"}, {"title": f"Guidelines on {LONG}", "year": 2012, "volume": "", "issue": "", "pages": ""}),
        ({}, {"authors": (), "year": None, "journal": "", "volume": "", "issue": "", "pages": ""}),  # a bare title
        (
            {"journal": "Cochrane Database Syst Rev", "volume": "", "pages": "CD001234"},
            {"journal": "The Cochrane Library", "volume": "", "issue": "3", "pages": "CD001234", "year": 2012},
        ),
    ],
)
def test_a_person_is_asked(judged: Judged, first: dict[str, object], second: dict[str, object]) -> None:
    assert judged(first, second).verdict == "unsure"


def test_one_changed_word_is_never_certain(judged: Judged) -> None:
    found = judged(
        {"title": "Soil samples with atypical repair in northern town gardens"},
        {"title": "Soil samples with atypical atrophy in northern town gardens", "pages": "123"},
    )
    assert found.verdict != "duplicate"


def test_one_doi_of_a_supplement_is_no_proof_of_titles_that_begin_alike(judged: Judged) -> None:
    at = {"title": f"{LONG}: effects on the sleep of outpatients", "pages": "S16", "issue": "Suppl 1", "doi": "10.1234/x"}
    other = {"title": f"{LONG}: effects on the stress of children"}
    assert judged(at, {**at, **other, "pages": "S17"}).verdict == "different"
    assert judged(at, {**at, **other}).verdict == "unsure"


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("rats", "mice"),
        ("prednisone", "prednisolone"),
        ("men", "women"),
        ("male rats", "female rats"),
        ("hypoglycaemia", "hyperglycaemia"),
        ("low doses", "high doses"),
    ],
)
def test_another_word_at_one_first_page_is_another_abstract(word: str, other: str) -> None:
    title = "Community gardens and wellbeing in northern towns: outcomes of the registry of gardens over the years, as they were seen in {} again"
    place: dict[str, Any] = {"issue": ""}
    cases = [({**place, "pages": page}, "unsure") for page in ("112", "S137")]
    cases += [({**case, "abstract": TEXT["abstract"]}, "duplicate") for case, _ in cases]
    cases.append(({"pages": "112-119"}, "duplicate"))
    pairs = [
        tuple(Record(key=f"{source}:{n}", **{**BASE, **case, "title": title.format(one)}) for source, one in (("a", word), ("b", other)))
        for n, (case, _) in enumerate(cases)
    ]
    found = explained_all(pairs)
    assert [one.verdict for one in found] == [verdict for _, verdict in cases]
    assert {one.rule for one in found if one.verdict == "unsure"} == {"one word of the titles is another"}


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("hypertension", "hypotension"),
        ("afferent", "efferent"),
        ("ascending", "descending"),
        ("typical", "atypical"),
        ("linear", "nonlinear"),
        ("abduction", "adduction"),
        ("endogenous", "exogenous"),
        ("phosphorylation", "dephosphorylation"),
        ("lateral", "bilateral"),
    ],
)
def test_opposites_are_no_misspellings(judged: Judged, word: str, other: str) -> None:
    place = {"volume": "", "issue": "", "pages": ""}
    found = judged(
        {"title": f"Gardening and {word} in older men of the north", **place},
        {"title": f"Gardening and {other} in older men of the north", **place},
    )
    assert found.verdict != "duplicate"


@pytest.mark.parametrize(("word", "other"), [("programmes", "program"), ("behaviours", "behavior"), ("centres", "center")])
def test_a_word_otherwise_spelt_and_in_the_plural_is_no_other_word(judged: Judged, word: str, other: str) -> None:
    found = judged(
        *({"title": f"{LONG}: what the {one} for residents brought about", "pages": "123", "issue": ""} for one in (word, other))
    )
    assert found.verdict == "duplicate", found.rule


def test_misspellings_are_forgiven(judged: Judged) -> None:
    found = judged(
        {"title": f"{LONG}: lnfluence of evaluaton", "pages": "123"}, {"title": f"{LONG}: influence of evaluation", "pages": "123"}
    )
    assert found.verdict == "duplicate"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"title": f"{WHOLE} (NCT01234567)"},
            {"title": f"{WHOLE} (NCT07654321)", "volume": "", "issue": "", "pages": ""},
        ),
        ({}, {"journal": "medRxiv", "volume": "", "issue": "", "pages": ""}),
    ],
)
def test_one_doi_stands_above_what_tells_alike_records_apart(judged: Judged, first: dict[str, object], second: dict[str, object]) -> None:
    doi = {"doi": "10.1234/x"}
    assert judged({**first, **doi}, {**second, **doi}).verdict == "duplicate"
    assert judged(first, second).verdict != "duplicate"


def test_what_has_but_a_doi_in_common_is_no_pair(judged: Judged) -> None:
    """The DOI of a whole issue, or a wrong one."""
    other: dict[str, object] = {"title": "Bees of the southern lakes", "authors": ("Smith, Z",), "pages": "400-410"}
    assert judged({"doi": "10.1234/x"}, {**other, "doi": "10.1234/x"}).verdict == "different"


def test_a_column_under_one_doi_at_other_pages_is_asked_about(judged: Judged) -> None:
    column: dict[str, object] = {"title": "Editorial", "doi": "10.1234/x"}
    assert judged(column, {**column, "pages": "301-302"}).verdict == "unsure"


def test_same_source_id(made: Callable[..., Record]) -> None:
    assert explained(made("pubmed:123"), made("pubmed:123#2", pages="", year=2010)).rule == "same source id"
    assert explained(made("pubmed:123"), made("pubmed:123#2", title="Bees of the southern lakes")).verdict == "unsure"
    accession = [made(key, source="scopus", accession="2-s2.0-85") for key in ("x:1", "y:2")]
    assert explained(*accession).verdict == "duplicate"


def test_a_key_made_of_the_content_is_no_id_of_the_source(made: Callable[..., Record]) -> None:
    content = "scopus:h0123456789abcdef"
    found = explained(made(content), made(f"{content}#2"))
    assert (found.verdict, found.rule) == ("duplicate", "same content in the same source")


def test_bare_records(judged: Judged) -> None:
    """What GitHub or BASE give: little more than a title."""
    bare = {"authors": (), "year": None, "journal": "", "volume": "", "issue": "", "pages": ""}
    assert judged(bare, bare).verdict in TOGETHER
    assert (
        judged(
            {**bare, "abstract": "The soil was dug and sampled. " * 12}, {**bare, "abstract": "The soil was dug and sampled. " * 12}
        ).probability
        > 0.5
    )
    assert judged({**bare, "title": ""}, {**bare, "title": ""}).verdict == "different"


def test_evidence_is_in_words(judged: Judged) -> None:
    found = judged({"doi": "10.1234/x"}, {"doi": "10.1234/X", "year": 2010})
    assert found.rule == "same DOI"
    assert found.evidence.startswith("same DOI; same title; authors agree; year 2010/2011: ahead of print; journal agrees")


@pytest.mark.parametrize(
    ("first", "second", "says", "not_says"),
    [
        ({}, {"title": "Community gardens and wellbeing"}, "one title within the other", "%"),
        ({}, {"title": WHOLE.replace("northern", "norhtern")}, "title 98 %", "same title"),
        ({}, {"title": WHOLE.upper()}, "same title", "%"),
        ({"volume": ""}, {"year": 2012}, "year 2011/2012: ahead of print", ""),
        ({}, {"year": 2012, "volume": "15"}, "year 2011/2012;", "ahead of print"),
        ({}, {"title": "Gardens", "year": 2012}, "year 2011/2012;", "ahead of print"),
        ({"type": "THES"}, {"type": "THES", "volume": "", "year": 2012}, "year 2011/2012;", "ahead of print"),
        (
            {"doi": "10.17632/6mh8mpnbgv"},
            {"doi": "10.17632/6mh8mpnbgv.1"},
            "DOIs agree but for the version",
            "same DOI",
        ),
        ({}, {"authors": ("Харлоу, Инес", "Окоев, Петр")}, "authors in two scripts", "authors differ"),
        ({}, {"authors": ("Harlow I",)}, "first author agrees, the only one that one of them names", "authors agree"),
        ({}, {"authors": ("Harlow I", "Okoye P")}, "authors agree as far as both name them", "authors agree;"),
        ({}, {"authors": ("Harlow, I", "Okoye, P", "Ash, R")}, "some authors agree, the first among them", "authors agree;"),
        ({}, {"authors": ("Harlow, I", "Okoye, P", "Brandt, L")}, "authors agree;", ""),
        ({}, {"journal": "Botanical Letters", "volume": "", "issue": "", "pages": ""}, "journal differs", "place"),
        ({"title": f"{WHOLE}, {WHOLE}, {WHOLE}"}, {"title": f"{WHOLE}, {WHOLE}, {WHOLE[:-1]}m"}, "title 99 %", "brackets"),
        ({}, {"title": f"[{WHOLE}]. [Norwegian]"}, "same title", "%"),
        ({}, {"title": "Erratum to: " + WHOLE}, "with a word such as 'reply' or 'erratum' more", "same title"),
    ],
)
def test_evidence_says_nothing_untrue(
    judged: Judged, first: dict[str, object], second: dict[str, object], says: str, not_says: str
) -> None:
    evidence = judged(first, second).evidence
    assert says in evidence
    assert not not_says or not_says not in evidence


def test_every_level_has_its_meaning_in_words() -> None:
    from review.dedup.evidence import MEANING
    from review.dedup.levels import LEVELS

    assert {name: set(levels) for name, levels in LEVELS.items()} == {name: set(levels) for name, levels in MEANING.items()}


def test_explain_says_what_decides(made: Callable[..., Record]) -> None:
    counted = explain(made("a:1"), made("b:2", pages=""))
    assert counted[-1].startswith("weights: +")
    assert "decides" not in counted[-1]
    ruled = explain(made("a:1", doi="10.1234/x"), made("b:2", doi="10.1234/x"))
    assert ruled[-1].endswith("here the rule decides, whatever they add up to")
    assert "PMID: missing: – | –" in ruled


def test_explain_goes_field_by_field(made: Callable[..., Record]) -> None:
    lines = explain(made("a:1"), made("b:2", pages="123"))
    assert lines[0].startswith("duplicate: agreement of the fields")
    for field in ("title", "authors", "year", "journal", "volume", "issue", "pages", "DOI", "PMID", "abstract"):
        assert any(line.startswith(f"{field}: ") for line in lines), field
    assert explain(Record(key="a"), Record(key="b"))


def test_a_doi_at_another_document_in_all_else_is_the_wrong_one(judged: Judged) -> None:
    other = {
        "title": "What became of towns in which people dig",
        "authors": ("Quill, Ada",),
        "journal": "Botanical Letters",
        "year": 2003,
        **PLACE,
    }
    assert judged({"doi": "10.1234/x"}, {"doi": "10.1234/x", **other}).verdict == "different"


PLACE = {"volume": "3", "issue": "4", "pages": "9-20"}


@pytest.mark.parametrize(
    ("second", "relation"),
    [
        ({"title": f"Erratum to: {LONG}: a mixed methods evaluation", "pages": "300"}, "erratum_or_retraction_of"),
        ({"title": f"Retraction notice to: {LONG}: a mixed methods evaluation", "pages": "300"}, "erratum_or_retraction_of"),
        ({"title": f"{LONG}: a mixed methods evaluation: authors' reply", "pages": "300"}, "reply_to"),
        ({"title": f"Comment on: {LONG}: a mixed methods evaluation", "pages": "300"}, "reply_to"),
        ({"title": f"{LONG}: a mixed methods evaluation? A response to Quill", "pages": "300"}, "reply_to"),
        ({"title": f"{LONG}: a mixed methods evaluation (Corrigendum)", "pages": "300"}, "erratum_or_retraction_of"),
        ({"title": f"Remarks on '{LONG}: a mixed methods evaluation'", "pages": "300"}, "reply_to"),
        ({"journal": "medRxiv", "volume": "", "issue": "", "pages": "", "doi": "10.1101/2010.01.02.12345"}, "version_of"),
        ({"journal": "Abstracts of the Northern Soil Congress", "volume": "2", "pages": "S77"}, "abstract_of"),
        ({"journal": "Botanical Letters", **PLACE}, "co_publication"),
    ],
)
def test_what_one_is_to_the_other(judged: Judged, second: dict[str, object], relation: str) -> None:
    found = judged({}, second)
    assert found.verdict == relation
    assert found.probability <= 0.1


def test_a_preprint_whose_title_was_changed_in_print_is_linked_by_its_text(judged: Judged) -> None:
    server = {"journal": "medRxiv", "volume": "", "issue": "", "pages": "", "doi": "10.1101/2010.01.02.12345", **TEXT, "title": f"Does sleep gain? {LONG}"}  # fmt: skip
    assert judged(TEXT, server).verdict == "version_of"
    assert judged(TEXT, {**server, "abstract": ""}).verdict != "version_of"


def test_a_number_that_one_of_two_translations_has_is_no_other_part_where_the_text_is_one(judged: Judged) -> None:
    one, other = ({"title": title, **TEXT, "pages": ""} for title in ("[Digging and rest in 12 towns of the north]", "Influence of shared plots upon the nights of adults"))  # fmt: skip
    assert judged(one, other).verdict == "unsure"
    assert judged({**one, "abstract": ""}, {**other, "abstract": ""}).verdict == "different"


@pytest.mark.parametrize(
    ("first", "verdict"),
    [
        ("Erratum: ", "different"),
        ("Erratum: Reply to ", "erratum_or_retraction_of"),
        ("Corrigendum to Reply: ", "erratum_or_retraction_of"),
        ("", "reply_to"),
    ],
)
def test_an_explanation_says_of_two_notices_what_a_run_says(first: str, verdict: str) -> None:
    one = Record(key="a:1", **{**BASE, "title": f"{first}{BASE['title']}", "pages": "300"})  # type: ignore[arg-type]
    other = Record(key="b:1", **{**BASE, "title": f"Reply: {BASE['title']}"})  # type: ignore[arg-type]
    [link] = deduplicate([one, other], certain=0.95, unsure=0.3).links
    assert (link.verdict, explained(one, other).verdict) == (verdict, verdict)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"doi": "10.1/x", "pages": "S4", "abstract": ""},
            {"doi": "10.1/x", "pages": "S5", "title": "#NAME?", "authors": ("Quill A",)},
        ),  # a supplement's DOI
        (
            {"journal": "Cancer Prevention Research", "pages": "", "issue": ""},
            {"journal": "Clinical Cancer Research", "pages": "", "issue": "", "volume": "15"},
        ),
        ({"pages": "10-15", "issue": ""}, {"pages": "16-19", "issue": ""}),  # one begins where the other ends
        ({"journal": ""}, {"journal": "SSRN Electronic Journal", "volume": "", "issue": "", "pages": ""}),
        ({"volume": "14", "pages": ""}, {"journal": "", "volume": "16", "pages": "", "issue": ""}),
        (
            {"pages": "749-761", **TEXT},
            {"journal": "Botanical Letters", "volume": "33", "pages": "S749", **TEXT},
        ),  # one first page, by chance
    ],
)
def test_too_little_or_too_much_is_known_to_merge(judged: Judged, first: dict[str, object], second: dict[str, object]) -> None:
    for found in (judged(first, second), judged(second, first)):
        assert found.verdict != "duplicate", found


def test_an_explanation_names_the_veto_and_the_block(made: Callable[..., Record]) -> None:
    found = explained(made("a:1"), made("b:2", title=f"Erratum to: {LONG}: a mixed methods evaluation", pages="300"))
    assert found.veto
    assert "end of title" in found.blocks
    assert found.kinds == ("", "erratum")
    assert not explained(made("a:1"), made("b:2")).veto


def test_a_report_of_an_organisation_in_two_lists(judged: Judged) -> None:
    bare = {"journal": "", "volume": "", "issue": "", "pages": ""}
    assert judged(bare, {**bare, "authors": ("Harlow, I.", "Okoye, P.", "Brandt, L.")}).verdict == "duplicate"
    assert judged({**bare, "type": "RPRT"}, {}).verdict == "unsure"  # the report, and the article about it
    assert judged(bare, {**bare, "year": 2012}).verdict != "duplicate"
