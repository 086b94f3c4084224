"""What names a record, or the study that it is of, in whatever form people and programs write it."""

from __future__ import annotations

from review.model.patterns import lazy

# Numbers of trials, and of reviews, in their registries, as a pattern for any engine.
# https://trialsearch.who.int lists the registries; the forms of their numbers are on their own pages.
REGISTERED = (
    r"(?:NCT ?\d{8}|ISRCTN ?\d{8}|ACTRN ?\d{14}p?|(?:EUCTR|EudraCT)[ :-]*\d{4}-\d{6}-\d{2}(?:-[A-Z]{2})?|ChiCTR[-A-Z]*\d{8,10}|CTRI/\d{4}/\d+/\d+|DRKS\d{8}"
    r"|(?:JPRN-)?(?:UMIN\d{9}|JapicCTI-\d{6}|JMA-IIA\d{5})|JPRN-\w+|jRCT\w?\d{9,10}|IRCT\d{6,}N\d+|KCT\d{7}|PACTR\d{15,16}|TCTR\d{11}|NTR ?\d{3,5}|RPCEC\d{8}|ITMCTR\d{10}|RBR-\w{6,8}|SLCTR/\d{4}/\d+|LBCTR\d{8,10}|PER-\d{3}-\d{2}|(?:CTIS)?20\d\d-\d{6}-\d{2}(?:-\d{2})?|CRD42\d{9}|INPLASY\d{9,10}|(?:research|review)registry\d{3,6})"
)
# Where the pages of those registries are.
REGISTERS = r"(?:clinicaltrials\.gov|trialsearch\.who|who\.int/trialsearch|clinicaltrialsregister\.eu|isrctn\.(?:com|org)|anzctr\.org|crd\.york\.ac\.uk/prospero|chictr\.org|drks\.de|ctri\.nic|trialregister\.nl)"

ARXIV = (
    r"(?:\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,9}(?:\.[a-z]{2})?/\d{7}(?:v\d{1,2})?)"  # its numbers, since 2007 and before, in small letters
)

_HEAD = lazy(  # of a path, // has become /
    r"^(?:https?:/+(?:www\.)?(?:(?:dx\.)?doi\.org|pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/+|(?:doi|pmid)(?::\s*|\s+|(?=\d)))"
)


def identifier(name: str) -> str:
    """A DOI or PMID in small letters, without the address or word that stands before it, where a name is one; else the name."""
    plain = name.strip().casefold()
    return _HEAD.sub("", plain).rstrip("/") or plain
