"""review protocol: check, lock, amend, schema."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import AsJson, Review, out, out_json, say, workspace
from review.errors import ReviewError, UsageError

if TYPE_CHECKING:
    from review.workspace import Workspace

app = typer.Typer(no_args_is_help=True, help="Check, lock and amend the protocol.")

File = Annotated[Path | None, typer.Argument(help="The protocol file; may be left out where there is only one.", show_default=False)]


@app.command()
def check(file: File = None, review: Review = "", as_json: AsJson = False) -> None:
    """Read the protocol and its strategies; list every error with its line and column."""
    from review.model.protocol_yaml import warnings
    from review.model.words import counted
    from review.report.citing import style_file
    from review.report.prisma_s import items

    space = workspace(review, file)
    protocol, digest = space.protocol, space.digest
    space.check_lock()
    style_file(protocol.citations, space.root)
    doubts = [*warnings(protocol, space.protocol_text, space.shown(space.protocol_path)), *_typed_elsewhere(space)]
    asked = [item for item in items(protocol, space.searches(), 0) if item.by == "asked"]
    state = (
        "not locked" if protocol.lock is None else f"locked {protocol.lock.at:%Y-%m-%d}, {counted(len(protocol.amendments), 'amendment')}"
    )
    if protocol.lock is None:
        doubts += [f"{message} {mend} 'review protocol lock' waits for it." for message, mend in _of_the_template(space)]
    if as_json:
        out_json(
            {
                "file": space.shown(space.protocol_path),
                "sha256": digest,
                "locked": protocol.lock is not None,
                "amendments": len(protocol.amendments),
                "warnings": doubts,
                "asked": [{"standard": "PRISMA-S", "item": item.number, "label": item.label, "answer": item.answer} for item in asked],
            }
        )
        return
    out(f"{space.shown(space.protocol_path)}: {counted(len(protocol.questions), 'question')}, {counted(len(protocol.eligibility.criteria), 'criterion', 'criteria')}, "
        f"{counted(len(protocol.sources), 'source')}, {counted(len(protocol.phases), 'phase')}; {state}; sha256 {digest[:12]}…")  # fmt: skip
    for words in doubts:
        say(f"warning: {words}")
    for item in asked:
        say(f"note: PRISMA-S item {item.number}, {item.label.lower()}: {item.answer}")


def _typed_elsewhere(space: Workspace) -> list[str]:
    """Where a strategy has the quotation marks of a word processor."""
    from review.query.typography import quotes

    return [
        f'{source.strategy}:{line}:{column}: {mark} is a quotation mark of a word processor: it is read as ", but a database may not, and the report prints it; type "'
        for source in space.protocol.sources
        for line, column, mark in quotes(space.strategies.get(source.id, ""))
    ]


def _template(name: str) -> str:
    """A file that 'review init' writes, to be replaced."""
    from importlib.resources import files

    return files("review").joinpath(f"templates/{name}").read_text(encoding="utf-8").strip()


def _of_the_template(space: Workspace) -> Iterator[tuple[str, str]]:
    """What still stands as 'review init' wrote it, and its mend: nothing to lock."""
    from review.model.protocol_yaml import load

    where = space.shown(space.protocol_path)
    begun = load(_template("protocol.yaml").replace("{{name}}", space.name), "the template")
    if space.protocol.review.title.startswith("TITLE"):
        yield "The title is still that of the template.", f"Write the protocol first: {where}."
    if asked := [q.id for q in space.protocol.questions if q.text in {x.text for x in begun.questions}]:
        yield (
            f"The question {' and '.join(asked)} is still that of the template, and the report would print it.",
            f"Write it first: {where}.",
        )
    if people := [m.name for m in space.protocol.team if m.name in {x.name for x in begun.team}]:
        yield f"{' and '.join(people)}: names of the template, which the report would print.", f"Write who they are first: {where}."
    for source in (space.protocol.source(i) for i in space.strategies):
        if source and _template("strategy.txt") == space.strategies[source.id].strip():
            yield (
                f"The strategy of {source.id} is still that of the template, and the report would give it.",
                f"Write it first: {source.strategy}; or take the line away, if there is none.",
            )
    if places := _unwritten(space.protocol.model_dump()):
        yield (
            f"'…' of the template still stands, and the report would print it: {', '.join(places)}.",
            f"Write it, or take the key away, in {where}.",
        )


def _unwritten(node: object, path: str = "") -> list[str]:
    """Where a text is nothing but the template's '…'."""
    if isinstance(node, dict):
        return [found for key, value in node.items() for found in _unwritten(value, f"{path}.{key}".lstrip("."))]
    if isinstance(node, list | tuple):
        return [found for n, value in enumerate(node) for found in _unwritten(value, f"{path}[{n}]")]
    return [path] if node == "…" else []


@app.command()
def lock(
    file: File = None,
    review: Review = "",
    late: Annotated[bool, typer.Option("--late", help="Lock although decisions were made already; the report will say so.")] = False,
) -> None:
    """Fix the protocol by hash and time, before the first decision."""
    from review.model.protocol_checks import sections
    from review.model.protocol_yaml import with_lock

    space = workspace(review, file)
    if space.protocol.lock is not None:
        raise ReviewError(f"The protocol was locked on {space.protocol.lock.at:%Y-%m-%d}.", "Record a change with 'review protocol amend'.")
    for message, mend in _of_the_template(space):
        raise ReviewError(message, mend)
    decided = [p for p in sorted(space.screening.glob("*/*.jsonl")) if p.stat().st_size]
    if decided and not late:
        raise ReviewError(
            f"Decisions were made already ({space.shown(decided[0])}), so the lock would not come before the first.",
            "Lock all the same with --late; the report will say that it was late.",
        )
    values: dict[str, object] = {"sha256": space.digest, "at": _now(), "sections": sections(space.protocol, space.strategies)}
    if decided:
        values["late"] = True
    _keep(space, with_lock(space.protocol_text, space.shown(space.protocol_path), values))
    say(f"Locked {space.shown(space.protocol_path)}. From now on a change needs an amendment.")


@app.command()
def amend(
    what: Annotated[str, typer.Option("--what", help="What changed.")],
    why: Annotated[str, typer.Option("--why", help="Why it changed.")],
    stage: Annotated[
        list[str] | None, typer.Option("--stage", help="A stage it touches: search, dedup, screening, extraction, report. May be repeated.")
    ] = None,
    by: Annotated[str, typer.Option("--as", help="Who amends.")] = "",
    file: File = None,
    review: Review = "",
) -> None:
    """Record a change of the locked protocol, after editing it: date, what, why, which stages it touches."""
    from review.model.protocol_checks import sections
    from review.model.protocol_yaml import with_amendment

    space = workspace(review, file)
    protocol = space.protocol
    if protocol.lock is None:
        raise ReviewError(
            "The protocol is not locked, so it can be changed freely.", "Lock it before the first decision: review protocol lock"
        )
    if space.digest == protocol.in_force:
        raise ReviewError("The protocol has not changed since it was locked or last amended.", "Edit it first, then record why.")
    allowed = ("search", "dedup", "screening", "extraction", "report")
    if wrong := [s for s in stage or [] if s not in allowed]:
        raise UsageError(f"There is no stage '{wrong[0]}'.", f"There are: {', '.join(allowed)}.")
    if not what.strip() or not why.strip():
        raise UsageError("An amendment says what changed and why.", "Give --what and --why.")
    values: dict[str, object] = {"n": len(protocol.amendments) + 1, "at": _now(), **({"by": by} if by else {}), "what": what, "why": why}
    values |= {
        "stages": sorted(set(stage or []), key=allowed.index),
        "before": protocol.in_force,
        "after": space.digest,
        "sections": sections(protocol, space.strategies),
    }
    _keep(space, with_amendment(space.protocol_text, space.shown(space.protocol_path), values))
    say(f"Amendment {values['n']} recorded in {space.shown(space.protocol_path)}.")


@app.command()
def schema() -> None:
    """Print the JSON Schema of the protocol file, for editors."""
    from review.model.schema import protocol_schema

    out(protocol_schema().rstrip())


def _keep(space: Workspace, text: str) -> None:
    """Write the protocol, once it is known that it can be read again, and tell its digest."""
    from review.model.protocol_yaml import load
    from review.workspace import write

    load(text, space.shown(space.protocol_path))
    write(space.protocol_path, text)
    out(space.digest)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
