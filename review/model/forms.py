"""The forms of a protocol, whole: with the blocks they reuse, and those of the appraisal tools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from review.model.appraisal import form_of
from review.model.protocol import Protocol
from review.model.protocol_evidence import ExtractionPlan, Form, FormField
from review.model.protocol_parts import PROGRESS_PLUS

STUDY = "study"  # the form of what is true of a study whichever question it answers

# Campbell et al., BMJ 2018;361:k1079 (TIDieR-PHP: interventions of population health and policy). Words are ours.
_TIDIER = (
    ("tidier_name", "Name of the intervention", "How it is called"),
    ("tidier_why", "Why", "Logic, mechanisms or reasons behind it"),
    ("tidier_materials", "What: materials", "Materials used or given out, and where they are"),
    ("tidier_procedures", "What and how", "What was planned, what was set up, how it was meant to be delivered"),
    ("tidier_who", "Who provided", "Who ran it, their legal status and powers"),
    ("tidier_where", "Where", "Places and settings"),
    ("tidier_when", "When and how often", "Dates, length, intensity"),
    ("tidier_variation", "Variation", "Planned and unplanned changes over time or place"),
    ("tidier_delivery", "How well", "Delivery against the plan, and how that was found out"),
)
BLOCKS: Mapping[str, tuple[FormField, ...]] = {
    "TIDieR-PHP": tuple(FormField(id=i, label=label, help=help_) for i, label, help_ in _TIDIER),
    # O'Neill et al., J Clin Epidemiol 2014;67:56-64; one instance for each dimension that a study reports on.
    "PROGRESS-Plus": (
        FormField(id="progress_dimension", label="Dimension", type="choice", choices=PROGRESS_PLUS, group="equity", help="PROGRESS-Plus"),
        FormField(id="progress_measured", label="How measured", group="equity"),
        FormField(id="progress_role", label="Role", type="choice", group="equity",
                  choices=("describes the sample", "stratified result", "interaction test", "targeted intervention")),
        FormField(id="progress_gradient", label="Effect on inequality", type="choice", group="equity",
                  choices=("narrows", "no difference", "widens", "mixed", "not assessed")),
        FormField(id="progress_scale", label="Scale of the inequality", type="choice", group="equity", choices=("absolute", "relative", "both")),
    ),
}  # fmt: skip


def whole(form: Form) -> Form:
    """A form with the fields of its blocks at its end."""
    extra = tuple(field for block in form.blocks for field in BLOCKS[block])
    return form.model_copy(update={"fields": (*form.fields, *extra), "blocks": ()}) if extra else form


def plan_of(protocol: Protocol) -> ExtractionPlan:
    """The plan with all its forms, whole: questions' first, then the appraisal tools'. Fields of themes have the codebook's as choices."""
    forms = [_coded(whole(form), protocol) for form in protocol.extraction.forms]
    forms += [form for tool in protocol.appraisal if (form := form_of(tool))]
    return protocol.extraction.model_copy(update={"forms": tuple(forms)})


def _coded(form: Form, protocol: Protocol) -> Form:
    codes = tuple(c.id for c in protocol.codebook if not c.questions or form.question in c.questions)
    fields = tuple(f.model_copy(update={"choices": codes}) if f.type == "theme" else f for f in form.fields)
    return form.model_copy(update={"fields": fields}) if codes else form


def tools(protocol: Protocol) -> dict[str, int]:
    """The appraisal tools: the ids under which their answers are kept, with the assessors that each needs."""
    return {tool.id: tool.votes for tool in protocol.appraisal}


def applies(field: FormField, answers: Mapping[str, str]) -> bool:
    """Whether a field is asked: its `when` names other fields of its form (id -> the answers that open it)."""
    return all(answers.get(other, "") in wanted for other, wanted in field.when.items())


def place_of(plan: ExtractionPlan, form: str, field: str) -> tuple[str, str]:
    """Where a field stands in the forms as they now are: (form, field), the same where it never moved."""
    to, _, name = plan.moved.get(f"{form}.{field}", "").partition(".")
    return (to, name) if name else (form, field)


def astray(plan: ExtractionPlan) -> list[tuple[str, str]]:
    """(the key, what is wrong) of each entry of `moved` that can't be followed."""
    there = {f"{form.question}.{f.id}" for form in map(whole, plan.forms) for f in form.fields}
    wrong = []
    for old, new in plan.moved.items():
        if old in there:
            wrong.append((old, f"'{old}' is still a field; only a field that is gone has moved"))
        elif old.count(".") != 1:
            wrong.append((old, f"'{old}' is not FORM.FIELD"))
        elif new not in there:
            wrong.append((old, f"'{old}' moved to '{new}', which is no field; write FORM.FIELD"))
    return wrong


def clashes(forms: Iterable[Form]) -> list[tuple[int, int, str]]:
    """(form, field, what is wrong) where a form does not hold together: `when` without its field, an id that a block has too."""
    wrong = []
    for n, form in enumerate(forms):
        ids = {f.id for f in form.fields}
        for m, field in enumerate(form.fields):
            for other, wanted in field.when.items():
                named = next((f for f in form.fields if f.id == other), None)
                if named is None:
                    wrong.append((n, m, f"'when' names '{other}', which is no field of this form; there are: {', '.join(sorted(ids))}"))
                elif named.choices and (strange := [w for w in wanted if w not in named.choices]):
                    wrong.append(
                        (n, m, f"'when' waits for '{strange[0]}', which is no choice of '{other}'; there are: {'; '.join(named.choices)}")
                    )
            wrong += [
                (n, m, f"'{field.id}' is a field of the block {block} too; give yours another id")
                for block in form.blocks
                if field.id in {f.id for f in BLOCKS[block]}
            ]
    return wrong
