"""Which of the texts that several records have of one field says it best."""

from __future__ import annotations

from collections.abc import Container, Sequence

from review.model.patterns import lazy
from review.model.plain_text import plain

_COUNTED = frozenset(("year", "volume", "issue", "doi", "pmid", "pmcid"))
_FULLEST = frozenset(("abstract", "authors", "keywords"))
_VAGUE = frozenset(("GEN", "Generic", "misc", "document"))  # types that say nothing of a work
_WORD = lazy(r"\w+")
_ADDED = lazy(r"[\d(\[]| : ")

ELIDED = r"(?:…|\.\.\.)\W*$"  # a title that was cut off, as Google Scholar's
# What a page of the web has behind the title.
WEBSITE = (
    r"(?i:\s+[-–|]\s+(?:science ?direct(?: topics)?|pubmed(?: central)?|pmc|ncbi|springer ?link|springer|wiley online library|request pdf|pdf|google (?:scholar|search|books)|jstor"
    r"|semantic scholar|research ?gate|taylor & francis(?: online)?|oxford academic|cochrane library|europe pmc|proquest|ebsco ?host|ieee xplore|frontiers|cambridge core"
    r"|sage journals|mdpi|academia\.edu|eric|scielo|medrxiv|biorxiv|arxiv)\s*$)"
    r"|(?i:\s+\|\s+(?:nature|plos(?: [a-z0-9]+)*|jama(?: [a-z0-9]+)*|bmj(?: [a-z0-9]+)*|(?:the )?lancet|nejm|scientific reports)\s*$)|(?i:\s+[-–|]\s+original (?:article|paper|research)\s*$)|(?i:\s*\.pdf\s*$)"
)
# What goes on so is no subtitle: a reference, an address, who brought it out, a section of the text, or that it is of another kind.
_NO_SUBTITLE = lazy(
    r"\b(?:https?|www|doi|pp|elsevier|wiley|rights reserved|available from|\d+ \d+|(?:19|20)\d\d journal of|comment in|erratum (?:in|appears))\b"
    r"|^(?:background|introduction|objectives?|aims?|abstract|summary) .*\b(?:methods?|results)\b|^(?:comment|commentary|reply|letter) (?:on|to)\b|^journal of "
    r"|^(?:full text|review article|an overview|part \w+|part \w+ of \w+|\w \w)$|^(?:in \w+ with )?\w+ (?:version|summary|abstract|(?:19|20)\d\d)$|^(?:\w+ ){0,2}(?:dissertation|thesis)\b"
    r"|^(?:by )?(?:[^\W\d]{2,} [^\W\d]{1,2}(?: |$))+$|(?:^| )reply$"
)
_CUT = lazy(ELIDED)
_ORIGINAL = lazy(r"; \[[^\]]+\]\.?$")
# What may be no part of the title: a note, a translation, a page of the web.
_BEHIND = lazy(rf"{WEBSITE}|\s*(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\]?|\((?:[^()]|\([^()]*\))*\)?)[\s.]*$|\s[=/|]\s.*$|;\s*\[.*$")


def said_best(name: str, texts: Sequence[str], journals: Container[str]) -> str:
    """Of a field's texts the best; of equals, the first. journals: those of the records, plain, that may stand behind a title."""
    if name in _COUNTED:
        return max(texts, key=texts.count)
    if name == "type":
        return next((t for t in texts if t not in _VAGUE), texts[0])
    if name == "pages":  # of one first page the form that tells most, and no spreadsheet made a number of: `151-1.56E+04`
        begin = list(map(_first_page, texts))
        return max(texts, key=lambda t: (begin.count(_first_page(t)), "E+" not in t, len(t)))
    if name == "title":
        return _best_title(texts, journals)
    if name in _FULLEST:
        best = max(texts, key=len)
        whole = [t for t in texts if not _is_shouted(t) and t.count("; ") == best.count("; ")] if _is_shouted(best) else []
        return max(whole, key=len) if whole else best
    # Of a journal the name in full, where it is not for what PubMed and others add: `Lancet (London, England)`, `Lancet : the journal of …`, `Lancet, vol 3`.
    return min(texts, key=lambda t: (t[0] == "#", _is_shouted(t), name == "journal" and (_ADDED.search(t) is not None, -len(t))))


def _best_title(texts: Sequence[str], journals: Container[str]) -> str:
    """The first that is whole; or one that goes on where that ends, since many leave the subtitle out."""
    texts = [
        t for t in texts if len(t) > _LONGEST or not _ORIGINAL.search(t)
    ] or texts  # Scopus has the original title behind the English one
    faults = {t: (t[0] == "#", _CUT.search(t[-_TAIL:]) is not None, _is_shouted(t)) for t in texts}
    best = min(texts, key=faults.__getitem__)
    words = {t: _words(t) for t, of in faults.items() if of == faults[best]}
    begin = words[best]
    if not faults[best][1]:  # what was cut off may end within a word
        begin += " "
        # One word may be a language or the kind of a work.
        words = {
            t: of for t, of in words.items() if " " in (more := of[len(begin) :]) and more not in journals and not _NO_SUBTITLE.search(more)
        }
    longer = [t for t, of in words.items() if of.startswith(begin)]
    return min(longer, key=lambda t: (-len(words[t]), len(t)), default=best)


_TAIL = 100  # letters
_LONGEST = 1_000  # letters: in what is longer the look for what stands behind it would take for ever, and it is no title
_MOST = 3  # things behind one


def _words(title: str) -> str:
    """The title's own words, plain: without what stands behind it."""
    bare = title
    for _ in range(_MOST if len(title) <= _LONGEST else 0):
        end = _BEHIND.search(bare)
        if not end or not plain(bare[: end.start()]):
            break
        bare = bare[: end.start()]
    return plain(bare)


def _first_page(pages: str) -> str:
    return found[0] if (found := _WORD.search(pages)) else pages


def _is_shouted(text: str) -> bool:
    """Whether several words are all in capitals, as Web of Science has journals and Ovid of old titles; BMJ and PNAS are not."""
    return " " in text and text.isupper()
