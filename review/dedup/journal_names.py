"""Names of journals and meetings, made comparable: what programs and publishers hang on to them is taken off, and what is no name."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

import re

from review.dedup.letters import mended
from review.model.patterns import lazy
from review.model.plain_text import plain

_SMALL = set(
    "the of and for in on de den la le et und a an fur der des di del i d l voor het pour para por el los las do da dos das och og il ses series ser du za with".split()
)
_OF_A_MEDIUM = lazy(r"(?<=\w\w) (?:online|electronic(?: resource)?)$")  # behind the name: an Electronic Journal is another than the Journal
_JOURNAL_TAIL = lazy(
    r"\s*(?:\([^()]*\)?|\[[^\[\]]*\]?|\. conference\b.*|\s:\s.*|[:;] (?:official|the official|an? |(?:the )?(?:[a-z]+ )?journal).*"
    r"|(?<=[a-z]{4})-(?:the (?:[a-z]+ )?|an? (?:[a-z]+ )?)?journal\b.*|: for rapid communication.*|, vols? .*)",
    re.IGNORECASE,
)
# Where it is published, as ProQuest has it behind the name: Stroke; Dallas.
_TOWN = lazy(
    r"\s*;\s+(?:abingdon|amsterdam|ankara|ann arbor|athens|atlanta|auckland|baltimore|bangkok|barcelona|basel|basingstoke|beijing|berlin|bethesda|bingley|birmingham|boston|bradford|brussels"
    r"|bucharest|budapest|cairo|cambridge|cape town|chapel hill|chicago|cleveland|copenhagen|dallas|denver|dordrecht|dublin|durham|edinburgh|geneva|hague|heidelberg|helsinki|hoboken|hong kong"
    r"|houston|hove|hyderabad|indianapolis|istanbul|jerusalem|johannesburg|kidlington|kuala lumpur|leiden|lisbon|london|los angeles|madrid|manchester|melbourne|milan|montreal|moscow|mumbai|munich"
    r"|nairobi|new delhi|new haven|new york|newark|norwich|oslo|ottawa|oxford|paris|park ridge|philadelphia|pittsburgh|prague|pretoria|reston|rochester|rockville|rome|san diego|san francisco"
    r"|seattle|secaucus|seoul|shanghai|singapore|southampton|springfield|stanford|stockholm|stuttgart|sydney|taipei|tehran|thousand oaks|tokyo|toronto|utrecht|vancouver|vienna|warsaw|washington"
    r"|wellington|zagreb|zurich)\b[\s\w.,()]{0,30}$",
    re.IGNORECASE,
)
# Which of a series of meetings it was: what is left tells the series.
_SERIES = lazy(
    r"\b(?:proceedings|proc|annual|(?:completed )?research papers|all submissions|\d+(?:st|nd|rd|th)|(?:twenty |thirty |forty |fifty )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|(?:19|20)\d\d"
    r"|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth|fortieth|fiftieth)\b"
)
_SERVER = lazy(r"(?i)\b(arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|ssrn|research square|preprints\.org)\b|^corr[ ,]+abs/")
_JOINED = lazy(r"(?<=[A-Za-z]{2})['’`´](?=[sS]\b)|(?<=\w{5})['’`´](?=\w)")  # Alzheimer's, eksperimental'noi: abbreviations have no mark
_PLACES = {"ny": "n y", "usa": "u s"}
_PROC = lazy(r"^p (?=(?:natl|roy|r|nutr|soc|jpn|japan) )")  # of proceedings, as Web of Science abbreviates them
_KNOWN_AS = {"pnas": "national academy sciences u s", "corr": "arxiv"}  # names that do not tell what they are short for
_NUMBER = lazy(r"\d+(?: ?\d{3}[\dx])?")  # an ISSN, or a volume, where the name should be
_BRACKETED = lazy(r"^(.{4,}?)\s*(?:\[\s*([^\[\]]{9,}?)\s*\]?|\s=\s(.{9,}))\s*$")  # a name in two languages
_PROCEEDINGS_OF = lazy(r"(?i)^\W*conference proceedings\s*:[\s.…]*(?=\w)")  # as MEDLINE has it before the name of a meeting
_CUT_NAME = lazy(r"^\s*(?:…|\.\.\.)|(?:…|\.\.\.)\W*$")
_MEDIUM = lazy(r"(?i)electronic|online|internet|print|resource|serial|suppl")
# Of its parts that of protocols is another.
_COCHRANE = lazy(
    r"(?:the )?cochrane (?:(?:database (?:of )?systematic )?reviews(?: reviews)?|libr(?:ary)?)(?: \d{4})?(?: issue \d{1,2})?(?: \d{4})?"
)
_HOST = lazy(
    r"\s*(?:https?://)?(?:[a-z\d-]+\.)+(?:com|org|net|edu|gov|mil|info|int|io|eu|de|fr|nl|es|it|(?:ac|co|com|edu|gov|org)\.[a-z]{2})(?:/\S*)?\s*"
)  # academic.oup.com
# Who publishes or lists it, where the journal's name should be.
_PUBLISHERS = frozenset(
    (
        "elsevier|elsevier bv|elsevier ltd|springer|springer nature|springerlink|springer verlag|springer international publishing|springer berlin heidelberg|wiley"
        "|wiley online library|john wiley sons|ieee|ieee xplore|acm|acm press|association for computing machinery|pubmed|pubmed central|medline|embase|scopus|web of science"
        "|oxford academic|oxford university press|cambridge core|cambridge university press|lippincott williams wilkins|wolters kluwer|psycnet|europe pmc|ingentaconnect|biomed central|de gruyter|karger publishers"
        "|mary ann liebert|mary ann liebert inc|hindawi publishing corporation|bmj publishing group|springer science business media|google books"
        "|google scholar|semantic scholar|researchgate|jstor|proquest|ebscohost|sage publications|cold spring harbor laboratory|cold spring harbor laboratory press|taylor francis|taylor francis online|emerald|mdpi|academia edu|online submission|sciencedirect|doaj|doaj doaj directory of open access journals|hal|hal le centre pour la communication scientifique directe"
        "|diva|diva digitala vetenskapliga arkivet|citeseer x|citeseerx|unknown journal"
    ).split("|")
)


def names_of(text: str) -> str:
    """The words of a journal's name, and behind a '|' those of the name that it has in another language."""
    text = " ".join(text.split())  # a pattern would try each of many blanks as the end of the name
    if cut := _CUT_NAME.search(text):  # 'American Journal of …' is the beginning of many
        words = [w for w in journal_of(_CUT_NAME.sub(" ", text)) if w not in _SMALL]
        return " ".join(("…", *words) if cut.start() == 0 else (*words, "…")) if words else ""
    two = _BRACKETED.match(text)
    other = (two[2] or two[3]) if two else ""
    return "|".join(" ".join(journal_of(t)) for t in ((two[1], other) if two and not _MEDIUM.search(other) else (text,)))


def journal_of(text: str) -> tuple[str, ...]:
    """The words that tell journals apart."""
    text = " ".join(mended(text).split())  # where thousands of blanks stand the patterns take the square of them
    if server := _SERVER.search(text):
        return ((server[1] or "arxiv").casefold(),)
    if _HOST.fullmatch(text):
        return ()
    text = _JOINED.sub("", _PROCEEDINGS_OF.sub("", text))
    normal = _PROC.sub("", plain(_JOURNAL_TAIL.sub(" ", _TOWN.sub("", text))))
    normal = normal if len(normal) > 2 else plain(text)  # CA: a cancer journal for clinicians
    if "cochrane" in normal and _COCHRANE.fullmatch(normal):
        normal = "cochrane database systematic reviews"
    if normal.startswith("prospero ") or normal.endswith("prospective register of systematic reviews"):
        normal = "prospero"
    normal = _OF_A_MEDIUM.sub("", _SERIES.sub(" ", normal).strip() or normal)
    normal = _KNOWN_AS.get(normal, normal)
    if (
        normal in ("unknown", "na", "n a", "none", "nan", "journal")
        or normal.replace(" and ", " ") in _PUBLISHERS
        or _NUMBER.fullmatch(normal)
    ):
        return ()
    for one, other in (("nippon", "nihon"), ("united states of america", "usa")):  # one word romanised in two ways, and a land
        normal = normal.replace(one, other)
    words = " ".join(_PLACES.get(w, w) for w in normal.split()).split()
    return tuple(w for w in words if w not in _SMALL) or tuple(words)
