"""review link: which reports tell of one study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import AsJson, Review, member, next_step, out, out_json, say, workspace
from review.errors import UsageError
from review.model.reading import one_line

if TYPE_CHECKING:
    from review.model.record import Report
    from review.model.study import Study
    from review.workspace import Workspace

PART = "studies"


def command(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="What the study shall be called, then the keys of its reports, the primary one first.", show_default=False),
    ] = None,
    who: Annotated[str, typer.Option("--as", help="Your id in the protocol's team.", show_default=False)] = "",
    unlink: Annotated[bool, typer.Option("--unlink", help="These reports do not tell of that study after all.")] = False,
    apart: Annotated[
        tuple[str, str] | None,
        typer.Option("--apart", help="Two reports of different studies: they are not suggested again.", show_default=False),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="The studies as they are linked.")] = False,
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Link reports to studies: one study may be told in many reports, one report may tell of two studies.

    Without arguments, pairs that may belong together are suggested; nothing is linked before a person says so.
    """
    space = workspace(review)
    reports, studies = _material(space)
    if apart:
        _apart(space, who, apart, note, reports)
    elif names:
        _link(space, who, names, unlink, note, reports)
    elif listed:
        _list(studies, reports, as_json)
    else:
        _suggest(space, reports, studies, as_json)


def _material(space: Workspace) -> tuple[dict[str, Report], list[Study]]:
    from review import pipeline
    from review.cli.extract import material

    _, found = material(space)
    with pipeline.opened(space) as store:
        every = {r.key: r for r in store.reports()}
    return {k: every[k] for s in found.studies for k in s.reports}, list(found.studies)


def _of(key: str, reports: dict[str, Report]) -> Report:
    """The included report of a key, also of a duplicate's. Raises UsageError."""
    report = next((r for r in reports.values() if key in r.keys), None)
    if report is None:
        raise UsageError(f"There is no included report '{key}'.", "'review link --list' lists them with their keys.")
    return report


def _link(space: Workspace, who: str, names: list[str], unlink: bool, note: str, reports: dict[str, Report]) -> None:
    import re

    from review.model.events import StudyLink

    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    study, *keys = names
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", study):
        raise UsageError(
            f"'{study}' can't be a study's name.",
            "A name begins with a letter and holds letters, digits, '-' and '_': review link heart-2010 KEY KEY",
        )
    if not keys:
        raise UsageError("No report is named.", "Name the keys of its reports: review link NAME KEY KEY --as WHO")
    found = [_of(key, reports) for key in keys]
    with space.shared_ledger(PART).session() as ledger:
        ledger.append_all(
            [
                StudyLink(by=who, study=study, record=r.records[0].key, records=r.keys, linked=not unlink, primary=n == 0 and not unlink, note=note, protocol=space.digest)
                for n, r in enumerate(found)
            ]
        )  # fmt: skip
    out(f"{study}: {', '.join(r.key for r in found)} {'unlinked' if unlink else 'linked'} by {who}.")
    say(f"Next: {next_step(space, 'review run')}")


def _apart(space: Workspace, who: str, pair: tuple[str, str], note: str, reports: dict[str, Report]) -> None:
    from review.model.events import StudyApart

    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    a, b = sorted(_of(key, reports).key for key in pair)
    if a == b:
        raise UsageError("These are one report.", "Name two.")
    with space.shared_ledger(PART).session() as ledger:
        ledger.append(StudyApart(by=who, a=a, b=b, note=note, protocol=space.digest))
    out(f"{a} and {b}: different studies, says {who}.")


def _list(studies: list[Study], reports: dict[str, Report], as_json: bool) -> None:
    if as_json:
        out_json([{"study": s.key, "linked": s.linked, "reports": list(s.reports)} for s in studies])
        return
    for study in studies:
        if study.linked:
            out(study.key)
        for n, key in enumerate(study.reports):
            out(
                f"{'  ' if study.linked else ''}{key}  {one_line(reports[key].title, 80)}{' (primary)' if study.linked and n == 0 and len(study.reports) > 1 else ''}"
            )
    say(f"{len(studies):,} studies in {len(reports):,} reports")


def _suggest(space: Workspace, reports: dict[str, Report], studies: list[Study], as_json: bool) -> None:
    from itertools import combinations

    from review.extraction.suggest import suggest
    from review.model.study import apart

    report_of = {k: r.key for r in reports.values() for k in r.keys}
    settled = apart(space.shared_ledger(PART).events(), report_of)
    settled |= {pair for s in studies for pair in combinations(sorted(s.reports), 2)}
    found = suggest(list(reports.values()), settled)
    if as_json:
        out_json([{"a": s.a, "b": s.b, "evidence": s.evidence} for s in found])
        return
    for s in found:
        out(f"{s.a}\n  {one_line(reports[s.a].title, 90)} ({reports[s.a].best('year') or 'no year'})")
        out(f"{s.b}\n  {one_line(reports[s.b].title, 90)} ({reports[s.b].best('year') or 'no year'})\n  {s.evidence}\n")
    say(f"{len(found):,} pairs may tell of one study; nothing is linked before you say so.")
    if found:
        say("Say what they are: review link NAME KEY KEY --as WHO   or   review link --apart KEY KEY --as WHO")
