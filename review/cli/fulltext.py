"""review fulltext: the documents behind the reports."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import As, AsJson, Review, member, out, out_json, progress_bar, run_stages, say, workspace
from review.errors import WORK_REMAINS, ReviewError, UsageError
from review.model.reading import one_line

if TYPE_CHECKING:
    from review.fulltext.shelf import Shelf
    from review.model.record import Report
    from review.model.screening import PhaseResult
    from review.workspace import Workspace

NAMED = 20  # files of other kinds, by name

app = typer.Typer(no_args_is_help=True, help="Full texts: add files, fetch open copies, see what is still to be got.")


_WAITS = "; it was not retrieved before, and waits for its reviewers again"


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="PDF, JATS (.nxml, .xml) or text files, or folders of them.")],
    who: As = "",
    for_: Annotated[str, typer.Option("--for", help="The report's key, where a file does not say it itself.")] = "",
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Put full texts beside the review, each matched with its report by DOI, PMID, PMCID or title."""
    from review.fulltext.finding import Finder
    from review.fulltext.read import document, kind_of
    from review.fulltext.shelf import PART

    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    files, passed = _files(paths)
    if for_ and len(files) != 1:
        raise UsageError(f"--for names one report, but there are {len(files)} files.", "Add them one by one.")
    shelf, sought, last = _material(space)
    finder, by_key = Finder(sought), {k: r for r in sought for k in r.keys}
    if for_ and for_ not in by_key:
        raise UsageError(f"There is no report '{for_}' among those sought.", "'review fulltext status' lists them with their keys.")
    told: list[dict[str, str]] = []
    with space.shared_ledger(PART).session() as ledger:
        for path in files:
            line = {"file": str(path), "report": "", "state": "refused", "says": ""}
            told.append(line)
            try:
                data = path.read_bytes()
                kind = kind_of(data, path.name)
                text = document(data, kind)
            except (ReviewError, OSError) as error:
                line["says"] = f"{error.message.rstrip('.')}. {error.hint}" if isinstance(error, ReviewError) else str(error.strerror)
                continue
            match = finder.find(path.name, data, text)
            key = for_ or match.report
            if not key:
                line["says"] = match.how
                continue
            report = by_key[key]
            kept = shelf.put(ledger, report, data, kind, by=who, origin=path.name)
            few = f"; {len(text.blank)} of {len(text.pages)} pages have no text: quotes from them can't be checked" if text.blank else ""
            note = (few if text.kind == "pdf" else "") if text.readable else "; a scan without text: quotes from it can't be checked"
            if last and report.key in last.not_retrieved:
                since = "; it was said since that it could not be got: who has it says otherwise by a verdict (review screen)"
                note += _WAITS if kept else since
            line |= {
                "report": report.key,
                "state": "added" if kept else "known",
                "says": f"{one_line(report.title, 70)} (by {'--for' if for_ else match.how}){note}",
            }
    _tell(told, as_json, passed)


@app.command()
def fetch(
    who: As = "",
    email: Annotated[str, typer.Option("--email", envvar="UNPAYWALL_EMAIL", help="Yours: Unpaywall wants to know who asks.")] = "",
    europe_pmc: Annotated[str, typer.Option("--europepmc-url", help="Another address of the service.")] = "",
    unpaywall: Annotated[str, typer.Option("--unpaywall-url", help="Another address of the service.")] = "",
    only: Annotated[list[str] | None, typer.Option("--only", help="A report's key. May be repeated.")] = None,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Fetch open copies of the full texts that are still to be got; what was tried is kept."""
    from review.fulltext.open_copies import OpenCopies
    from review.fulltext.shelf import PART
    from review.model.events import Sought

    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    shelf, sought, last = _material(space)
    wanted = [r for r in sought if not shelf.of(r.key).files and (not only or set(only) & set(r.keys))]
    copies = OpenCopies(email or os.environ.get("NCBI_EMAIL", ""), europe_pmc, unpaywall)
    told: list[dict[str, str]] = []
    with space.shared_ledger(PART).session() as ledger, progress_bar() as progress:
        for n, report in enumerate(wanted):
            progress("fetching full texts", n, len(wanted))
            copy, tried = copies.fetch(report)
            line = {
                "file": copy.url if copy else "",
                "report": report.key,
                "state": "added" if copy else "not found",
                "says": one_line(report.title, 70),
            }
            if copy:
                shelf.put(ledger, report, copy.data, copy.kind, by=who, origin=copy.url, licence=copy.licence)
                line["says"] += _WAITS if last and report.key in last.not_retrieved else ""
            else:
                line["says"] += f": {'; '.join(tried)}"
                before = shelf.of(report.key).tried
                if not (before and before[-1].note == "; ".join(tried)):
                    ledger.append(
                        Sought(record=report.key, records=report.keys, status="not found", where="open copies", note="; ".join(tried), by=who, protocol=space.digest)
                    )  # fmt: skip
            told.append(line)
    _tell(told, as_json)


@app.command()
def sought(
    key: Annotated[str, typer.Argument(help="The report's key.")],
    where: Annotated[str, typer.Option("--where", help="Where it was asked for: inter-library loan, the authors …")],
    who: As = "",
    note: Annotated[str, typer.Option("--note", help="What came of it so far.")] = "",
    review: Review = "",
) -> None:
    """Say that a full text was asked for and is awaited."""
    from review.fulltext.shelf import PART
    from review.model.events import Sought

    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    _, reports, _ = _material(space)
    report = next((r for r in reports if key in r.keys), None)
    if report is None:
        raise UsageError(f"There is no report '{key}' among those sought.", "'review fulltext status' lists them with their keys.")
    with space.shared_ledger(PART).session() as ledger:
        ledger.append(
            Sought(record=report.key, records=report.keys, status="awaiting", where=where, note=note, by=who, protocol=space.digest)
        )
    out(f"{report.key}: awaited from {where}.")


@app.command()
def status(review: Review = "", as_json: AsJson = False) -> None:
    """Each report that is sought: retrieved, not retrieved and why, awaited, or still to be got."""
    from collections import Counter

    space = workspace(review)
    shelf, reports, last = _material(space)
    told = [dict(zip(("report", "state", "says", "title"), (r.key, *_state(shelf, r, last), r.title), strict=True)) for r in reports]
    if as_json:
        out_json(told)
        return
    for line in told:
        says = f"  ({line['says']})" if line["says"] else ""
        out(f"{line['state']:<14} {line['report']}  {one_line(line['title'], 70)}{says}")
    states = Counter(line["state"] for line in told)
    say(f"{len(told):,} sought: " + (", ".join(f"{n:,} {state}" for state, n in sorted(states.items())) or "nothing yet"))


def _state(shelf: Shelf, report: Report, last: PhaseResult | None) -> tuple[str, str]:
    held = shelf.of(report.key)
    if last and report.key in last.not_retrieved:  # the last word, where there are files: that they do not do
        return "not retrieved", "; ".join(
            filter(None, (last.not_retrieved[report.key], *(f"{f.name} was added before" for f in held.files)))
        )
    if held.files:
        missing = [f.name for f in held.files if not (shelf.folder / f.name).is_file()]
        return "retrieved", f"{', '.join(f.name for f in held.files)}{'; not on this machine' if missing else ''}"
    votes = [v for o in last.outcomes if o.report == report.key for v in o.votes] if last else []
    # Who decided on it since has had it.
    if held.tried and held.tried[-1].status == "awaiting" and not any(v.id > held.tried[-1].id for v in votes):
        return "awaiting", f"{held.tried[-1].where}{f': {held.tried[-1].note}' if held.tried[-1].note else ''}, {held.tried[-1].at[:10]}"
    if votes:
        return "assessed", "decided on without a file here"
    return "to be got", held.tried[-1].note if held.tried else ""


def _material(space: Workspace) -> tuple[Shelf, list[Report], PhaseResult | None]:
    """The shelf; the reports sought, in key order (all, where the protocol has no full-text phase); that phase."""
    from review import pipeline
    from review.fulltext.shelf import Shelf

    run_stages(space, "screening")
    with pipeline.opened(space) as store:
        reports = store.reports()
        results = store.phases()
    last = next((r for r in results if r.phase == "full-text"), None)
    wanted = {o.report for o in last.outcomes} if last else {r.key for r in reports}
    return Shelf(space, reports), [r for r in reports if r.key in wanted], last


def _files(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """The files named, with those of the folders named; and what of the folders is of another kind."""
    found: list[Path] = []
    passed: list[Path] = []
    for path in paths:
        if path.is_dir():
            for p in sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")):
                (found if p.suffix.lower() in (".pdf", ".xml", ".nxml", ".txt") else passed).append(p)
        elif path.is_file():
            found.append(path)
        else:
            raise UsageError(f"{path}: is not there.", "Name files or folders.")
    return found, passed


def _tell(told: list[dict[str, str]], as_json: bool, passed: Sequence[Path] = ()) -> None:
    """passed: files of folders that are of another kind, and were left."""
    for path in passed[:NAMED]:
        say(f"  {path}: left: not a PDF, JATS (.nxml, .xml) or text file (.txt)")
    if len(passed) > NAMED:
        say(f"  … and {len(passed) - NAMED:,} more files of other kinds")
    if as_json:
        out_json(told)
    else:
        for line in told:
            name = f"{line['file']}: {line['report']}" if line["report"] and line["file"] else line["file"] or line["report"]
            out(f"{line['state']:<9} {name}: {line['says']}")
        count = {s: sum(x["state"] == s for x in told) for s in ("added", "known", "not found", "refused")}
        say(", ".join(f"{n:,} {state}" for state, n in count.items() if n) or "nothing to do")
    if any(line["state"] == "refused" for line in told):
        raise typer.Exit(WORK_REMAINS)
