"""What makes two records one report, or one to ask about, and what takes that back: each case once with each thing that may differ.

All names and titles are invented.
"""

from __future__ import annotations

from typing import Any

import pytest
from tools import BASE, explained_all

from review.model.record import Record

Changes = dict[str, Any]
LONG = "Community gardens and wellbeing in northern towns"
FULL = f"{LONG}: a mixed methods evaluation"
GERMAN = "Gemeinschaftsgärten und Wohlbefinden in nördlichen Städten"
TEXT = "The gardens were dug and the soil was sampled over many years, by hand and in all weathers. " * 5
OTHER_TEXT = "Rain fell on barrels and on benches while the neighbours met to talk about their streets and about their sleep. " * 3
NO_PLACE: Changes = {"volume": "", "issue": "", "pages": ""}
NUMBERED: Changes = {"source": "x", "accession": "S12"}
BOOK: Changes = {"journal": "", **NO_PLACE, "type": "BOOK"}
THESIS: Changes = {"authors": ("Harlow, Ines",), "type": "THES", "volume": "", "issue": "", "pages": ""}
DIFFERING: dict[str, tuple[Changes, Changes]] = {
    "doi": ({"doi": "10.1234/one.1"}, {"doi": "10.5678/two.2"}),
    "issue": ({"issue": "3"}, {"issue": "7"}),
    "journal": ({"journal": "Annals of Rain"}, {"journal": "Botanical Letters"}),
    "volume": ({"volume": "14"}, {"volume": "44"}),
    "pages": ({"pages": "123-139"}, {"pages": "300-310"}),
    "authors": ({"authors": ("Quill, Ada", "Ash, Rolf")}, {"authors": ("Roe, Ben", "Poe, Cy")}),
    "abstract": ({"abstract": TEXT}, {"abstract": OTHER_TEXT}),
    "year": ({"year": 2011}, {"year": 2012}),
    "years": ({"year": 2011}, {"year": 2013}),
}


def _both(one: str, other: str, **changes: Any) -> tuple[Changes, Changes]:
    """Two titles, and what both records have."""
    return {"title": one, **changes}, {"title": other, **changes}


# What it is, the two, the verdict, and what may differ all the same.
CASES: tuple[tuple[str, tuple[Changes, Changes], str, str], ...] = (
    ("a generic title at its pages", _both("Editorial", "Editorial", pages="105-107"), "duplicate", "abstract"),
    ("a generic title on its page of an issue", _both("Editorial", "Editorial", pages="5"), "duplicate", "abstract"),
    ("a generic title at its pages, no volume", _both("Editorial notes", "Editorial notes", pages="105-107", volume="", issue=""), "duplicate", "abstract"),
    ("a generic title, of one no issue", ({"title": "Editorial", "pages": "5-6"}, {"title": "Editorial", "pages": "5-6", "issue": ""}), "unsure", "abstract year"),
    ("a generic title, no pages", _both("Commentary", "Commentary", pages=""), "unsure", "abstract"),
    ("a generic title, nobody, a number", _both("Soil watch 12", "Soil watch 12", pages="", issue="", authors=()), "unsure", "abstract"),
    ("an editorial in one issue", _both("Editorial introduction", "Editorial introduction", pages=""), "duplicate", ""),
    ("a generic title with one abstract", _both("Summary", "Summary", pages="", issue="", abstract=TEXT), "duplicate", ""),
    ("a footnote behind the title", _both(FULL, f"{FULL} 1"), "duplicate", "doi issue abstract year years"),
    ("a digit lost", _both("Soil p16 of children in northern towns and gardens", "Soil p6 of children in northern towns and gardens", pages=""), "unsure", "abstract"),
    ("a main title of a word, at its pages", _both("Gardens", f"Gardens: {LONG}"), "duplicate", "year"),
    ("the same, one volume of a book's length", _both("GARDENS", f"GARDENS: {LONG}", pages="1-150"), "unsure", "abstract year"),
    ("the same, one abstract", _both("Gardens", f"Gardens: {LONG}", pages="", abstract=TEXT), "unsure", "abstract year"),
    ("the same, in one volume", _both("Gardens", f"Gardens: {LONG}", pages=""), "unsure", "abstract"),
    ("a title cut off in a word", _both(f"{FULL} of the dig", f"{FULL} of the diggers, their soil and sleep", pages=""), "duplicate", ""),
    ("a subtitle more on one page", _both(LONG, FULL, pages="123"), "duplicate", "doi issue journal volume abstract year years"),
    ("a subtitle more, no pages", _both(LONG, FULL, pages=""), "duplicate", ""),
    ("a subtitle more, no place", _both(LONG, FULL, **NO_PLACE), "duplicate", ""),
    ("a bare reference", ({"journal": "", **NO_PLACE}, {}), "duplicate", ""),
    ("a report of an organisation", _both(FULL, FULL, journal="", **NO_PLACE, type="RPRT"), "duplicate", ""),
    ("title, journal and year", ({"authors": (), **NO_PLACE}, {}), "duplicate", ""),
    ("a short title, no place", _both("Disorders of soil", "Disorders of soil", **NO_PLACE), "duplicate", ""),
    ("a dissertation", ({"journal": "University of Soil", **THESIS}, {"journal": "ProQuest Dissertations and Theses", **THESIS}), "duplicate", "issue volume pages year"),
    ("a translation in one issue", _both(GERMAN, "Soil, rain and the health of people who dig in the north", pages=""), "unsure", ""),
    ("another script at one place", _both("Общественные сады и благополучие", "Obshchestvennye sady i blagopoluchie", authors=()), "duplicate", ""),
    ("a letter off on one page", _both(FULL, FULL.replace("mixed", "moxed"), pages="123"), "duplicate", "doi issue journal volume abstract year years"),
    ("a letter off, one abstract", _both(FULL, FULL.replace("mixed", "moxed"), pages="", abstract=TEXT), "duplicate", "issue journal pages year years"),
    ("a letter off", _both(FULL, FULL.replace("mixed", "moxed"), pages=""), "unsure", "doi issue journal volume pages authors abstract year years"),
    ("another title, one abstract", _both(FULL, "Digging in the north and what became of it", pages="", abstract=TEXT), "unsure", "year"),
    ("another title, one first page", _both(FULL, "Digging in the north and what became of it", pages="123"), "unsure", "doi abstract year"),
    ("another title at one place", _both(FULL, "Digging in the north and what became of it"), "unsure", "doi journal abstract year"),
    ("another title, one DOI", _both(FULL, "Digging in the north and what became of it", doi="10.1234/x", pages=""), "unsure", "issue journal volume abstract year years"),
    ("a subtitle more, one DOI", _both(LONG, FULL, doi="10.1234/x"), "duplicate", "doi issue journal authors abstract year"),
    ("one title and abstract", ({"abstract": TEXT, "journal": "", **NO_PLACE}, {"abstract": TEXT}), "duplicate", "issue year"),
    ("one ISBN", _both("Urban growing", "Urban growing", isbn="9780123456789", **BOOK), "duplicate", "issue journal volume abstract year"),
    ("a letter, the page of one", ({"title": f"Comment on: {FULL}", "pages": "300"}, {"title": f"Re: {FULL}", "pages": ""}), "duplicate", "doi abstract year years"),
    ("a withdrawn article at its place", _both(f"WITHDRAWN: {FULL}", FULL), "duplicate", "year"),
    ("a withdrawn article, one DOI", _both(f"WITHDRAWN: {FULL}", FULL, doi="10.1234/x", pages=""), "duplicate", "issue journal volume pages abstract year years"),
    ("a chapter of a book, no volume", _both("Introduction", "Introduction", volume="", issue="", pages="1-30"), "duplicate", "abstract"),
    ("a chapter of one ISBN", _both("Introduction", "Introduction", isbn="9780123456789", **{**BOOK, "pages": "5"}), "duplicate", "year"),
    ("a number in a subtitle", _both(LONG, f"{LONG}, our experience with over 200 beds", pages="123"), "duplicate", "year"),
    ("a number behind a title", _both(LONG, f"{LONG}: 12 weeks later", pages=""), "unsure", "doi issue journal volume abstract year years"),
    ("a number behind a title, on one page", _both(LONG, f"{LONG}: 12 weeks later", pages="123"), "unsure", "doi issue journal volume authors abstract year years"),
    ("one beginning in a supplement", _both(f"{LONG}: effects on the sleep of outpatients", f"{LONG}: effects on the stress of children", doi="10.1234/x", pages="S45", issue="Suppl 1"), "unsure", "issue journal volume authors year years"),
    ("an abstract a letter off", _both(FULL, FULL.replace("mixed", "moxeb"), abstract=TEXT, pages="S45"), "duplicate", "doi issue"),
    ("an abstract, no page", ({"pages": "S45", "issue": "Suppl 1"}, {"pages": "", "issue": ""}), "duplicate", "year"),
    ("an abstract, its page and number", ({"pages": "S45", "issue": "Suppl 1"}, {"pages": "Abstract no: 12", "issue": "Suppl 1"}), "duplicate", "pages year years"),
    ("a subtitle more, in a supplement", _both(LONG, FULL, pages="S45", issue="Suppl 1"), "duplicate", "year"),
    ("what comes out each year", _both(f"Guidelines on {LONG}", f"Guidelines on {LONG}", pages=""), "duplicate", "doi abstract year years"),
    ("what comes out each year, at its pages", _both(f"Guidelines on {LONG}", f"Guidelines on {LONG}"), "duplicate", "doi issue journal volume authors abstract year years"),
    ("what comes out each year, no volume", _both(f"Guidelines on {LONG}", f"Guidelines on {LONG}", volume="", issue="", pages="1-10"), "duplicate", "doi issue volume authors abstract"),
    ("a paper of a meeting", _both(FULL, FULL, journal="Northern Conference on Urban Soil", volume="", issue="", pages="1-10"), "duplicate", "doi issue volume authors abstract"),
    ("a paper of a meeting, no pages", _both(FULL, FULL, journal="Northern Conference on Urban Soil", **NO_PLACE), "duplicate", ""),
    ("a Cochrane review", _both(FULL, FULL, journal="Cochrane Database Syst Rev", volume="", pages="CD001234"), "duplicate", "journal volume abstract"),
    ("a preprint", _both(FULL, FULL, journal="medRxiv", **NO_PLACE), "duplicate", ""),
    ("a reply", _both(f"Reply: {FULL}", f"{FULL}: Authors' reply", pages="300"), "duplicate", "doi issue journal volume abstract year years"),
    ("a protocol", _both(f"{FULL}: study protocol", FULL, pages=""), "unsure", "doi issue authors abstract year years"),
    ("no title, one abstract", _both("", FULL, abstract=TEXT, pages=""), "duplicate", "issue year"),
    ("no title, one DOI", _both("", FULL, doi="10.1234/x", pages=""), "duplicate", "issue journal year years"),
    ("no title, one place", _both("", FULL), "duplicate", "year"),
)  # fmt: skip

# What is nearly one of these, and the verdict.
NEARLY: tuple[tuple[str, tuple[Changes, Changes], str], ...] = (
    ("one ISBN, as it was written before 2007 and since", ({"title": "Urban growing", **BOOK, "isbn": "0-12-345678-9"}, {"title": "Urban growing", **BOOK, "isbn": "978-0-12-345678-6"}), "duplicate"),
    ("an introduction of one ISBN, the page of one", ({"title": "Introduction", **BOOK, "isbn": "9780123456789", "pages": "15-40"}, {"title": "Introduction.", **BOOK, "isbn": "9780123456789"}), "unsure"),
    ("an introduction of one ISBN, the people of one", ({"title": "Introduction", **BOOK, "isbn": "9780123456789", "pages": "15-40"}, {"title": "Introduction.", **BOOK, "isbn": "9780123456789", "pages": "15-40", "authors": ()}), "unsure"),
    ("an introduction of one ISBN, the people of one, the page of the other", ({"title": "Introduction", **BOOK, "isbn": "9780123456789", "pages": "15-40", "authors": ()}, {"title": "Introduction.", **BOOK, "isbn": "9780123456789"}), "different"),
    ("introductions of one ISBN", ({"title": "Introduction", **BOOK, "isbn": "9780123456789", "pages": "15-40"}, {"title": "Introduction.", **BOOK, "isbn": "9780123456789", "pages": "115-140"}), "different"),
    ("a generic title at its pages, no volume, near the beginning", _both("Editorial notes", "Editorial notes", pages="5-7", volume="", issue=""), "unsure"),
    ("a generic title on its page, no volume", _both("Editorial notes", "Editorial notes", pages="105", volume="", issue=""), "unsure"),
    ("a generic title at its pages, no volume, nobody named", _both("Editorial notes", "Editorial notes", pages="105-107", volume="", issue="", authors=()), "different"),
    ("a generic title on page 1 of its issue", _both("Editorial", "Editorial", pages="1"), "duplicate"),
    ("a generic title on page 1 of its volume", _both("Editorial", "Editorial", pages="1", issue=""), "unsure"),
    ("a generic title at pages near the beginning of its volume", _both("Editorial", "Editorial", pages="5-7", issue=""), "unsure"),
    ("a generic title on page 1, no year", _both("Editorial", "Editorial", pages="1", issue="", year=None), "different"),
    ("a generic title, its volume alone, nobody named", _both("Commentary", "Commentary", pages="", issue="", authors=()), "different"),
    ("a generic title, its issue alone", _both("Commentary", "Commentary", pages="", volume=""), "unsure"),
    ("a generic title at a page of one, no issue", ({"title": "Commentary", "pages": "5", "issue": ""}, {"title": "Commentary", "pages": "", "issue": ""}), "unsure"),
    ("an editorial, by nobody", _both("Editorial introduction", "Editorial introduction", pages="", authors=()), "different"),
    ("a column of an issue", _both("Commentary", "Commentary", pages=""), "unsure"),
    ("a bare reference by one of several", ({"journal": "", **NO_PLACE, "authors": ("Harlow, Ines",)}, {}), "unsure"),
    ("a bare reference to what comes out each year", _both(f"Guidelines on {LONG}", f"Guidelines on {LONG}", journal="", **NO_PLACE), "unsure"),
    ("a bare reference by nobody", ({"journal": "", **NO_PLACE, "authors": ()}, {}), "unsure"),
    ("a bare reference of no year", ({"journal": "", **NO_PLACE, "year": None}, {}), "unsure"),
    ("title, journal and year of what comes out each year", ({"title": f"Guidelines on {LONG}", "authors": (), **NO_PLACE}, {"title": f"Guidelines on {LONG}"}), "unsure"),
    ("title, journal and year of a meeting's paper", ({"authors": (), **NO_PLACE, "journal": "Northern Conference on Urban Soil"}, {"journal": "Northern Conference on Urban Soil"}), "unsure"),
    ("title, journal and year of a Cochrane review", ({"authors": (), **NO_PLACE, "journal": "Cochrane Database Syst Rev"}, {"journal": "Cochrane Database Syst Rev", "volume": ""}), "unsure"),
    ("a title of few words, journal and year", ({"title": "Soil of northern towns", "authors": (), **NO_PLACE}, {"title": "Soil of northern towns"}), "unsure"),
    ("a short title of what comes out each year", _both("Soil guidelines", "Soil guidelines", **NO_PLACE), "unsure"),
    ("a short title at a meeting", _both("Disorders of soil", "Disorders of soil", journal="Northern Conference on Urban Soil", **NO_PLACE), "unsure"),
    ("a short title by one of several", ({"title": "Disorders of soil", **NO_PLACE, "authors": ("Harlow, Ines", "Ash, R")}, {"title": "Disorders of soil", **NO_PLACE}), "unsure"),
    ("a subtitle more without a mark", _both(LONG, f"{LONG} of many lands and people", pages=""), "unsure"),
    ("a subtitle more, by one of several", ({"title": LONG, "pages": "", "authors": ("Harlow, Ines",)}, {}), "unsure"),
    ("a subtitle more, by another beside", ({"title": LONG, "pages": "", "authors": ("Harlow, Ines", "Ash, Rolf")}, {}), "unsure"),
    ("a number in a subtitle of a word or two", _both(LONG, f"{LONG}: week 12", pages=""), "unsure"),
    ("one DOI, another title, another author first", ({"doi": "10.1234/x", "pages": ""}, {"doi": "10.1234/x", "pages": "", "title": "Digging in the north and what became of it", "authors": ("Okoye, Peter", "Harlow, Ines", "Brandt, Lena")}), "unsure"),
    ("one DOI, another title, nobody named", _both(FULL, "Digging in the north and what became of it", doi="10.1234/x", pages="", authors=()), "unsure"),
    ("one DOI, another title, nobody named, the next page", ({"doi": "10.1234/x", "pages": "123", "authors": ()}, {"doi": "10.1234/x", "pages": "124", "title": "Digging in the north and what became of it", "authors": ()}), "different"),
    ("one DOI, another title at other pages", ({"doi": "10.1234/x"}, {"doi": "10.1234/x", "pages": "200-210", "title": "Digging in the north and what became of it"}), "different"),
    ("a letter off on one page, of a meeting", _both(FULL, FULL.replace("mixed", "moxeb"), pages="S45", issue="Suppl 1"), "unsure"),
    ("another word on one page", _both(FULL, FULL.replace("towns", "lands"), pages="123"), "unsure"),
    ("another word at its pages", _both(FULL, FULL.replace("towns", "lands")), "duplicate"),
    ("one text in two issues, no abstract", ({"issue": "3", "pages": "247-260"}, {}), "unsure"),
    ("one text in two issues", ({"issue": "3", "pages": "247-260", "abstract": TEXT}, {"abstract": TEXT}), "unsure"),
    ("what comes out each year, no year of one", ({"title": f"Guidelines on {LONG}", "year": None, "volume": "", "pages": "1-10"}, {"title": f"Guidelines on {LONG}", "pages": "1-10"}), "unsure"),
    ("a dissertation by another of that name", ({"journal": "University of Soil", **THESIS}, {"journal": "University of Soil", **THESIS, "authors": ("Harlow, Peter",)}), "unsure"),
    ("two editions by their ISBNs", ({"title": FULL, "isbn": "9780702053627", **BOOK}, {"title": FULL, "isbn": "9780702070075", **BOOK}), "unsure"),
    ("two abstracts on one page, two DOIs", ({"pages": "S270", "issue": "Suppl 1", "doi": "10.1234/s.3001", "abstract": TEXT}, {"pages": "S270-S271", "issue": "Suppl 1", "doi": "10.1234/s.3002", "abstract": OTHER_TEXT}), "unsure"),
    ("two abstracts on one page, two DOIs, no texts", ({"pages": "S270", "issue": "Suppl 1", "doi": "10.1234/s.3001"}, {"pages": "S270", "issue": "Suppl 1", "doi": "10.1234/s.3002"}), "unsure"),
    ("two abstracts in one supplement", ({"pages": "", "issue": "Suppl 1", "abstract": TEXT}, {"pages": "", "issue": "Suppl 1", "abstract": OTHER_TEXT}), "unsure"),
    ("two abstracts on one page of a supplement", ({"pages": "S270", "issue": "Suppl 1", "abstract": TEXT}, {"pages": "S270", "issue": "Suppl 1", "abstract": OTHER_TEXT}), "unsure"),
    ("a book and a chapter of its title", ({"title": FULL, **BOOK}, {"title": FULL, "type": "CHAP", "journal": "Handbook of soil", "pages": "12-40", "volume": "", "issue": ""}), "unsure"),
    ("a data set of an article's title", ({"title": FULL, "type": "DATA", "journal": "Dryad", **NO_PLACE}, {"title": FULL, "type": "JOUR", **NO_PLACE}), "version_of"),
    ("a thesis and the book of it", ({**THESIS, "journal": ""}, {**BOOK, "authors": ("Harlow, Ines",)}), "unsure"),
    ("two dissertations by their ISBNs", ({**THESIS, "isbn": "9781321123456"}, {**THESIS, "isbn": "9781339999992"}), "unsure"),
    ("an article and a poster by its title", ({**NO_PLACE}, {"title": f"{FULL} (poster)", **NO_PLACE}), "unsure"),
    ("a country that begins like another", _both(f"{LONG} of rural Niger", f"{LONG} of rural Nigeria", pages="", issue=""), "unsure"),
    ("an appendix by its title", ({"pages": ""}, {"title": f"{FULL}: technical appendix", "pages": ""}), "version_of"),
    ("two supplements", ({"issue": "Suppl 1", "pages": ""}, {"issue": "Suppl 2", "pages": ""}), "unsure"),
    ("a double issue", ({"issue": "3-4", "pages": ""}, {"issue": "4", "pages": ""}), "duplicate"),
    ("two reports of an organisation by their numbers", ({"journal": "", **NO_PLACE, "type": "RPRT", "issue": "SOIL/NORTH/16.1"}, {"journal": "", **NO_PLACE, "type": "RPRT", "issue": "SOIL/NORTH/16.7"}), "unsure"),
    ("two numbers of arXiv", ({**NO_PLACE, "journal": "arXiv preprint arXiv:1601.00003"}, {**NO_PLACE, "journal": "arXiv preprint arXiv:1608.00123"}), "unsure"),
    ("two numbers of arXiv in addresses", ({**NO_PLACE, "journal": "arXiv", "url": "http://arxiv.org/abs/1601.00003"}, {**NO_PLACE, "journal": "", "url": "https://arxiv.org/pdf/1608.00123"}), "unsure"),
    ("one registration, its brief and its official title", ({"title": "Gardening by phone in type 2 diabetes", "authors": ("Nct",), **NO_PLACE, "journal": "https://clinicaltrials.gov/show/NCT01234567"}, {"title": "A randomised trial of gardening that nurses lead for adults", "authors": (), **NO_PLACE, "journal": "", "url": "https://clinicaltrials.gov/study/NCT01234567"}), "unsure"),
    ("two sections of a journal", ({"journal": "Journal of Soil Series A"}, {"journal": "J Soil B", "pages": ""}), "unsure"),
    ("two meetings of a series in one year", ({"journal": "Proceedings of the 12th Annual Meeting of the Soil Society", **NO_PLACE}, {"journal": "Proceedings of the 13th Annual Meeting of the Soil Society", **NO_PLACE}), "unsure"),
    ("a conference abstract by its type", ({"type": "Conference Abstract", "pages": "", "issue": ""}, {"type": "Article", "pages": "", "issue": ""}), "unsure"),
    ("a review of a book by its type", ({"type": "Book Review", "pages": "", "issue": ""}, {"type": "Article", "pages": "", "issue": ""}), "unsure"),
    ("a chapter with its book's number", ({"title": FULL, **BOOK, "isbn": "9780702053627"}, {"title": FULL, **BOOK, "type": "CHAP", "isbn": "9780702053627", "pages": "1-12"}), "unsure"),
    ("two meetings of a series by the year in their names", ({"type": "CPAPER", "journal": "ICSD 2014", **NO_PLACE}, {"type": "CPAPER", "journal": "ICSD 2015", **NO_PLACE}), "unsure"),
    ("a paper of a meeting by the code of its type", ({"type": "CONF", "pages": "", "issue": "", "volume": ""}, {"type": "JOUR", "journal": "Annals of Rain", "pages": "", "issue": ""}), "abstract_of"),
    ("a data set of an article's title and text", ({"type": "DATA", "journal": "", **NO_PLACE, "abstract": TEXT}, {"type": "JOUR", "abstract": TEXT}), "unsure"),
    ("two papers of one study under its number", ({**NUMBERED, "doi": "10.1234/a.1"}, {**NUMBERED, "doi": "10.1234/b.2", "volume": "19", "issue": "1", "pages": "88-99"}), "unsure"),
    ("two parts of one study under its number", ({**NUMBERED, "title": f"{FULL}. Part 1"}, {**NUMBERED, "title": f"{FULL}. Part 2", "pages": "140-151"}), "unsure"),
    ("one record twice, ahead of print too", (NUMBERED, {**NUMBERED, **NO_PLACE}), "duplicate"),
    ("two papers of a trial under its registration", ({"accession": "NCT01234567", "title": f"Main results of: {LONG}"}, {"accession": "NCT01234567", "title": f"Five-year results of: {LONG}", "journal": "Annals of Rain", "volume": "19", "pages": "88-99", "year": 2015}), "different"),
    ("one registration in two registries' forms", ({"accession": "2012-001234-56", "journal": "EU Clinical Trials Register", **NO_PLACE}, {"authors": ("EUCTR2012-001234-56-GB",), "journal": "http://www.who.int/trialsearch/Trial2.aspx?TrialID=EUCTR2012-001234-56-GB", **NO_PLACE}), "duplicate"),
    ("two old numbers of arXiv", ({**NO_PLACE, "journal": "", "url": "https://arxiv.org/abs/cs/0501001"}, {**NO_PLACE, "journal": "", "url": "https://arxiv.org/abs/cs/0509999"}), "unsure"),
    ("two numbers of SSRN", ({**NO_PLACE, "journal": "SSRN Electronic Journal", "url": "https://papers.ssrn.com/sol3/papers.cfm?abstract_id=2512345"}, {**NO_PLACE, "journal": "", "url": "https://ssrn.com/abstract=2599999"}), "unsure"),
    ("two DOIs in addresses", ({**NO_PLACE, "url": "https://www.biorxiv.org/content/10.1101/123456v1"}, {**NO_PLACE, "url": "https://www.biorxiv.org/content/10.1101/654321v1.full"}), "unsure"),
    ("one number of arXiv", ({**NO_PLACE, "journal": "arXiv preprint arXiv:1601.00003"}, {**NO_PLACE, "journal": "arXiv", "doi": "10.48550/arXiv.1601.00003", "title": LONG}), "duplicate"),
    ("one number of arXiv, as DBLP has it", ({**NO_PLACE, "journal": "CoRR abs/1601.00003"}, {**NO_PLACE, "journal": "arXiv", "doi": "10.48550/arXiv.1601.00003", "title": LONG}), "duplicate"),
    ("two versions of one at F1000", ({"doi": "10.12688/f1000research.9999.1"}, {"doi": "10.12688/f1000research.9999.2"}), "version_of"),
    ("a reprint at another place", ({}, {"title": f"Reprint of: {FULL}", "pages": "300-316", "year": 2012, "volume": "15"}), "version_of"),
)  # fmt: skip


@pytest.fixture(scope="module")
def verdicts() -> dict[tuple[str, str], str]:
    """Of each case, as it is ('') and with each thing that differs; and of what is nearly one."""
    asked = {(what, ""): pair for what, pair, *_ in (*CASES, *NEARLY)}
    for what, (one, other), _, _ in CASES:
        asked |= {(what, name): ({**one, **x}, {**other, **y}) for name, (x, y) in DIFFERING.items()}
    pairs = [
        tuple(Record(key=f"{side}:{n}", **{"source": side, **BASE, **changes}) for side, changes in zip("ab", pair, strict=True))
        for n, pair in enumerate(asked.values())
    ]
    return {of: found.verdict for of, found in zip(asked, explained_all(pairs), strict=True)}


@pytest.mark.parametrize(("what", "verdict", "bears"), [(what, verdict, bears) for what, _, verdict, bears in CASES])
def test_what_takes_a_verdict_back(verdicts: dict[tuple[str, str], str], what: str, verdict: str, bears: str) -> None:
    assert verdicts[what, ""] == verdict
    assert " ".join(name for name in DIFFERING if verdicts[what, name] == verdict) == bears


@pytest.mark.parametrize(("what", "verdict"), [(what, verdict) for what, _, verdict in NEARLY])
def test_what_is_nearly_one_of_these(verdicts: dict[tuple[str, str], str], what: str, verdict: str) -> None:
    assert verdicts[what, ""] == verdict
