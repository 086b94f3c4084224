"""Covidence's exclusions: its lists have no column of verdicts, and the notes of a study tell why it was excluded."""

from __future__ import annotations

import re

from review.model.patterns import lazy

_REASON = lazy(r"(?:^|(?<=[;\n|]))\s*(?:Notes:\s*)?Exclusion reason:\s*([^;\n|]*?)\s*(?:[;|]|$)", re.MULTILINE)


def reason_in(note: str) -> tuple[str, str]:
    """(reason, the rest of the note); an empty reason where the note tells of no exclusion."""
    found = _REASON.search(note)
    return (found[1], (note[: found.start()] + note[found.end() :]).strip(" ;\n")) if found else ("", note)
