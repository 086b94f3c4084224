"""Where a document appeared, made comparable: journal and identifiers; what sort of place that is."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

import re
from functools import lru_cache

import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Prefix

from review.dedup.titles import mended
from review.dedup.words import spelled
from review.model.record import plain

_SMALL = set(
    "the of and for in on de la le et und a an fur der des di del i d l voor het pour para por el los las do da dos das och og online electronic resource".split()
)
# `<…::…>` is part of a SICI, as Wiley's of before 2002 have it: page and initials, in which alone two articles of an issue differ
# (ANSI/NISO Z39.56-1996); any other `<` begins markup.
_DOI = r"(10\.\d{4,9}/(?:[^\s\"<>]|<[^\s\"<>]*::[^\s\"<>]*>)+)"
_ESCAPED = {"%2f": "/", "%28": "(", "%29": ")", "%3a": ":", "%3b": ";", "%3c": "<", "%3e": ">", "%23": "#", "%5b": "[", "%5d": "]",
            "&lt;": "<", "&gt;": ">", "&amp;": "&"}  # fmt: skip
_SICI_END = r">\d\.\d\.[a-z]{2};2.*$"  # versions and a check digit, which exports lose
_OF_AN_ISSUE = r"/\d{4}-\d{3}[\dx]\(\d{4,8}\)\d+:\d+$"  # what is left of a SICI where markup was taken out
_OF_AN_ENTRY = "10.1002/central/"  # Cochrane's register gives one to its own entry for an article
# What a publisher's page has behind the DOI in its address.
_PAGE_OF_DOI = r"(?:[?#].*|;jsessionid.*|/(?:abstract|full|fulltext|full-text|pdf|epdf|pdfdirect|meta|summary|html|references|figures?|suppinfo)|\.(?:pdf|full|abstract|html?|short|full-text))+$"
# Deposits and preprints whose every version has a DOI of its own, or seems to have one.
_VERSION = (
    r"^(10\.(?:1101|6084|7287|25384|21203|20944|22541|26434|312\d\d|36227|48550)/\S+?)[-./_]?v(\d{1,2})$|^(10\.17632/[^.]+)\.(\d{1,2})$"
)
ISBN = r"\b97[89]\d{10}\b"
ISSN = r"\b\d{4}-?\d{3}[\dxX]\b"
_JOURNAL_TAIL = re.compile(
    r"\s*(?:\([^()]*\)?|\[[^\[\]]*\]?|\. conference\b.*|\s:\s.*|: (?:official|the official|an? |journal).*|, vols? .*)", re.IGNORECASE
)
# Which of a series of meetings it was: what is left tells the series.
_SERIES = re.compile(
    r"\b(?:proceedings|proc|annual|(?:completed )?research papers|\d+(?:st|nd|rd|th)|(?:twenty |thirty |forty |fifty )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|(?:19|20)\d\d"
    r"|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth|fortieth|fiftieth)\b"
)
# The volume of what has none yet: IEEE's PP (whose issue is 99), and what stands there elsewhere.
AHEAD = r"(?i)^\s*(?:pp|(?:e-?pub )?ahead[ -]of[ -]print|online[ -]first|early (?:view|access)|in press|forthcoming|0+)\s*$"
_SERVER = re.compile(r"(?i)\b(arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|ssrn|research square|preprints\.org)\b")
_BRACKETED = re.compile(r"^(.{4,}?)\s*(?:\[\s*([^\[\]]{9,}?)\s*\]?|\s=\s(.{9,}))\s*$")  # a name in two languages
_ANY_MEETING = frozenset("conference international annual symposium workshop congress meeting joint acm ieee ifip aaai usenix".split())
_SCIENCE = re.compile(r"(?:log(?:y|ie|ia)|iatry|metry|pathy|graphy|scopy|nomy|ics|ine)$")  # of these one letter makes another
_CUT_NAME = re.compile(r"^\s*(?:…|\.\.\.)|(?:…|\.\.\.)\W*$")
_MEDIUM = re.compile(r"(?i)electronic|online|internet|print|resource|serial|suppl")
_PREPRINT = r"(?i)rxiv\b|\bssrn\b|\bpreprints?\b|\bresearch square\b|\bosf\b|\brepec\b|\bauthorea\b|\b(?:working|discussion) papers?\b|\bmpra\b|\bnber\b"
_PREPRINT_DOI = r"^10\.(?:1101/(?:\d{6}|20\d\d\.)|2139/ssrn|48550/|21203/|312[123]\d/|31730/|20944/|26434/|22541/|36227/|64898/|3386/w|2196/preprints\.)"
_PREPRINT_PAGE = r"(?i)\b(?:\w+rxiv\.org|ssrn\.com|researchsquare\.com|preprints\.org|osf\.io/preprints)\b"
# Where dissertations are announced, or kept: no journal.
_DISSERTATIONS = (
    r"(?i)\bdiss(?:ertations?)?\W+abs|\bmaster'?s'?\W+(?:theses\W+)?abs|\bproquest llc\b|\bdissertations\b|\btheses\b|(?-i:EThOS)|^\W*(?:ph\.? ?d|d\.? ?phil)\b"
    r"|\b(?:ph\.? ?d|doctoral|master'?s?)\.? (?:thesis|dissertation)"
)
_CONFERENCE = r"(?i)\b(?:conference|proceedings|proc|symposium|congress|meeting|workshop|abstracts?|annual scientific)\b"
# In what the papers of any meeting come out: says nothing of which.
_IN_SERIES = (
    r"(?i)\blect(?:ure|\.)? notes\b|(?-i:\bLN(?:CS|AI|BI|BIP|EE|ICST|NS)\b)|\bcommunications in computer and information|\bcommun\. comput\. inf|(?-i:\bCCIS\b)"
    r"|\bIFIP (?:advances|adv\.|aict|trans)|\bACM int(?:ernational|\.) conf(?:erence|\.) proc|\bCEUR\b|\b(?:AIP|IOP) conf|\bprocedia\b|\badvances in intelligent systems"
    r"|\badv\. intell\. syst|\badvances in information and communication tech|\bstud(?:ies|\.)? in health tech|\bstud\.? health tech|\bleibniz international proc"
    r"|\bsmart innovation, systems|\bspringer proceedings\b|\bjournal of physics:? conf|\bproc(?:eedings)?\.? (?:of )?SPIE\b|\b(?:MATEC|E3S|ITM|SHS) web of conf"
)
_WITH_PAPERS = r"\b(?:conferences?|conf|symposium|symp|workshops?|colloquium)\b"
_IN_PROCEEDINGS = r"(?i)\b(?:conference|proceedings|symposium|workshop)\b"
_DATED = r"^\W*(?:[A-Z][A-Za-z]*[A-Z]|[A-Z]{2,8})\W{0,2}(?:(?:19|20)\d\d|['’]\d\d)\b(?: [Rr]esearch [Pp]apers)?\W*$"  # CHI 2020, EASE '20
# Who publishes or lists it, where the journal's name should be.
_PUBLISHERS = frozenset(
    (
        "elsevier|elsevier bv|elsevier ltd|springer|springer nature|springerlink|springer verlag|springer international publishing|springer berlin heidelberg|wiley"
        "|wiley online library|john wiley sons|ieee|ieee xplore|acm|acm press|association for computing machinery|pubmed|pubmed central|medline|embase|scopus|web of science"
        "|google scholar|semantic scholar|researchgate|jstor|proquest|ebscohost|sage publications|taylor francis|taylor francis online|emerald|mdpi|academia edu"
    ).split("|")
)
SUPPLEMENT = r"(?i)(?:suppl\w*|meeting\w*|abstracts?)[. ]*(\d*)"  # and its number
_SUPPLEMENT = r"(?i)suppl|abstract|meeting"
LEFT_OF_ISSUE = r"^\s*\d+\)\s*$"  # '1)', in the place of a volume, is what is left of '61 (10 Suppl. 1)', or of a part


def names_of(text: str) -> str:
    """The words of a journal's name, and behind a '|' those of the name that it has in another language."""
    if cut := _CUT_NAME.search(text):  # 'American Journal of …' is the beginning of many
        words = journal_of(_CUT_NAME.sub(" ", text))
        return " ".join(("…", *words) if cut.start() == 0 else (*words, "…")) if len(words) > 2 else ""
    two = _BRACKETED.match(text)
    other = (two[2] or two[3]) if two else ""
    return "|".join(" ".join(journal_of(t)) for t in ((two[1], other) if two and not _MEDIUM.search(other) else (text,)))


def journal_of(text: str) -> tuple[str, ...]:
    """The words that tell journals apart."""
    text = mended(text)
    if server := _SERVER.search(text):
        return (server[1].casefold(),)
    normal = plain(_JOURNAL_TAIL.sub(" ", text)) or plain(text)
    if normal.removeprefix("the ") == "cochrane library":
        normal = "cochrane database systematic reviews"
    normal = _SERIES.sub(" ", normal).strip() or normal
    words = normal.split()
    return (
        ()
        if normal in ("unknown", "na", "n a", "none", "nan") or normal in _PUBLISHERS
        else tuple(w for w in words if w not in _SMALL) or tuple(words)
    )


def _begins(short: list[str], long: list[str]) -> bool:
    """A subtitle, a society or a second name stands before or behind: 'BJOG: an international journal …'."""
    n = len(short)
    return all(map(_abbreviates, short, long[:n])) or all(map(_abbreviates, short, long[-n:]))


def _unabbreviated(name: list[str]) -> list[str]:
    """A name without its own acronym before or behind it: AJR American Journal of Roentgenology."""
    if len(name) < 4:
        return name
    return name[1:] if _stands_for(name[0], name[1:]) else name[:-1] if _stands_for(name[-1], name[:-1]) else name


def _stands_for(word: str, names: list[str]) -> bool:
    """A word that is made of the beginnings of others, or begins with the initials of the first three."""
    return 3 <= len(word) <= 8 and (word.startswith("".join(name[0] for name in names[:3])) or _initials(word, names))


def _initials(word: str, names: list[str]) -> bool:
    """An acronym: beginnings of all the words, in order, but for those that any meeting has: AMCIS, Americas Conference on Information Systems."""
    if not word or not names:
        return not word and all(name in _ANY_MEETING for name in names)
    longest = Prefix.similarity(word, names[0])
    return any(_initials(word[n:], names[1:]) for n in range(1, longest + 1)) or (names[0] in _ANY_MEETING and _initials(word, names[1:]))


def _turned(a: list[str], b: list[str]) -> bool:
    """The same words in another order: 'Software Engineering (ICSE), 2020 International Conference on'."""
    left = list(b)
    for word in a:
        match = next((w for w in left if _abbreviates(word, w)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _abbreviates(a: str, b: str) -> bool:
    """Two words of names are one, or may be."""
    return _alike(a, b) > 0


def _near(a: str, b: str) -> bool:
    return _abbreviates(a, b) or (a[0] == b[0] and fuzz.ratio(a, b) >= 80 and not _two_sciences(a, b))


def _alike(a: str, b: str) -> int:
    """Of two words of names: 2, one is the other, abbreviated or in another spelling; 1, they may be one, misspelled or with an ending of another
    language; 0, neither. Hepatology is no hematology, nor is circulation microcirculation."""
    short, long = sorted((spelled(a), spelled(b)), key=len)
    if long.startswith(short):
        return 2
    if short[0] != long[0]:
        return 0
    rest = iter(long)
    if 2 <= len(short) <= 6 and len(long) > len(short) and all(c in rest for c in short):
        return 2  # Intl, Natl, Dtsch
    common = Prefix.similarity(short, long)
    if common >= 6 and len(long) - common <= 3:
        return 1
    slip = fuzz.ratio(short, long) >= 90 or (len(short) >= 5 and OSA.distance(short, long, score_cutoff=1) <= 1)
    return int(slip and not _two_sciences(a, b))


def _two_sciences(a: str, b: str) -> bool:
    return bool(_SCIENCE.search(a) and _SCIENCE.search(b))


def _compare_cut(a: list[str], b: list[str]) -> str:
    """Names of which one at least was cut off: within, where the other has its words at that end, else missing."""
    if "…" in (a[-1], b[-1]):
        a, b = a[::-1], b[::-1]  # its beginning is compared as an end
    if (a[0] == "…" and a[-1] == "…") or "…" in (a[-1], b[-1]):
        return "missing"
    fewest = min(len(w) - (w[0] == "…") for w in (a, b))
    whole = all(w[0] == "…" or len(w) >= len(other) - 1 for w, other in ((a, b), (b, a)))
    return "within" if whole and all(map(_abbreviates, a[-fewest:], b[-fewest:])) else "missing"


@lru_cache(maxsize=200_000)
def compare_journals(x: str, y: str) -> str:
    """same | within | unclear | different | missing, of what `journal_of` gives, joined with spaces."""
    if not x or not y:
        return "missing"
    if "…" in x or "…" in y:
        return _compare_cut(x.split(" "), y.split(" "))
    if x == y:
        return "same"
    if "|" in x or "|" in y:
        found = {compare_journals(one, other) for one in x.split("|") for other in y.split("|")}
        return next(level for level in ("same", "within", "unclear", "different", "missing") if level in found)
    a, b = x.split(" "), y.split(" ")
    joined = "".join(a), "".join(b)
    ratio = fuzz.ratio(*joined)
    surest = min(map(_alike, a, b)) if len(a) == len(b) else 0
    # In a short name a word in four may tell it from another's: Software, or Web Engineering.
    if surest == 2 or ratio >= 97 or (ratio >= 88 and min(map(len, joined)) >= 30 and min(len(a), len(b)) >= 5):
        return "same"
    if surest:
        return "within" if len(a) > 1 else "unclear"
    short, long = sorted((a, b), key=len)
    if len(short) == 1 and len(long) > 2 and short[0] in ("".join(w[0] for w in long), "".join(w[0] for w in long[:-1])):
        return "same"  # JAMA
    if len(short) == 1 and 3 <= len(short[0]) <= 8 and len(long) > 2 and _initials(short[0], long):
        return "same"
    whole = [_unabbreviated(w) for w in (short, long)]
    if whole != [short, long]:
        return compare_journals(*(" ".join(w) for w in whole))
    if _begins(short, long):
        return "within" if len(short) > 1 else "unclear"
    if len(short) == len(long) >= 4 and _turned(a, b):
        return "within"
    if (ratio >= 88 and len(short) > 1) or sum(any(_near(w, v) for v in long) for w in short) * 2 > len(short):
        return "unclear"
    return "different"


def dois_of(column: pl.Expr) -> pl.Expr:
    """Bare, lower case, without what exports hang on to it; '' where there is none."""
    return column.map_batches(_dois, return_dtype=pl.String)


def _dois(texts: pl.Series) -> pl.Series:
    # Step by step: within one expression each step would be worked out again for every mention.
    text = texts.str.to_lowercase()
    coded = (text.str.contains("%", literal=True) | text.str.contains("&", literal=True)).fill_null(value=False)
    if coded.any():
        text = text.scatter(coded.arg_true(), text.filter(coded).str.replace_many(_ESCAPED))
    found = text.str.extract(_DOI).str.replace(_PAGE_OF_DOI, "").str.replace(r"(?:\(\d\)|[.,;/\]]|\[doi\])+$", "")
    bare = found.str.replace(_SICI_END, ">").str.replace("/(sici)", "/", literal=True).fill_null("")
    bare = bare.set(bare.str.contains(_OF_AN_ISSUE) | bare.str.starts_with(_OF_AN_ENTRY), "")
    loose = bare.str.count_matches("(", literal=True) < bare.str.count_matches(")", literal=True)
    return bare.scatter(loose.arg_true(), bare.filter(loose).str.replace(r"[).,;]+$", ""))


def pmids_of(column: pl.Expr) -> pl.Expr:
    """Without blanks around and zeros before; '' where there is none."""
    return column.str.strip_chars().str.strip_chars_start("0")


def versions_of(doi: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The DOI that stands for all versions of a deposit, and which of them it is: '' where it does not say."""
    groups = [doi.str.extract(_VERSION, n) for n in range(1, 5)]
    return pl.coalesce(groups[0], groups[2], doi), pl.coalesce(groups[1], groups[3], pl.lit(""))


def journals_of(texts: pl.Series) -> pl.DataFrame:
    """The words that tell journals apart, as text; whether it names a preprint server, a meeting, the Cochrane library; announced: where dissertations
    are announced; papers: its name is that of a meeting with papers; series: proceedings of any meeting come out in it; dated: it is no more than a meeting's acronym and year; held: the year in it."""
    words = [names_of(t) for t in texts.to_list()]
    text = pl.col("text")
    frame = pl.DataFrame({"text": texts, "journal": words}, schema={"text": pl.String, "journal": pl.String})
    return frame.select(
        "journal",
        preprint=text.str.contains(_PREPRINT),
        meeting=text.str.contains(_CONFERENCE),
        # An acronym, or what was cut off, too; of Embase's 'Stroke. Conference: …' the name is the journal's.
        papers=pl.col("journal").str.contains(_WITH_PAPERS)
        | (
            ~pl.col("journal").str.contains(" ", literal=True)
            & text.str.contains(_IN_PROCEEDINGS)
            & ~text.str.contains(r"(?i)\.\s*conference")
        ),
        series=text.str.contains(_IN_SERIES),
        dated=text.str.contains(_DATED),
        announced=text.str.contains(_DISSERTATIONS),
        held=text.str.extract(r"\b((?:19|20)\d\d)\b").fill_null(""),
        cochrane=pl.col("journal").str.contains("cochrane", literal=True),
    )


def preprint(server: pl.Expr, doi: pl.Expr, url: pl.Expr, unplaced: pl.Expr) -> pl.Expr:
    """unplaced: there is no journal. A copy of many an article lies on a server: its address alone says nothing."""
    address = pl.when(unplaced).then(url).otherwise(pl.lit(""))
    return server | doi.str.contains(_PREPRINT_DOI) | address.str.contains(_PREPRINT_PAGE)


def conference(meeting: pl.Expr, issue: pl.Expr, letters: pl.Expr, span: pl.Expr) -> pl.Expr:
    """A paper or abstract given at a meeting, as far as its place shows it. span: of its pages; an abstract has not three."""
    return meeting | ((issue.str.contains(_SUPPLEMENT) | letters.is_in(["s", "a", "p"])) & (span < 2))
