"""The map of the evidence as EPPI-Mapper reads it: the JSON in which EPPI-Reviewer exports coded references (CodeSets, References).

A field of a form that has choices or themes is a parent that nobody can tick, its choices are the codes below it; people choose in EPPI-Mapper
which parents are the rows and which the columns. A reference is a study, told by its primary report, so that the map counts studies.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from itertools import count
from typing import Any

from review.model.extraction import Given
from review.model.forms import tools
from review.model.protocol_evidence import FormField
from review.model.study import Study
from review.model.values import several
from review.report.evidence import Evidence

_PARENT, _LEAF = (1, "Not selectable (no checkbox)"), (2, "Selectable (show checkbox)")
_CODED = ("choice", "choices", "theme")
Code = tuple[str, str, str]  # form, field, choice


def eppi_map(evidence: Evidence) -> bytes:
    """JSON in UTF-8. Appraisal is left out: a map shows what evidence there is, not how good it is; disputed answers too, until settled."""
    skipped = tools(evidence.protocol)
    coded = {(q, f.id): f for q, form in evidence.forms.items() if q not in skipped for f in form.fields if f.type in _CODED}
    given = _given(evidence, coded)
    ids: dict[Code, int] = {}
    number = count(1)
    parents = []
    for (question, name), field in coded.items():
        parent, leaves = next(number), []
        answered = sorted(choice for q, f, choice in given if (q, f) == (question, name))
        for choice in dict.fromkeys((*field.choices, *answered)):
            ids[question, name, choice] = next(number)
            leaves.append(_attribute(ids[question, name, choice], choice, _LEAF, []))
        title = field.label if question == "study" else f"{question}: {field.label}"
        parents.append(_attribute(parent, title, _PARENT, leaves))
    told: dict[str, list[tuple[int, list[Given]]]] = defaultdict(list)
    for code, studies in given.items():
        for study, answers in studies.items():
            told[study].append((ids[code], answers))
    whole = {
        "CodeSets": [
            {
                "SetName": evidence.protocol.review.title, "ReviewSetId": 1, "SetId": 1,
                "SetType": {"SetTypeName": "Standard", "SetTypeDescription": ""}, "Attributes": {"AttributesList": parents},
            }
        ],
        "References": [_reference(evidence, n, study, sorted(told[study.key], key=lambda x: x[0])) for n, study in enumerate(evidence.studies, 1)],
    }  # fmt: skip
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _given(evidence: Evidence, coded: Mapping[tuple[str, str], FormField]) -> dict[Code, dict[str, list[Given]]]:
    """What stands: code -> study -> the answers that give it."""
    found: dict[Code, dict[str, list[Given]]] = defaultdict(lambda: defaultdict(list))
    for cell in evidence.extraction.cells:
        field = coded.get((cell.question, cell.field))
        if field and cell.stands and cell.stands.value:
            for choice in [cell.stands.value] if field.type == "choice" else several(cell.stands.value):
                found[cell.question, cell.field, choice][cell.report].append(cell.stands)
    return found


def _attribute(number: int, name: str, kind: tuple[int, str], below: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "AttributeId": number, "AttributeName": name, "AttributeType": kind[1], "AttributeTypeId": kind[0], "AttributeDescription": "", "AttributeSetId": number,
        "ExtURL": "", "ExtType": "", "OriginalAttributeID": 0, "Attributes": {"AttributesList": below},
    }  # fmt: skip


def _reference(evidence: Evidence, number: int, study: Study, told: list[tuple[int, list[Given]]]) -> dict[str, Any]:
    report = evidence.reports[study.reports[0]]
    label = evidence.labels[study.key]
    codes = [
        {
            "AttributeId": code, "AdditionalText": "\n".join(dict.fromkeys(a.note for a in answers if a.note)),
            "ItemAttributeFullTextDetails": [{"Text": text, "DocTitle": label} for text in dict.fromkeys(a.quote for a in answers if a.quote)],
            "ArmId": 0, "ArmTitle": "",
        }
        for code, answers in told
    ]  # fmt: skip
    return {
        "ItemId": number, "Title": report.title, "ParentTitle": report.best("journal"), "ShortTitle": label, "Year": report.best("year"),
        "Abstract": report.best("abstract"), "Authors": report.best("authors"), "Volume": report.best("volume"), "Issue": report.best("issue"),
        "Pages": report.best("pages"), "URL": report.best("url"), "DOI": report.best("doi"), "TypeName": report.best("type"), "Codes": codes, "Outcomes": [],
    }  # fmt: skip
