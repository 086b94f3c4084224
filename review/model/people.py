"""Names of authors, as sources write them."""

from __future__ import annotations

import re

from review.model.patterns import lazy

_BODY = lazy(
    r"^the\b|\b(agency|association|cent(?:re|er)|college|collaboration|commission|committee|consortium|council|department|england|foundation|fund|group"
    r"|health|institut\w*|ministry|network|nhs|nice|office|organi[sz]ation|panel|scotland|service|society|team|trust|union|universit\w+|wales|who)\b",
    re.IGNORECASE,
)


def family(author: str) -> str:
    """The family name of an author as sources write them: 'Family, Given', 'Family GG', 'Given Family'; a body's whole name."""
    author = author.strip().rstrip(",")
    if _BODY.search(author) and "," not in author:
        return author
    if "," in author:
        return author.split(",")[0].strip()
    words = author.split()
    if len(words) > 1 and words[-1].replace(".", "").isupper() and len(words[-1].replace(".", "")) <= 3:
        return " ".join(words[:-1])
    return words[-1] if words else ""
