"""What people do, as frozen values: each is one line of a ledger.

Nothing here is ever changed or taken away: an undo, a change of mind and a resolution are further events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

Verdict = Literal["include", "exclude", "maybe"]
VERDICTS: tuple[Verdict, ...] = ("include", "exclude", "maybe")
# Codes for what a document does not give.
MISSING = {"NR": "not reported", "UC": "unclear", "NA": "not applicable"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """id: UUIDv7, so ids sort by time; at: ISO 8601 UTC; by: who; protocol: digest of the version in force."""

    kind: ClassVar[str] = "event"
    id: str = ""
    at: str = ""
    by: str = ""
    protocol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """The first line of a ledger: what it belongs to, and the review's notice if it has one."""

    kind: ClassVar[str] = "opened"
    review: str = ""
    ledger: str = ""  # such as title-abstract/AB
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About(Event):
    """An event about the record that was shown; `records` are all in its cluster at that time."""

    record: str = ""
    records: tuple[str, ...] = ()
    note: str = ""
    via: str = "screen"  # screen | import


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(About):
    """One reviewer's verdict on a report in a phase."""

    kind: ClassVar[str] = "decision"
    phase: str = ""
    verdict: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution(About):
    """An adjudicator's verdict where reviewers differ; `settles` are the ids of their decisions."""

    kind: ClassVar[str] = "resolution"
    phase: str = ""
    verdict: str = ""
    reason: str = ""
    settles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval(About):
    """Whether the full text of a report was got."""

    kind: ClassVar[str] = "retrieval"
    status: str = ""  # retrieved | not retrieved
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(About):
    """A remark of a reviewer on a record (in `note`). It never touches the verdict."""

    kind: ClassVar[str] = "note"
    phase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags(About):
    """A reviewer's tags on a record: those that now stand, all of them. They never touch the verdict."""

    kind: ClassVar[str] = "tags"
    phase: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion(About):
    """What one of those who differ holds after talking it over: include, exclude, or open where no agreement was found.

    A conflict is settled by discussion where all who voted say the same here; `settles` are the ids of their decisions.
    """

    kind: ClassVar[str] = "discussion"
    phase: str = ""
    verdict: str = ""  # include | exclude | open
    reason: str = ""
    settles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening(About):
    """A settled conflict is open again, and why (in `note`); `reopens` are the ids of what had settled it."""

    kind: ClassVar[str] = "reopening"
    phase: str = ""
    reopens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unblinding(Event):
    """Somebody was shown verdicts that were not theirs.

    records: the reports whose votes were shown, once all of them were cast; empty: all verdicts of the phase, asked
    for with a reason (`why`) while some are missing.
    """

    kind: ClassVar[str] = "unblinding"
    phase: str = ""
    records: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotRound(Event):
    """A round of the pilot begins: `records` are its random sample (keys of reports, in the order to screen)."""

    kind: ClassVar[str] = "pilot"
    phase: str = ""
    round: int = 0
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotGate(Event):
    """The phase may begin although its pilot has not reached the protocol's agreement, and why."""

    kind: ClassVar[str] = "gate"
    phase: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Event):
    """From here on this reviewer's next record is chosen in another way: by the question's words, or as learned from decisions.

    Without one it is by the words. So the order follows from the seed and the ledger, whenever the model was ready.
    """

    kind: ClassVar[str] = "ordering"
    phase: str = ""
    way: str = ""  # words | learned


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDrawn(Event):
    """A certificate's sample begins: from here on the unread reports come in the random order that follows from this event's id."""

    kind: ClassVar[str] = "sample"
    phase: str = ""
    unread: int = 0
    found: int = 0  # relevant ones before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Event):
    """A reviewer stops before the last report of a phase, and why; with what was known then.

    recall: the protocol's target; p: the hypergeometric p of it; certified: whether a certificate held.
    """

    kind: ClassVar[str] = "stop"
    phase: str = ""
    why: str = ""
    read: int = 0
    found: int = 0
    left: int = 0
    recall: str = ""
    p: str = ""
    certified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(About):
    """One extractor's value for one field, with the quote and the place it rests on; or a missing code."""

    kind: ClassVar[str] = "answer"
    question: str = ""
    field: str = ""
    value: str = ""
    missing: str = ""  # NR | UC | NA | ''
    quote: str = ""
    locator: str = ""
    instance: str = ""  # of a repeatable group: '' is the first, then 2, 3 …
    study: str = ""  # which one, where the report tells of several


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus(Answer):
    """The value that stands where extractors differ; `settles` are the ids of their answers."""

    kind: ClassVar[str] = "consensus"
    settles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness(Event):
    """A person's word that two records are, or are not, the same report."""

    kind: ClassVar[str] = "sameness"
    a: str = ""
    b: str = ""
    same: bool = True
    relation: str = ""  # what the one is to the other, where they belong together without being one: version_of …
    first: str = ""  # the key of that one: of the erratum, the version, the abstract, the reply; '' where nobody said which it is
    note: str = ""
    at_once: str = ""  # is the same in the words that one answer gave on several pairs: they are taken back together


@dataclass(frozen=True, slots=True, kw_only=True)
class FullText(About):
    """A full text that somebody put beside the review, known by the hash of its content."""

    kind: ClassVar[str] = "full-text"
    sha256: str = ""
    name: str = ""  # of the file, as it lies in fulltexts/
    format: str = ""  # pdf | jats | text
    origin: str = ""  # where it came from: the file's own name, or a URL
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought(About):
    """What was tried to get a full text (in `note`), with what result: awaiting, or not found."""

    kind: ClassVar[str] = "sought"
    status: str = ""  # awaiting | not found
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyLink(About):
    """A person's word that a report tells of a study, or that it does not; the primary report is named first."""

    kind: ClassVar[str] = "study-link"
    study: str = ""
    linked: bool = True
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyApart(Event):
    """A person's word that two reports tell of different studies, so that nobody is asked again."""

    kind: ClassVar[str] = "study-apart"
    a: str = ""
    b: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Event):
    """Takes back an event of the same ledger."""

    kind: ClassVar[str] = "undo"
    undoes: str = ""


def standing(events: Sequence[Event]) -> list[Event]:
    """The events that no undo takes back, in order. An undo can itself be undone."""
    undone: set[str] = set()
    for event in reversed(events):
        if isinstance(event, Undo) and event.id not in undone:
            undone.add(event.undoes)
    return [e for e in events if e.id not in undone and not isinstance(e, Undo)]
