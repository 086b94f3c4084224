"""Where a document appeared: what sort of place that is, and its identifiers made comparable."""

from __future__ import annotations

import polars as pl

from review.dedup.columns import mend_where
from review.dedup.journal_names import names_of
from review.dedup.numbers import NTH
from review.dedup.pages import OF_ABSTRACTS
from review.formats.characters.text import untorn
from review.model.identifiers import ARXIV

# `<…::…>` is part of a SICI, as Wiley's of before 2002 have it: page and initials, in which alone two articles of an issue differ
# (ANSI/NISO Z39.56-1996); any other `<` begins markup.
_DOI = r"(10\.\d{4,9}/(?:[^\s\"<>]|<[^\s\"<>]*::[^\s\"<>]*>)+)"
_PLAIN_DOI = r"^10\.[0-9]{4,9}/[0-9a-z._-]*[0-9]$"  # most, of which nothing is to be taken off
_ESCAPED = {"%2f": "/", "%28": "(", "%29": ")", "%3a": ":", "%3b": ";", "%3c": "<", "%3e": ">", "%23": "#", "%5b": "[", "%5d": "]",
            "&lt;": "<", "&gt;": ">", "&amp;": "&"}  # fmt: skip
_SICI_END = r">\d\.\d\.[a-z]{2};2.*$"  # versions and a check digit, which exports lose
_OF_AN_ISSUE = r"/\d{4}-\d{3}[\dx]\(\d{4,8}\)\d+:\d+$"  # what is left of a SICI where markup was taken out
_OF_AN_ENTRY = "10.1002/central/"  # Cochrane's register gives one to its own entry for an article
# What a publisher's page has behind the DOI in its address.
_PAGE_OF_DOI = r"(?:[?#].*|;jsessionid.*|/(?:abstract|full|fulltext|full-text|pdf|epdf|pdfdirect|meta|summary|html|references|figures?|suppinfo)|\.(?:pdf|full|abstract|html?|short|full-text))+$"
# Deposits and preprints whose every version has a DOI of its own, or seems to have one.
_VERSION = r"^(10\.(?:1101|6084|7287|25384|21203|20944|22541|26434|312\d\d|36227|48550)/\S+?)[-./_]?v(\d{1,2})$|^(10\.(?:17632/[^.]+|12688/[a-z0-9]+\.\d+))\.(\d{1,2})$"
ISBN = r"\b(?:97[89]\d{10}|\d{9}[\dxX])\b"
SHORT_ISBN = r"^(\d{9}).$"  # of ten signs, as before 2007: 978 before it and another check digit behind make it the other (ISO 2108)
ISSN = r"\b\d{4}-?\d{3}[\dxX]\b"
# The volume of what has none yet: IEEE's PP (whose issue is 99), and what stands there elsewhere.
AHEAD = r"(?i)^\s*(?:pp|(?:e-?pub )?ahead[ -]of[ -]print|online[ -]first|early (?:view|access)|in press|forthcoming|0+)\s*$"
_OF_ARXIV = rf"(?i)\b(?:arxiv(?:\.org/(?:abs|pdf)/|:? ?)|corr[ ,]+abs/)({ARXIV})\b"
_OF_SSRN = r"(?i)\bssrn\.com/(?:\S*abstract_?id=|abstract=)(\d{4,8})\b"
_WORKING = r"(?i)\b(?:working|discussion) papers?\b|\brepec\b|\bmpra\b|\bnber\b|\bssrn\b"  # of working papers
_PREPRINT = rf"{_WORKING}|rxiv\b|\bpreprints?\b|\bresearch square\b|\bosf\b|\bauthorea\b|\b(?:figshare|zenodo|dryad|dataverse|mendeley data)\b|^corr\b|\bcold spring harbor laboratory$"
_PREPRINT_DOI = (  # and of what lies in an archive beside its article, or instead
    r"^10\.(?:1101/(?:\d{6}|20\d\d\.)|2139/ssrn|48550/|21203/|312[123]\d/|31730/|20944/|26434/|22541/|36227/|64898/|3386/w|2196/preprints\."
    r"|6084/m9|25384/|5281/zenodo|5061/dryad|17632/|7910/dvn)"
)
_PREPRINT_PAGE = r"(?i)\b(?:\w+rxiv\.org|ssrn\.com|researchsquare\.com|preprints\.org|osf\.io/preprints)\b"
# Where dissertations are announced, or kept: no journal.
_DISSERTATIONS = (
    r"(?i)\bdiss(?:ertations?)?\W+abs|\bmaster'?s'?\W+(?:theses\W+)?abs|\bproquest llc\b|\bdissertations\b|\btheses\b|(?-i:EThOS|\bDAI\b)|^\W*(?:ph\.? ?d|d\.? ?phil)\b"
    r"|\b(?:ph\.? ?d|doctoral|master'?s?)\.? (?:thesis|dissertation)"
)
_CONFERENCE = r"(?i)\b(?:conference|conf|proceedings|proc|symposium|symp|congress|meeting|workshop|abstracts?|annual scientific)\b"
# Journals that are called proceedings, or abstracts, and no meeting's.
_NO_CONFERENCE = (
    r"(?i)\bproc(?:eedings)?\.?(?: of)?(?: the)? (?:(?:nat(?:iona)?l|roy(?:al)?|institution(?: of)?)\.? ?(?:…|\.\.\.)|(?:nat(?:iona)?l\.?|japan|jpn\.?|roy(?:al)?\.? irish) acad|r(?:oyal|oy)?\.? soc|inst(?:itution)?\.? (?:of )?(?:mech|civ|elect)"
    r"|soc(?:iety)?\.? (?:for )?exp|biol(?:ogical)?\.? sci|ieee\W*$)|\bmayo clin(?:ic)?\.? proc|\btransplant(?:ation)?\.? proc|\bmed(?:ical)?\.? cent(?:er)?\.? proc"
    r"|\babstr(?:acts)?\.? (?:of )?rev"
)
# Who brings out working papers under a name of its own, and no journal.
_HOUSE = r"(?i)\b(?:universit\w*|instituti?\w*|bureau|(?:business |economics? |medical )?schools?|bank|cent(?:er|re)s?|department|corporation|library|foundation|council|ministry|agency|think tank)\b"
_NO_HOUSE = r"(?i)\b(?:j(?:ournal)?|review|annals|archives|bulletin|quarterly|transactions|proceedings|studies|advances)\b"
# In what the papers of any meeting come out: says nothing of which.
_IN_SERIES = (
    r"(?i)\blect(?:ure|\.)? notes\b|(?-i:\bLN(?:CS|AI|BI|BIP|EE|ICST|NS)\b)|\bcommunications in computer and information|\bcommun\. comput\. inf|(?-i:\bCCIS\b)"
    r"|\bIFIP (?:advances|adv\.|aict|trans)|\bACM int(?:ernational|\.) conf(?:erence|\.) proc|\bCEUR\b|\b(?:AIP|IOP) conf|\bprocedia\b|\badvances in intelligent systems"
    r"|\badv\. intell\. syst|\badvances in information and communication tech|\bstud(?:ies|\.)? in health tech|\bstud\.? health tech|\bleibniz international proc"
    r"|\bsmart innovation, systems|\bspringer proceedings\b|\bjournal of physics:? conf|\bproc(?:eedings)?\.? (?:of )?SPIE\b|\b(?:MATEC|E3S|ITM|SHS) web of conf"
)
# Of a journal in sections: J Phys A, Journal of Gerontology Series B.
_SECTION = r"\w{3,}[\s,:.–-]+(?:(?:[Ss]eries|[Ss]ection|[Pp]art|[Ss]er|[Ss]ect|[Pp]t)\.?\s+)?([A-H])(?:[\s:,.;)–-]|$)"
_SHORT_YEAR = r"[A-Za-z]\s?['’‘]({}\d)(?:\W|$)"  # CHI '12
_NTH = rf"(?i)\b(\d{{1,3}}(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-]+)?(?:{'|'.join(word for word in NTH if ' ' not in word)}))\b"
_WITH_PAPERS = r"\b(?:conferences?|conf|symposium|symp|workshops?|colloquium)\b"
_IN_PROCEEDINGS = r"(?i)\b(?:conference|proceedings|symposium|workshop)\b"
_DATED = r"^\W*(?:[A-Z][A-Za-z]*[A-Z]|[A-Z]{2,8})\W{0,2}(?:(?:19|20)\d\d|['’]\d\d)\b(?: [Rr]esearch [Pp]apers)?\W*$"  # CHI 2020, EASE '20
_ACRONYM = r"^\W*(?:[A-Z]{3,8}|[A-Z]{2}[A-Za-z]{0,5}[A-Z]|[A-Z][A-Za-z]{0,5}[A-Z]{2})(?:/[A-Z]{3,8})*(?: \(\d\))?\W*$"  # as DBLP names a meeting: ECIR, ICWE (2), CAiSE, ESEC/FSE
SUPPLEMENT = r"(?i)(?:suppl\w*|meeting\w*|abstracts?)[. ]*(\d*)"  # and its number
SHORT_SUPPLEMENT = r"(?i)^\W*\d*\s*s\s*(\d{0,2})\W*$"  # the same as an issue in a letter: S2, 6S2
NAMED_SUPPLEMENT = r"(?i)\bsuppl(?:ement\w*)?\W*$"  # Eur J Cancer Suppl
_SUPPLEMENT = r"(?i)suppl|abstract|meeting|(?:^|\s)\d*s\d{0,2}\W*$"
LEFT_OF_ISSUE = r"^\s*\d+\)\s*$"  # '1)', in the place of a volume, is what is left of '61 (10 Suppl. 1)', or of a part


_SET = r"[\s\\\x{2010}-\x{2015}\x{2212}]"  # what a line's end or a program that sets type may have made of it


def dois_of(column: pl.Expr) -> pl.Expr:
    """Bare, lower case, without what exports hang on to it; '' where there is none."""
    return column.map_batches(_dois, return_dtype=pl.String)


def _dois(texts: pl.Series) -> pl.Series:
    text = texts.str.to_lowercase().fill_null("")
    odd = (~text.str.contains(_PLAIN_DOI)).arg_true()
    return text.scatter(odd, _undressed(text.gather(odd)))


def _undressed(texts: pl.Series) -> pl.Series:
    # Step by step: within one expression each step would be worked out again for every mention.
    text = mend_where(texts, _SET, lambda some: list(map(untorn, some)))
    coded = text.str.contains("%", literal=True) | text.str.contains("&", literal=True)
    if coded.any():
        text = text.scatter(coded.arg_true(), text.filter(coded).str.replace_many(_ESCAPED))
    found = text.str.extract(_DOI).str.replace(_PAGE_OF_DOI, "").str.replace(r"(?:\(\d\)|[.,;/\]]|\[doi\])+$", "")
    bare = found.str.replace(_SICI_END, ">").str.replace("/(sici)", "/", literal=True).fill_null("")
    bare = bare.set(bare.str.contains(_OF_AN_ISSUE) | bare.str.starts_with(_OF_AN_ENTRY), "")
    loose = bare.str.count_matches("(", literal=True) < bare.str.count_matches(")", literal=True)
    return bare.scatter(loose.arg_true(), bare.filter(loose).str.replace(r"[).,;]+$", ""))


def of_server(journal: pl.Expr, url: pl.Expr) -> pl.Expr:
    """The DOI that arXiv and SSRN register for the number of a preprint (10.48550/arXiv.2101.00001, 10.2139/ssrn.1234567); '' where there is none, and
    where the address is that of the copy of an article, which has a journal."""
    named = journal.str.contains("(?i)arxiv|ssrn|^corr[ ,]")
    text = pl.when(named).then(pl.concat_str(journal, url, separator=" ")).when(journal == "").then(url).otherwise(pl.lit(""))
    found = (
        pl.concat_str(pl.lit(begins), text.str.extract(form))
        for begins, form in (("10.48550/arxiv.", _OF_ARXIV), ("10.2139/ssrn.", _OF_SSRN))
    )
    return pl.coalesce(*found, pl.lit("")).str.to_lowercase()


def pmids_of(column: pl.Expr) -> pl.Expr:
    """Without blanks around and zeros before; '' where there is none."""
    return column.str.strip_chars().str.strip_chars_start("0")


def versions_of(doi: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The DOI that stands for all versions of a deposit, and which of them it is: '' where it does not say."""
    groups = [doi.str.extract(_VERSION, n) for n in range(1, 5)]
    return pl.coalesce(groups[0], groups[2], doi), pl.coalesce(groups[1], groups[3], pl.lit(""))


def journals_of(texts: pl.Series) -> pl.DataFrame:
    """Journals as they came, row by row.

    journal: the words that tell journals apart, as text
    preprint, meeting, cochrane: it names a preprint server, a meeting, the Cochrane library
    working: it is a series of working papers; house: it is no journal, but who may bring them out
    announced: dissertations are announced there
    papers: its name is that of a meeting with papers
    series: proceedings of any meeting come out in it
    dated: it is no more than a meeting's acronym and year; acronym: or that alone, as journals have it too
    held, nth: the year in it, and which of a series it was, in digits; section: the letter of its section
    """
    words = [names_of(t) for t in texts.to_list()]
    text = pl.col("text")
    nth = text.str.extract(_NTH).str.to_lowercase().str.replace(r"[\s-]+", " ")
    frame = pl.DataFrame({"text": texts, "journal": words}, schema={"text": pl.String, "journal": pl.String})
    return frame.select(
        "journal",
        preprint=text.str.contains(_PREPRINT),
        meeting=text.str.contains(_CONFERENCE) & ~text.str.contains(_NO_CONFERENCE),
        # An acronym, or what was cut off, too; of Embase's 'Stroke. Conference: …' the name is the journal's.
        papers=pl.col("journal").str.contains(_WITH_PAPERS)
        | (
            ~pl.col("journal").str.contains(" ", literal=True)
            & text.str.contains(_IN_PROCEEDINGS)
            & ~text.str.contains(r"(?i)\.\s*conference")
            & ~text.str.contains(_NO_CONFERENCE)
        ),
        series=text.str.contains(_IN_SERIES),
        working=text.str.contains(_WORKING),
        house=text.str.contains(_HOUSE) & ~text.str.contains(_NO_HOUSE),
        dated=text.str.contains(_DATED),
        acronym=text.str.contains(_ACRONYM),
        announced=text.str.contains(_DISSERTATIONS),
        held=pl.coalesce(
            text.str.extract(r"\b((?:19|20)\d\d)\b"),
            pl.concat_str(pl.lit("20"), text.str.extract(_SHORT_YEAR.format("[0-6]"))),
            pl.concat_str(pl.lit("19"), text.str.extract(_SHORT_YEAR.format("[7-9]"))),
            pl.lit(""),
        ),
        nth=nth.replace_strict(NTH, default=nth.str.extract(r"^(\d+)"), return_dtype=pl.String).fill_null(""),
        section=text.str.extract(_SECTION).fill_null(""),
        cochrane=pl.col("journal").str.contains("cochrane", literal=True),
    )


def preprint(server: pl.Expr, doi: pl.Expr, url: pl.Expr, unplaced: pl.Expr) -> pl.Expr:
    """unplaced: there is no journal. A copy of many an article lies on a server: its address alone says nothing."""
    address = pl.when(unplaced).then(url).otherwise(pl.lit(""))
    return server | doi.str.contains(_PREPRINT_DOI) | address.str.contains(_PREPRINT_PAGE)


def conference(meeting: pl.Expr, issue: pl.Expr, supplement: pl.Expr, letters: pl.Expr, span: pl.Expr) -> pl.Expr:
    """A paper or abstract given at a meeting, as far as its place shows it. supplement: its number, null where it stands in none; span: of its
    pages; an abstract has not three."""
    return meeting | ((issue.str.contains(_SUPPLEMENT) | supplement.is_not_null() | letters.is_in(OF_ABSTRACTS)) & (span < 2))
