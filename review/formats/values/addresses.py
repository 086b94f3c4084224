"""The DOI in an address, or in a note."""

from __future__ import annotations

import re
from urllib.parse import unquote

from review.formats.characters.text import OF_ALL_VERSIONS, RESOLVER, doi_in, is_only
from review.model.identifiers import ARXIV
from review.model.patterns import lazy

# In an OpenURL (ProQuest), in Scopus's address of a record, and in Ovid's of a text, where brackets are coded twice.
_ASKED = lazy(r"[?&](?:(?:rft_)?id=(?:info(?::|%3A))?doi(?:[:/]|%2F|%3A)|doi?=)(10\.[^&\s]+)", re.IGNORECASE)
# In a publisher's, as a part of its path, with a word behind it for what of the work is shown there.
_PATH = lazy(r"https?://[^\s?#]+?/(10\.\d{4,9}/[^\s?#/]+(?:/[^\s?#/]+)?)/?(?:[?#]\S*)?", re.IGNORECASE)
_NUMBERED = lazy(r"(/article[\w-]*/doi/10\.\d{4,9}/[^\s?#]+?)/\d{4,}(?:/[^\s/?#]*)?(?=[?#]|$)")  # Silverchair's own number, and a title
_SHOWN = lazy(
    r"(?:/(?:full|fulltext|full-text|abstract|summary|epub|e?pdf|pdf-download|x?html|xml|meta|references|citedby|figures|tables|metrics|info)|\.e?pdf)+(?=[/?#]|$)",
    re.IGNORECASE,
)
_VERSION = lazy(rf"({OF_ALL_VERSIONS})v\d+(?:\.[\w.-]+)?")


# `DOI: 10.1000/x` in a note, TeXMed's `[DOI:10.1000/x]`; in small letters, as citations have it, only at the beginning of a line.
_NAMED = lazy(r"(?:(?:^|[\[(;.,|\s])DOI|^(?i:doi)):? {0,2}(10\.\d{4,9}/[^\s;,|]+)", re.MULTILINE)

_ANY = lazy(r"10\.\d{4,9}/[^\s;,|]+")


def doi_named(note: str) -> str:
    """The DOI that a note calls one, in lower case, where it is the only one in it: others are of what comments on the work."""
    found = _NAMED.search(note) if "10." in note else None
    return doi_in(found[1]) if found and len(set(map(doi_in, _ANY.findall(note)))) == 1 else ""


def doi_of(address: str) -> str:
    """The DOI that an address names, in lower case: that of a resolver, one that it asks for, or one that stands where an address does.

    A publisher's may be that of another work, in which somebody saw this one: see `doi_in_path`.
    """
    if "=" in address and (named := _ASKED.search(address)):
        return doi_in(unquote(unquote(named[1])))
    doi = doi_in(address)
    return doi if doi and (RESOLVER.search(address) or is_only(doi, address)) else ""


_AT_ARXIV = lazy(rf"(?:arxiv: ?)?({ARXIV})(?: \[[\w.-]+\])?", re.IGNORECASE)


def at_arxiv(number: str) -> str:
    """The address of arXiv's paper of that number (`2101.00001`, `arXiv:cs/0412001v1 [cs.CL]`); "" for what is none."""
    found = _AT_ARXIV.fullmatch(number)
    return f"https://arxiv.org/abs/{found[1]}" if found else ""


def doi_in_path(address: str) -> str:
    """The DOI in the path of a publisher's address, in lower case; "" where there is none, or where more than the work may be meant."""
    found = _PATH.fullmatch(_SHOWN.sub("", _NUMBERED.sub(r"\1", unquote(address).strip()))) if "10." in address else None
    if not found:
        return ""
    version = _VERSION.fullmatch(found[1])
    return doi_in(version[1] if version else found[1])
