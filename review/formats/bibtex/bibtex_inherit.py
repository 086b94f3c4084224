"""What entries take from others: the `crossref` of BibTeX, and the containers `@xdata` of BibLaTeX (manual, 3.15.6 and appendix B)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from review.formats.base import Input
from review.formats.bibtex.bibtex_syntax import Entry, entries
from review.formats.characters.stream import blocks

_FROM_PARENT = (
    "year", "date", "month", "publisher", "editor", "address", "location", "volume", "series", "isbn", "issn", "url", "organization", "eventtitle",
)  # fmt: skip
_LINKS = frozenset({"crossref", "xdata"})


def parents(data: Input) -> dict[str, Entry]:
    """The entries that others name by `crossref` or `xdata`, which stand anywhere in the file, with what they take themselves.

    A stream is at its start again.
    """

    def anew() -> Iterator[str]:
        if not isinstance(data, bytes):
            data.seek(0)
        return blocks(data)

    found: dict[str, Entry] = {}
    if not isinstance(data, bytes) and not data.seekable():
        return found
    if any(name in block.lower() for block in anew() for name in _LINKS):
        wanted = {key for entry in entries(anew()) for name in _LINKS for key in _named(entry, name)}
        for entry in entries(anew()):
            if entry.kind and (key := entry.key.casefold()) in wanted:
                found.setdefault(key, entry)
    if not isinstance(data, bytes):
        data.seek(0)
    done: set[str] = set()
    for key in found:
        _complete(key, found, done)
    return found


def inherit(entry: Entry, by_key: Mapping[str, Entry], title_as: str = "booktitle") -> None:
    """Add to an entry what it lacks and its parents have, as far as BibTeX and BibLaTeX agree; of containers, all.

    title_as: the field that the parent's title becomes.
    """
    for key in _named(entry, "xdata"):
        if (box := by_key.get(key)) and box.line != entry.line and not box.broken:
            own = _own(entry)
            entry.fields += [(name, value) for name, value in box.fields if name and name not in own and name not in _LINKS]
    own = _own(entry)
    parent = by_key.get(next(iter(_named(entry, "crossref")), "\x00"))
    if parent is None or parent.line == entry.line or parent.broken:
        return
    values = dict(reversed(parent.fields))
    if not own & {"journal", "journaltitle", "booktitle"} and (title := values.get("booktitle") or values.get("title")):
        entry.fields.append((title_as, title))
        if title_as == "booktitle" and "booksubtitle" not in own and (more := values.get("booksubtitle") or values.get("subtitle")):
            entry.fields.append(("booksubtitle", more))
    dated = own & {"year", "date"}
    entry.fields += [
        (name, values[name])
        for name in _FROM_PARENT
        if name in values and name not in own and not (dated and name in ("year", "date", "month"))
    ]


def _complete(key: str, by_key: Mapping[str, Entry], done: set[str]) -> None:
    """Let a parent take from its own parents, once, theirs before."""
    waiting = [key]
    while waiting:
        entry = by_key[waiting[-1]]
        done.add(waiting[-1])
        above = [k for name in _LINKS for k in _named(entry, name) if k in by_key and k not in done]
        if above:
            waiting += above
        else:
            inherit(entry, by_key, "maintitle")  # a volume hands on its own title, not that of the whole
            waiting.pop()


def _own(entry: Entry) -> set[str]:
    return {name for name, value in entry.fields if value.strip()}


def _named(entry: Entry, link: str) -> list[str]:
    """The keys that a link names: one, or for containers several with commas between them."""
    text = next((value for name, value in entry.fields if name == link), "")
    return [key for part in (text.split(",") if link == "xdata" else [text]) if (key := part.strip().casefold())]
