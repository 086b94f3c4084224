"""The report stage: everything that is known, rendered."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import cache
from importlib import resources
from importlib.metadata import version
from typing import TYPE_CHECKING

from review.collector import without_collector
from review.errors import ReviewError
from review.model.extraction import Extraction
from review.model.related import from_json
from review.model.words import counted
from review.stage import Context, Result, Stage, Wait
from review.workspace import Workspace, digest_of, file_digest, sha256, write

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from review.report.material import Material
    from review.report.view import View
    from review.store.db import Store

FOLDERS = {"lists": "*.csv", "tables": "*.csv", "figures": "*.svg"}  # of the report -> what it keeps there
TEMPLATES = "templates"  # the review's own, beside the report
PAGES = ("report.html", "report.md", "flow.svg", "flow.json", "flow-prisma2020.csv", "report.json")


def inputs(workspace: Workspace) -> dict[str, str]:
    templates = resources.files("review.report") / "templates"
    texts = {t.name: sha256(t.read_bytes()) for t in sorted(templates.iterdir(), key=lambda t: t.name)}
    texts |= {f"own {name}": sha256(text.encode()) for name, text in own_templates(workspace).items()}
    return {
        "the protocol": digest_of(workspace.protocol.model_dump(mode="json")),
        "the strategies": digest_of(workspace.strategies),
        "the templates": digest_of(texts),
        "the style of citations": _style(workspace),
        "the findings": digest_of(workspace.findings.model_dump(mode="json")),
        "the searches": digest_of([asdict(replace(s, files=tuple(replace(f, name="") for f in s.files))) for s in workspace.searches()]),
    }


def _style(workspace: Workspace) -> str:
    """What the style is: its name and language are in the protocol, its text is not."""
    from review.report.citing import style_file

    path = style_file(workspace.protocol.citations, workspace.root)
    return sha256(path.read_bytes()) if path else ""


def own_templates(workspace: Workspace) -> dict[str, str]:
    """The review's own templates, which stand in the place of the package's of the same name: name -> text.

    Raises ReviewError where one can't be read, or stands for none.
    """
    known = {t.name for t in (resources.files("review.report") / "templates").iterdir()}
    found = {}
    for path in sorted((workspace.reports / TEMPLATES).glob("*")):
        if path.suffix not in (".j2", ".css", ".js", ".typ"):
            continue
        if path.name not in known:
            raise ReviewError(
                f"{workspace.shown(path)}: there is no template of that name to replace.", f"There are: {', '.join(sorted(known))}."
            )
        try:
            found[path.name] = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "is not UTF-8"
            raise ReviewError(f"{workspace.shown(path)}: {why}", "Mend it, or take it away.") from None
    return found


def gather(workspace: Workspace, store: Store, called: str = "") -> Material:
    """All that the report is made from, out of the index. called: a key, DOI or PMID, whose reports are wanted too."""
    from review.model.identifiers import identifier
    from review.report.citing import references
    from review.report.material import Material, Records

    rows = store.columns("key", "source", "searched", "title")
    records = Records(rows.join(store.members(), left_on="key", right_on="record", maintain_order="left"))
    phases = store.phases()
    bears_on = from_json(store.result("related"))
    extraction = Extraction.from_json(store.result("extraction")).disclosed()
    named = {r for s in extraction.studies for r in s.reports} | {o.report for p in phases if p.phase == "full-text" for o in p.outcomes}
    # A protocol without a full-text phase includes what the last phase that it has leaves, or everything.
    kept = {o.report for o in phases[-1].begun if o.state == "include"} if phases else set(records.rows["report"].to_list())
    kept |= named | (store.called(called, identifier(called)) if called else set())
    beside = {r.other for key in kept for r in bears_on.get(key, ()) if r.other}
    reports = {r.key: r for r in store.reports(kept | beside)}
    cited = [reports[key] for key in sorted(named & reports.keys())]
    return Material(
        protocol=workspace.protocol,
        records=records,
        rejects=store.rejects(),
        reports=reports,
        phases=phases,
        extraction=extraction,
        unsure=sum(store.rules("unsure").values()),
        findings=workspace.findings,
        related=bears_on,
        styled=cache(lambda: references(cited, workspace.protocol.citations, workspace.root)),
    )


def see(workspace: Workspace, store: Store, waits: Sequence[Wait]) -> View:
    """All that the report shows, out of the index. waits: of the stages before."""
    from review.report.view import view

    with without_collector():
        rules = store.rules("duplicate")
        return view(
            gather(workspace, store), workspace.searches(), name=workspace.name, digest=workspace.digest,
            rules=sorted(rules.items(), key=lambda x: (-x[1], x[0])), missing=waits, version=version("review"),
        )  # fmt: skip


def print_out(workspace: Workspace, seen: View, wanted: Collection[str]) -> list[Path]:
    """Write the report as Word, PDF, PNG (names of `printed.FILES`), in the review's own templates where it has them."""
    from review.report.printed import WORD_TEMPLATE, printed

    template = workspace.reports / TEMPLATES / WORD_TEMPLATE
    try:
        word = template.read_bytes() if template.is_file() else b""
    except OSError as error:
        raise ReviewError(f"{workspace.shown(template)}: {error.strerror}", "Check the permissions of the file.") from None
    made = printed(seen, wanted, own_templates(workspace), word)
    for name, data in made.items():
        write(workspace.reports / name, data)
    return [workspace.reports / name for name in made]


def run(context: Context) -> Result:
    # Heavy: loaded only when there is something to do.
    from review.report.compiled import default_folder
    from review.report.printed import FILES
    from review.report.render import listed, render

    workspace, store = context.workspace, context.store
    context.progress("rendering", 0, 1)
    with without_collector():
        seen = see(workspace, store, context.waits)
        files = {name: text.encode() for name, text in render(seen, own_templates(workspace), default_folder()).items()} | listed(seen)
    seen = replace(seen, lists=())  # they are long, and written: the room is wanted for typesetting
    if there := [name for name in FILES if (workspace.reports / name).is_file()]:
        print_out(workspace, seen, there)  # made before, when somebody asked: they must not tell of another state
    for name, data in files.items():
        write(workspace.reports / name, data)
    for folder, kept in FOLDERS.items():
        for path in sorted((workspace.reports / folder).glob(kept)):
            if f"{folder}/{path.name}" not in files:
                path.unlink()
    context.progress("rendering", 1, 1)
    flow = seen.flow
    name = workspace.shown(workspace.findings_path)
    strange = [f"{name}: {part} rests on '{key}', which is no included study" for part, key in strangers(workspace, store)]
    state = "INTERIM" if seen.interim else "final"
    return Result(
        digest=digest_of({name: sha256(data) for name, data in files.items()}),
        summary=f"{state}: {counted(flow.included_studies, 'study')} in {counted(flow.included_reports, 'report')} included",
        warnings=tuple(strange),
    )


def strangers(workspace: Workspace, store: Store) -> list[tuple[str, str]]:
    """(finding or outcome, key) of each study that the findings name and that is not included (any more)."""
    from review.report.evidence import Evidence

    if not workspace.findings.certain and not workspace.findings.findings:
        return []
    extraction = Extraction.from_json(store.result("extraction"))
    reports = {r.key: r for r in store.reports({key for study in extraction.studies for key in study.reports})}
    known = Evidence(workspace.protocol, extraction, reports).study_of
    return workspace.findings.strangers(known)


def outputs(workspace: Workspace, digest: str) -> str:
    """Why the files of the report are not as the stage left them; '' if they are."""
    found = {}
    for path in [
        *(workspace.reports / p for p in PAGES),
        *(p for f, kept in FOLDERS.items() for p in sorted((workspace.reports / f).glob(kept))),
    ]:
        if path.is_file():
            found[path.relative_to(workspace.reports).as_posix()] = file_digest(path)
    if digest_of(found) == digest:
        return ""
    return "a file of the report is missing" if any(p not in found for p in PAGES) else "a file of the report was changed"


STAGE = Stage("report", 12, ("search", "dedup", "screening", "extraction"), inputs, run, outputs)
