"""Reports that belong together without being one: an erratum, a retraction, another version … of a report, as its reader is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from review.model.record import Link, Report, plain
from review.model.words import counted

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
_RETRACTION = re.compile(
    r"^\W*(?:(?:notice|statement) of )?(?:retraction|withdrawal)\b|\bretraction (?:note|notice|statement)\b|^retraction of publication$",
    re.IGNORECASE,
)
_CONCERN = re.compile(r"\b(?:expression|note) of concern\b", re.IGNORECASE)
_ERRATUM = re.compile(r"\b(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a))\b|^\W*(?:\w+ )?corrections?\b", re.IGNORECASE)
_RETRACTED = re.compile(
    r"^\W*(?:retracted|withdrawn)(?: (?:article|paper|chapter))?\s*[:\]]|^retracted publication$|\[retracted(?: article)?[.\]]",
    re.IGNORECASE,
)
_GONE = ("etract", "ETRACT", "ithdr", "ITHDR")
_ANSWER = re.compile(r"^\W*(?:re\b|in reply|in response|reply|response|comment|commentary|letter|author\S* (?:reply|response)|rejoinder|discussion)|\b(?:comment|reply|rejoinder)\W*$", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """What another report is to one. other: its key, '' where the one's own record says it; kind: retraction, concern, erratum, notice
    (the one is itself a notice of the other), newer, older, version, abstract, reply, co-publication; loud: nobody may overlook it."""

    other: str
    kind: str
    loud: bool
    words: str


Related = Mapping[str, Sequence[Relation]]  # report -> its relations, the loud ones first


def related(reports: Iterable[Report], links: Iterable[Link]) -> dict[str, tuple[Relation, ...]]:
    """Every report that another one bears on, or whose own record says that it was retracted. links: those with a relation are taken."""
    linked = [x for x in links if x.verdict in RELATIONS]
    wanted = {key for x in linked for key in (x.a, x.b)}
    of: dict[str, Report] = {}
    suspects: dict[str, Report] = {}
    for report in reports:
        for record in report.records:
            if record.key in wanted:
                of[record.key] = report
            if any(word in record.title for word in _GONE) or "etract" in record.type:  # quick, before the look
                suspects[report.key] = report
    known = {r.key: r for r in of.values()}
    own = Relation("", "retraction", True, "RETRACTED or withdrawn, by its own record")
    found = {key: [own] for key, report in suspects.items() if _says(report, _RETRACTED)}
    for verdict, a, b in sorted({(x.verdict, *sorted((of[x.a].key, of[x.b].key))) for x in linked}):
        for mine, other in ((a, b), (b, a)):
            if mine != other:
                found.setdefault(mine, []).append(_seen(verdict, known[mine], known[other]))
    return {key: tuple(sorted(those, key=lambda r: (not r.loud, r.kind, r.other))) for key, those in sorted(found.items())}


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
    return {key: [asdict(r) for r in those] for key, those in found.items()}


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


def _seen(verdict: str, mine: Report, other: Report) -> Relation:
    """What the reader of `mine` is told of `other`."""
    place = ", ".join(p for p in (other.best("journal"), other.best("year"), other.place) if p)
    title, theirs_plain = " ".join(other.title.split()), plain(other.title)
    alike = plain(mine.title) in theirs_plain or theirs_plain in plain(mine.title)  # then it need not be read twice
    called = (place if alike and place else f"{title[:120] or '(no title)'}{f' ({place})' if place else ''}") + f" [{other.key}]"
    year, theirs = mine.best("year"), other.best("year")

    def told(kind: str, words: str, *, loud: bool = False) -> Relation:
        return Relation(other.key, kind, loud, f"{words}: {called}")

    match verdict:
        case "erratum_or_retraction_of":
            return _by_notice(_notice(mine), _notice(other), told, gone=_says(other, _RETRACTED))
        case "version_of" if year and theirs and year != theirs:
            return told("newer", "A newer version") if theirs > year else told("older", "An earlier version")
        case "version_of":
            return told("version", "Another version")
        case "abstract_of":
            return told("abstract", "Abstract or full report of the same")
        case "reply_to" if bool(_ANSWER.search(mine.title)) != bool(_ANSWER.search(other.title)):
            return told("reply", "It answers" if _ANSWER.search(mine.title) else "Commented on or answered by")
        case "reply_to":
            return told("reply", "A comment or reply, or what it answers")
    return told("co-publication", "Published in another place too")


def _by_notice(mine: str, theirs: str, told: Any, *, gone: bool) -> Relation:
    """mine, theirs: the kinds of notice; gone: the other is marked as retracted itself."""
    words = {"retraction": "RETRACTED", "concern": "EXPRESSION OF CONCERN", "erratum": "An erratum"}
    names = {"retraction": "the retraction", "concern": "an expression of concern", "erratum": "an erratum"}
    found: Relation
    if theirs and not mine:
        found = told(theirs, words[theirs], loud=theirs != "erratum")
    elif mine and not theirs:
        found = told("notice", f"This is {names[mine]} of it")
    elif gone and not mine:
        found = told("retraction", "RETRACTED or withdrawn", loud=True)
    else:
        found = told("concern", "AN ERRATUM OR A RETRACTION is linked, and its title does not tell which", loud=True)
    return found
