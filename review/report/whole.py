"""The machine-readable whole of a report, with its JSON Schema. Lists are named with their length; their rows are in their CSV."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from review.model.flow import Flow
from review.model.screening import Agreement
from review.report.abstract import Part
from review.report.amstar2 import Judged
from review.report.answered import Answered
from review.report.checklists import Checklist
from review.report.deviations import Deviation, Version
from review.report.material import Item, Items
from review.report.predicate import Predicate
from review.report.search_log import SourceLine
from review.report.view import Excluded, Included, View

if TYPE_CHECKING:
    from pydantic import ConfigDict, TypeAdapter

VERSION = 1
ADDRESS = "report.schema.json"  # beside the documentation


class _Part:
    """What a report holds; more than it names does no harm in it."""

    __pydantic_config__: ClassVar[ConfigDict] = {}


@dataclass(frozen=True, kw_only=True)
class ListOf(_Part):
    """A list behind a number: its rows are in `file`."""

    id: str
    title: str
    n: int
    file: str


@dataclass(frozen=True, kw_only=True)
class FigureOf(_Part):
    """A figure: the drawing is in `file`; said: what it shows."""

    name: str
    caption: str
    said: str
    file: str


@dataclass(frozen=True, kw_only=True)
class Missing(_Part):
    """What is waited for, in the order in which to do it; n is 0 where there is nothing to count."""

    who: str
    n: int
    what: str
    command: str


@dataclass(frozen=True, kw_only=True)
class Claim(_Part):
    """A claim about conduct: n things that it is about, n_ok for which the record shows it, unproven that rest on imports."""

    id: str
    label: str
    holds: str
    n: int
    n_ok: int
    unproven: int
    unit: str
    said: str
    exceptions: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Settled(_Part):
    """A conflict: the decisions, as (who, verdict, reason), and what settled it."""

    report: str
    decisions: tuple[tuple[str, str, str], ...]
    resolution: tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Phase(_Part):
    phase: str
    sentences: tuple[str, ...]
    agreement: tuple[Agreement, ...]
    settled: tuple[Settled, ...]


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A report. interim: something is missing before it is final. protocol: digest of the protocol in use, strategies included."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    schema_version: int
    review: str
    title: str
    version: str
    protocol: str
    notice: str
    interim: bool
    as_of: str
    missing: tuple[Missing, ...]
    flow: Flow
    lists: tuple[ListOf, ...]
    sources: tuple[SourceLine, ...]
    phases: tuple[Phase, ...]
    collection: tuple[str, ...]
    evidence: tuple[Answered, ...]
    figures: tuple[FigureOf, ...]
    included: tuple[Included, ...]
    excluded: tuple[Excluded, ...]
    not_retrieved: tuple[Excluded, ...]
    abstract: tuple[Part, ...]
    limitations: tuple[str, ...]
    conduct: tuple[Claim, ...]
    amstar2: tuple[Judged, ...]
    mecir: tuple[Judged, ...]
    versions: tuple[Version, ...]
    deviations: tuple[Deviation, ...]
    checklists: tuple[Checklist, ...]
    program: str


def _values(view: View) -> dict[str, Any]:
    """The report as plain JSON values, in the shape of `schema`, but for what it claims about conduct."""
    as_is = ("notice", "interim", "as_of", "flow", "sources", "collection", "evidence", "included", "excluded", "not_retrieved", "abstract",
             "limitations", "amstar2", "mecir", "versions", "deviations", "checklists")  # fmt: skip
    values = {name: _plain(getattr(view, name)) for name in as_is}
    values |= {
        "schema_version": VERSION, "review": view.name, "title": view.protocol.review.title, "version": view.protocol.review.version,
        "protocol": view.digest, "program": f"review {view.version}",
        "missing": [{"who": w, "n": n, "what": what, "command": command} for w, n, what, command in view.missing],
        "lists": [{"id": x.id, "title": x.title, "n": len(x.items), "file": f"lists/{x.id}.csv"} for x in view.lists],
        "figures": [{"name": x.name, "caption": x.caption, "said": x.said, "file": f"figures/{x.name}.svg"} for x in view.figures],
        "phases": [
            {
                "phase": p.phase, "sentences": list(p.sentences), "agreement": _plain(p.agreement),
                "settled": [
                    {"report": key, "decisions": [[v.by, v.verdict, v.reason] for v in o.votes],
                     "resolution": [o.resolution.by, o.resolution.verdict, o.resolution.reason]}
                    for key, _, o in p.settled if o.resolution
                ],
            }
            for p in view.phases
        ],
    }  # fmt: skip
    return values


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)  # as `dataclasses.asdict`, tuples as lists, in a tenth of the time


def data(view: View) -> bytes:
    """The report as JSON, in the shape of `schema`."""
    told = {name: _json(value) for name, value in _values(view).items()}
    claims = (_object({name: _json(value) for name, value in p.stated().items()} | {"exceptions": _rows(p)}) for p in view.predicates)
    told["conduct"] = b"[%s]" % b",".join(claims)
    return _formatted(_object({f.name: told[f.name] for f in dataclasses.fields(Whole)})) + b"\n"


def _rows(claim: Predicate) -> bytes:
    """The exceptions, which may be very many: as JSON by columns, not one by one."""
    return Items.of(claim.exceptions).rows.write_json().encode()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _object(values: dict[str, bytes]) -> bytes:
    return b"{%s}" % b",".join(b"%s:%s" % (_json(name), value) for name, value in values.items())


def _formatted(text: bytes) -> bytes:
    """JSON as `json.dumps(…, indent=1)` gives it; that takes many times as long."""
    return msgspec.json.format(text, indent=1)


@cache
def _adapter() -> TypeAdapter[Whole]:
    from pydantic import TypeAdapter  # to make one takes longer than to write a report, which needs none

    return TypeAdapter(Whole)


def schema() -> str:
    """The JSON Schema of report.json (draft 2020-12)."""
    body = _adapter().json_schema(mode="serialization")
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": ADDRESS, **body}, indent=1, ensure_ascii=False) + "\n"
    )
