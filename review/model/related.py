"""Reports that belong together without being one: an erratum, a retraction, another version … of a report, as its reader is told of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from review.model.patterns import lazy
from review.model.plain_text import plain
from review.model.words import counted

if TYPE_CHECKING:
    from review.model.record import Report

# The relations that a rule or a person may name, with the words for them.
RELATIONS = {
    "version_of": "a version of the other: preprint, update, protocol, reprint",
    "abstract_of": "the abstract of the other, given at a meeting",
    "erratum_or_retraction_of": "an erratum or a retraction of the other",
    "reply_to": "a reply to the other, or a comment on it",
    "co_publication": "published in two places",
}
MOST_SHOWN = 3  # quiet ones, where one reads

# Titles and publication types as NLM gives them to notices: www.nlm.nih.gov/bsd/policy/errata.html
_RETRACTION = lazy(
    r"^\W*(?:(?:notice|statement) of )?(?:retraction|withdrawal)\b|\bretraction (?:note|notice|statement)\b|^retraction of publication$",
    re.IGNORECASE,
)
_CONCERN = lazy(r"\b(?:expression|note) of concern\b", re.IGNORECASE)
_ERRATUM = lazy(r"\b(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a))\b|^\W*(?:\w+ )?corrections?\b", re.IGNORECASE)
_RETRACTED = lazy(
    r"^\W*(?:retracted|withdrawn)(?: (?:article|paper|chapter))?\s*[:\]]|^retracted publication$|\[retracted(?: article)?[.\]]",
    re.IGNORECASE,
)
GONE = ("etract", "ETRACT", "ithdr", "ITHDR")  # a title that says so has one of them, a publication type the first
_ANSWER = lazy(
    r"^(?:an? )?(?:re\b|in reply|in response|reply|response|comment|commentary|letter|author\S* (?:s )?(?:reply|response)|rejoinder|rebuttal|discussion)\b"
    r"|\b(?:comments?|commentary|reply|response|rejoinder|rebuttal|discussion) (?:on|to|of)\b|\b(?:comment|reply|response|rejoinder|rebuttal)$"
)  # of a title made plain


@dataclass(frozen=True, slots=True)
class Relation:
    """What another report is to one. other: its key, '' where the one's own record says it; kind: retraction, concern, erratum, notice
    (the one is itself a notice of the other), newer, older, version, abstract, reply, co-publication; loud: nobody may overlook it; role:
    what the other is of the two (`the erratum`, `what the first corrects`), '' where the records do not tell."""

    other: str
    kind: str
    loud: bool
    words: str
    role: str = ""


# The sorts of a version and of a report of a meeting, as a record shows them.
_PREPRINT = lazy(r"(?:\b(?:bio|med|chem|psy|soc|ed|earth|ess|engr)?a?rxiv\b|preprint|posted-?content|\bssrn\b|research square|^10\.(?:1101|2139|21203|20944|22541|26434|31234|31219|36227|48550)/)", re.IGNORECASE)  # fmt: skip
_PROTOCOL = lazy(r"\bprotocol\b", re.IGNORECASE)
_MEETING = lazy(r"conference|congress|meeting|symposium|proceedings|\babstracts?\b", re.IGNORECASE)
_SUPPLEMENT = lazy(r"suppl|abstract|meeting", re.IGNORECASE)
_POSTER = lazy(r"^[SAP]\d+\b", re.IGNORECASE)  # a page, of a supplement or of abstracts

_OWN = Relation("", "retraction", True, "RETRACTED or withdrawn, by its own record")
Pair = tuple[str, str, str, str]  # a verdict, the keys of two reports, and of the one that a person said is the erratum, the version …
Seen = Callable[[str, str, str, str], Relation]  # the same in; what the reader of the first is told of the second out
Related = Mapping[str, Sequence[Relation]]  # report -> its relations, the loud ones first


def both_ways(pairs: Iterable[Pair]) -> set[Pair]:
    """What has to be seen of pairs of reports: each of the two beside the other, once for each verdict."""
    pairs = list(pairs)
    said = {(verdict, *sorted((a, b))): first for verdict, a, b, first in pairs if first}
    once = {(verdict, *sorted((a, b))) for verdict, a, b, _ in pairs if a != b}
    return {(verdict, *way, said.get((verdict, a, b), "")) for verdict, a, b in once for way in ((a, b), (b, a))}


def related_by(pairs: Iterable[Pair], gone: Iterable[str], see: Seen) -> dict[str, tuple[Relation, ...]]:
    """Every report that another one bears on, or whose own record says that it was retracted (`gone`), by key, with its relations."""
    found = {key: [_OWN] for key in gone}
    for verdict, mine, other, first in sorted(both_ways(pairs)):
        found.setdefault(mine, []).append(see(verdict, mine, other, first))
    return {key: tuple(sorted(those, key=lambda r: (not r.loud, r.kind, r.other))) for key, those in sorted(found.items())}


def is_gone(report: Report) -> bool:
    """Whether a record of it says that it was retracted or withdrawn."""
    return _says(report, _RETRACTED)


def of_records(found: Related, keys: Iterable[str]) -> tuple[Relation, ...]:
    """Those of a report or study that holds these records."""
    return tuple(dict.fromkeys(r for key in keys for r in found.get(key, ())))


def shown(relations: Sequence[Relation]) -> tuple[list[str], list[str]]:
    """The loud ones, and the quiet ones in few lines, as text."""
    quiet = [r.words for r in relations if not r.loud]
    more = len(quiet) - MOST_SHOWN
    return [r.words for r in relations if r.loud], quiet[:MOST_SHOWN] + (
        [f"and {counted(more, 'more related report')}"] if more > 0 else []
    )


def to_json(found: Related) -> dict[str, Any]:
    import msgspec

    plain: dict[str, Any] = msgspec.to_builtins(found)  # as `dataclasses.asdict`, in a tenth of the time
    return plain


def from_json(data: Mapping[str, Any]) -> dict[str, tuple[Relation, ...]]:
    return {key: tuple(Relation(**r) for r in those) for key, those in data.items()}


def _says(report: Report, pattern: re.Pattern[str]) -> bool:
    """Whether a title or a publication type of the report reads so."""
    return any(pattern.search(part) for record in report.records for part in (record.title, *record.type.split("; ")))


def _notice(report: Report) -> str:
    """Of which kind of notice a report is; '' where it is none."""
    for kind, pattern in (("concern", _CONCERN), ("retraction", _RETRACTION), ("erratum", _ERRATUM)):
        if _says(report, pattern):
            return kind
    return ""


def seen(verdict: str, mine: Report, other: Report, first: str = "") -> Relation:
    """What the reader of `mine` is told of `other`. first: the key of the one that a person said is the erratum, the version …; it counts
    where the records do not tell.
    """
    place = ", ".join(p for p in (other.best("journal"), other.best("year"), other.place) if p)
    title, theirs_plain = " ".join(other.title.split()), plain(other.title)
    alike = plain(mine.title) in theirs_plain or theirs_plain in plain(mine.title)  # then it need not be read twice
    called = (place if alike and place else f"{title[:120] or '(no title)'}{f' ({place})' if place else ''}") + f" [{other.key}]"

    def told(kind: str, words: str, role: str = "", *, loud: bool = False) -> Relation:
        return Relation(other.key, kind, loud, f"{words}: {called}", role)

    found = _told(verdict, mine, other, told)
    if found.role or first not in (mine.key, other.key) or (verdict, first == mine.key) not in _SAID:
        return found
    return told(*_SAID[verdict, first == mine.key], loud=verdict == "erratum_or_retraction_of" and first == other.key)


# What a person's word on which is which tells the reader of the one that it is (True), and of the other.
_SAID = {
    ("erratum_or_retraction_of", True): ("notice", "This is an erratum or a retraction of it", "what the first corrects or retracts"),
    ("erratum_or_retraction_of", False): ("concern", "AN ERRATUM OR A RETRACTION", "the erratum or the retraction"),
    ("version_of", True): ("version", "What this is a version of", "what the first is a version of"),
    ("version_of", False): ("version", "A version of it", "the preprint, update, protocol or reprint"),
    ("abstract_of", True): ("abstract", "The full report", "the full report"),
    ("abstract_of", False): ("abstract", "Its abstract, given at a meeting", "the abstract given at a meeting"),
    ("reply_to", True): ("reply", "It answers", "what the first answers"),
    ("reply_to", False): ("reply", "Commented on or answered by", "the comment or reply"),
}


def _told(verdict: str, mine: Report, other: Report, told: Callable[..., Relation]) -> Relation:
    """What the records themselves tell."""
    year, theirs = mine.best("year"), other.best("year")
    match verdict:
        case "erratum_or_retraction_of":
            gone = _says(mine, _RETRACTED), _says(other, _RETRACTED)
            return _by_notice(_notice(mine), _notice(other), told, gone)
        case "version_of" if _preprint(mine) != _preprint(other):
            mine_is = _preprint(mine)
            return told("newer", "Published as", "the published version") if mine_is else told("older", "Its preprint", "the preprint")
        case "version_of" if bool(_PROTOCOL.search(mine.title)) != bool(_PROTOCOL.search(other.title)):
            first = bool(_PROTOCOL.search(mine.title))
            return told("newer", "What this protocol led to", "what the protocol led to") if first else told("older", "Its protocol", "the protocol")  # fmt: skip
        case "version_of" if year and theirs and year != theirs:
            later = theirs > year
            return told("newer", "A newer version", "the newer version") if later else told("older", "An earlier version", "the earlier version")  # fmt: skip
        case "version_of":
            return told("version", "Another version")
        case "abstract_of" if _meeting(mine) != _meeting(other):
            mine_is = _meeting(mine)
            return told("abstract", "The full report", "the full report") if mine_is else told("abstract", "Its abstract, given at a meeting", "the abstract given at a meeting")  # fmt: skip
        case "abstract_of":
            return told("abstract", "Abstract or full report of the same")
        case "reply_to" if (answers := _answers(mine, other)) != _answers(other, mine):
            return told("reply", "It answers", "what the first answers") if answers else told("reply", "Commented on or answered by", "the comment or reply")  # fmt: skip
        case "reply_to":
            return told("reply", "A comment or reply, or what it answers")
    return told("co-publication", "Published in another place too")


def _answers(report: Report, other: Report) -> bool:
    """Whether a title reads like an answer to the other; what it quotes of that one's title does not count."""
    mine, theirs = plain(report.title), plain(other.title)
    return mine not in theirs and bool(_ANSWER.search(mine.replace(theirs or "\n", "").strip()))


def tells_preprint(*texts: str) -> bool:
    """Whether a journal, a type, a DOI or another text of a record names a preprint or a server of these."""
    return any(map(_PREPRINT.search, texts))


def _preprint(report: Report) -> bool:
    return any(tells_preprint(r.journal, r.type, r.doi) for r in report.records)


def _meeting(report: Report) -> bool:
    """Whether a record of it shows that it was given at a meeting."""
    return any(
        _MEETING.search(r.journal) or _MEETING.search(r.type) or _SUPPLEMENT.search(f"{r.volume} {r.issue}") or _POSTER.search(r.pages)
        for r in report.records
    )


def _by_notice(mine: str, theirs: str, told: Callable[..., Relation], gone: tuple[bool, bool]) -> Relation:
    """mine, theirs: the kinds of notice; gone: whether the one and the other are marked as retracted themselves."""
    words = {"retraction": "RETRACTED", "concern": "EXPRESSION OF CONCERN", "erratum": "An erratum"}
    names = {"retraction": "the retraction", "concern": "an expression of concern", "erratum": "an erratum"}
    objects = {"retraction": "what the first retracts", "concern": "what the first is about", "erratum": "what the first corrects"}
    if theirs and not mine:
        return told(theirs, words[theirs], names[theirs], loud=theirs != "erratum")
    if mine and not theirs:
        return told("notice", f"This is {names[mine]} of it", objects[mine])
    if gone[1] and not mine:
        return told("retraction", "RETRACTED or withdrawn", "the one retracted or withdrawn", loud=True)
    role = "the one that is not withdrawn" if gone[0] else ""
    return told("concern", "AN ERRATUM OR A RETRACTION is linked, and its title does not tell which", role, loud=True)


def role(verdict: str, a: Report, b: Report, first: str = "") -> str:
    """Which is which of two reports that are linked: `the second is the erratum`; '' where neither their records nor a person's word tell.

    first: the key of a record, of the one that is the erratum, the version …
    """
    first = next((r.key for r in (a, b) if first in r.keys), "")
    return second_is(seen(verdict, a, b, first)) if verdict in RELATIONS else ""


def second_is(found: Relation) -> str:
    """`role`, of what is seen."""
    return f"the second is {found.role}" if found.role else ""
