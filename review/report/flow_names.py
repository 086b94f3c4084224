"""What the rows and columns of a published flow are called -> the key of the interchange file.

A name that is known by heart comes first; else its words tell: what was done (identified, screened, sought …) and to what.
"""

from __future__ import annotations

import re

from review.model.patterns import lazy
from review.report.prisma_keys import ALIASES, WORDS

TITLES = ("identification", "screening", "included")  # rows of the interchange file that have no number of their own

_OTHER = lazy(r"\bother (?:methods?|sources?|means)|\badditional\b|\bnon[ -]database|\bgr[ae]y lit")
_COUNT = lazy(r"(?<![\s,:;\[(])[\s,:;\[(]*+\bn\s*[=:][\d.,’'\s]*+[\])]*+\s*$", re.IGNORECASE)
# In this order: the first whose words are all there tells. A name that also has a word after '!' is not meant.
_RULES: tuple[tuple[str, str], ...] = (
    ("previous_reports", r"reports? .*(?:previous|prior|original|earlier)|(?:previous|prior|original|earlier) .*reports?"),
    ("previous_studies", r"(?:previous|prior|original|earlier) .*(?:stud|review|version)|stud\w* .*(?:previous|prior|original)"),
    ("total_reports_ma", r"reports? .*(?:meta ?anal|quantitative synth)"),
    ("total_studies_ma", r"meta ?anal|quantitative (?:synth|anal)"),
    ("total_reports", r"total .*(?:reports?|articles|publications) .*includ|reports? of total"),
    ("total_studies", r"total .*stud\w* .*includ|total included"),
    ("after_duplicates", r"after .*(?:de ?)?duplic|unique (?:records|references|citations)|without duplicates|duplicates? removed remaining"),
    ("database_results", r"\bimport(?:s|ed)?\b"),  # Covidence's word
    ("duplicates", r"\bdup(?:l|es?\b)"),
    ("excluded_automatic", r"(?:\bauto|machine|algorithm|classifier) !screening !screened"),
    ("excluded_other", r"(?:removed|excluded) .*other reasons?|\brem(?:oved)? other"),
    ("removed", r"removed (?:before|prior)|records? removed"),
    ("notretrieved", r"not (?:be )?(?:retr|obtain|access|found|availab|locat)|unretriev|unavailab|irretriev|un(?:able|obtain)"),
    ("sought", r"sought|retrieval"),
    ("excluded_total", r"(?:full ?texts?|reports?|articles?|papers?|publications?|eligib\w*|stud\w*) .*(?:\bexcl|ineligib)|excl\w* .*(?:full ?texts?|reports?|reasons?|eligib)"),
    ("assessed", r"assess|eligib|full ?texts?"),
    ("records_excluded", r"\bexcl"),
    ("records_screened", r"screen"),
    ("register_results", r"regist(?:er|r(?:y|ies))"),
    ("website_results", r"web ?sites?|web search|internet|google !scholar"),
    ("organisation_results", r"organi[sz]ations?"),
    ("citations_results", r"citation (?:search|track|chas)|reference (?:lists?|track|search)|snowball|hand ?search|bibliograph|backward|forward"),
    ("other_results", r"other (?:methods?|sources?)|gr[ae]y lit|additional (?:records|sources|references)"),
    ("database_results", r"identif|databases?|\bdb\b|records (?:found|retrieved)|search(?:es)? (?:results?|yield)|(?:initial|total) (?:records|references|citations|hits)"),
    ("new_reports", r"(?:reports?|articles?|papers?|publications?) .*includ !stud|includ\w* .*(?:reports?|articles?|papers?|publications?) !stud|reports? of .*stud"),
    ("new_studies", r"\bincl|qualitative synth|final (?:sample|set)|synthesi[sz]ed"),
)  # fmt: skip
_ARMED = {"notretrieved": "notretrieved_reports", "sought": "sought_reports", "excluded_total": "excluded_total", "assessed": "assessed"}


def squashed(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.casefold())


def _names() -> dict[str, str]:
    """What may stand in a header -> its key: keys first, then aliases, then wordings (of two alike, the arm of databases)."""
    names = {squashed(key): key for key in WORDS}
    for key, aliases in ALIASES.items():
        names.update((squashed(alias), key) for alias in aliases if squashed(alias) not in names)
    for key, words in WORDS.items():
        names.setdefault(squashed(words), key)
    return names


_KEY_OF = _names()


def known(cell: str) -> str:
    """The key that a name is known for; '' of any other."""
    return _KEY_OF.get(squashed(_COUNT.sub("", cell)), "")


def key_of(cell: str) -> str:
    """The key that a name means, by heart or by its words; '' where it means none."""
    key = known(cell)
    if key in TITLES:
        key = "new_studies" if key == "included" else "records_screened" if key == "screening" else ""
    return key or _by_words(cell)


def other_arm(cell: str) -> bool:
    """Whether a column is that of the other methods."""
    return bool(_OTHER.search(" ".join(re.findall(r"[a-z]+", cell.casefold()))))


def _by_words(cell: str) -> str:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _COUNT.sub("", cell))  # recordsScreened
    words = " ".join(re.findall(r"[a-z]+", apart.casefold()))
    if not words or words.count(" ") > 16:
        return ""
    for key, pattern in _RULES:
        wanted, *unwanted = pattern.split(" !")
        if re.search(wanted, words) and not any(re.search(rf"\b{w}", words) for w in unwanted):
            if key in _ARMED:
                return f"{'other' if _OTHER.search(words) else 'dbr'}_{_ARMED[key]}"
            return "other_results" if key == "database_results" and _OTHER.search(words) else key
    return ""
