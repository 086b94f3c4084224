"""What every live source keeps, run over the registry against its service on loopback."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from sources.helpers import KEY, STRATEGY, everything_below
from sources.services import PASSING, SERVICES

from review.errors import Incomplete, SourceError, UsageError
from review.model.record import Search
from review.search import stage
from review.search.live import LiveSearch
from review.sources.base import Kind, Settings
from review.sources.registry import SOURCES, by_name, kinds, meant
from review.workspace import Workspace, read_manifest

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
every = pytest.mark.parametrize("kind", [k.name for k in SOURCES if k.home])
ALL = "towns"  # finds every record of the service


def pmids(space: Workspace, search: Search) -> list[str]:
    """The PMIDs that the next `review run` will read from the archive."""
    found = []
    for file in search.files:
        records, rejects = stage.read_file(space.archived(search, file), search, file)
        assert (len(records), len(rejects)) == (file.parsed, file.rejected)
        found += [r.pmid for r in records]
    return found


def test_every_source_of_ours_has_a_service_here() -> None:
    assert {k.name for k in SOURCES if k.home} <= set(SERVICES)
    assert all(by_name(k.name) is k and (k.home.startswith("https://") or not k.home) for k in kinds())


@every
def test_the_whole_way(kind: str, serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(SERVICES[kind](450))
    live = search(service)
    before = live.preview()
    assert before.counted.hits == 40
    assert [(line.n, line.text, line.hits) for line in before.lines] == [
        ("1", "towns[tiab]", 450), ("2", "first 40[tiab] OR villages[tiab]", 40), ("3", "#1 AND #2", 40),
    ]  # fmt: skip
    assert live.query == "(towns[tiab]) AND (first 40[tiab] OR villages[tiab])"
    assert before.requests > 0
    done = live.run(before)
    manifest = read_manifest(done.folder / "manifest.json")
    assert manifest == done.search
    assert (manifest.announced, manifest.query) == (40, live.query)
    run = manifest.run
    assert run
    assert (run.retrieved, run.missing, run.truncated, run.strategy) == (40, (), "", STRATEGY)
    assert run.lines == before.lines
    assert run.started.endswith("Z")
    assert run.platform
    found = pmids(live.workspace, done.search)
    assert len(set(found)) == len(found) == 40
    assert not live.workspace.root.joinpath(".review", "fetch", "small-alpha").exists()
    again = search(service).already()
    assert again
    assert again.again


@every
def test_several_pages_and_the_same_bytes_each_time(kind: str, serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(SERVICES[kind](450))
    live = search(service, ALL)
    first = live.run(live.preview())
    assert len(first.search.files) == 3
    assert len(set(pmids(live.workspace, first.search))) == 450
    before = {p.name: p.read_bytes() for p in first.folder.iterdir() if p.name != "manifest.json"}
    second = live.run(live.preview(), replace_it=True)
    assert {p.name: p.read_bytes() for p in second.folder.iterdir() if p.name != "manifest.json"} == before
    assert all(data.startswith(b"\x1f\x8b") and data[4:8] == b"\0\0\0\0" for data in before.values())
    aside = live.workspace.root / ".review" / "replaced" / f"small-alpha-{first.search.date}-1"
    assert (aside / "manifest.json").exists()


@every
@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_costs_nothing_but_time(
    kind: str, fault: str, serve: Callable[..., Any], search: Callable[..., LiveSearch], clock: Any
) -> None:
    service = serve(SERVICES[kind](250))
    live = search(service, ALL)
    service.faults = [fault]  # the first count
    before = live.preview()
    assert before.counted.hits == 250
    service.faults = [fault, "", fault, fault]  # a list or a page, and a page twice
    done = live.run(before)
    assert len(set(pmids(live.workspace, done.search))) == 250
    assert done.search.run
    assert done.search.run.retries == 4
    assert clock.slept
    assert KEY.encode() not in everything_below(live.workspace.root)


LASTING = {
    "429": "rate", "429 with status 200": "rate", "500": "server", "503": "server", "html": "html", "truncated": "truncated", "cut": "cut", "reset": "cut",
    "empty": "empty", "403": "refused", "404": "missing", "302": "moved", "414": "too-long", "bad key": "key", "text": "unexpected", "error": "error",
    "no count": "unexpected", "stall": "timeout",
}  # fmt: skip


@every
@pytest.mark.parametrize(("fault", "what"), LASTING.items())
def test_a_lasting_fault_is_told_by_its_name_and_never_as_no_hits(
    kind: str, fault: str, what: str, serve: Callable[..., Any], search: Callable[..., LiveSearch], monkeypatch: pytest.MonkeyPatch
) -> None:
    service = serve(SERVICES[kind](10))
    told: list[str] = []
    live = search(service, ALL, tell=told.append)
    service.always = fault
    if fault == "stall":
        from review.sources.base import Policy

        live = search(service, ALL, tell=told.append, policy=Policy(tries=2, silence=0.2))
    with pytest.raises(SourceError) as error:
        live.preview()
    if (kind, fault) == ("europepmc", "text"):
        what = "truncated"  # JSON does not say where it would have ended
    assert error.value.kind == what
    assert "No hits are concluded" in error.value.message
    assert not any(KEY in text for text in (error.value.message, error.value.hint, repr(error.value), *told))
    assert 1 <= len(service.log) <= 8
    again = {"rate", "server", "html", "truncated", "cut", "empty", "timeout"}
    assert (len(service.log) > 1) == (what in again or fault in ("text", "error", "no count"))
    assert len(told) == len(service.log) - 1
    assert not live.workspace.queries.exists()


@every
def test_stopped_anywhere_it_goes_on_there(kind: str, serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    """A service that dies after every third request: each attempt brings the search on, and nothing is fetched twice."""
    service = serve(SERVICES[kind](1_900))
    attempts, done = 0, None
    while not done:
        attempts += 1
        assert attempts < 12
        live = search(service, ALL)
        here = len(live._staging.received) if live._staging.load() else 0
        before = live.preview()
        assert before.received == here
        service.faults = [""] * 3 + ["403"] * 2
        with suppress(SourceError):
            done = live.run(before)
        service.faults = []
        assert done or not live.workspace.queries.exists()
    assert attempts > 2
    assert sorted(pmids(live.workspace, done.search)) == sorted(
        str(n) for n in ([1_000 + 3 * i for i in range(1_900)] if kind == "pubmed" else range(1_000, 2_900))
    )
    pages = [
        f.get("id") or f.get("cursorMark") for f in service.asked() if f.get("id") or (f.get("cursorMark") and f["resultType"] == "core")
    ]
    refused = attempts - 1
    assert len(pages) - len(set(pages)) <= refused  # only the request that was refused is made again


@every
def test_a_damaged_page_of_an_interrupted_search_is_fetched_again(
    kind: str, serve: Callable[..., Any], search: Callable[..., LiveSearch]
) -> None:
    service = serve(SERVICES[kind](900))
    live = search(service, ALL)
    before = live.preview()
    service.wanted = lambda tool, form: "id" in form or form.get("resultType") == "core"
    service.faults = ["", "", "", "403"]
    with pytest.raises(SourceError):
        live.run(before)
    service.faults = []
    staged = sorted(live._staging.pages_folder.glob("page-*"))
    assert len(staged) == 3
    staged[1].write_bytes(staged[1].read_bytes()[:-9])
    with live._staging.folder.joinpath("journal.jsonl").open("ab") as f:
        f.write(b'{"page": {"name": "torn')
    live = search(service, ALL)
    done = live.run(live.preview())
    assert len(set(pmids(live.workspace, done.search))) == 900
    assert sum(f.parsed for f in done.search.files) == 900


@every
def test_no_hits_are_a_result_and_are_recorded(kind: str, serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(SERVICES[kind](10))
    live = search(service, "nothing")
    done = live.run(live.preview())
    assert (done.search.announced, done.search.files) == (0, ())
    assert read_manifest(done.folder / "manifest.json") == done.search
    assert live.workspace.searches() == [done.search]


@every
def test_another_query_begins_anew_and_says_what_it_drops(kind: str, serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(SERVICES[kind](900))
    live = search(service, ALL)
    service.wanted = lambda tool, form: "id" in form or form.get("resultType") == "core"
    service.faults = ["", "403"]
    with pytest.raises(SourceError):
        live.run(live.preview())
    service.faults = []
    other = search(service, "first 30")
    before = other.preview()
    assert (before.received, before.dropped) == (0, 200)
    assert len(pmids(other.workspace, other.run(before).search)) == 30


@every
def test_fewer_than_announced_is_a_loud_failure(kind: str, serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(SERVICES[kind](250))
    if kind == "pubmed":
        service.unknown = {"1003", "1600"}
    else:
        service.announced = 252
    live = search(service, ALL)
    before = live.preview()
    announced = before.counted.hits
    with pytest.raises(Incomplete) as error:
        live.run(before)
    assert error.value.exit_code == 4
    assert f"announced {announced} records and gave {announced - 2}" in error.value.message
    if kind == "pubmed":
        assert "1003, 1600" in error.value.message
        assert (live._staging.folder / "missing.txt").read_text() == "1003\n1600\n"
    assert not live.workspace.queries.exists()
    requests = len(service.log)
    live = search(service, ALL)
    done = live.run(live.preview(), accept="withdrawn, as the help desk wrote")
    assert len(service.log) <= requests + 2  # only what is missing is asked for
    assert done.search.run
    assert done.search.run.truncated == "withdrawn, as the help desk wrote"
    assert done.search.run.retrieved == announced - 2 == len(pmids(live.workspace, done.search))
    assert done.search.run.missing == (("1003", "1600") if kind == "pubmed" else ())


def test_europe_pmc_whose_count_changes_or_that_goes_in_circles(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(SERVICES["europepmc"](450))
    live = search(service, ALL)
    service.drift = [-1]
    done = live.run(live.preview())
    assert done.search.run
    assert (done.search.announced, done.search.run.retrieved) == (450, 450)
    assert "449 at first, 450 then" in done.search.run.messages[0]
    service.circle = True
    live = search(service, "villages")
    with pytest.raises(SourceError, match="same records came again"):
        live.run(live.preview(), replace_it=True)


def test_a_source_of_another_package(monkeypatch: pytest.MonkeyPatch) -> None:
    from review.sources import registry

    other = Kind("other", "Other", ("other base",), "https://x.example.org/", SOURCES[0].make)
    brought = SimpleNamespace(load=lambda: other)
    monkeypatch.setattr(registry, "entry_points", lambda group: [brought] if group == "review.sources" else [])
    kinds.cache_clear()
    try:
        assert by_name("other") is other
        assert meant("Other Base") is other
        with pytest.raises(UsageError, match="no live source `othr`") as error:
            by_name("othr")
        assert "Did you mean `other`" in error.value.hint
    finally:
        kinds.cache_clear()


def test_which_source_a_protocol_means() -> None:
    def named(*said: str) -> str:
        found = meant(*said)
        return found.name if found else ""

    assert named("PubMed/NCBI", "medline", "MEDLINE") == "pubmed"
    assert named("", "pubmed-2026", "") == "pubmed"
    assert named("Europe PMC", "x", "y") == named("", "epmc", "") == "europepmc"
    assert named("Ovid", "pubmed", "MEDLINE") == ""
    assert named("RIS file", "library", "Reference library") == ""


@every
def test_a_source_shows_no_key_and_needs_no_clock_to_be_made(kind: str, settings: Callable[..., Settings]) -> None:
    made = by_name(kind).make(settings(SERVICES[kind](0), base_url="https://mirror.example.org/x"))
    assert KEY not in repr(vars(made)) + repr(made.parameters) + repr(settings(SERVICES[kind](0), base_url="x"))
    assert made.endpoint == "https://mirror.example.org/x/"
