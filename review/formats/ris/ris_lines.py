"""The values of RIS that go over several lines: a paragraph, a list with one item a line, or one value that was broken."""

from __future__ import annotations

from review.formats.characters.text import collapse, collapsed_lines, is_single_spaced
from review.model.patterns import lazy

_LISTS = frozenset({"KW", "AU", "A1"})
PARAGRAPHS = frozenset({"AB", "N2", "N1"})
_WRAPPED = lazy(r"\n[ \t]+")
# A name of its own, with initials, below another: no rest of a longer one.
_NAME = lazy(r"\s+(?!(?:and|of|for|the|in)\b)[^\W\d_][\w'’-]*(?: [\w'’-]+){0,2}, (?:[^\W\d_]\.?[- ]?){1,4}")


def lines(tag: str, value: str) -> list[str]:
    """The values in one that goes over several lines."""
    if tag in PARAGRAPHS:
        if is_single_spaced(value.replace("\n", " ")):
            return [value]  # there is nothing to tidy
        return [collapsed_lines(_WRAPPED.sub(" ", value))]
    if tag == "TY":  # it is one word: what stands below it is no more of it
        return [collapse(text) for text in value.split("\n")]
    if tag not in _LISTS:
        return [collapse(value)]
    if tag == "KW" and "\n " not in value and "\n\t" not in value:
        return [text.strip() for text in value.split("\n")]
    # One item a line; an indented line, or a name without a comma, goes on with the item before it.
    items: list[list[str]] = []
    for text in value.split("\n"):
        if items and (text[:1] in " \t" or (tag != "KW" and "," not in text)) and not (tag != "KW" and _NAME.fullmatch(text)):
            items[-1].append(text.strip())
        else:  # `and` is BibTeX's, by way of Mendeley
            items.append([text.removeprefix("and ").strip() if items and tag != "KW" else text.strip()])
    return [" ".join(filter(None, item)).removesuffix(" and") for item in items]
