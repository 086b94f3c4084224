"""The classes of what bibliographic databases do to records of one report, and of reports that look alike: what a librarian would say.

Each row is a pair: what it is, and how each record differs from BASE. MERGED pairs are one report and are told so without a person; APART
are two, and nobody is asked; of `_asked` a person is to say; NOT_MERGED are two, or perhaps two: a person may be asked. All names and titles are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tools import BASE, at, frame_of

from review.model.record import Record

Changes = dict[str, Any]
Row = tuple[str, Changes, Changes]
LONG = "Community gardens and wellbeing in northern towns"
FULL = f"{LONG}: a mixed methods evaluation"
GERMAN = "Gemeinschaftsgärten und Wohlbefinden in nördlichen Städten"
RUSSIAN, ROMANISED = (
    "Общественные сады и благополучие в северных городах",
    "Obshchestvennye sady i blagopoluchie v severnykh gorodakh",
)
STUDY = "A study of tablets in healthy volunteers"
NOWHERE: Changes = {"volume": "", "issue": "", "pages": ""}
ELSEWHERE: Changes = {"volume": "3", "issue": "4", "pages": "9-20", "year": 2012}
NEXT: Changes = {"pages": "140-151"}
SUPPLEMENT: Changes = {"pages": "S45", "issue": "Suppl 1"}
DOI = "10.1234/juhp.2011.0123"
OTHER_TEXT = "Rain fell on barrels and on benches while the neighbours met to talk about their streets and about their sleep. " * 3
TEXT = "The gardens were dug and the soil was sampled over many years, by hand and in all weathers. " * 5


def _in(pages: str, one: str, other: str) -> tuple[Changes, Changes]:
    """Two titles, at the same pages or at none."""
    return {"title": one, "pages": pages}, {"title": other, "pages": pages}


def _thesis(journal: str, *, year: int = 2011, **place: Any) -> Changes:
    return {"authors": ("Harlow, Ines",), "journal": journal, **NOWHERE, "year": year, "type": "THES", **place}


ANNOUNCED = {
    **_thesis("Dissertation Abstracts International: Section B", volume="73", issue="3-B", pages="1524"),
    "type": "Journal Article",
}


def _dissertations() -> Iterator[Row]:
    yield "announced and at ProQuest", ANNOUNCED, _thesis("ProQuest Dissertations and Theses", year=2010, pages="215")
    yield "announced and at its university", ANNOUNCED, _thesis("University of Soil")
    yield "at its university and at ProQuest", _thesis("University of Soil"), _thesis("ProQuest Dissertations Publishing", pages="215")
    yield "announced, a subtitle more", ANNOUNCED | {"pages": ""}, ANNOUNCED | {"title": LONG, "pages": ""}
    yield "announced and at ProQuest, a title of few words", ANNOUNCED | {"title": "Gardening and sleep in towns"}, _thesis("ProQuest LLC", year=2010, title="Gardening and sleep in towns")  # fmt: skip
    yield "announced, and no more than a thesis", ANNOUNCED, {**_thesis("", year=2010), "authors": ("Harlow I",)}


def _numbers() -> Iterator[Row]:
    for words, digits in (
        ("one hundred gardens", "100 gardens"),
        ("two thousand gardens", "2000 gardens"),
        ("one-year follow-up", "1-year follow-up"),
        ("a phase IIb trial", "a phase 2b trial"),
        ("two hundred and fifty-six gardens", "256 gardens"),
        ("influenza in two thousand nine", "influenza in 2009"),
        ("twenty-five gardens", "25 gardens"),
        ("two hundred and twentyfive gardens", "225 gardens"),
        ("soil of the twenty-first century", "soil of the 21st century"),
        ("seasons of 2004-05", "seasons of 2004-2005"),
        ("seasons of 1999/00", "seasons of 1999–2000"),
        ("a three-dimensional map", "a 3D map"),
        ("digging in the coronavirus disease 2019 (COVID-19) pandemic", "digging in the COVID-19 pandemic"),
        ("digging during coronavirus disease 2019", "digging during Covid19"),
    ):
        yield f"{words} in digits", *_in("", f"{LONG}: {words}", f"{LONG}: {digits}")
    yield "(Cochrane Review)", *_in("", f"{FULL} (Cochrane Review)", FULL)


def _notices() -> Iterator[Row]:
    source = "(Journal of Urban Health and Place (2010) 13 (88-99) DOI: 10.1234/juhp.2010.0099)"
    yield "an erratum as Web of Science has it", *_in("300", f"Erratum: {FULL}", f"{FULL} (vol 13, pg 88, 2010)")
    yield "an erratum as Scopus has it", *_in("300", f"Erratum: {FULL}", f"Erratum: {FULL} {source}")
    yield (
        "a corrigendum and its reference",
        *_in("300", f"{FULL}: Erratum", f'Corrigendum to "{FULL}" [J. Urban Health Place 13 (2010) 88-99]'),
    )
    for one, other in (
        (f"Author Correction: {FULL}", f"{FULL} (Correction)"),
        (f"Publisher's correction: {FULL}", f'Corrections to "{FULL}"'),
        (f"Retraction: {FULL}", f"{FULL} (Retraction of vol 13, pg 88, 2010)"),
        (f"Notice of retraction: {FULL}", f'Retraction notice to "{FULL}" [J. Urban Health Place 13 (2010) 88-99]'),
        (f"Retraction for: {FULL}", f"{FULL} (Retraction note)"),
        (f"{FULL} - Response", f'Author Reply to "{FULL}"'),
        (f"Letter regarding “{FULL}”", f"Comment on: {FULL}"),
        (f"Invited commentary: {FULL}", f"Commentary: {FULL}"),
    ):
        yield f"one notice in two wordings: {one[:19]}", *_in("300", one, other)
    yield "a reply before or behind", *_in("300", f"Reply: {FULL}", f"{FULL}: Authors' reply")
    yield "a letter in two words", *_in("300", f"Comment on: {FULL}", f"Re: {FULL}")
    yield "a letter, the page of one", {"title": f"Comment on: {FULL}", "pages": "300"}, {"title": f"Re: {FULL}", "pages": ""}


def _languages() -> Iterator[Row]:
    yield "in brackets", {"title": f"[{FULL}]"}, {}
    yield "original and translation in brackets", {"title": f"{GERMAN}. [{FULL}]"}, {}
    yield "the same against the original", {"title": f"{GERMAN} [{FULL}]"}, {"title": GERMAN}
    yield "translation and original in brackets", {"title": f"{FULL} [{GERMAN}]"}, {"title": GERMAN}
    yield "original = translation", {"title": f"{GERMAN} = {FULL}"}, {}
    yield "original / translation", {"title": f"{GERMAN} / {FULL}"}, {}
    yield "a translation at the same pages", {"title": GERMAN}, {}
    icelandic, plain = "Áhrif garða á líðan aldraðra í þremur þorpum", "Ahrif garda a lidan aldradra i thremur thorpum"
    yield "letters of Iceland alone", *_in("", icelandic, plain)
    persian, arabic = "تاثیر باغبانی بر خواب شهروندان سالمند و کودکان شهر", "تاثير باغباني بر خواب شهروندان سالمند و كودكان شهر"
    yield "letters as two keyboards write them", *_in("", persian, arabic)
    yield "the address of a DOI for a title", {"title": "https://doi.org/10.1234/juhp.2011.0123", "doi": DOI, "pages": ""}, {"doi": DOI}
    yield "an identifier for a title", {"title": "doi: 10.1234/juhp.2011.0123", "doi": DOI, **NOWHERE, "authors": ()}, {"doi": DOI}
    yield (
        "Cyrillic, names too",
        {"title": RUSSIAN, "authors": ("Харлоу И", "Окойе П")},
        {"title": ROMANISED, "authors": ("Kharlou I", "Okoye P")},
    )
    yield "Cyrillic and Latin", {"title": RUSSIAN}, {"title": ROMANISED}
    yield "Japanese and English", {"title": "北部の町における共同菜園と幸福感", "authors": ("山田 太郎",)}, {"authors": ("Yamada T",)}
    yield "umlauts spelled out", *_in("", GERMAN, "Gemeinschaftsgaerten und Wohlbefinden in noerdlichen Staedten")
    yield "a ring spelled out", *_in("", "Fælles haver og sundhed på gården i nørre by", "Faelles haver og sundhed paa gaarden i noerre by")
    yield "umlauts left out", *_in("", GERMAN, "Gemeinschaftsgarten und Wohlbefinden in nordlichen Stadten")
    for lost in "?\ufffd":
        yield f"a letter lost: {lost}", {"title": FULL.replace("gardens", f"gard{lost}ns"), "pages": ""}, {}
    yield "a letter lost, and a number for the pages", {"title": f"Social presence in {FULL}", "doi": DOI}, {"title": f"Social pr?sence in {FULL}", "doi": DOI, "pages": "25989"}  # fmt: skip
    yield "two bytes for a letter", *_in("", "Gärten für Ältere und ihr Wohlbefinden im Norden des Landes".encode().decode("latin-1"), "Gärten für Ältere und ihr Wohlbefinden im Norden des Landes")  # fmt: skip
    yield "umlauts lost", {"title": GERMAN}, {"title": GERMAN.encode("ascii", "replace").decode()}
    yield "umlauts lost among capitals", *_in("", GERMAN, GERMAN.upper().encode("ascii", "replace").decode())
    yield "umlauts lost, two bytes each", *_in("", GERMAN, GERMAN.replace("ä", "??").replace("ö", "??"))
    yield (
        "names spelled out",
        {"authors": ("Müller, Jürgen", "Größl, K"), "pages": ""},
        {"authors": ("Mueller J", "Groessl K"), "pages": ""},
    )
    yield "ligatures", *_in("", "Eﬀects of œdema in ﬂuid gardens of the north", "Effects of oedema in fluid gardens of the north")
    chinese = "[Effect of soil on the appetite of gardeners in towns]"
    yield "two translations at the same pages", {"title": chinese}, {"title": "Influence of soils on appetite of gardeners from towns"}
    yield "a translation at the same pages, and a number in digits", {"title": f"{LONG}: a 12-month follow-up"}, {"title": f"{GERMAN}: Ergebnisse nach einem Jahr"}  # fmt: skip
    yield "original = translation, and a number in digits", {"title": f"{GERMAN} nach zwölf Monaten = {LONG} after 12 months"}, {"title": f"{LONG} after 12 months"}  # fmt: skip
    yield "one DOI, two languages", {"title": "Huertos comunitarios y bienestar en el norte", "doi": DOI}, {"doi": DOI}
    yield "a journal's name in another language", {"journal": "Zhonghua yi xue za zhi"}, {"journal": "National Medical Journal of China"}
    yield "a journal's two names", {"journal": "Xianggang yi xue za zhi [Hong Kong medical journal]", "pages": ""}, {"journal": "Hong Kong Medical Journal", "pages": ""}  # fmt: skip
    yield "the same, and no place on one", {"journal": "Xianggang yi xue za zhi [Hong Kong medical journal]", "issue": "3 Suppl 4"}, {"journal": "Hong Kong Medical Journal", **NOWHERE}  # fmt: skip
    yield "a journal = its other name", {"journal": "Gesundheitswesen = Public health gazette", "pages": ""}, {"journal": "Gesundheitswesen", "pages": ""}  # fmt: skip


def _spellings() -> Iterator[Row]:
    for what, one, other in (
        ("markup", "Effects of H<sub>2</sub>O and CO<sub>2</sub> on <i>Escherichia coli</i> in gardens", "Effects of H2O and CO2 on Escherichia coli in gardens"),
        ("escaped markup", "Effects of H&lt;sub&gt;2&lt;/sub&gt;O on &lt;i&gt;E. coli&lt;/i&gt; in northern gardens", "Effects of H2O on E. coli in northern gardens"),
        ("subscripts", "Effects of H₂O and CO₂ on bacteria in northern gardens", "Effects of H 2 O and CO(2) on bacteria in northern gardens"),
        ("isotopes", "Imaging of soil with [18F]-fluorodeoxyglucose in northern towns", "Imaging of soil with (18)F-fluorodeoxyglucose in northern towns"),
        ("tritium, its mass behind it", "Binding of [H-3]soil in brains of northern gardeners", "Binding of [3H]-soil in brains of northern gardeners"),
        ("isotopes, their mass behind them", "Tc-99m HMPAO, [F-18]FDG and I-123 imaging, C-11-soil PET and H-1 MRS of the north", "99mTc-HMPAO, (18)F-FDG and (123)I imaging, [11C]soil PET and 1H-MRS of the north"),
        ("alpha", "TNF-α and soil contact of children in northern towns", "TNFalpha and soil contact of children in northern towns"),
        ("{alpha}", "TNF-{alpha} and soil contact of children in northern towns", "TNF-alpha and soil contact of children in northern towns"),
        ("LaTeX", "TNF-$\\alpha$ and soil contact of children in northern towns", "TNF-&alpha; and soil contact of children in northern towns"),
        ("ß for beta", "ß-blockers and soil contact of children in northern towns", "beta-blockers and soil contact of children in northern towns"),
        ("ß for beta in a name", "17ß-soil, TNFß and soil contact of children in northern towns", "17beta-soil, TNF-beta and soil contact of children in northern towns"),
        ("digits read as letters", "Soil CO2 and l8F uptake of children in towns of the north", "Soil C02 and 18F uptake of children in towns of the north"),
        ("signs", "CD4+CD25+ T cells, HER2-positive towns and pre- and post-digging sleep, ≥65 years", "CD4(+) CD25(+) T cells, HER2 positive towns and pre and post digging sleep, > or = 65 years"),
        ("signs lost", "CD4+CD25- T cells in gardeners aged <65 years of the towns", "CD4CD25 T cells in gardeners aged 65 years of the towns"),
        (">=", "Gardening in persons ≥65 years of northern towns", "Gardening in persons > or = 65 years of northern towns"),
        ("hyphens", "Follow-up of self-management in long-term post-stroke gardeners", "Followup of self management in longterm poststroke gardeners"),
        ("ends of lines", "Commu-nity gardens and well-being in nor-thern towns of the land", "Community gardens and wellbeing in northern towns of the land"),
        ("a scanner", "Cornmunity gardens and welIbeing in northem towns: a mixed methods evaluation", FULL),
        ("and", FULL.replace(" and ", " &amp; "), FULL),
        ("a scanner, digits and letters", "Atherosc1erosis of gardeners fed a westem diet in 9 northern towns", "Atherosclerosis of gardeners fed a western diet in 9 northern towns"),
        ("an acronym", f"{LONG}: a RCT", f"{LONG}: a randomised controlled trial"),
        ("an acronym behind what it stands for", "Shared soil work (SSW) and sleep of gardeners in northern towns", "Shared soil work and sleep of gardeners in northern towns"),
        ("an acronym beside what it stands for", "Digging and hospital care of gardeners with COPD in the UK", "Digging and hospital care of gardeners with chronic obstructive pulmonary disease (COPD) in the United Kingdom"),
        ("British", "Randomised trial of paediatric anaemia behaviour programmes in tumour centres", "Randomized trial of pediatric anemia behavior programs in tumor centers"),
        ("British and hyphened", "A multi-centre trial of digging in older men of northern towns", "A multicenter trial of digging in older men of northern towns"),
        ("British at the front", "Haemoglobin and oestrogen in foetal oesophagus of labouring mothers", "Hemoglobin and estrogen in fetal esophagus of laboring mothers"),
        ("capitals", FULL.upper(), FULL),
        ("numbers in words", "Gardening for twelve weeks in three northern towns of the land", "Gardening for 12 weeks in 3 northern towns of the land"),
        ("Roman numbers", f"{LONG}. Part II", f"{LONG}. Part 2"),
        ("numbers in groups", "Sleep of 10,000 diggers in northern towns over many years", "Sleep of 10 000 diggers in northern towns over many years"),
        ("a possessive", "Gardening and cognition in Alzheimer's disease of northern towns", "Gardening and cognition in Alzheimer disease of northern towns"),
        ("a range", "Digging in men aged 18 to 65 of the northern towns", "Digging in men aged 18-65 of the northern towns"),
        ("per cent", "Digging by 50 per cent of the men in northern towns", "Digging by 50% of the men in northern towns"),
        ("a subtitle that stands before the title", f"The SOIL study: {LONG}", f"{LONG}: the SOIL study"),
        ("versus", "Digging vs. weeding in older men of northern towns", "Digging versus weeding in older men of northern towns"),
        ("v for versus", "Digging v weeding in older men of northern towns", "Digging versus weeding in older men of northern towns"),
        ("degrees", "Digging at 20°C in older men of northern towns", "Digging at 20 degrees C in older men of northern towns"),
        *((f"micrograms as {unit}", f"Digging of 20 {unit} soil in older men of northern towns", "Digging of 20 microg soil in older men of northern towns") for unit in ("µg", "μg", "mu g", "mcg", "ug", "micrograms")),
    ):  # fmt: skip
        yield what, *_in("", one, other)
    for one, other in (
        ("randomised behavioural programmes in multi-centre paediatrics", "randomized behavioral programs in multicenter pediatrics"),
        ("haemodialysis, oestrogens and the modelling of ageing tumours", "hemodialysis, estrogens and the modeling of aging tumors"),
        (
            "analysing attitudes towards sceptical, patient-centred practise",
            "analyzing attitudes toward skeptical, patient-centered practice",
        ),
    ):
        yield f"in two spellings, and no place: {other}", *({"title": f"Gardens for {words} of towns", "journal": "", **NOWHERE} for words in (one, other))  # fmt: skip
    yield "a letter lost, one place, one abstract", {"title": FULL.replace("wellbeing", "wel?being"), "abstract": TEXT}, {"abstract": TEXT}
    yield (
        "an article before a response",
        *_in("", "Response to soil in gardeners of the northern towns", "The response to soil in gardeners of the northern towns"),
    )
    yield (
        "an article before a review",
        *_in("", "Review of falls in gardeners of the northern towns", "A review of falls in gardeners of the northern towns"),
    )
    yield "retracted since", {"title": f"{FULL} (Retracted article. See vol. 391, pg. 1017, 2018)", "pages": ""}, {"pages": ""}
    yield "cut off in a word", {"title": f"{FULL} of the dig", "pages": ""}, {"title": f"{FULL} of the diggers, their soil and sleep"}
    yield "a letter for a digit, at one place", {"title": f"{LONG}. Part II"}, {"title": f"{LONG}. Part two"}
    yield (
        "Greek lost, at one place",
        {"title": "TNF-? and soil contact of children in the north"},
        {"title": "TNF-α and soil contact of children in the north"},
    )
    yield (
        "cut off in a word, numbers behind it",
        {"title": f"{FULL} of the dig", "pages": ""},
        {"title": f"{FULL} of the diggers of 9 towns"},
    )
    yield "cut off in a word, a letter before its end", *_in("", f"{FULL} of the digger", f"{FULL} of the diggers, their soil and sleep")
    yield "a subtitle lost, at one place", {"title": LONG}, {}


def _hung_on() -> Iterator[Row]:
    for note in (" [Conference abstract]", " (Structured abstract)", " [Abstract]", " (abstract only)", " [Meeting Abstract]", " [Review] [90 refs]", " (Review)", " [German]",
                 " [In German]", " [electronic resource]", " [Online]", " [see comment]", " (English)", " [article in Chinese]", " (author's transl)", " (Brief record)", " *",
                 " †", " [Summary for patients in Ann Soil 2011;1:2]", " (Provisional abstract)", " [Erratum in: Soil 2012;1:2 Note: Ash, R [added]]", " [Epub ahead of print]",
                 " (Epub)", " [Re", " (in Chinese)", " (Article in Chinese)", " [Poster]", " (PhD thesis)", " (Doctoral dissertation)", " (P3.045)", " - PubMed", " - ScienceDirect", ". Russian", ".DP  - 2018", " (ClinicalTrials.gov number, NCT01234567)", " ISRCTN12345678",
                 " [Article]", " [PDF]", ".pdf", " (in press)", " (with discussion)", " [3]", " [1] (multiple letters)", " (multiple letters)", " (Reprinted from Soil, vol 12, pg 34-40, 2009)", ". doi: 10.1234/x", " https://doi.org/10.1234/x", " [PMID: 12345678]", ". Available from: http://soil.org/a", " | JAMA Network", " - Original Article"):  # fmt: skip
        yield f"hung on: {note}", {"title": FULL + note, "pages": ""}, {"pages": ""}
    for front in (
        "RETRACTED: ",
        "Retracted Article: ",
        "Abstract 45: ",
        "Abstract P2-04-11: ",
        "P123: ",
        "O-045 ",
        "FRI0123 ",
        "1234P ",
        "#123 ",
        "LBA12 ",
        "Original article: ",
        "Review: ",
        "[Article] ",
        "[PDF][PDF] ",
        "Short communication: ",
        "Editor’s choice: ",
        "ORIGINAL ARTICLE ",
        "*",
    ):
        yield f"before it: {front}", {"title": front + FULL, "pages": ""}, {"pages": ""}
    yield "a poster's number, at one place", {"title": f"P-123 {FULL}", **SUPPLEMENT}, SUPPLEMENT
    for mark in (" | ", " - "):
        yield f"its journal behind{mark}", {"title": f"{FULL}{mark}Journal of Urban Health Practice", "pages": ""}, {}
    yield "an article's number, and a title cut", {"title": LONG, "pages": "e0123456", "issue": ""}, {"pages": "e0123456", "issue": ""}
    yield "corrected since, at one place", {"title": f"{FULL} [corrected]"}, {}
    for tail in ("NCEE 2009-4043", "SOIL Working Paper No. 14500", "Issues & Answers. REL 2009-No. 063", "Research Report RR-09-12"):
        yield f"its number among the reports of a house: {tail}", *({**NOWHERE, "journal": "National Centre for Soil", "title": title} for title in (FULL, f"{FULL}. {tail}"))  # fmt: skip
    yield "the number of an article behind its title", {"title": f"{FULL} - art. no. 52", "pages": "NIL_1-NIL_8", "volume": "6"}, {"pages": "52", "volume": "6"}  # fmt: skip
    yield "its section before the title", {"title": f"Clinical research: {FULL}", "pages": ""}, {}


def _places() -> Iterator[Row]:
    for tail in (
        "/abstract",
        "/full",
        "/pdf",
        ".pdf",
        "/epdf",
        ".",
        ";",
        "/full/html",
        "?journalCode=x",
        "#abstract",
        "/full/pdf",
        ")",
        ",",
        "/",
    ):
        yield f"behind the DOI: {tail}", {"doi": DOI + tail, **NOWHERE, "year": 2010}, {"doi": DOI}
    for full, short in (("Electronic Markets", "Electron Mark"), ("Human Resource Management Review", "Hum Resour Manag Rev")):
        yield f"{short}, where one has no place", {"journal": full, **NOWHERE}, {"journal": short}
    yield (
        "volume and issue in each other's places, of one the volume alone",
        {"volume": "1", "issue": "36"},
        {"volume": "36", "issue": "", "pages": ""},
    )
    for library in ("The Cochrane Library, Issue 1, 2011", "Cochrane Database of Systematic Reviews: Reviews"):
        yield f"Cochrane's reviews, as {library}", {"journal": library, **NOWHERE, "issue": "1"}, {"journal": "Cochrane Database of Systematic Reviews", **NOWHERE, "issue": "1"}  # fmt: skip
    yield "a minitrack's introduction", *({"title": "Introduction to the Urban Soil Minitrack", "journal": "Northern Conference on Urban Soil", **NOWHERE, "authors": people} for people in (("Harlow, Ines", "Ash, Rolf"), ("Harlow, I", "Ash, R")))  # fmt: skip
    yield "a page read as a number", {"pages": "i428", "issue": "Suppl 1"}, {"pages": "1428-1428", "issue": "1"}
    for heading in ("UNLABELLED: ", "SYNOPSIS ", "Background and Purpose— ", "CASE SUMMARY: "):
        yield (
            f"an abstract under a heading: {heading}",
            *({"authors": (), "journal": "", **NOWHERE, "abstract": text} for text in (TEXT, heading + TEXT)),
        )
    yield "a slip in the DOI", {"doi": f"{DOI[:-1]}8"}, {"doi": DOI}
    yield "a version's DOI", {"doi": "10.25384/sage.24417417.v1", **NOWHERE}, {"doi": "10.25384/sage.24417417", **NOWHERE}
    yield "ahead of print", {**NOWHERE, "year": 2010}, {}
    for volume, issue, pages in (
        ("PP", "99", "1-1"),
        ("0", "0", ""),
        ("00", "00", "1-12"),
        ("ahead-of-print", "ahead-of-print", "1-12"),
        ("", "", "1-12"),
        ("14", "2", "1-17"),
        ("14", "2", "17"),
        ("", "", "Epub 2011 Mar 3"),
        ("", "", "10.1234/juhp.12345"),
        ("", "", "10.1234/0123456789"),
        ("", "", "00-00"),
        ("14", "", "S0140-6736(10)12345-6"),
    ):
        yield f"ahead of print as {volume}({issue}):{pages}", {"volume": volume, "issue": issue, "pages": pages}, {}
    yield "a meeting by its abbreviation", {**NOWHERE, "journal": "Annual International Conference on Urban Soil"}, {"journal": "Annu Int Conf Urban Soil"}  # fmt: skip
    yield "an abstract's number, and its page", {**SUPPLEMENT, "pages": "Abstract no: 12"}, SUPPLEMENT
    yield "a workshop, and where it was held", *({**NOWHERE, "journal": f"Proceedings of the First Workshop on Soil{at}"} for at in ("", ", 58th Annual Meeting of the Soil Society"))  # fmt: skip
    for name in ("ICUS", "ICUS 2011 Proceedings", ""):
        yield f"a meeting, and {name or 'no name'}", *({**NOWHERE, "journal": journal, "pages": pages} for journal, pages in ((name, ""), ("International Conference on Urban Soil", "1-12")))  # fmt: skip
    for name in ("Lecture Notes in Computer Science", "ACM International Conference Proceeding Series", "CEUR Workshop Proceedings"):
        yield f"a meeting, and {name}", *({**NOWHERE, "journal": journal, "pages": pages} for journal, pages in ((name, "101-116"), ("International Conference on Urban Soil", "")))  # fmt: skip
    yield "ahead of print by two years, one DOI", {**NOWHERE, "year": 2009, "doi": DOI}, {"doi": DOI}
    yield "a year of another decade", {"year": 2001}, {}
    yield "two years off", {"year": 2013}, {}
    yield "volume and issue changed", {"volume": "2", "issue": "14"}, {}
    yield "the same, without pages", {"volume": "2", "issue": "14", "pages": ""}, {"pages": ""}
    yield "a source's two numbers for one", {"source": "x", "accession": "A1234567"}, {"source": "x", "accession": "A7654321"}
    yield "an article in a supplement", {"pages": "S123-S139", "issue": "Suppl 1"}, {"pages": "S123-S139", "issue": ""}
    yield "one supplement in two ways", {"pages": "S123-S139", "issue": "Suppl 1"}, {"pages": "", "issue": "SUPPL. 1", "authors": ("Harlow I", "Okoye P")}  # fmt: skip
    yield (
        "a chapter, word for word",
        *({"title": "Chapter 1", "journal": "Handbook of soil", "volume": "", "issue": "", "pages": "1-30"},) * 2,
    )
    yield "an article in a supplement, ahead of print", {"pages": "S123-S139", "issue": "Suppl 1"}, {**NOWHERE, "year": 2010}
    yield "one title and one abstract", {"authors": (), "year": None, "journal": "", **NOWHERE, "abstract": TEXT}, {"abstract": TEXT}
    yield "title, journal, year", {"authors": (), **NOWHERE}, {}
    yield "the DOI of a register's entry", {"doi": "10.1002/central/CN-01234567", "pages": ""}, {"doi": DOI, "pages": ""}
    for pages in ("p123-139", "p123-139. 17p", "P123-P139", "123\u2010139", "123\u2212139", "123 to 139", "123/139", "123_139"):
        yield f"pages as {pages}", {"title": LONG, "pages": pages}, {"title": f"{LONG}, soil and sleep"}
    for volume in ("1", "1)"):
        yield f"a supplement's number for the volume: {volume}", {"volume": volume, "issue": "", "pages": ""}, {"issue": "10 Suppl. 1", "pages": "S123", "authors": ("Harlow I", "Okoye P", "Brandt L")}  # fmt: skip
    yield "an issue's number for the volume", {"volume": "2", "issue": "", "pages": ""}, {}
    yield (
        "an article's number for the issue",
        {"volume": "14 (1) (no pagination)", "issue": "18", "pages": ""},
        {"issue": "1", "pages": "18"},
    )
    for left, pages in (("t-39", "123-139"), ("2-39", "123-139"), ("54321", "123-139"), ("1-17", "345")):
        yield f"no pages, though they seem to be: {left}", {"pages": left, "issue": ""}, {"pages": pages, "issue": ""}
    for short in ("S1", "2S1", "2 S1"):
        yield f"a supplement in a letter: {short}", {"issue": short, "pages": ""}, {"issue": "2 SUPPL. 1", "pages": "S45"}
    yield "a journal and its town", {"journal": "Soil; New York", "pages": ""}, {"journal": "Soil"}
    yield "a month for the volume", {"volume": "FEB.", "issue": "", "pages": ""}, {}
    for title in (
        "The demand effects of product recommendation networks in northern towns",
        "Hand washing of diggers: compliance with recommended guidelines of the north",
        "Effects of soil in gardeners who receive the current standard of care",
        "Annual circulating moisture levels in captive barrels of the north",
        "Response to clozapine in acute soil contact of gardeners is more rapid",
        "Correction of impaired digging by computer programs in northern towns",
    ):
        yield f"ahead of print: {title}", {"title": title, **NOWHERE, "year": 2010}, {"title": title}
    yield "volume and issue before the pages", {"volume": "", "issue": "", "pages": "Vol. 14, No. 2, pp. 123-139"}, {}
    yield "a session's abstract", *({"journal": "Abstracts of the Northern Soil Congress", "volume": "2011", "issue": "", "pages": pages} for pages in ("Abstract No. 123.4", "123.4"))  # fmt: skip
    yield "a subtitle more on one page of a supplement", {"title": LONG, **SUPPLEMENT}, SUPPLEMENT
    yield "the same, and one DOI", {"title": LONG, **SUPPLEMENT, "doi": DOI}, {**SUPPLEMENT, "doi": DOI}
    yield "a subtitle more, without pages", {"title": LONG, "pages": ""}, {"pages": ""}
    yield "an issue of two months", {"issue": "Jul-Aug"}, {"issue": "4", "pages": ""}
    shown = "… of the soil in gardens and of the sleep of those who dig in them were taken … the results show that"
    yield "what a search engine shows of its abstract", {**NOWHERE, "abstract": shown}, {"abstract": TEXT}
    yield "a subtitle more, the page of one", {"title": f"{FULL} (the SOIL study)", "pages": ""}, {}
    yield "a number in the subtitle alone", {"title": f"{FULL}, our experience with over 200,000 beds", "pages": "15"}, {"pages": "15"}
    yield "a protocol whose title says so in one place alone", {"title": f"{FULL}: study protocol for a trial"}, {}
    yield "a review of a book, and called that", *({"title": title, "pages": "512-513"} for title in ("The growing of towns", "Book review: The growing of towns"))  # fmt: skip
    yield "a reprint at its own place", {"title": f"Reprint of: {FULL}"}, {}
    yield "a footnote behind the title", {"title": f"{FULL} 1"}, {}
    yield "a footnote behind the title, nobody named", {"title": f"{FULL}1", "authors": ()}, {}
    yield "two DOIs in one issue", {"doi": "10.1234/old.1", "pages": ""}, {"doi": "10.5678/new.1"}
    yield "one DOI, one paper of a meeting", *({**NOWHERE, "title": title, "doi": DOI, "journal": "Northern Conference on Urban Soil"} for title in (LONG, FULL))  # fmt: skip
    yield "a reply in capitals and small letters", *({"title": title} for title in ("Response to Clarke: gardens are useful, also in the age of soil", "Response to clarke: gardens are useful, also in the age of soil"))  # fmt: skip
    yield "a month for the issue", {"issue": "April", "pages": ""}, {}
    yield "a short title, and no more known of either", *({"title": "Disorders of soil", **NOWHERE} for _ in "ab")
    yield (
        "papers of a meeting without years",
        *({**NOWHERE, "year": None, "journal": "Northern Conference on Urban Soil", "pages": "1-16"} for _ in "ab"),
    )
    yield "a subtitle more on one page, the year one off", {"title": LONG, **SUPPLEMENT}, {**SUPPLEMENT, "year": 2010}
    yield (
        "one text at a meeting, a letter lost",
        {"title": FULL.replace("mixed", "moxeb"), "abstract": TEXT, **SUPPLEMENT},
        {"abstract": TEXT, **SUPPLEMENT, "pages": ""},
    )
    yield "volume for journal, and all behind it moved", {"abstract": TEXT}, {"abstract": TEXT, "journal": "14", "volume": "2", "issue": "", "pages": ""}  # fmt: skip
    yield "an editorial in one issue", {"title": "Editorial introduction", "pages": ""}, {"title": "Editorial Introduction."}
    yield "a meeting whose name was cut off, and a series", {**NOWHERE, "journal": "International Conference on Urban …"}, {**NOWHERE, "journal": "Lecture Notes in Computer Science", "volume": "4321", "pages": "101-116"}  # fmt: skip
    for acronym in ("ICUS", "SoilSE", "ICUS/FSR"):
        yield f"a meeting by its acronym, and a series: {acronym}", {**NOWHERE, "journal": acronym}, {**NOWHERE, "journal": "Lecture Notes in Computer Science", "pages": "101-116"}  # fmt: skip
    for name, other in (
        ("PNAS", "Proceedings of the National Academy of Sciences"),
        ("Transplantation Proceedings", "Transplant Proc"),
        ("Database of Abstracts of Reviews of Soils", "Database Abstr Rev Soils"),
    ):
        yield (
            f"what is called proceedings, or abstracts, and is no meeting's: {name}",
            {"journal": name},
            {"journal": other, "issue": "", "pages": ""},
        )
    yield "an abstract without its page, by other forms of names", {"pages": "103A", "issue": ""}, {"authors": ("Harlow I", "Okoye P", "Brandt L"), "pages": "", "issue": ""}  # fmt: skip
    yield "a weekly's two numbers for an issue", {"issue": "9810", "pages": ""}, {"issue": "3", "pages": ""}
    yield "one PMID, another title", {"title": "Letter to the editor", "pmid": "11111111", **NOWHERE}, {"pmid": "11111111"}

    yield "by a protocol", {"title": LONG, "pages": ""}, {"title": f"{LONG}: results of the North Sea protocol", "pages": ""}


def _cut_names() -> Iterator[Row]:
    cut = f"{FULL[:72].rsplit(' ', 1)[0]} …"
    for what, journal in (
        ("its beginning", "Journal of Urban Health …"),
        ("its end", "… of Urban Health Practice"),
        ("too little", "Journal of …"),
    ):
        yield f"a title and a journal's name cut off: {what}", {"title": cut, "journal": journal, **NOWHERE}, {}
    shown = {"authors": ("I Harlow, P Okoye…",), **NOWHERE}
    for what, journal in (
        ("its journal", BASE["journal"]),
        ("a host", "journals.soil-press.com"),
        ("who publishes", "Oxford University Press"),
        ("who publishes, two names", "Taylor & Francis"),
        ("none", ""),
    ):
        yield f"as a search engine shows it: {what}", {**shown, "journal": journal}, {}
        yield f"a meeting's abstract, as a search engine shows it: {what}", {**shown, "journal": journal}, SUPPLEMENT
    yield "a name cut off, and an abstract from its second sentence on", {"journal": "Journal of Urban …", **NOWHERE, "abstract": OTHER_TEXT[40:180]}, {"abstract": OTHER_TEXT}  # fmt: skip
    yield "the proceedings of an academy, as a search engine shows them", {**shown, "journal": "Proceedings of the National …"}, {"journal": "Proceedings of the National Academy of Sciences"}  # fmt: skip
    yield "a name cut off, and its abbreviation", {"journal": "International …", "pages": ""}, {"journal": "Int J Soil", "pages": ""}


def _people() -> Iterator[Row]:
    for one, other in (("ACCORD Study Group", "Action to Control Cardiovascular Risk in Diabetes Study Group"), ("SOIL Trial Group", "SOIL Investigators"), ("National Institute for Soil and Care Excellence", "National Institute for Soil and Clinical Excellence")):  # fmt: skip
        yield f"{one}, {other}", {"authors": (one,), "pages": ""}, {"authors": (other,)}
    spelled_out = ("Bröker, K", "Sjögård, M", "Åberg, A", "Sørensen, T"), ("Broeker K", "Sjoegaard M", "Aaberg A", "Soerensen T")
    yield "umlauts and rings of all names spelled out, and no place", *({"authors": authors, "journal": "", **NOWHERE} for authors in spelled_out)  # fmt: skip
    yield "initials and names", *({"authors": authors, "pages": ""} for authors in (("Wang Y-X", "Li M"), ("Yanxia Wang", "Mei Li")))
    yield "another order", {"authors": ("Brandt L", "Harlow I", "Okoye P")}, {}
    for nobody in ("No authorship indicated", "Staff", "[No authors named]"):
        yield f"nobody: {nobody}", {"authors": (nobody,), "pages": ""}, {"authors": (), "pages": ""}
        yield f"nobody, and somebody: {nobody}", {"authors": (nobody,), "pages": ""}, {}
    yield "the editor, unnamed", {"authors": ("Editor",), "pages": "123-139"}, {}
    yield "a study group instead", {"authors": ("Northern Gardens Study Group",), "pages": ""}, {"pages": ""}
    yield "the first and no more", {"authors": ("Harlow I et al.",), "pages": ""}, {"pages": ""}
    yield "the first of more, and no place", *({"authors": authors, "journal": "", **NOWHERE} for authors in (("Harlow I and et al.",), ("Harlow I", "Okoye P", "Brandt L")))  # fmt: skip
    two = {"authors": ("Harlow, Ines", "Okoye, Peter")}
    for names in ("Harlow I.M., Okoye P.", "Harlow, I.M., Okoye, P."):
        yield f"two in one string, and no place: {names}", {"authors": (names,), "journal": "", **NOWHERE}, two
    yield "given names for surnames, in one string", {"authors": ("Xiaoguang W., Yusheng W.",), "pages": ""}, {"authors": ("Wang X", "Wang Y"), "pages": ""}  # fmt: skip
    spelled = ("Ines Maria Harlow", "Peter Ngozi Okoye", "Lena Sofie Brandt et al.")
    yield "three with given names, and eight", {"authors": spelled, "pages": ""}, {"authors": ("Harlow IM", "Okoye PN", "Brandt LS", "Quill A", "Ash R", "Elm T", "Fir O", "Oak P"), "pages": ""}  # fmt: skip
    yield "given names first", {"authors": ("Wei Zhang", "Li Wang"), "pages": ""}, {"authors": ("Zhang W", "Wang L"), "pages": ""}
    capitals = {"authors": ("HARLOW, IA", "OKOYE, PB"), "issue": "Meeting Abstracts", "pages": ""}
    yield "initials in capitals", capitals, {"authors": ("Harlow, I A", "Okoye, P B"), "issue": "", "pages": ""}
    one = {"authors": ("Okoye, Peter",)}
    yield "a bare reference of one author", {"authors": ("Okoye, P.",), "journal": "", **NOWHERE}, one
    yield "a title of five words, by one", {**one, "title": "Gardens of the northern towns", "journal": "", **NOWHERE}, {**one, "title": "Gardens of the northern towns"}  # fmt: skip
    yield (
        "given names for surnames",
        *({"authors": authors, "pages": ""} for authors in (("Turan, Belma", "Keskin, Zeynep T."), ("Belma T.", "Zeynep T. K."))),
    )
    yield "a study's name, taken for a person's", {"authors": ("GARDENS-North, Soil Study",), "pages": ""}, {"pages": ""}
    yield "one with two given names, and the surnames of all", *({"authors": authors, "pages": ""} for authors in (("Zhu, Xiao-Ming",), ("Zhu", "Okoye", "Brandt")))  # fmt: skip
    for names in (("WANG Xiao-ming", "LI Yu-chen"), ("LIMA, Ângela Souza", "DÍAZ, José"), ("ZHOU Jian", "CHEN Mei")):
        initialed = tuple(f"{name.replace(',', '').split()[0].title()} {name.split()[1][0]}" for name in names)
        yield (
            f"surnames in capitals, as short as initials: {names[0]}",
            {"authors": names, "pages": ""},
            {"authors": initialed, "pages": ""},
        )
    yield "no letters of ours", {"authors": ("山田 太郎",), "pages": ""}, {"authors": ("Yamada T",), "pages": ""}


def _sorts() -> Iterator[Row]:
    yield "a book, its title for the journal", {"journal": f"{FULL}.", "volume": "", "issue": "", "pages": "xii, 340"}, {"journal": "", **NOWHERE, "type": "BOOK"}  # fmt: skip
    for place in ({"pages": "CRD42017767712"}, {"volume": "CRD42017767712"}, {"volume": "2011", "accession": "CRD42017767712"}):
        yield f"a registration, and its number where a page is: {place}", *({"journal": "PROSPERO", **NOWHERE, **told} for told in (place, {}))  # fmt: skip
    yield "a registry by two names", *({**NOWHERE, "journal": f"PROSPERO{more}"} for more in ("", " International prospective register of systematic reviews"))  # fmt: skip
    registry = "https://clinicaltrials.gov/show/NCT01234567"
    yield (
        "one registration",
        {"journal": registry, **NOWHERE, "authors": ("NCT01234567",)},
        {"journal": registry, **NOWHERE, "authors": ("NCT01234567",)},
    )
    yield (
        "one registration in two forms",
        {"journal": registry, **NOWHERE, "authors": ("NCT01234567",)},
        {"journal": "", **NOWHERE, "authors": ("Acme Ltd",), "url": registry},
    )
    yield "a book", *({"title": "The handbook of urban growing and shared soil in towns", "journal": "", **NOWHERE, "isbn": isbn, "type": "BOOK"} for isbn in ("9780123456789", "0123456789"))  # fmt: skip
    yield "a book without its subtitle", *({"title": title, "journal": "", **NOWHERE, "isbn": "9780123456789", "type": "BOOK"} for title in ("Urban growing", "Urban growing: a handbook of shared soil"))  # fmt: skip
    yield "a book, a year off", *({"title": "The handbook of urban growing and shared soil in towns", "journal": "", **NOWHERE, "isbn": "9780123456789", "type": "BOOK", "year": year} for year in (2010, 2011))  # fmt: skip
    yield "Cochrane's library", *({"journal": journal, "volume": "", "issue": "3", "pages": "CD005381"} for journal in ("The Cochrane Library", "Cochrane Database of Systematic Reviews"))  # fmt: skip
    yield "a preprint and its address", {"journal": "medRxiv", **NOWHERE, "doi": "10.1101/2020.01.02.12345v1"}, {"journal": "medRxiv", **NOWHERE, "doi": "10.1101/2020.01.02.12345"}  # fmt: skip
    yield "arXiv, twice", {"journal": "arXiv preprint arXiv:1101.01234", **NOWHERE}, {"journal": "arXiv", **NOWHERE}
    cochrane = {"journal": "Cochrane Database Syst Rev", "volume": "", "pages": "CD001234", "issue": "2"}
    yield (
        "a Cochrane review, a year off",
        {**cochrane, "doi": "10.1002/14651858.CD001234.pub2", "year": 2010},
        {**cochrane, "doi": "10.1002/14651858.CD001234.pub2"},
    )
    yield "a Cochrane review, one DOI", {**cochrane, "doi": "10.1002/14651858.CD001234.pub2"}, cochrane
    yield "a report of an office", *({"title": f"{LONG}: the report", "journal": journal, **NOWHERE, "authors": ("Northern Gardens Office",), "type": "RPRT"} for journal in ("", "Northern Gardens Office"))  # fmt: skip
    for title in ("Editorial", "Letter to the editor", "Book review", "News", "Reply", "Image of the month"):
        yield f"{title}, at one place", {"title": title, "pages": "105-107"}, {"title": title, "pages": "105-7"}
    yield (
        "an obituary",
        {"title": "Ada Quill, 1920-2010", "pages": "55", "authors": ()},
        {"title": "Ada Quill, 1920-2010", "pages": "55", "authors": ()},
    )


MERGED = [
    *_dissertations(),
    *_notices(),
    *_numbers(),
    *_languages(),
    *_spellings(),
    *_hung_on(),
    *_places(),
    *_cut_names(),
    *_people(),
    *_sorts(),
]

_SERIES = (("Part I", "Part II"), ("Part 1", "Part 2"), ("Part one", "Part two"), ("1", "2"), ("Part A", "Part B"), ("Case A", "Case B"), ("Study 1", "Study 2"), ("Paper I", "Paper II"),
           ("Parte I", "Parte II"), ("Teil 1", "Teil 2"), ("first part", "second part"), ("Section A", "Section B"), ("Lesson III", "Lesson IV"))  # fmt: skip
_NOTICES = ("Erratum", "Erratum to", "Corrigendum to", "Correction to", "Author correction", "Publisher correction", "Addendum to", "Retraction of", "Retraction notice to", "Clarification",
            "Expression of concern", "Notice of retraction", "Editorial expression of concern", "Withdrawal", "Statement of retraction")  # fmt: skip
_ANSWERS = ("Reply to", "Comment on", "Comments on", "Commentary on", "Response to", "Re", "Author response to", "Letter to the editor regarding", "In response to", "Discussion of",
            "Editorial comment on", "Rebuttal to")  # fmt: skip
_TAILS = ("reply", "authors' reply", "author's response", "Response", "Reply from the authors", "a comment", "the authors reply", "The authors respond", "a rebuttal", "Rejoinder",
          "Invited commentary")  # fmt: skip
_MANY = ("Editorial", "Letter", "Abstracts", "Index", "News", "Correspondence", "Obituary", "Introduction", "Preface", "In this issue", "Book review", "Commentary", "Reply", "Author's reply",
         "Contents", "Erratum", "Announcements", "From the editor", "Foreword", "Case report", "Meeting report", "Letter to the editor", "Acknowledgment to reviewers", "Calendar",
         "Clinical quiz", "What is your diagnosis?", "Image of the month", "Questions and answers", "Author index", "Executive summary", "Research highlights", "Poster session",
         "Oral presentations", "Scientific abstracts", "Response to the letter to the editor", "Reply to letter to the editor", "President's message", "Presidential address", "Clinical trials",
         "Literature review", "Current literature", "Papers of note", "Conference proceedings", "Letter from the editor", "Panel discussion", "Position statement", "Upcoming events", "Technical note", "Notes from the field", "In reply", "The authors reply", "Dr. Harlow replies", "Case records of the Northern Hospital", "Clinical case conference", "Subject index to volume 14",
         "Editorial board and aims", "JAMA patient page", "Fifty years ago", "Work in progress", "Program and abstracts", "Tip of the month", "Drug of the week", "Soil in the news", "Test your knowledge", "Ethics rounds", "Practice tips")  # fmt: skip


def _apart() -> Iterator[Row]:
    for one, other in _SERIES:
        yield f"{one}, {other}", {"title": f"{LONG}. {one}"}, {"title": f"{LONG}. {other}", **NEXT}
        yield (
            f"{one}, {other} in the middle",
            {"title": f"{LONG}, {one}: the soil survey"},
            {"title": f"{LONG}, {other}: the soil survey", **NEXT},
        )
    spoken = {"issue": "Suppl 1", "doi": DOI}
    for what, one, other, pages in (("another word on the next page", "rain", "cost", ("S45-S45", "S46-S46")), ("another word on one page", "rain", "cost", ("S45", "S45")), ("weeks", "week 12", "week 24", ("S45", "S45"))):  # fmt: skip
        here, there = ({**spoken, "title": f"{FULL}, {word}", "pages": page, "abstract": text, "doi": ""} for word, page, text in zip((one, other), pages, (TEXT, OTHER_TEXT), strict=True))  # fmt: skip
        yield f"two abstracts of one group: {what}", here, there
    yield "two abstracts of one group: weeks, and one DOI for both", *({**spoken, "title": f"{FULL}, week {week}", "pages": page, "abstract": text} for week, page, text in ((12, "S45", TEXT), (24, "", OTHER_TEXT)))  # fmt: skip
    for place in (
        ANNOUNCED,
        {**ANNOUNCED, "journal": "DAI-A", "type": ""},
        _thesis("ProQuest LLC"),
        _thesis("University of Soil", year=2010),
    ):
        yield f"a thesis, and its article: {place['journal']}", place, {}
    yield "I, II at the end", {"title": f"{LONG}. I"}, {"title": f"{LONG}. II", **NEXT}
    yield "parts without pages", *_in("", f"{LONG}. Part I", f"{LONG}. Part II")
    for tail in ("Part 2", "II", "2010-2012", "the second of 2"):
        yield f"a part at pages of its own: {tail}", {"issue": ""}, {"title": f"{FULL}. {tail}", "pages": "300-316", "issue": ""}
        yield f"a part behind it: {tail}", {}, {"title": f"{FULL}. {tail}", **NEXT}
    yield "two letters by their numbers", {"title": f"{FULL} [1]", "pages": "300"}, {"title": f"{FULL} [2]", **NEXT}
    opened = {"journal": "Proceedings of the Northern Conference on Urban Soil", **NOWHERE}
    yield (
        "a minitrack of two years",
        *({**opened, "title": "Introduction to the Urban Soil Minitrack", "year": year} for year in (2010, 2011)),
    )
    yield (
        "a minitrack's introduction that does not say of what",
        *({**opened, "title": f"Minitrack Introduction{end}"} for end in ("", ".")),
    )
    yield "two meetings' introductions", *({"title": "Introduction to the Growing of Northern Towns and Shared Soil Minitrack", "journal": "Northern Conference on Urban Soil", **NOWHERE, "year": year} for year in (2010, 2011))  # fmt: skip
    yield "parts with their own subtitles", {"title": f"{LONG} I: soil"}, {"title": f"{LONG} II: rain", **NEXT}
    yield "follow-ups", {"title": f"{LONG}: one-year follow-up"}, {"title": f"{LONG}: two-year follow-up", **ELSEWHERE}
    yield (
        "doses",
        {"title": "Sleep of diggers given 0.5 mg of soil", "pages": "1-9"},
        {"title": "Sleep of diggers given 5.0 mg of soil", "pages": "11-19"},
    )
    yield "yearly reports", *({"title": f"Annual report {year} of the gardens office", "journal": "", **NOWHERE, "authors": ("Gardens Office",), "year": year} for year in (2014, 2015))  # fmt: skip
    for notice in _NOTICES:
        yield f"notice: {notice}", {}, {"title": f"{notice}: {FULL}", "pages": "300", "year": 2012, "volume": "15"}
    for answer in _ANSWERS:
        yield f"answer: {answer}", {}, {"title": f"{answer}: {FULL}", "pages": "300-301", "authors": ("Quill, Ada",)}
    for answer in (
        f"{FULL}? A response to Quill",
        f"{FULL}: further comments on Quill et al.",
        f"Concerns about “{FULL}”",
        f"Correspondence regarding: {FULL}",
    ):
        yield f"an answer by its own words: {answer}", {}, {"title": answer, **NOWHERE}
    for tail in _TAILS:
        yield f"answer behind it: {tail}", {}, {"title": f"{FULL} [{tail}]", "pages": "300-301", "authors": ("Harlow, Ines",)}
    for pages, next_page in (("300", "301"), ("", "")):
        yield f"two letters about one article: {pages}", *({"title": f"Re: {FULL}", "authors": (name,), "pages": page} for name, page in (("Quill, Ada", pages), ("Roe, B", next_page)))  # fmt: skip
    yield "where the erratum's article is", {}, {"title": f"{FULL} (Journal of Urban Health Practice (2011) 14 (123-139))", "pages": "300"}
    yield "an erratum by its type", {}, {"type": "Published Erratum", "pages": "300", "volume": "15", "year": 2012}
    for title in _MANY:
        yield f"{title}: two volumes", {"title": title, "pages": "5-6"}, {"title": title, "pages": "5-6", "volume": "15", "year": 2012}
        yield f"{title}: two issues", {"title": title, "pages": "5-6", "issue": "1"}, {"title": title, "pages": "5-6", "issue": "3"}
        yield f"{title}: other pages", {"title": title, "pages": "5-6", "issue": ""}, {"title": title, "pages": "85-86", "issue": ""}
    yield "two trials with one title", *({"title": STUDY, "journal": f"https://clinicaltrials.gov/show/{n}", **NOWHERE, "authors": (n,)} for n in ("NCT01234567", "NCT07654321"))  # fmt: skip
    yield "two trials by their numbers in the source", *({"title": STUDY, "journal": "ClinicalTrials.gov", **NOWHERE, "authors": ("Acme Ltd",), "accession": n} for n in ("NCT01234567", "NCT07654321"))  # fmt: skip
    yield "a registry's entry and its report", {"journal": "https://clinicaltrials.gov/show/NCT01234567", **NOWHERE}, {}
    yield "two registrations, their numbers where pages are", *({"journal": "PROSPERO", **NOWHERE, "pages": f"CRD4201776771{n}"} for n in "23")  # fmt: skip
    yield "a review in PROSPERO and its report", {"journal": "PROSPERO", **NOWHERE, "accession": "CRD42019123456"}, {}
    yield "chapters called Introduction", {"title": "Introduction", "journal": "", **NOWHERE, "isbn": "9780123456789", "pages": "1-12"}, {"title": "Introduction", "journal": "", **NOWHERE, "isbn": "9780123456789", "pages": "45-60", "authors": ("Quill, Ada",)}  # fmt: skip
    yield "a chapter and its book", {"title": "Soil and people", "journal": "", **NOWHERE, "isbn": "9780123456789", "pages": "45-60"}, {"title": "The handbook of urban growing", "journal": "", **NOWHERE, "isbn": "9780123456789"}  # fmt: skip
    yield "a statement in two journals", {"title": "The GARDEN statement: guidelines for reporting soil studies"}, {"title": "The GARDEN statement: guidelines for reporting soil studies", "journal": "Annals of Soil Medicine", "volume": "151", "pages": "264-269"}  # fmt: skip
    cochrane = {"journal": "Cochrane Database Syst Rev", "volume": "", "pages": "CD001234"}
    yield (
        "a Cochrane update",
        {**cochrane, "issue": "2", "doi": "10.1002/14651858.CD001234.pub2", "year": 2007},
        {**cochrane, "issue": "3", "doi": "10.1002/14651858.CD001234.pub3"},
    )
    yield (
        "a Cochrane update within a year",
        {**cochrane, "issue": "2", "doi": "10.1002/14651858.CD001234.pub2"},
        {**cochrane, "issue": "9", "doi": "10.1002/14651858.CD001234.pub3"},
    )
    yield "two versions of a preprint", *({"journal": "Research Square", **NOWHERE, "doi": f"10.21203/rs.3.rs-12345/v{n}"} for n in (1, 2))
    for repository, doi in (
        ("Figshare", "10.6084/m9.figshare.12345"),
        ("Zenodo", "10.5281/zenodo.12345"),
        ("Dryad", "10.5061/dryad.abc12"),
    ):
        yield f"what lies in an archive beside its article: {repository}", {"journal": repository, **NOWHERE, "doi": doi}, {}
    numbers = {"authors": (), "journal": "ICTRP", **NOWHERE}
    yield "two trials of Sri Lanka", *({**numbers, "url": f"https://slctr.lk/trials/SLCTR/2018/00{n}"} for n in (1, 9))
    yield "two versions of a file", *({"journal": "", **NOWHERE, "doi": f"10.6084/m9.figshare.12345.v{n}"} for n in (1, 2))
    yield "a working paper and its article", {"journal": "NBER Working Paper 12345", **NOWHERE, "year": 2009}, {}

    next_to_it = f"{FULL}: effects on the {{}} of gardeners"
    yield "on the next page of a supplement", {**SUPPLEMENT, "title": next_to_it.format("sleep")}, {**SUPPLEMENT, "title": next_to_it.format("moods"), "pages": "S46"}  # fmt: skip
    yield "on one page, another named first", {**SUPPLEMENT, "title": next_to_it.format("sleep")}, {**SUPPLEMENT, "title": next_to_it.format("moods"), "authors": ("Okoye, Peter", "Harlow, Ines")}  # fmt: skip


APART = list(_apart())

_OTHER_WORDS = (("children", "adults"), ("systolic", "diastolic"), ("increased", "decreased"), ("acute", "chronic"), ("male", "female"), ("prednisone", "prednisolone"), ("colectomy", "colostomy"),
                ("nitrate", "nitrite"), ("dysphagia", "dysphasia"), ("cross-sectional", "longitudinal"), ("thyroid", "parathyroid"), ("adherence", "non-adherence"), ("Iran", "Iraq"), ("IgA", "IgG"),
                ("interleukin-1", "interleukin-6"), ("α", "β"), ("TNF-α", "TGF-β"), ("5-HT1A", "5-HT2A"), ("L-dopa", "D-dopa"), ("(R)-soil", "(R,S)-soil"), ("H-1 receptors", "H-2 receptors"), ("C-11-soil", "F-18-soil"), ("I-123", "I-125"), ("CYP2C9", "CYP2C19"), ("CD4", "CD8"), ("hepatitis A", "hepatitis B"),
                ("hepatitis B", "hepatitis C"), ("vitamin A", "vitamin D"), ("men", "women"), ("with sleep", "without sleep"), ("good", "not good"), ("CD25+", "CD25-"), ("CD25⁺", "CD25⁻"), ("ER(+)", "ER(−)"), ("<65", ">65"),
                ("≤65", ">= 65"), ("-2 SD", "+2 SD"), ("(+)-catechin", "(-)-catechin"), ("Hunan", "Henan"), ("mediation", "meditation"), ("C", "C++"), ("C", "C#"),
                ("soil to rain", "rain to soil"), ("care by", "care for"), ("AMI", "AML"), ("RAS", "RAAS"), ("Shanxi", "Shaanxi"), ("IC50", "LC50"))  # fmt: skip


def _not_merged() -> Iterator[Row]:
    yield "another word where a letter was lost", *_in("", FULL.replace("mixed", "m?xed"), FULL.replace("mixed", "maximised"))
    yield "a name cut off, that of another journal", {"journal": "Northern International …", **NOWHERE}, {}
    yield "a name cut off, with another word before that", {"journal": "Journal of Rural …", **NOWHERE}, {}
    shown = {"authors": ("I Harlow, P Okoye…",), **NOWHERE}
    for journal in ("International Conference on …", "Proceedings of the 2011 …", "Workshop on …", "… Symposium on Urban …"):
        yield f"a meeting's name, as a search engine shows it: {journal}", {**shown, "journal": journal}, {}
    for one, other in (("CHS '12 Extended Abstracts on Soil in Gardens", "CHS '13 Extended Abstracts on Soil in Gardens"), ("ICUS '12: Conference on Urban Soil", "ICUS '13: Conference on Urban Soil"),
                       ("Proceedings of the Forty-Fifth Conference on Urban Soil", "Proceedings of the Forty-Sixth Conference on Urban Soil"), ("Third Workshop on Soil", "4th Workshop on Soil")):  # fmt: skip
        for year in (2011, 2012):
            yield (
                f"two meetings of a series: {one}, {year}",
                {**NOWHERE, "journal": one, "pages": "1101-1104"},
                {**NOWHERE, "journal": other, "year": year},
            )
    yield "a workshop that is held each year", *({**NOWHERE, "journal": "International Conference on Urban Soil", "title": f"Workshop on {LONG}", "year": year} for year in (2011, 2012))  # fmt: skip
    academy: Changes = {"authors": ("Academy of Gardeners",), "journal": "Soil"}
    yield "what a body brings out, a year apart", {**academy, **NOWHERE}, {**academy, "year": 2012, "volume": "15"}
    for one, other in (("JapicCTI-101234", "JapicCTI-090777"), ("JMA-IIA00012", "JMA-IIA00013")):
        yield f"two trials of a registry: {one}", *({**NOWHERE, "journal": "https://trialsearch.who.int/Trial2.aspx?TrialID=JPRN-" + name, "authors": (f"JPRN-{name},",)} for name in (one, other))  # fmt: skip
    yield "titles that are not available", *({"title": "[Not Available].", "pages": pages} for pages in ("", "52-55"))
    yield "ahead of print, and given at a meeting", NOWHERE, SUPPLEMENT
    editorial = {"title": "Editorial introduction", "pages": "1-3"}
    yield (
        "editorials of one issue's number, of two volumes as their last pages say",
        {**editorial, "volume": ""},
        {**editorial, "pages": "1-2"},
    )
    yield "editorials of one volume", *({"title": "Editorial introduction", "pages": pages, "issue": issue} for pages, issue in (("", "2"), ("123-139", "")))  # fmt: skip
    yield (
        "the issue's number for a volume's",
        *({"volume": volume, "issue": "11", "pages": "", "year": year} for volume, year in (("11", 2010), ("12", 2011))),
    )
    for one, other in (
        (
            "Stroke rehabilitation and the risk of dementia in northern towns",
            "Stroke rehabilitation and the risk of stroke in northern towns",
        ),
        ("High prevalence of high grade beds among those of low grade", "Low prevalence of high grade beds among those of low grade"),
        ("Anti-moss and anti-weed properties of soil in towns", "Anti-moss and weed properties of soil in towns"),
        ("Gardens with and without fertile soil in the north", "Gardens without and without fertile soil in the north"),
    ):
        yield f"a word that stands elsewhere in the title too: {other}", {"title": one, **SUPPLEMENT}, {"title": other, **SUPPLEMENT}
    yield "whom it is about, and no mark before that", {"title": f"{FULL} in women", "pages": ""}, {"pages": ""}
    yield "a subtitle more, another issue", {"title": LONG, "pages": ""}, {"pages": "", "issue": "9"}
    yield "a reply to it", {"title": f"{FULL}: reply to Smith", "pages": ""}, {}
    yield "a time in the subtitle, on one page", {"title": f"{FULL}: results at week 12", "pages": "15"}, {"pages": "15"}
    yield "its data", {"title": f"{FULL} [Data set]", "pages": ""}, {}
    for name, of in (("Soil", "Soils"), ("Urban Health", "BMC Urban Health"), ("Urban Health Open", "Urban Health")):
        yield f"{name}, {of}", {"journal": name}, {"journal": of, **NOWHERE}
    yield "one text at the meetings of two societies", *({**NOWHERE, "journal": name, "abstract": TEXT, "type": "Conference Abstract"} for name in ("Soil", "Journal of Soil"))  # fmt: skip
    yield "misspelled, and no place", *({"title": f"Gardens and the {word} of northern towns", "journal": "", **NOWHERE} for word in ("wellbeing", "welbieng"))  # fmt: skip
    yield "two abbreviations", {"journal": "Pharm Res", **NOWHERE}, {"journal": "Pharmacol Res"}
    yield "two reports of a series, each from page 1", *({"title": LONG, "journal": "Northern Soil Reports", "volume": "", "issue": issue, "pages": pages} for issue, pages in (("567", "1-45"), ("568", "1-60")))  # fmt: skip
    yield "a column of nobody at its page of two issues", *({"title": "Soil, and what you should know", "authors": (), "pages": "8", "issue": issue} for issue in "14")  # fmt: skip
    for title in ("What's new in soil", "Soil corner", "News from the gardens office", "Highlights of this issue"):
        yield f"a column of each issue: {title}", {"title": title, "pages": "5-7"}, {"title": title, "pages": "5-7", "issue": "3"}
    for place in ({"issue": "3"}, {"volume": "15"}):
        yield f"a column at its pages of two issues: {place}", {"title": "Soil and health of the diggers", "pages": "5-7"}, {"title": "Soil and health of the diggers", "pages": "5-7", **place}  # fmt: skip
    for one, other in (("HOPE Study Investigators", "EPIC Study Investigators"), ("SOIL Study Group", "Northern Rain Collaborative Group"), ("American Heart Association", "European Garden Society")):  # fmt: skip
        yield f"{one}, {other}", {"authors": (one,), "pages": ""}, {"authors": (other,), "pages": ""}
        yield f"{one}, {other}, no place", {"authors": (one,), **NOWHERE}, {"authors": (other,), **NOWHERE}
    patent = {"title": "Method and apparatus for the lighting of gardens by night", "journal": "", **NOWHERE, "type": "Patent"}
    for name in ("volume", "issue"):
        yield f"two patents by their numbers: {name}", {**patent, name: "US9123456B2"}, {**patent, name: "US9654321B2"}
    for more in ("updated", "abridged", "reprinted"):
        yield f"{more}, and no pages", {"title": f"{FULL} ({more})", "pages": ""}, {"pages": ""}
    yield "two issues, one in brackets", {"issue": "(9)", "pages": ""}, {"pages": ""}
    yield "a supplement in a letter, and an issue", {"issue": "S1", "pages": ""}, {"issue": "9"}
    yield "two meetings by their numbers", *({"journal": f"Proceedings of the {nth}th Northern Conference on Urban Soil", **NOWHERE, "year": 2000 + nth} for nth in (10, 11))  # fmt: skip
    for issue in ("", "4"):
        yield f"an abstract by its number, and an article: {issue}", {"pages": "Abstract no: 12", "issue": issue}, {"issue": issue and "9"}
    yield "two months", {"issue": "April", "pages": ""}, {"issue": "May"}
    for one, other in _OTHER_WORDS:
        yield (
            f"{one}, {other}",
            *_in(
                "",
                f"Gardening and {one} outcomes of diggers in northern towns",
                f"Gardening and {other} outcomes of diggers in northern towns",
            ),
        )
        yield f"{one}, {other} on the next page", {"title": f"Gardening and {one} outcomes of diggers in northern towns", "pages": "139"}, {"title": f"Gardening and {other} outcomes of diggers in northern towns", "pages": "140"}  # fmt: skip
    for title in _MANY:
        yield f"{title}: nothing known", {"title": title, **NOWHERE}, {"title": title, **NOWHERE}
        yield (
            f"{title}: nobody named",
            {"title": title, "pages": "5", "issue": "", "authors": ()},
            {"title": title, "pages": "5", "issue": "", "authors": (), "year": 2012, "volume": "15"},
        )
    for what, title in (
        ("a comment", f"Commentary on Ada Quill's '{LONG}'"),
        ("a letter", f"Re: {LONG}"),
        ("a book review", f"Review of {LONG}"),
    ):
        yield (
            f"{what}, of one no more than its title, journal and year",
            {"title": title, "authors": (), **NOWHERE},
            {"title": title, "pages": "300"},
        )
    yield "its rationale and design", {"title": f"{FULL}: rationale and design", "year": 2008, "volume": "11", "pages": ""}, {"pages": ""}
    yield "its rationale and design, in one year", {"title": f"{FULL}: rationale and design", "pages": ""}, {"pages": ""}
    yield "numbers of which one begins the other", *_in("", f"{FULL} of the north, study 1", f"{FULL} of the north, study 12")
    yield "a translation without pages", *_in("", FULL, GERMAN)
    yield "two languages, two DOIs", {"title": "Huertos comunitarios y bienestar en el norte", "doi": "10.1234/es"}, {"doi": "10.1234/en"}
    yield "one trial in two registries", {"journal": "https://clinicaltrials.gov/show/NCT01234567", **NOWHERE}, {"journal": "https://trialsearch.who.int/Trial2.aspx?TrialID=EUCTR2010-012345-11-GB", **NOWHERE}  # fmt: skip
    yield (
        "one DOI of a supplement",
        {"title": "Rain barrels in schools of the north", "doi": DOI, **SUPPLEMENT},
        {"title": "Compost heaps in homes of the south", "doi": DOI, **SUPPLEMENT},
    )
    yield (
        "one beginning in a supplement",
        {"title": f"{LONG}: effect on attendance", "doi": DOI, **SUPPLEMENT},
        {"title": f"{LONG}: effect on costs", "doi": DOI, **SUPPLEMENT},
    )
    yield "two posters of one text, without pages", *({"title": f"{code} {FULL}", "pages": "", "issue": "Suppl 1"} for code in ("OP0123", "OP0124"))  # fmt: skip
    yield "a poster by its title, and an article", {"title": f"{FULL} [Poster]", "pages": "", "issue": ""}, {"authors": ("Harlow, Ines", "Okoye, Peter")}  # fmt: skip
    yield "a thesis by its title, and an article", {"title": f"{FULL} (PhD thesis)", "journal": "", **NOWHERE, "authors": ("Harlow, Ines",)}, {"authors": ("Harlow, Ines",)}  # fmt: skip
    for one, other in (("P3-045", "P3-046"), ("P1.045", "P1.046"), ("TH-PO123", "TH-PO124"), ("123.4", "123.5"), ("P123", "P124")):
        yield f"posters {one}, {other}", {**SUPPLEMENT, "title": LONG, "pages": one}, {**SUPPLEMENT, "pages": other}
    yield "two abstracts by their numbers behind the title", *({"title": f"{FULL} (Abstract {n})", "pages": ""} for n in (12, 88))
    for pages, next_page in (("123", "123"), ("123-125", "126-128"), ("", "")):
        yield f"another character: {pages}", *({"title": f"社区花园对老年{who}居民健康状况的影响研究", "pages": page} for who, page in (("男性", pages), ("女性", next_page)))  # fmt: skip
    yield "two documents that begin at page 1", {"title": LONG, "issue": "", "pages": "1-2"}, {"pages": "1-9"}
    yield "a wave of one or of two", *_in("", f"P300 in {FULL}", f"P50 in {FULL}")
    yield "a correction behind its article's title", *_in("", FULL, f"{FULL} [Corrigendum]")
    yield "standards of each year, at the same pages", *({"title": "Standards of soil care in northern towns", "issue": "Suppl 1", "pages": "S11-S61", "volume": volume, "year": year} for volume, year in (("33", 2010), ("34", 2011)))  # fmt: skip
    yield "a column of the first issue", *({"title": "Knowledge of gardens", "issue": "1", "pages": "1-3", "volume": volume, "year": year} for volume, year in (("12", 2010), ("13", 2011)))  # fmt: skip
    yield "a Cochrane review in two issues, by Embase", *({"journal": "Cochrane database of systematic reviews (Online)", "volume": volume, "issue": "", "pages": "CD005381"} for volume in ("3", "9"))  # fmt: skip
    yield "a bare reference, and an abstract", {"journal": "", **NOWHERE}, {"journal": "Abstracts of the Northern Soil Congress", "volume": "2", "pages": "S77"}  # fmt: skip
    for text in (
        "Click to increase image size Click to decrease image size Disclosure statement. ",
        "Copyright of the Journal of Soil is the property of its press. ",
    ):
        yield f"an abstract that is none: {text[:9]}", *({"title": "Gardens of many towns", "issue": issue, "pages": pages, "abstract": text + TEXT} for issue, pages in (("2", "123"), ("4", "")))  # fmt: skip
    yield "a wrong DOI, and a subtitle more", {"title": LONG, "doi": DOI, **NOWHERE, "abstract": TEXT}, {"doi": DOI, "year": 2012, "abstract": OTHER_TEXT}  # fmt: skip
    yield "two volumes of one number of issue", {"issue": "3", "pages": ""}, {"volume": "15", "issue": "3", "pages": ""}
    yield "three fields against", {"abstract": TEXT, "doi": DOI}, {"journal": "Journal of Urban Health and Policy", "year": 2012, "issue": "4", "abstract": TEXT, "doi": f"{DOI}9"}  # fmt: skip
    yield "one title under two DOIs of a journal", {"doi": "10.3233/thc-140439", **NOWHERE}, {"doi": "10.3233/thc-140839"}
    yield "two meetings a year apart, of one no volume", SUPPLEMENT, {"volume": "", "issue": "Suppl 1", "pages": "", "year": 2012}
    yield "two meetings by their names, a year apart", *({"journal": f"Urban Soil. Conference: ICUS {year}", "year": year, "volume": volume, "issue": "", "pages": ""} for year, volume in ((2010, "14"), (2011, "")))  # fmt: skip
    yield "one DOI, one page of a supplement, no title", {"doi": DOI, **SUPPLEMENT}, {"doi": DOI, **SUPPLEMENT, "title": "#NAME?"}
    for one, other in (("Wnt3", "Wnt3a"), ("IL17a", "IL17f")):
        yield f"{one} and {other} on one page of a supplement", *({"title": f"{word} in {FULL}", **SUPPLEMENT} for word in (one, other))
    yield "two letters on pages that follow, a name in common", *({"authors": (name, more), "pages": page} for name, more, page in (("Wang, Y", "Ash, Rolf", "300"), ("Wang, X", "Quill, Ada", "301")))  # fmt: skip
    paper = {"journal": "International Conference on Urban Soil", "volume": "", "issue": "", "pages": "1-13"}
    yield "papers of two years, the pages of one counted from 1", paper, {**paper, "year": 2012, "pages": "248"}
    minitrack = {**paper, "title": f"Introduction to the minitrack on {FULL}", "pages": "4100"}
    yield "introductions of a minitrack in two years", minitrack, {**minitrack, "year": 2012, "pages": ""}
    yield "an article, and years before the same with no place", {"abstract": TEXT}, {"abstract": TEXT, "journal": "", **NOWHERE, "year": 2009, "authors": ("Harlow, Ines",)}  # fmt: skip
    yield "a text given twice at one meeting", *({**SUPPLEMENT, "pages": page, "abstract": TEXT} for page in ("S45", "S212"))
    yield (
        "a point in a number",
        *({"title": f"Sleep of diggers given {dose} mg of soil in northern towns", **NOWHERE} for dose in ("2.5", "25")),
    )
    yield "two posters of one text", {"title": f"P-123 {FULL}", **SUPPLEMENT}, {"title": f"P-124 {FULL}", **SUPPLEMENT, "pages": "S46"}
    yield "two meetings", SUPPLEMENT, {**SUPPLEMENT, "pages": "S77", "volume": "15", "year": 2012}
    yield "two editions", *({"title": f"Handbook of urban growing{edition}", "journal": "", **NOWHERE, "type": "BOOK", "year": year} for edition, year in ((", 2nd edition", 2011), (", 3rd ed.", 2015)))  # fmt: skip
    yield (
        "two years of a book",
        *(
            {
                "title": "The handbook of urban growing and shared soil in towns",
                "journal": "Soil Press",
                **NOWHERE,
                "type": "BOOK",
                "year": year,
            }
            for year in (2011, 2012)
        ),
    )
    yield (
        "a thesis and its article",
        {"journal": "", **NOWHERE, "type": "THES", "authors": ("Harlow, Ines",), "abstract": TEXT},
        {"abstract": TEXT},
    )
    yield "a preprint and its article", {"journal": "bioRxiv", **NOWHERE, "year": 2010}, {}
    yield (
        "a working paper and its article",
        {"journal": "Soil Working Papers", **NOWHERE, "year": 2010},
        {"journal": "Journal of the School of Soil", **NOWHERE},
    )
    yield (
        "a yearly report without its year",
        *({"title": f"Annual report on {LONG}", "journal": "Soil", **NOWHERE, "pages": "1-10", "year": year} for year in (2010, 2011)),
    )
    yield (
        "a statement, no pages",
        *(
            {"title": "The GARDEN statement: guidelines for reporting soil studies", "journal": journal, **NOWHERE}
            for journal in ("Soil", "Annals of Medicine")
        ),
    )
    yield "republished", {}, {"title": f"Republished: {FULL}", "pages": "300-316", "volume": "15", "year": 2012}
    yield "one text at two places of an issue, by their DOIs", {"abstract": TEXT, "doi": DOI}, {"abstract": TEXT, "doi": f"{DOI}9", "pages": "247-260"}  # fmt: skip
    yield "one text in two issues", {"abstract": TEXT}, {"abstract": TEXT, "issue": "3", "pages": "247-260"}
    yield "a year apart, and neither in a volume", {**NOWHERE, "year": 2010}, NOWHERE
    yield "two years ahead, no DOI", {**NOWHERE, "year": 2009}, {}
    yield "a slip in the DOI, and no place", {"doi": f"{DOI[:-1]}8", **NOWHERE}, {"doi": DOI, **NOWHERE}
    yield "an article's number, and a page of another journal", {"journal": "BMJ", "pages": "c566"}, {"journal": "Revista de Suelos", "volume": "88", "pages": "566"}  # fmt: skip
    for nowhere in ({}, {"volume": "", "issue": ""}):
        yield f"the number of an abstract, and that page of another journal: {nowhere}", {"journal": "Annals of Medicine", "pages": "A566", "volume": "3", **nowhere}, {"pages": "566-575"}  # fmt: skip
    for number in ("NCEE 2009-4044", "SOIL Working Paper No. 14501"):
        yield f"two reports of a house by their numbers: {number}", *({**NOWHERE, "journal": "National Centre for Soil", "title": f"{FULL}. {tail}"} for tail in ("NCEE 2009-4043", number))  # fmt: skip
    for one, other in (("Volume I. Technical Report 12", "Volume II. Technical Report 12"), ("Interim Report. Research Paper 12", "Final Report. Research Paper 12"), ("Research Brief 12", "Technical Report 12"),
                       ("Executive Summary. Research Report 12", "Research Report 12"), ("Final Report", "Interim Report. Research Paper 12"),
                       ("NHANES 2009-2010", "NHANES 2011-2012")):  # fmt: skip
        yield f"two reports of a house: {one}, {other}", *({"journal": "", **NOWHERE, "title": f"{FULL}. {tail}"} for tail in (one, other))
    yield "a working paper by its number, and an article", {"journal": "", **NOWHERE, "title": f"{FULL}. SOIL Working Paper No. 12"}, {}
    yield "two articles of a volume by their numbers", *({"title": f"{FULL} - art. no. {number}", "pages": "", "volume": ""} for number in (12, 13))  # fmt: skip
    yield "a rapid review, and the review", {"title": f"Rapid review: {FULL}", "journal": "", **NOWHERE}, {"journal": "", **NOWHERE}
    shifted = {"title": "Editorial introduction", "authors": ("Harlow, Ines",), "pages": "", "issue": "3"}
    yield "editorials of two volumes that have an issue 3 in one year", {**shifted, "volume": ""}, {**shifted, "volume": "21"}
    yield "two article numbers", {"pages": "e94700"}, {"pages": "e106390"}
    yield "a letter by its type, at another page", {"pages": "300", "type": "Comment; Letter"}, {"type": "Article"}
    yield "a comment by its type, nobody named", {"authors": (), "type": "Comment", "pages": ""}, {"type": "Journal Article"}
    yield (
        "an abstract and its article in one year",
        {"pages": "A3012", "abstract": TEXT},
        {"pages": "245-250", "issue": "9", "abstract": OTHER_TEXT},
    )
    yield "the year beside two volumes", {"volume": "2011;12", "pages": ""}, {"volume": "2011;13", "pages": "", "title": "Editorial"}
    yield (
        "the year in two issues",
        {"title": "Notes", "issue": "Mar 2011", "pages": ""},
        {"title": "Notes", "issue": "Jun 2011", "pages": ""},
    )
    yield "two article numbers, of one no volume is known", {"volume": "", "issue": "", "pages": "e1234"}, {"pages": "e5678"}
    yield "the same, ahead of print", {"pages": "S101", "abstract": TEXT}, {**NOWHERE, "abstract": OTHER_TEXT}
    yield "the same, in another volume", SUPPLEMENT, {**NOWHERE, "year": 2012}
    yield "a number more, on one page of a supplement", SUPPLEMENT, {**SUPPLEMENT, "title": f"{FULL}: results at week 12"}
    for title in (f"Part II: {FULL}", f"{FULL}, Part II"):
        yield f"a part, on one page of a supplement: {title}", SUPPLEMENT, {**SUPPLEMENT, "title": title}
    survey = {"journal": "International Conference on Urban Soil", "volume": "", "issue": "", "pages": "1-10"}
    yield "a word, where every paper begins at page 1", *({**survey, "title": f"A survey of gardening practice in {land} and its northern towns"} for land in ("Brazil", "Austria"))  # fmt: skip
    yield "one length in two journals", {"pages": "1-17"}, {**survey, "pages": "1-17"}
    yield "abstracts alike, and no more", *({"authors": (), "journal": "", **NOWHERE, "abstract": text} for text in (TEXT, TEXT.replace("dug", "raked, dug")))  # fmt: skip
    yield "two meetings by their acronyms", *({**NOWHERE, "journal": journal} for journal in ("ICUS 2011", "SOIL 2011"))
    yield "a meeting, and another by its acronym", *({**NOWHERE, "journal": journal} for journal in ("Conference on Rain", "SOIL 2011"))
    yield "a series and a journal", {**NOWHERE, "journal": "Lecture Notes in Computer Science", "volume": "6789", "pages": "101-116"}, {}
    yield "two meetings of a series", *({**NOWHERE, "journal": f"ICUS {year} Proceedings", "year": year} for year in (2010, 2011))
    yield "a supplement and an issue", {"issue": "Meeting Abstracts", "pages": ""}, {"issue": "10", "pages": "622-630"}
    yield "a supplement's pages and an issue's", {"issue": "SUPPL. 1", "pages": "7-17"}, {"issue": "10", "pages": "955-963"}
    yield "an editorial, and the year for its issue", *({"title": "Editorial notes", "issue": "Mar 2011", "pages": pages} for pages in ("i-ii", "i-iii"))  # fmt: skip
    yield "two issues, two pages", {"issue": "7"}, {"issue": "9", "pages": "300"}
    yield "two issues of a weekly", {"issue": "9810"}, {"issue": "9815", "pages": "300"}
    yield "two issues of Cochrane's library in a year", *({"journal": "Cochrane Database Syst Rev", "volume": "", "issue": issue, "pages": "CD001234"} for issue in "13")  # fmt: skip
    yield "a preprint by its address", {"journal": "", **NOWHERE, "url": "https://www.medrxiv.org/content/10.1101/2020.01.01.123456v1"}, {}
    yield "proceedings that begin at page 1", *({"journal": "International Conference on Urban Soil", "volume": "", "issue": "", "pages": "1-10", "year": year} for year in (2010, 2011))  # fmt: skip
    yield "two numbers of abstracts", *({"pages": f"Abstract no: {n}", "issue": ""} for n in (12, 345))
    yield "two letters under one title, nobody named", {"pages": "300", "authors": (), "doi": DOI}, {"pages": "300", "doi": f"{DOI}9"}
    yield "two letters on pages that follow, of one nobody is named", {"title": "Gardens and sleep", "pages": "300-301"}, {"title": "Gardens and sleep", "pages": "301-302", "authors": ()}  # fmt: skip
    yield "one of its authors alone, and no place", {"title": "Sleep of diggers in northern towns"}, {"title": "Sleep of diggers in northern towns", "authors": ("Okoye, Peter",), **NOWHERE}  # fmt: skip
    for title in ("Title not available", "Untitled document", "No title listed"):
        yield f"no titles: {title}", *({"title": title, "pages": pages} for pages in ("123-139", ""))
    yield "two letters on pages that follow, nobody named", {"pages": "300", "authors": (), "doi": DOI}, {"pages": "301", "doi": f"{DOI}9"}
    yield "what comes out each year, a page on", *({"volume": volume, "pages": pages, "year": year} for volume, pages, year in (("", "840-853", 2010), ("15", "841-854", 2011)))  # fmt: skip
    yield "a protocol of Cochrane's library, and its review", *({"journal": "Cochrane Database Syst Rev", "volume": "", "issue": "", "pages": "CD001234", "title": title} for title in (FULL, f"{FULL} (Protocol)"))  # fmt: skip
    yield "two replies", {"title": f"Reply: {FULL}", "pages": "300"}, {"title": f"{FULL}: Authors' reply", "pages": "302"}
    yield (
        "a letter, and another by nobody",
        {"title": f"Re: {FULL}", "pages": "300"},
        {"title": f"Comment on: {FULL}", "pages": "", "authors": ()},
    )
    yield "an erratum of an erratum", *_in("", f"Erratum: {FULL}", f"Corrigendum to: Erratum: {FULL}")
    yield (
        "a retraction and an erratum of one article",
        *_in("", f"{FULL} (Retraction of vol 13, pg 88, 2010)", f"{FULL} (vol 13, pg 88, 2010)"),
    )
    yield "an erratum and its article", {"title": f"{FULL} (vol 14, pg 123, 2011)", "pages": ""}, {"issue": ""}
    yield "one hundred and two hundred", *_in("", f"{LONG}: one hundred gardens", f"{LONG}: 200 gardens")
    yield "two hundred and ten", *_in("", f"{LONG}: two hundred and ten gardens", f"{LONG}: 200 gardens")
    yield "seasons a year apart", *_in("", f"{LONG}: seasons of 2004-05", f"{LONG}: seasons of 2005-2006")
    yield "a map in two and in three dimensions", *_in("", f"{LONG}: a two-dimensional map", f"{LONG}: a 3D map")
    yield "phases IIa and IIb", *_in("", f"{LONG}: a phase IIa trial", f"{LONG}: a phase 2b trial")
    yield "theses of two universities", *(_thesis(f"University of {name}", pages="") for name in ("Soil", "Water"))
    yield "one author of three names, and two", *({"authors": authors, "journal": "", **NOWHERE} for authors in (("Harlow, Ines Maria",), ("Harlow, Ines Maria", "Okoye, Peter")))  # fmt: skip
    yield "theses of two people", ANNOUNCED, {**_thesis("University of Water"), "authors": ("Harlow, Peter",)}
    yield "a thesis two years before", {"journal": "", **NOWHERE, "type": "phdthesis", "year": 2009, "abstract": TEXT}, {"abstract": TEXT}
    yield "one surname", *({"authors": authors, "pages": ""} for authors in (("Wang, Yan", "Li, Mei"), ("Wang, Xia", "Li, Na")))
    yield (
        "one surname, and another beside it",
        *({"authors": authors, "pages": ""} for authors in (("Kim J", "Park S"), ("Kim H", "Lee D"))),
    )
    yield "one title by others", {"authors": ("Quill, Ada", "Ash, R"), "pages": "300"}, {}
    yield (
        "a letter in the issue of its article",
        {"authors": ("Quill, Ines",), "pages": ""},
        {"authors": ("Ines Harlow", "Peter Okoye", "Lena Brandt")},
    )
    letters = ("Quill, Ines", "Ash, Rowan", "Elm, Tove"), ("Fir, Ines", "Oak, Petra", "Pine, Ulla")
    yield "two letters on one page, and a given name in common", *({"authors": authors, "pages": "123"} for authors in letters)
    for one, other in (("GABAA", "GABAB"), ("GABA", "GABAB"), ("GABA(A)", "GABAB")):
        yield f"the letter of one of a series: {one}, {other}", *({"title": f"{name} receptors and sleep in northern towns", **SUPPLEMENT} for name in (one, other))  # fmt: skip
    yearly = {"title": "Guidelines for the gardens of northern towns", "pages": "533-541"}
    for changes in ({"pages": "533"}, {"pages": "533-551"}, {"issue": "", "doi": "10.1234/soil.10"}):
        yield f"what comes out each year, of one no volume: {changes}", {**yearly, "doi": DOI}, {**yearly, "volume": "", "year": 2010, **changes}  # fmt: skip
    yield "a column in two issues, each with its DOI", *({"title": "Notes of an old gardener on his soil", "authors": ("Harlow, Ines",), "pages": "34-35", "issue": issue, "doi": f"10.1234/soil.{issue}"} for issue in "24")  # fmt: skip
    yield "the next volume, and the next page", {"pages": "123-158"}, {"volume": "15", "pages": "124-128", "year": 0}
    yield "the next year, of one no volume, and pages that overlap", {}, {"year": 2012, "volume": "", "pages": "131-145"}
    yield "names of journals alike, and an issue 2 of each", {"pages": ""}, {"journal": "Urban Health Journal", "volume": "", "pages": "47-60"}  # fmt: skip
    yield "part two, at a number that a spreadsheet rounded", *({"title": title, "pages": "2.05E+15"} for title in (FULL, f"{FULL} (part two)"))  # fmt: skip
    yield "one title by others, without pages", {"authors": ("Quill, Ada", "Ash, R"), "pages": ""}, {"pages": ""}
    yield "another title and journal, and one first page", {"title": "Growing beds and the mood of city people", "journal": "Bulletin of the Soil Academy", "pages": "123"}, {}  # fmt: skip
    yield "a volume in common, by chance", {"pages": "", "issue": ""}, {"journal": "Annals of Soil Medicine", "pages": "", "issue": ""}


def _asked() -> Iterator[Row]:
    for pages in ("401", "301-302", "1001"):
        yield f"an erratum or an abstract under the very title: {pages}", {"issue": ""}, {"pages": pages, "issue": ""}
    yield "the same, of one the issue", {}, {"pages": "401", "issue": ""}
    swapped = {"abstract": TEXT, "title": "Harlow, Ines and Okoye, Peter and Brandt, Lena", "authors": (FULL,)}
    yield "title and authors in each other's place, at one place", {"abstract": TEXT}, swapped
    yield "the same, of one DOI", {"abstract": TEXT, "doi": DOI}, {**swapped, "doi": DOI, "journal": "14", "volume": "2", "issue": "123-139", "pages": ""}  # fmt: skip
    yield "other pages of one issue, and not as many", {}, {"pages": "301-302"}
    yield "an article at the first page of its volume, and its abstract in a supplement", {"issue": "1", "pages": "1-18"}, {"issue": "Suppl 1", "pages": "414"}  # fmt: skip
    yield (
        "an article, and an abstract by its number in another issue",
        {"issue": "8", "pages": "1123-1130"},
        {"issue": "3", "pages": "e240"},
    )
    yield "two journals, and pages off by one", {"issue": "", "pages": "123-139"}, {"journal": "Annals of Soil Medicine", "volume": "", "issue": "", "pages": "124-158"}  # fmt: skip
    yield "the same, the name of one translated", {"issue": "", "pages": "123-139"}, {"journal": "Zhonghua Yuan Lin Za Zhi", "volume": "", "issue": "", "pages": "124-158"}  # fmt: skip
    yield "a review of Cochrane's library, and its summary in another language", {"journal": "Cochrane Database Syst Rev", "volume": "2", "issue": "", "pages": "CD001234"}, {"journal": "Zhonghua Yuan Lin Za Zhi"}  # fmt: skip
    for series, house in (("NBSR Working Papers", "National Bureau of Soil Research"), ("Soil Discussion Paper 12", "University of Leeds"), ("Sprouts: Working Papers on Soil", "Sprouts")):  # fmt: skip
        yield f"a working paper, and who brings it out: {house}", {"journal": series, **NOWHERE}, {"journal": house, **NOWHERE}
    yield "an editorial in one issue, and of one neither volume nor page", {"title": "Editorial introduction", "pages": "", "volume": ""}, {"title": "Editorial Introduction."}  # fmt: skip
    yield "proceedings that came out a year later", *({**NOWHERE, "journal": "International Conference on Urban Soil", "year": year} for year in (2010, 2011))  # fmt: skip
    yield "two journals, one volume and issue", {"pages": ""}, {"journal": "Annals of Soil Medicine", "pages": ""}
    yield "a title of a word, and of one no place", {"title": "Soil"}, {"title": "Soil", **NOWHERE}
    yield "a report by its length, and an article", {"journal": "", **NOWHERE, "pages": "120 pp"}, {}
    special = {"title": "Special issue: soil and sleep"}
    yield "a special issue that several introduce, ahead of print", special, {**special, **NOWHERE, "year": 2010}
    yield "two texts under one title, of one no page", {"abstract": TEXT, "issue": ""}, {"abstract": OTHER_TEXT, "pages": ""}
    yield "the same, and one DOI, of a meeting or not", {"abstract": TEXT, "doi": DOI, **SUPPLEMENT}, {"abstract": OTHER_TEXT, "doi": DOI, "pages": ""}  # fmt: skip
    alone: Changes = {"authors": (), "journal": "", **NOWHERE, "abstract": TEXT}
    yield "one text, nobody named, a title in another language", {**alone, "title": f"[{FULL}]"}, {**alone, "title": GERMAN}
    yield "one text, nobody named, no title", alone, {**alone, "title": ""}
    yield (
        "one text, nobody named, a title of a word",
        {**alone, "title": "Gardening"},
        {**alone, "title": f"Gardening: {FULL}", "year": 2012},
    )
    yield (
        "one text, nobody named, a title of a word in another year",
        *({**alone, "title": "Gardening.", "year": year} for year in (2011, 2012)),
    )
    yield "one DOI and pages, other people, another title", {"doi": DOI}, {"doi": DOI, "title": GERMAN, "authors": ("Quill, Ada", "Ash, R")}
    yield (
        "one DOI, another title, and a number in it",
        {"doi": DOI, "pages": ""},
        {"doi": DOI, "title": "What became of 12 towns in which people dig"},
    )
    slip = {"authors": ("Baker, Bo",), "pages": ""}
    yield "names that are alike, and no initial in common", slip, {"authors": ("Maker A",), "pages": ""}
    yield "the same, of two people each", *({"authors": authors, "pages": ""} for authors in (("Baker, Bo", "Quill, Ada"), ("Maker A", "Ash R")))  # fmt: skip
    words = {"title": "Growing beds and the mood of city people: what two methods tell"}
    romanised = {"journal": "Zhonghua Yuan Lin Za Zhi"}
    yield "another translation, the journal's name too, of one the first page", {**words, **romanised, "pages": "123"}, {}
    yield "another translation, of one no journal and the first page", {**words, "journal": "", "pages": "123"}, {}
    yield "another translation, another name of the journal", {**words, "journal": "Bulletin of the Soil Academy"}, {}
    script = {"title": "北方城市社区花园与居民幸福感", "authors": ("哈洛",), "journal": "城市健康实践杂志"}
    yield "in another script, and the journal's name in English", script, {}
    yield "a footnote behind the title, of one no place", {"title": f"{FULL}1"}, NOWHERE
    of_one = {"doi": DOI, "title": f"Research commentary: {FULL}"}
    yield "a title cut to a word of notices, one DOI", of_one, {**of_one, "title": "Research commentary"}
    yield "a subtitle more, nobody named, and no place but the year", {"title": LONG, "authors": (), **NOWHERE}, {}
    lost = FULL.replace("wellbeing", "elbeing")
    yield "a first letter lost, ahead of print and at a meeting", {"title": lost, **NOWHERE}, SUPPLEMENT
    yield "a first letter lost, and no place of either", *({"title": title, "journal": "", **NOWHERE} for title in (FULL, lost))
    for added in (
        "executive summary",
        "an update",
        "a pilot study",
        "a follow-up study",
        "appendix",
        "a process evaluation",
        "a cost-utility analysis",
        "a nested qualitative sub-study",
        "statistical analysis plan",
        "a cost analysis",
        "study design",
        "extended abstract",
        "results of a second trial",
        "subgroup analysis in elderly gardeners",
        "a replication study",
        "tool demonstration",
        "results at 12 months",
    ):
        yield f"another report, or a subtitle more: {added}", {"title": f"{FULL}: {added}"}, {"pages": ""}
    elsewhere = {"journal": "Stroke. Conference: Northern Stroke Conference", "volume": "35", "issue": "1", "pages": "A345"}
    for number in ({"doi": DOI}, {"pmid": "11111111"}, {"doi": DOI, "pmid": "11111111"}):
        yield f"the article's {list(number)}, looked up for the abstract", number, {**number, **elsewhere}
    yield "the article's DOI, looked up for the thesis", {"doi": DOI}, {"doi": DOI, **_thesis("McGill University", pages="150")}
    cardiology = ("International Journal of Soil Science", "Journal of Soil Science")
    yield (
        "an international journal, and one of its name",
        *({"journal": name, **(NOWHERE if n else {})} for n, name in enumerate(cardiology)),
    )
    yield "an abstract in a journal's supplement, and the article ahead of print", *({"journal": name, **NOWHERE, "pages": page} for name, page in (("European Journal of Soil, Supplement", "36"), ("European Journal of Soil", "")))  # fmt: skip
    guidelines = {
        "title": f"Usability guidelines for {FULL.lower()}",
        "journal": "Proceedings of the Northern Conference on Urban Soil",
        **NOWHERE,
    }
    yield "a paper about guidelines, in the proceedings of the year after", guidelines, {**guidelines, "year": 2012}
    yield "two abstracts under a meeting's DOI, of rats and of mice", *({"title": f"Sleep of immature {animal} in active soil of northern towns: a mixed methods evaluation", "doi": DOI, "pages": "412"} for animal in ("rats", "mice"))  # fmt: skip
    for added in ("a subgroup analysis", "further results", "biomarker analysis", "safety data", "quality of life"):
        yield f"another abstract of one page: {added}", {"title": f"{FULL}: {added}", **SUPPLEMENT}, SUPPLEMENT
    for pair in (
        ("Sleep of gardeners in active soil of northern towns", "Sleep of gardeners in inactive soil of northern towns"),
        ("Efficacy of soil 0.5 mg once weekly in gardeners of towns", "Efficacy of soil 5 mg once weekly in gardeners of towns"),
        (f"I: {FULL}", f"II: {FULL}"),
    ):
        yield f"a word, a point or a number more: {pair[0]}", *({"title": title, **SUPPLEMENT} for title in pair)
    for other in ({"title": f"{FULL}. Part 2"}, {"title": f"Erratum to: {FULL}"}, {"title": f"{LONG} and dreams", "doi": f"{DOI}9"}):
        yield f"one PMID at two places: {other['title']}", {"title": f"{FULL}. Part 1" if "Part" in other["title"] else FULL, "pmid": "11111111", "doi": DOI}, {**other, "pmid": "11111111", "pages": "140-151"}  # fmt: skip
    for title in (f"{FULL} in older people", f"Predictors of {FULL}"):
        yield f"two abstracts of one page: {title}", {"title": title, **SUPPLEMENT}, SUPPLEMENT
        yield f"the same, with one DOI for both: {title}", {"title": title, **SUPPLEMENT, "doi": DOI}, {**SUPPLEMENT, "doi": DOI}
    yield "two abstracts of one page: of the whole, and from one land", {"title": f"{LONG}: results from the far north", **SUPPLEMENT}, {"title": LONG, **SUPPLEMENT}  # fmt: skip
    yield "two abstracts, or a subtitle more, without pages", *({"title": title, **SUPPLEMENT, "pages": ""} for title in (LONG, FULL))
    news = {"title": "City news roundup", "authors": (), "pages": "34"}
    yield "the news of two weeks, on one page by chance", {**news, "issue": "7100"}, {**news, "issue": "7108"}
    chapter = {"journal": "Handbook of Shared Soil", "volume": "", "issue": ""}
    yield (
        "a chapter in another edition",
        chapter,
        {**chapter, "journal": "Handbook of Shared Soil, 2nd edition", "year": 2017, "pages": "123-142"},
    )
    special = {"title": f"Introduction to the special issue on {LONG}", "pages": "3-4"}
    yield "introductions of two special issues", special, {**special, "issue": "3"}
    column = {"title": "Looking back and looking forward", "pages": "3"}
    yield "a column of two issues, each with its DOI", {**column, "doi": DOI}, {**column, "issue": "3", "doi": f"{DOI}9"}
    editorial = {"title": "Editorial introduction", "pages": "1-2"}
    yield "an editorial whose year is one off, or lost", {**editorial, "year": 2012}, editorial
    yield "the same, and no year", *({**editorial, "year": year, "pages": "5-7", "issue": ""} for year in (None, 2011))
    congress = {"title": "Abstracts of the 12th Soil Congress", "authors": (), "pages": ""}
    yield "a meeting that its number tells, and no journal", congress, {**congress, "journal": ""}
    yield "in an archive, which only its DOI names", {"journal": "", **NOWHERE, "doi": "10.5281/zenodo.12345"}, {}
    yield "a protocol, and no place but the year", {"title": f"{FULL}: study protocol"}, NOWHERE
    chinese = {"journal": "Zhonghua Tu Rang Za Zhi", "title": "[Effect of soil on the appetite of gardeners in towns]"}
    yield "two translations, and two names of a journal", chinese, {"journal": "Chinese Journal of Soil", "title": "Soil and how hungry it makes townspeople who dig"}  # fmt: skip
    yield (
        "all of it in another script",
        {"title": "城市土壤与园丁睡眠的关系", "authors": ("王 丽",), "journal": "土壤杂志"},
        {"journal": "Turang Zazhi"},
    )
    yield "a thesis, and its university with a volume", _thesis("ProQuest LLC"), {**_thesis("University of Soil", volume="4"), "type": ""}
    yield "a thesis announced two years later", ANNOUNCED, _thesis("University of Soil", year=2009)
    yield "a word of notices lost, one place", {"title": f"Community gardens: {LONG} and a reply"}, {"title": "Community gardens"}
    yield "a title cut to a word that many have", {"title": f"GARDENS: {FULL}", "pages": "1-150"}, {"title": "GARDENS", "pages": "1-150"}
    yield "the same, one abstract", *({"title": title, "pages": "", "abstract": TEXT} for title in ("Special issue", f"Special issue: {FULL}"))  # fmt: skip


NOT_MERGED = list(_not_merged())
ROWS = [
    *((row, "merged") for row in MERGED),
    *((row, "apart") for row in APART),
    *((row, "asked") for row in _asked()),
    *((row, "not merged") for row in NOT_MERGED),
]


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[str, str, str, str, bool]]:
    """Of each row: what, wanted, found, found the other way round, whether the pair would be compared at all."""
    judging, blocks = at("review.dedup.judge"), at("review.dedup.blocks")
    sides = [
        Record(key=f"{n:05}{side}", **{**BASE, **changes})
        for n, (row, _) in enumerate(ROWS)
        for side, changes in zip("ab", row[1:], strict=True)
    ]
    features = at("review.dedup.shelf").prepared(frame_of(sides))
    a, b = features[::2], features[1::2]
    there, back = (judging.judge(x, y)["probability"].to_list() for x, y in ((a, b), (b, a)))
    looks = judging._LOOKED_AT
    worth = {2 * n for n in judging.worth(a.select(looks), b.select(looks))["at"]}
    keyed = [lot for n in range(len(blocks.BLOCKS)) for lot in blocks._keyed(features.select, n, None)]
    met = {a for k in keyed for a, b in k.join(k, on="k").select("row", "row_right").iter_rows() if b == a + 1 and a % 2 == 0}
    copies = features["content"]

    def said(p: float) -> str:
        return "merged" if p >= 0.95 else "asked" if p >= 0.3 else "apart"

    return [
        (row[0], wanted, said(p), said(q), (2 * n in worth and 2 * n in met) or copies[2 * n] == copies[2 * n + 1])
        for n, ((row, wanted), p, q) in enumerate(zip(ROWS, there, back, strict=True))
    ]


@pytest.mark.parametrize("wanted", ["merged", "apart", "asked"])
def test_what_a_librarian_would_say(verdicts: list[tuple[str, str, str, str, bool]], wanted: str) -> None:
    wrong = [(what, found) for what, want, found, _, _ in verdicts if want == wanted and found != wanted]
    assert not wrong


def test_two_reports_are_never_merged(verdicts: list[tuple[str, str, str, str, bool]]) -> None:
    wrong = [what for what, want, found, _, _ in verdicts if want == "not merged" and found == "merged"]
    assert not wrong


def test_no_verdict_hangs_on_the_order(verdicts: list[tuple[str, str, str, str, bool]]) -> None:
    assert [what for what, _, found, back, _ in verdicts if found != back] == []


def test_what_is_one_report_is_compared(verdicts: list[tuple[str, str, str, str, bool]]) -> None:
    assert [what for what, want, _, _, reached in verdicts if want == "merged" and not reached] == []
