"""Appraisal tools as forms. What a tool asks is a form like any other: two assessors, a judgement and its support, a consensus.

MMAT 2018 is here whole, in our own words, with a link to the form (Hong et al., version of 1 August 2018). Of tools whose
wording may not be copied the structure is here (domains, judgements, number of items): the wording is read on their form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from review.model.protocol_evidence import AppraisalTool, Domain, Form, FormField

YES_NO = ("Yes", "No", "Can't tell")
CATEGORY = "category"
OVERALL = "overall"

# Word of a judgement -> how it is coloured and marked (review.tables.symbols).
TONES: Mapping[str, str] = {
    "yes": "good", "low": "good", "no concerns": "good", "high quality": "good",
    "some concerns": "some", "moderate": "some", "partial": "some", "unclear": "unknown", "can't tell": "unknown", "no information": "unknown",
    "no": "bad", "high": "bad", "serious": "bad", "critical": "worst", "not applicable": "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preset:
    """domains: (label, what it asks); judgements: the words allowed."""

    domains: tuple[tuple[str, str], ...]
    judgements: tuple[str, ...]
    link: str
    overall: bool = False


def _numbered(n: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"Item {i}", "Read its wording on the tool's own form") for i in range(1, n + 1))


_JBI = ("Yes", "No", "Unclear", "Not applicable")
_CASP = ("Yes", "Can't tell", "No")
_JBI_LINK = "https://jbi.global/critical-appraisal-tools"
_CASP_LINK = "https://casp-uk.net/casp-tools-checklists/"

PRESETS: Mapping[str, Preset] = {
    "RoB2": Preset(
        (
            ("Randomisation", "Bias from the way in which participants came to their groups"),
            ("Deviations", "Bias from departures from the intended interventions"),
            ("Missing data", "Bias from outcome data that are missing"),
            ("Measurement", "Bias in how the outcome was measured"),
            ("Reported result", "Bias in which result was reported"),
        ),
        ("Low", "Some concerns", "High"),
        "https://www.riskofbias.info/welcome/rob-2-0-tool",
        overall=True,
    ),
    "ROBINS-I": Preset(
        (
            ("Confounding", "Bias from factors that differ between groups and bear on the outcome"),
            ("Selection", "Bias from who came into the study"),
            ("Classification", "Bias in telling who had the intervention"),
            ("Deviations", "Bias from departures from the intended interventions"),
            ("Missing data", "Bias from data that are missing"),
            ("Measurement", "Bias in how outcomes were measured"),
            ("Reported result", "Bias in which result was reported"),
        ),
        ("Low", "Moderate", "Serious", "Critical", "No information"),
        "https://www.riskofbias.info/welcome/home/current-version-of-robins-i",
        overall=True,
    ),
    "AACODS": Preset(
        (
            ("Authority", "Whether those responsible are known and credible"),
            ("Accuracy", "Whether aim, method and sources are stated and sound"),
            ("Coverage", "Whether its limits are stated"),
            ("Objectivity", "Whether bias and standpoint are open"),
            ("Date", "Whether it is dated and timely"),
            ("Significance", "Whether it adds something that matters here"),
        ),
        ("Yes", "No", "Can't tell"),
        "https://fac.flinders.edu.au/items/4bafbaac-ad2b-4ea0-8bb6-e0fd7bbf7b3e",
    ),
    **{
        f"JBI-{name}": Preset(_numbered(n), _JBI, _JBI_LINK)
        for name, n in {
            "qualitative": 10, "rct": 13, "quasi-experimental": 9, "cohort": 11, "case-control": 10, "cross-sectional": 8, "prevalence": 9,
            "case-series": 10, "case-report": 8, "economic": 11, "systematic-reviews": 11,
        }.items()
    },
    **{
        f"CASP-{name}": Preset(_numbered(n), _CASP, _CASP_LINK)
        for name, n in {
            "qualitative": 10, "systematic-review": 10, "rct": 11, "cohort": 12, "case-control": 11, "economic": 12, "diagnostic": 12,
        }.items()
    },
}  # fmt: skip

MMAT_LINK = "http://mixedmethodsappraisaltoolpublic.pbworks.com/"
# Its five categories of designs, each with five criteria; numbers are the tool's own, words are ours.
MMAT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "1": ("Qualitative", (
        "Qualitative approach fits the question", "Ways of collecting data are adequate", "Findings come from the data",
        "Data bear out the interpretation", "Sources, collection, analysis and interpretation hang together")),
    "2": ("Randomised trial", (
        "Randomisation done properly", "Groups alike at baseline", "Outcome data complete", "Assessors did not know the groups",
        "Participants kept to their intervention")),
    "3": ("Non-randomised", (
        "Participants stand for the target population", "Outcome and intervention (or exposure) measured properly", "Outcome data complete",
        "Confounders dealt with in design and analysis", "Intervention given (or exposure met) as intended")),
    "4": ("Descriptive", (
        "Sampling fits the question", "Sample stands for the target population", "Measurements appropriate", "Low risk of bias from non-response",
        "Statistics fit the question")),
    "5": ("Mixed methods", (
        "Good reason for mixing methods", "Components brought together to answer the question", "What comes of the integration is interpreted well",
        "Differences between components are dealt with", "Each component keeps to the standards of its own tradition")),
}  # fmt: skip
# A mixed study is judged by 5, by 1, and by the one of 2, 3, 4 that fits its quantitative part: fifteen criteria.
MMAT_CHOICES: Mapping[str, tuple[str, ...]] = {
    **{f"{n} {name}": (n,) for n, (name, _) in MMAT.items() if n != "5"},
    **{f"5 Mixed methods: 1 and {n} {MMAT[n][0]}": ("5", "1", n) for n in "234"},
}
BUILT_IN = ("MMAT-2018", *PRESETS)  # MMAT alone means it too


def form_of(tool: AppraisalTool) -> Form | None:
    """The form of a tool: its preset's, or what the protocol says; None where the protocol only names a tool that is not known here."""
    if tool.domains:
        return _form(tool.id, tool.domains, tool.judgements, tool.overall, tool.link)
    if tool.id in ("MMAT-2018", "MMAT"):
        return _mmat(tool.id)
    if preset := PRESETS.get(tool.id):
        domains = tuple(Domain(id=f"D{n}", label=label, help=help_) for n, (label, help_) in enumerate(preset.domains, 1))
        return _form(tool.id, domains, tool.judgements or preset.judgements, preset.overall, tool.link or preset.link)
    return None


def _form(tool: str, domains: tuple[Domain, ...], judgements: tuple[str, ...], overall: bool, link: str) -> Form:
    fields = [
        FormField(id=d.id, label=d.label, type="choice", choices=d.judgements or judgements, required=True, support=True, help=d.help)
        for d in domains
    ]
    if overall:
        fields.append(
            FormField(id=OVERALL, label="Overall", type="choice", choices=judgements, required=True, support=True, help="A person's judgement, not a sum")
        )  # fmt: skip
    return Form(question=tool, fields=tuple(fields), link=link)


def _mmat(tool: str) -> Form:
    screen = [
        FormField(id="S1", label="S1 Clear research questions", type="choice", choices=YES_NO, required=True, support=True,
                  help="No or Can't tell here or on S2: it may be no empirical study, and further appraisal may make no sense"),
        FormField(id="S2", label="S2 The data collected can answer them", type="choice", choices=YES_NO, required=True, support=True),
        FormField(id=CATEGORY, label="Category of design", type="choice", choices=tuple(MMAT_CHOICES), required=True,
                  help="A mixed methods study is judged by 5, by 1, and by the one of 2, 3 and 4 that fits its quantitative part"),
    ]  # fmt: skip
    criteria = [
        FormField(
            id=f"q{category}_{n}",
            label=f"{category}.{n} {label}",
            type="choice",
            choices=YES_NO,
            required=True,
            support=True,
            when={CATEGORY: tuple(choice for choice, sets in MMAT_CHOICES.items() if category in sets)},
        )
        for category, (_, labels) in MMAT.items()
        for n, label in enumerate(labels, 1)
    ]
    return Form(question=tool, fields=(*screen, *criteria), link=MMAT_LINK)


def tone_of(word: str) -> str:
    """The tone of a judgement's word; '' where it is none that is known."""
    return TONES.get(word.strip().replace("’", "'").casefold(), "")
