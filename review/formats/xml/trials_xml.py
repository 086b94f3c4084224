"""Registers of trials as XML: the WHO's portal (ICTRP, `<Trial>`), what national registers give in the form in which they send it there (`<trial><main>`: ChiCTR,
IRCT, DRKS, ReBEC …), ANZCTR, ISRCTN (`<fullTrial>`) and ClinicalTrials.gov as it was until 2024 (`<clinical_study>`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input, head_of
from review.formats.characters.text import collapse
from review.formats.entries.xml_entries import read_entries
from review.formats.tagged.labelled import of_pairs
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_MARK = lazy(
    r"<(?:Trials_downloaded_from_ICTRP|clinical_study|fullTrial|ANZCTR_Trial)[\s>]|<trial>\s*<main>\s*<trial_id>|<Trial>\s*(?:<[^<>]*>[^<>]*</[^<>]*>\s*){0,5}<TrialID>"
)
_NAMES = {
    "brief_summary/textblock": "abstract", "condition": "keywords", "id_info/nct_id": "nct number", "keyword": "keywords", "official_title": "title",
    "required_header/url": "url", "start_date": "start date", "study_first_posted": "first posted",
    "reference/citation": "cited", "reference/PMID": "cited", "results_reference/citation": "cited", "results_reference/PMID": "cited", "trial/isrctn": "isrctn", "trial/trialDescription/title": "title",
    "trial/trialDescription/scientificTitle": "scientific title", "trial/trialDescription/plainEnglishSummary": "abstract", "trial/externalRefs/doi": "doi",
    "trial/conditions/condition/description": "keywords",
    "main/trial_id": "trial id", "main/public_title": "public title", "main/scientific_title": "scientific title", "main/date_registration": "date registration", "main/url": "url",
    "main/hc_freetext": "condition", "health_condition_keyword/hc_keyword": "keywords",
    "actrnumber": "actrn", "trial_identification/studytitle": "public title", "trial_identification/scientifictitle": "scientific title", "approvaldate": "registration date",
    "conditions/healthcondition": "condition",
}  # fmt: skip


_NATIONAL = lazy(r"<ANZCTR_Trial[\s>]|<trial>\s*<main>")


def score(head: str) -> float:
    """0.95 for XML with trials of ICTRP or ClinicalTrials.gov in it, else 0."""
    return 0.95 if _MARK.search(head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each trial, in file order. Raises FormatError where the text has none."""
    # What these call a trial stands within one of ISRCTN.
    tags = "ANZCTR_Trial|trial" if _NATIONAL.search(head_of(data)) else "clinical_study|Trial|fullTrial"
    missing = FormatError("no trial in it", "Export from ICTRP as XML, or from ClinicalTrials.gov as CSV.")
    yield from read_entries(
        data,
        tags,
        _record,
        "<Trials_downloaded_from_ICTRP|<allTrials|<ANZCTR_Trials|<trials",
        missing,
    )


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    pairs = [pair for child in root for pair in _leaves(child, str(child.tag))]
    if (isrctn := root.find("trial/isrctn")) is not None and isrctn.text:
        pairs = [(name, f"ISRCTN{text}" if name == "trial/isrctn" and text.isdigit() else text) for name, text in pairs]
        pairs.append(("date_assigned", isrctn.get("dateAssigned", "")))
    told = {name for name, _ in pairs}
    named = [("title" if name == "brief_title" and "official_title" not in told else name, text) for name, text in pairs]
    return of_pairs(line, raw, [(name.replace("_", " ") if name not in _NAMES else name, text) for name, text in named], _NAMES)


def _leaves(element: Element, path: str) -> Iterator[tuple[str, str]]:
    if len(element):
        for child in element:
            yield from _leaves(child, f"{path}/{child.tag}")
    elif text := collapse(
        _ITEM.sub("; ", (element.text or "").strip().removeprefix("-")) if element.tag == "Condition" else element.text or ""
    ):
        yield path, text


_ITEM = lazy(r"\n\s*-\s*")  # of the EU's registers


FORMAT = Format("trials-xml", "XML of trial registers (ICTRP, ClinicalTrials.gov)", score, read)
