"""review search: the protocol's strategies, run live."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from review.cli.common import AsJson, Review, next_step, out, out_json, progress_bar, say, workspace
from review.errors import ReviewError, UsageError

if TYPE_CHECKING:
    from review.search.live import Done, LiveSearch, Preview
    from review.sources.base import Kind

MUCH = 10_000  # records from which a service's wish for quiet hours is passed on
SHOWN = 600  # characters of a translation
SHOWN_FINDINGS = 12
STOPPED = 130


def command(
    name: Annotated[str, typer.Argument(help="The review; may be left out where there is only one.", show_default=False)] = "",
    source: Annotated[
        str, typer.Option("--source", help="The source's id in the protocol (default: all that can be searched live).", show_default=False)
    ] = "",
    service: Annotated[
        str, typer.Option("--service", help="Which service --source means, where its id and platform do not say.", show_default=False)
    ] = "",
    email: Annotated[
        str, typer.Option("--email", envvar="NCBI_EMAIL", help="Who is searching: NCBI asks for it.", show_default=False)
    ] = "",
    api_key: Annotated[
        str, typer.Option("--api-key", envvar="NCBI_API_KEY", help="A key of NCBI; better set in the environment.", show_default=False)
    ] = "",
    base_url: Annotated[
        str, typer.Option("--base-url", help="The address of a mirror, up to …/eutils/ or …/rest/.", show_default=False)
    ] = "",
    rate: Annotated[
        float | None, typer.Option("--rate", help="Requests a second, for a mirror of your own; 0 is no limit.", min=0, show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count only: the whole and each line.")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew, where an interrupted search would be gone on with.")] = False,
    replace_it: Annotated[
        bool, typer.Option("--replace", help="Search again today; what the archive has of today is put aside in .review/replaced.")
    ] = False,
    accept_missing: Annotated[
        str, typer.Option("--accept-missing", help="Archive without records that can't be had; the reason is kept.", show_default=False)
    ] = "",
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Search live: count, show what the source made of the strategy, fetch, prove that nothing is missing, archive."""
    from review.search.live import LiveSearch
    from review.search.searchable import planned
    from review.sources.base import Secret, Settings

    protocol = Path(name) if name.endswith((".yaml", ".yml")) else None
    space = workspace("" if protocol else name or review, protocol)
    space.check_lock()
    plans = planned(space, source, service)
    if base_url and len(plans) > 1:
        raise UsageError(
            "--base-url is the address of one service, and several sources would be searched.", f"Say which: --source {plans[0][0].id}."
        )
    settings = Settings(email=email, api_key=Secret(api_key), base_url=base_url, rate=rate, tell=lambda text: say(f"  {text}"))
    searches = []
    for plan, kind in plans:
        live = kind.make(replace(settings, base_url=str(space.root / plan.library)) if plan.library and not base_url else settings)
        live.check()
        searches.append((LiveSearch(space, plan, live), kind))
    told: list[dict[str, Any]] = []
    failed: list[ReviewError] = []
    for search, kind in searches:
        # A source that fails keeps no other from being searched, and takes nothing from those that were.
        try:
            told.append(one(search, kind, dry_run=dry_run, restart=restart, replace_it=replace_it, accept=accept_missing, quiet=as_json))
        except ReviewError as error:
            failed.append(error)
            if len(searches) > 1:
                say(f"{search.plan.id}: failed: {error.message}")
        except KeyboardInterrupt:
            say("Stopped. What was fetched is kept; the same command goes on.")
            raise typer.Exit(STOPPED) from None
    if as_json:
        out_json(told)
    if failed:
        raise failed[0]
    if not dry_run and not as_json:
        say(f"Next: {next_step(space, 'review run')}")


def one(search: LiveSearch, kind: Kind, *, dry_run: bool, restart: bool, replace_it: bool, accept: str, quiet: bool) -> dict[str, Any]:
    """One source; what is told of it as JSON."""
    if not dry_run and (done := search.already(replace_it=replace_it)):
        if not quiet:
            out(
                f"{search.plan.id}: searched today with this very strategy, nothing done ({done.search.announced or 0:,} records); --replace searches again"
            )
        return _as_json(None, done, "unchanged", search)
    with progress_bar() as progress:
        preview = search.preview(progress, fresh=dry_run or restart)
    if not quiet:
        show(search, preview, kind)
    if dry_run:
        if not quiet:
            out(f"{preview.source}: {preview.counted.hits:,} records; nothing was fetched (--dry-run)")
        return _as_json(preview, None, "counted", search)
    with progress_bar() as progress:
        done = search.run(preview, progress, accept=accept, replace_it=replace_it)
    if not quiet:
        result(done, search)
    return _as_json(preview, done, "fetched", search)


def show(search: LiveSearch, preview: Preview, kind: Kind) -> None:
    """What the source counted and made of the query, for people."""
    counted = preview.counted
    if preview.dropped:
        say(f"note: an unfinished search with another query ({preview.dropped:,} records) is thrown away")
    if preview.resumed:
        say(f"Going on with the search begun at {preview.started}: {preview.received:,} of {counted.hits:,} records are here.")
    if search.sent.translated:
        say(f"  The strategy is in Ovid's syntax; translated, {len(search.sent.changes):,} places do not ask for exactly the same:")
        for change in search.sent.changes:
            say(f"    line {change.label} {change.effect}: {change.what}" + (f" → {change.became}" if change.became else ""))
    for finding in search.sent.unsaid[:SHOWN_FINDINGS]:
        say(f"  ! {finding.line}:{finding.column} {finding.code} {finding.what}. {finding.mend}")
    if len(search.sent.unsaid) > SHOWN_FINDINGS:
        say(f"  ! and {len(search.sent.unsaid) - SHOWN_FINDINGS:,} more that {preview.label} would not tell: review query check")
    width = max([len(line.n) for line in preview.lines], default=1)
    for line in preview.lines:
        hits = "not counted" if line.hits is None else f"{line.hits:,}"
        say(f"  #{line.n:<{width}}  {hits:>12}  {_short(line.text, 100)}")
        for message in line.messages:
            say(f"  {'':<{width + 1}}  {'':>12}  ! {message}")
    for message in counted.messages:
        say(f"  ! {message}")
    if counted.translations:
        say(f"  {preview.label} replaced:")
        for old, new in counted.translations:
            say(f"    {_short(old, 60)} → {_short(new, 200)}")
    if _plain(counted.translation) != _plain(preview.query) and counted.translation:
        say(f"  {preview.label} understood: {_short(counted.translation, SHOWN)}")
    say(
        f"{preview.label}: {counted.hits:,} records, {preview.requests:,} request{'s' if preview.requests != 1 else ''}, {_duration(preview.seconds)}"
    )
    if counted.hits > MUCH and kind.courtesy:
        say(f"  {kind.courtesy}")


def result(done: Done, search: LiveSearch) -> None:
    """What was archived, for people."""
    found, run = done.search, done.search.run
    if run is None:
        return
    sign = "=" if run.retrieved == found.announced else "≠"
    out(f"{found.source}: {found.announced or 0:,} announced {sign} {run.retrieved:,} fetched → {search.workspace.shown(done.folder)}")
    for message in run.messages:
        if message not in (m for line in run.lines for m in line.messages):
            say(f"  ! {message}")
    if run.truncated:
        say(f"  ! archived without {(found.announced or 0) - run.retrieved:,} records, because: {run.truncated}")


def _as_json(preview: Preview | None, done: Done | None, state: str, search: LiveSearch) -> dict[str, Any]:
    told: dict[str, Any] = {"source": search.plan.id, "service": search.source.name, "state": state, "query": search.query,
        "translated": search.sent.translated, "changes": [asdict(change) for change in search.sent.changes],
        "unsaid": [asdict(finding) for finding in search.sent.unsaid],
    }  # fmt: skip
    if preview:
        told |= {
            "hits": preview.counted.hits, "translation": preview.counted.translation, "translations": [list(t) for t in preview.counted.translations],
            "messages": list(preview.counted.messages), "lines": [asdict(line) for line in preview.lines], "requests": preview.requests,
            "seconds": round(preview.seconds, 1), "resumed": preview.resumed, "received": preview.received,
        }  # fmt: skip
    if done:
        run = done.search.run
        told |= {"announced": done.search.announced, "folder": str(done.folder), "date": done.search.date, "files": len(done.search.files)}
        if run:
            told |= {
                "retrieved": run.retrieved,
                "missing": list(run.missing),
                "truncated": run.truncated,
                "retries": run.retries,
                "messages": list(run.messages),
            }
    return told


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, math.ceil(seconds))} s"
    return f"about {math.ceil(seconds / 60):,} min" if seconds < 5400 else f"about {seconds / 3600:.1f} h"
