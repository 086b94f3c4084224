"""What Ovid hangs on to the titles of MEDLINE and PsycINFO, and of which libraries that were filled from it are full: `Walks. [Review] [45 refs]`,
`Walks.[see comment]`, `[Walks]. [German]`."""

from __future__ import annotations

from dataclasses import replace

from review.model.languages import LANGUAGES
from review.model.patterns import lazy
from review.model.record import Record

# That it was retracted stays in the title, for whoever screens it; `[corrected]` and `[Comment]` may be the title's own.
_NOTE = lazy(
    r"Review|\d{1,4} refs?|References|(?:Miscellaneous )?Article|Miscellaneous|see comments?|comments?"
    r"|(?i:in process citation|(?:summary for patients|original report) in\b.*|updates? (?:in|of)\b.*|(?:published )?errat(?:um|a)(?: appears?)? in\b.*"
    r"|(?:corrected and )?republished (?:in|from)\b.*|reprint(?:ed)? (?:in|of|from)\b.*)"
)
_LANGUAGES = lazy(r"(?:Article in )?((?:[A-Z][a-z]+(?:, | and |/)?){1,4})")
_BETWEEN = lazy(r", | and |/")


def without_notes(record: Record) -> Record:
    """The record with the notes behind its title as its own note, as they came."""
    title = record.title
    if "]" not in title[-2:]:
        return record
    end = len(title)
    while (bare := title[:end].rstrip()).rstrip(".").endswith("]"):
        start = bare.rfind("[")
        note, before = bare[start + 1 :].rstrip(".")[:-1], bare[: max(start, 0)].rstrip()
        if not any(map(str.isalnum, before)) or not (_NOTE.fullmatch(note) or _is_language(note, before)):
            break
        end = len(before)
    if end == len(title):
        return record
    return replace(record, title=title[:end], extra=(*record.extra, ("note", title[end:].strip())))


def _is_language(note: str, before: str) -> bool:
    """Whether it is the language of a work, which stands behind the end of the title: of a title without one it may be the last word."""
    found = _LANGUAGES.fullmatch(note) if before.endswith((".", "?", "!", "]")) else None
    # No exporter notes the language that it is written in itself.
    return found is not None and found[1] != "English" and all(name.casefold() in LANGUAGES for name in _BETWEEN.split(found[1]))
