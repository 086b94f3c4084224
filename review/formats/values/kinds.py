"""Kinds of works, and the word that each format has for them: `Record.type` is what the source wrote, in any of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from review.model.patterns import lazy
from review.model.record import Record
from review.model.related import tells_preprint


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work. ris: reference type; bibtex: entry type; csl: CSL type; endnote: name and number of EndNote's reference type."""

    name: str
    ris: str
    bibtex: str
    csl: str
    endnote: tuple[str, int]
    words: str  # what else sources call it: squashed, one regular expression


# The first that fits wins. EndNote's numbers: its reference types, as its XML export writes them.
KINDS = (
    Kind("preprint", "UNPB", "unpublished", "article", ("Unpublished Work", 34), r"preprint|posted-?content|unpb|unpublished.*|manuscript|manscpt|(new|confirmatory|contradictory)results"),
    Kind(
        "chapter", "CHAP", "incollection", "chapter", ("Book Section", 5), r"chap|.*book(chapter|section)|chapter|inbook|incollection|inreference|echap|bookinbook|bookpart|referenceentry|supp(book|collection)|encyclopa?edia(article|entry)?|encyclopa?ediasreferenceworks|dictionary(entry)?|entry(encyclopedia|dictionary)?|encyc|dict"
    ),
    # As Embase and Web of Science export them: they stand in a journal's supplement.
    Kind("abstract", "JOUR", "article", "article-journal", ("Journal Article", 17), r"(journal)?(conference|meeting)abstracts?"),
    Kind("conference", "CPAPER", "inproceedings", "paper-conference", ("Conference Paper", 47), r"c|cpaper|conf|conference.*|.*conferences?|meeting.*|inproceedings|proceedingsarticle|proceedings?paper|paperconference|.*conferencepapers?|.*meetingpapers?|poster|congress"),
    # A paper in them, for nearly every exporter that writes CONF, and in EndNote.
    Kind("proceedings", "CONF", "inproceedings", "paper-conference", ("Conference Proceedings", 10), r"(mv|collectedworks)?proceedings?"),
    Kind("thesis", "THES", "phdthesis", "thesis", ("Thesis", 32), r"thes|theses|diss|(?!.*(?:syn|hypo)thesis).*thesis.*|.*dissertation.*"),
    # An entry of a register of trials or of reviews, for which no format has a word.
    Kind("registration", "GEN", "misc", "document", ("Generic", 13), r"(clinical)?(trials?|study|studies|protocol)?regist(ry|er|ration)(record|entry)?s?"),
    Kind("government", "GOVDOC", "techreport", "report", ("Government Document", 46), r"govdoc|government(official)?(document|publication)s?"),
    Kind("report", "RPRT", "techreport", "report", ("Report", 27), r"rprt|(?!case|abstract|brief|short|rapid|registered|original).*reports?|reports?(research|descriptive|evaluative|general|series|component|or(working)?paper)|standard|stand|(working|discussion|policy|white)papers?|policy(brief|paper)s?|(fact|info)sheets?|briefings?|.*guidelines?"),
    Kind("patent", "PAT", "patent", "patent", ("Patent", 25), r"p|pat|patent"),
    Kind("newspaper", "NEWS", "article", "article-newspaper", ("Newspaper Article", 23), r"news|newspaper.*|articlenewspaper|wirefeeds?"),
    Kind("magazine", "MGZN", "article", "article-magazine", ("Magazine Article", 19), r"mgzn|magazine.*|articlemagazine|articleinaperiodical|tradepublications?"),
    Kind("data", "DATA", "dataset", "dataset", ("Dataset", 59), r"data|dataset|aggr|onlinedatabase|dataset.*|aggregateddatabase|dbase|database"),
    Kind("web", "ELEC", "online", "webpage", ("Web Page", 12), r"elec|web(page|site)?|www|online|electronic|blogs?|blogs.*|(blog|forum)post|pressrelease|webresource|(documentfrom)?internet(site)?|internet(communication|document)|socialmedia|postweblog|post|icomm|(online)?discussion(forum|s).*"),
    Kind("software", "COMP", "software", "software", ("Computer Program", 9), r"comp|software|computer(program|software)"),
    Kind("law", "STAT", "legislation", "legislation", ("Statute", 31), r"stat|(laws)?statutes?|legislation|(un)?bill|legal(rule(orregulation)?)?|regulation|treaty"),
    Kind("case", "CASE", "jurisdiction", "legal_case", ("Case", 7), r"case|legalcase|(case)?courtdecisions?"),
    Kind("video", "VIDEO", "video", "motion_picture", ("Film or Broadcast", 21), r"video|mpct|motionpicture|film(orbroadcast)?|movie|tvbroadcast|television.*|videorecording|videodvd|videoaudiomedia|broadcast"),
    Kind("sound", "SOUND", "misc", "song", ("Audiovisual Material", 3), r"sound(recording)?|song|music(track|album|alscore)?|performance|advs|audio.*|podcasts?|pod|radio.*|(online)?multi(media.*)?"),
    Kind("slides", "SLIDE", "misc", "speech", ("Audiovisual Material", 3), r"slides?(show)?|presentations?|speech(es)?|lectures?|talks?"),
    Kind("map", "MAP", "misc", "map", ("Map", 20), r"maps?|cartographicmaterial"),
    Kind("picture", "ART", "misc", "graphic", ("Artwork", 2), r"art(work)?|graphic|figure|image|drawing|photo(graph)?|chart(ortable)?|infographic"),
    Kind("message", "PCOMM", "misc", "personal_communication", ("Personal Communication", 26), r"pcomm|personalcommunications?|e?mail|instantmessage"),
    Kind("interview", "PCOMM", "misc", "interview", ("Interview", 64), r"interviews?|intv"),
    Kind("hearing", "HEAR", "misc", "hearing", ("Hearing", 14), r"hear(ing)?"),
    Kind("pamphlet", "PAMP", "misc", "pamphlet", ("Pamphlet", 24), r"pamp(hlet)?|leaflet|brochure"),
    Kind("electronic article", "EJOUR", "article", "article-journal", ("Electronic Article", 43), r"ejour|electronicarticle|journalelectronic"),
    Kind("book", "BOOK", "book", "book", ("Book", 6), r"b|(authored|edited|reference)?books?|whole|bookwhole|bookedited|ebook|electronicbook|(mv)?book(let)?|mv(collection|reference)|reference|edbook|manual|monograph|monography|collection|edited"),
    Kind(
        "journal", "JOUR", "article", "article-journal", ("Journal Article", 17),
        r"jour|jfull|.*articles?|articles?d[eu].*|art[ie]?(culo|go)s?.*|articolo.*|.*(aufsatz|artikel)|periodicals?|ser(ial)?s?|reviewbook|.*journals?(article|magazines)?|journalarticle.*|articlejournal|j|.*review|editorial(material)?|letter|note|(published)?erratum(correction)?|comment(ary|reply)?|columnopinion|abst(ract)?|correction|newsitem|biographicalitem|retract.*|expressionofconcern|inpr|articleinpress|suppperiodical|.*trial.*|datapapers?|shortsurvey|(case|abstract|brief|short|rapid|registered|original)reports?|.*study|earlyaccess|opinionpapers?",
    ),
)  # fmt: skip
_CHAPTER, _ARTICLE = (next(kind for kind in KINDS if kind.name == name) for name in ("chapter", "journal"))
GENERIC = Kind("generic", "GEN", "misc", "document", ("Generic", 13), "")
# What decides where several are named: PubMed's `Dataset; Journal Article` and `Journal Article; Preprint`, Web of Science's `Article; Book Chapter`.
_SURE = ("preprint", "bookchapter", "chapter", "journalarticle")
_PATTERNS = tuple((lazy(kind.words), kind) for kind in KINDS)
_OWN = {word: kind for kind in reversed(KINDS) for word in (kind.ris.casefold(), kind.bibtex, kind.csl, kind.endnote[0].casefold())}
# What several kinds are called in one format or another means the plainest of them (`article` is CSL's word for a preprint).
_OWN |= {
    word: kind
    for kind in (*KINDS, GENERIC)
    if kind.name in ("journal", "book", "report", "conference", "generic")
    for word in (kind.ris.casefold(), kind.bibtex, kind.csl, kind.endnote[0].casefold())
}


# CNKI's, Wanfang's, RISS's and Scopus's in Chinese and Japanese
_EASTERN = {
    "期刊": "journal", "学术期刊": "journal", "期刊论文": "journal", "特色期刊": "journal", "中国学术期刊": "journal", "硕士": "thesis", "博士": "thesis", "学位论文": "thesis",
    "硕士论文": "thesis", "博士论文": "thesis", "会议": "conference", "中国会议": "conference", "国际会议": "conference", "会议论文": "conference", "图书": "book",
    "报纸": "news", "专利": "patent", "科技成果": "report", "학술저널": "journal", "학술논문": "journal", "국내학술논문": "journal", "학위논문": "thesis", "論文": "journal",
}  # fmt: skip


# PubMed's types of publication, and Web of Science's, that say what an article is about, not what it stands in.
_ARTICLES = frozenset(
    (
        "News", "Practice Guideline", "Guideline", "Congress", "Clinical Conference", "Consensus Development Conference", "Consensus Development Conference, NIH",
        "Legal Case", "Interview", "Lecture", "Address", "Biography", "Autobiography", "Portrait", "Personal Narrative", "Patient Education Handout", "Bibliography",
        "Video-Audio Media", "Directory", "Technical Report", "Festschrift", "Correction, Addition", "Letter to the Editor", "Reprint", "Excerpt",
        "Item About an Individual", "Press release", "Evidence Synthesis", "Evidence synthesis",
    )
)  # fmt: skip

# Databases' words for a kind that they do not know
_UNSAID = frozenset(("other", "undefined", "undetermined", "unknown", "unspecified", "reprint", "miscellaneous", "not specified", "n/a"))


def kind_for(record: Record) -> Kind:
    """The kind to write a record as: where it says none, what has a journal is an article, with an ISBN alone a chapter; so is what a journal's volume or ISSN tells of, if no type
    is against it."""
    serial = record.volume or record.issn
    if record.journal and ((not record.type and (serial or not record.isbn)) or (serial and _ARTICLES.issuperset(record.type.split("; ")))):
        return _ARTICLE
    kind = kind_of(record.type)
    if record.journal and record.isbn and not (serial or "article" in record.type.casefold()) and kind.name in ("journal", "generic"):
        return _CHAPTER  # as PubMed has those of StatPearls
    word = record.type.casefold()
    if record.journal and kind is GENERIC and word not in _OWN and (serial or word in _UNSAID):
        return _ARTICLE
    return kind


def is_about(stated: str, code: str) -> bool:
    """Whether a word tells what a report or a book is about, as PubMed tells it of articles (`Guideline`): the code beside it says what it is."""
    return stated in _ARTICLES and kind_of(code) is not _ARTICLE


def is_on_a_server(record: Record) -> bool:
    """Whether what is not published is told of a server of preprints; else it is a manuscript."""
    return tells_preprint(
        record.journal, record.type, record.doi, record.url, *(text for name, text in record.extra if name in _OF_SERVERS)
    )


_OF_SERVERS = frozenset({"genre", "publisher", "archive", "archiveprefix", "eprinttype", "database", "provider"})


_WORDED = frozenset(("thesis", "report", "government", "preprint", "web", "registration"))


def wording(record: Record) -> str:
    """What a thesis, report, preprint or page calls itself beyond its kind: `Master's thesis`, `Working paper`, `Blog`; "" for nothing, and for what stands
    in a journal."""
    kind = kind_for(record)
    if kind.name not in _WORDED:
        return ""
    return next((text for name, text in record.extra if name == "genre"), "") or ("" if says_no_more(record.type, kind) else record.type)


def in_words(wording: str) -> str:
    """What a type says as programs of others print it: BibTeX's `phdthesis` is a word of its own only."""
    return _DEGREES.get(wording, wording)


_DEGREES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}


def says_no_more(word: str, kind: Kind, written: str = "") -> bool:
    """Whether a type is no more than some format's word for that kind; that of BibTeX for a thesis tells its degree. written: the type beside which it
    would stand, which may be that of several."""
    own = [kind.ris, kind.csl, kind.endnote[0], *([kind.bibtex] if kind.name != "thesis" else [])]
    alike = _letters(word) in map(_letters, own) or (word != "" and word in finer(word))
    return (alike or (word in _CODES and kind_of(word) is kind)) and (not written or kind_of(written) is kind)


# What formats call works, in words that no reader is to see
_CODES = frozenset(
    "MANSCPT booklet collection inbook inreference manual manuscript mvbook mvcollection mvproceedings proceedings reference".split()  # noqa: SIM905
)

_NUMBERED = ("patent", "report", "government")


def has_a_number(kind: str) -> bool:
    """Whether a work of that kind has a number of its own, which EndNote, RIS and Zotero have in the place of an ISBN, where it stands in no series."""
    return kind_of(kind).name in _NUMBERED


def is_reports_number(name: str, text: str) -> bool:
    """Whether something in `extra` is the number of a report, which RIS has in M1; EPrints has the kind of report there."""
    return name == "M1" and any(map(str.isdigit, text))


_MASTERS = lazy(
    r"(?i)\b(?:master|magister|mestrado|maestría|mémoire|laurea|diplom(?:a|arbeit)?\b|m\.? ?(?:sc|a|phil|ed|eng|p\.?h|b\.?a|res|s)\b)|硕士|修士|석사"
)


def is_masters(record: Record) -> bool:
    """Whether a thesis is one for a master's degree, as far as it says."""
    return _MASTERS.search(wording(record)) is not None


def in_a_series(book: Record) -> bool:
    """Whether what a book has in the place of a journal is its series, as EndNote, RIS and Refer have it there: no part of it is told of."""
    return book.journal != "" and "-" not in book.pages and all(name not in ("series", "collection-title") for name, _ in book.extra)


def series_of(record: Record) -> str:
    """The series of a book or a report, which EndNote and Zotero have in the place of the journal and show nowhere else; "" where something else is there."""
    if record.journal or kind_for(record).name not in ("book", "report"):
        return ""
    return next((text for name, text in record.extra if name == "series"), "")


_WHOLE = ("book", "thesis", "government", "report")


def is_counted(record: Record, kind: str) -> bool:
    """Whether what a record has for pages is how many there are: a number alone, of a work of this kind that is printed by itself."""
    return record.pages.isdecimal() and not (record.issue and record.journal) and is_whole(kind)


def is_whole(kind: str) -> bool:
    """Whether a work of that kind stands in nothing else, so that a bare number in the place of its pages is how many it has: EndNote, Zotero and
    ProQuest write that in RIS."""
    return kind_of(kind).name in _WHOLE


@lru_cache(maxsize=1024)  # a file has a few
def kind_of(text: str) -> Kind:
    """The kind that a type names, be it a source's word (`Journal Article; Review`) or the code of a format."""
    if own := _OWN.get(text.casefold()):
        return own
    words = [
        _EASTERN.get(part.strip()) or _letters(part) for part in re.split(r"[;|]", text.casefold().replace("info:eu-repo/semantics/", ""))
    ]
    words = next(([sure] for sure in _SURE if sure in words), words)
    for word in words:
        for pattern, kind in _PATTERNS:
            if word and pattern.fullmatch(word):
                return _OWN["book"] if kind is _ARTICLE and "book" in words else kind  # PubMed's `Review; Book`
    return GENERIC


_FINER = {
    **dict.fromkeys(("dict", "dictionary", "dictionaryentry", "entrydictionary"), ("DICT", "entry-dictionary")),
    **dict.fromkeys(("encyc", "encyclopedia", "encyclopediaarticle", "encyclopediaentry", "entryencyclopedia"), ("ENCYC", "entry-encyclopedia")),
    **dict.fromkeys(("blog", "blogpost", "postweblog"), ("BLOG", "post-weblog")),
    **dict.fromkeys(("stand", "standard"), ("STAND", "standard")),
}  # fmt: skip


def finer(text: str) -> tuple[str, str]:
    """The reference type of RIS and the type of CSL for what both tell finer than our kinds do: a standard is a report; ("", "") for any other."""
    return _FINER.get(_letters(text), ("", ""))


def same_kind(one: str, other: str) -> bool:
    """Whether another type says all that one does, in a format's own word. Journals' kind takes in much that its word does not say
    (`Review`, `Letter`); nor does any word say what several do."""
    kind = kind_of(one)
    if kind is GENERIC or kind is not kind_of(other) or re.search("[;|]", one):
        return False
    return kind.name != "journal" or one.strip() in _EASTERN or says_no_more(one, kind)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.casefold())


_OF_THESES = lazy(r"dissertation|thes[ei]s", re.IGNORECASE)


def names_theses(journal: str) -> bool:
    """Whether what stands in the place of a thesis's journal is that of theses: ProQuest's `ProQuest Dissertations & Theses`."""
    return _OF_THESES.search(journal) is not None
