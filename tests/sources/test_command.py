"""The command: what it shows, what it leaves behind, and that it can be killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sources.helpers import EMAIL, KEY, everything_below
from sources.searching import app
from sources.services import EuropePMC, Eutils, Service, article
from support import PATIENCE, Small, surroundings
from typer.testing import CliRunner

from review.errors import ReviewError
from review.workspace import Workspace, read_manifest

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
PROGRAM = Path(__file__).with_name("searching.py")


@pytest.fixture
def command(tmp_path: Path, space: Callable[..., Workspace]) -> Callable[..., Any]:
    """Run the search in a review of its own; the review, the words and the environment as given."""

    def run(
        service: Service,
        *words: str,
        code: int | None = 0,
        strategy: str = "towns",
        env: dict[str, str] | None = None,
        start: bool = False,
        page: int = 0,
    ) -> Any:
        root = space("europepmc" if isinstance(service, EuropePMC) else "pubmed", strategy).root
        told = surroundings({
            "NCBI_EMAIL": EMAIL, "NCBI_API_KEY": KEY, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(PROGRAM.parents[2]), **(env or {}),
        })  # fmt: skip
        line = [sys.executable, str(PROGRAM), *([f"page={page}"] if page else []), *words]
        if service.port != 9:
            line += ["--base-url", service.base_url, "--source", "alpha", "--rate", "0"]
        if start:
            return subprocess.Popen(line, cwd=root, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        done = subprocess.run(line, cwd=root, env=told, capture_output=True, text=True, timeout=PATIENCE)
        assert code is None or done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    return run


@pytest.mark.slow
def test_what_is_shown_and_what_the_next_run_reads(serve: Callable[..., Any], command: Callable[..., Any], tmp_path: Path) -> None:
    service = serve(Eutils(250))
    done = command(service, "small", strategy="#1 towns\n#2 nothing\n#3 first 210 AND #1")
    assert "#1           250  towns" in done.stderr
    assert "! not found: nothing" in done.stderr
    assert "PubMed: 210 records, 3 requests, about" in done.stderr
    assert 'towns → "cities"[MeSH Terms] OR "towns"[All Fields]' in done.stderr
    assert 'PubMed understood: "towns"[All Fields] & 21' in done.stderr
    assert "alpha: 210 announced = 210 fetched → queries" in done.stdout
    review = Small(tmp_path / "work")
    assert "210 records from 1 source" in review("run").stdout
    page = (review.reports / "report.html").read_text()
    assert "210" in page
    assert "answered by a mirror at http://127.0.0.1" in page
    assert "no manifest names" not in review("doctor").stdout
    (ids,) = review.root.glob("queries/*/*/*/ids.txt.gz")
    kept = ids.read_bytes()
    ids.write_bytes(kept[:-9])
    assert "ids.txt.gz is missing, or was changed" in review("doctor", code=4).stdout
    ids.write_bytes(kept)
    assert KEY.encode() not in everything_below(tmp_path)
    assert KEY not in done.stdout + done.stderr
    again = command(service, strategy="#1 towns\n#2 nothing\n#3 first 210 AND #1")
    assert "searched today with this very strategy" in again.stdout
    assert "another strategy" in command(service, strategy="villages", code=2).stderr
    assert "250 announced = 250 fetched" in command(service, "--replace", strategy="villages").stdout


@pytest.mark.slow
def test_only_counted(serve: Callable[..., Any], command: Callable[..., Any], tmp_path: Path) -> None:
    service = serve(Eutils(12_345))
    told = json.loads(command(service, "--dry-run", "--json", strategy="#1 towns\n#2 #1").stdout)[0]
    assert (told["state"], told["hits"], [line["hits"] for line in told["lines"]]) == ("counted", 12_345, [12_345, 12_345])
    assert {name for _, name, _ in service.log} == {"esearch", "einfo"}
    assert not (tmp_path / "work" / "queries").exists()
    assert not (tmp_path / "work" / ".review" / "fetch").exists()
    shown = command(service, "--dry-run").stderr
    assert "weekends" in shown


@pytest.mark.slow
def test_europe_pmc_by_the_same_command(serve: Callable[..., Any], command: Callable[..., Any], tmp_path: Path) -> None:
    service = serve(EuropePMC(450))
    assert "450 announced = 450 fetched" in command(service, env={"NCBI_EMAIL": ""}).stdout
    assert "450 records from 1 source" in Small(tmp_path / "work")("run").stdout


def test_what_is_wrong_with_the_call(space: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch) -> None:
    def said(*words: str, strategy: str = "towns", email: str = EMAIL) -> str:
        monkeypatch.chdir(space("pubmed", strategy).root)
        monkeypatch.setenv("NCBI_EMAIL", email)
        error = CliRunner().invoke(app, list(words)).exception
        assert isinstance(error, ReviewError)
        return f"{error.exit_code} {error.message} {error.hint}"

    assert re.match("2 .*export NCBI_EMAIL=", said(email=""))
    assert "2 The protocol has no source 'gamma'" in said("--source", "gamma")
    assert "Did you mean beta?" in said("--source", "Betta")
    assert "is not a source that can be searched live" in said("--source", "web")
    assert "Did you mean `pubmed`" in said("--source", "alpha", "--service", "pubmd")
    assert "has no strategy" in said("--source", "beta", "--service", "pubmed")
    assert "1 alpha.txt:2:4: there is no line 9" in said(strategy="#1 a\n#2 #9")
    assert "is not an address" in said("--base-url", "mirror")
    assert "no review 'other'" in said("other")


@pytest.mark.parametrize("point", [*(pytest.param(p, marks=pytest.mark.slow) for p in ("first list", "page 1", "between pages")), "page 4"])
def test_killed_anywhere_it_goes_on(point: str, serve: Callable[..., Any], command: Callable[..., Any], tmp_path: Path) -> None:
    """kill -9 while it fetches: what was fetched is not fetched again, and the archive is what it would have been."""
    service = serve(Eutils(1_500))
    process: list[subprocess.Popen[str]] = []
    fetched = 0

    def kill(tool: str, form: dict[str, str]) -> None:
        nonlocal fetched
        fetched += tool == "efetch"
        now = {"first list": form.get("retmax") == "9999", "page 1": fetched == 1, "page 4": fetched == 4, "between pages": False}[point]
        if now and process and process[0].poll() is None:
            os.kill(process[0].pid, signal.SIGKILL)

    service.before = kill
    process.append(command(service, start=True))
    if point == "between pages":
        wait_for_pages(3, service, process[0])
        process[0].kill()
    assert process[0].wait(timeout=PATIENCE) == -signal.SIGKILL
    [pipe.close() for pipe in (process[0].stdout, process[0].stderr) if pipe]
    assert not (tmp_path / "work" / "queries").exists()
    service.before = lambda tool, form: None
    killed, service.log = service.asked("efetch"), []
    done = command(service)
    assert "1,500 announced = 1,500 fetched" in done.stdout
    assert "Going on with the search begun at" in done.stderr
    assert [f["retmax"] for f in service.asked("esearch")] == (["9999"] if point == "first list" else [])
    assert len(killed) + len(service.asked("efetch")) <= 8 + 1
    folder = next((tmp_path / "work" / "queries" / "small" / "alpha").iterdir())
    assert sorted(p.name for p in folder.iterdir()) == [
        "answer.xml.gz",
        "ids.txt.gz",
        "manifest.json",
        *(f"page-{n:05}.xml.gz" for n in range(1, 9)),
    ]
    assert sum(f.parsed for f in read_manifest(folder / "manifest.json").files) == 1_500
    assert not (tmp_path / "work" / ".review" / "fetch" / "small-alpha").exists()


@pytest.mark.slow
def test_the_key_is_nowhere_even_where_everything_fails(serve: Callable[..., Any], command: Callable[..., Any], tmp_path: Path) -> None:
    service = serve(Eutils(500))
    told = ""
    service.wanted = lambda tool, form: tool == "efetch"
    for fault in ("bad key", "429", "error"):
        service.faults = [fault] * (3 if fault == "error" else 1)
        done = command(service, code=None, env={"PYTHONDEVMODE": "1"} if fault == "error" else {})
        told += done.stdout + done.stderr
        if fault == "bad key":
            assert "API key is not accepted" in done.stderr
    assert KEY not in told
    assert KEY.encode() not in everything_below(tmp_path)
    assert KEY not in command(service, "--help").stdout


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Held shut, the service gives no page."""
    event = threading.Event()
    yield event
    event.set()


def wait_for_pages(n: int, service: Service, search: subprocess.Popen[str]) -> None:
    """Until a search has asked for so many."""
    while len(service.asked("efetch")) < n:
        assert search.poll() is None, search.communicate()
        time.sleep(0.01)


@pytest.mark.slow
def test_two_at_once_do_not_disturb_each_other(serve: Callable[..., Any], command: Callable[..., Any], gate: threading.Event) -> None:
    service = serve(Eutils(1_000))
    service.before = lambda tool, form: gate.wait(PATIENCE) if tool == "efetch" else None
    first = command(service, start=True)
    wait_for_pages(1, service, first)
    assert "being searched by another process" in command(service, code=2).stderr
    gate.set()
    assert first.wait(timeout=PATIENCE) == 0
    assert "1,000 announced = 1,000 fetched" in first.communicate()[0]


def test_an_interrupt_says_that_it_can_go_on(serve: Callable[..., Any], command: Callable[..., Any], gate: threading.Event) -> None:
    service = serve(Eutils(1_000))
    service.before = lambda tool, form: gate.wait(PATIENCE) if len(service.asked("efetch")) == 2 else None
    first = command(service, start=True)
    wait_for_pages(2, service, first)
    first.send_signal(signal.SIGINT)
    told = first.communicate(timeout=PATIENCE)[1]
    assert "the same command goes on" in told
    assert "Traceback" not in told


@pytest.mark.slow
def test_memory_stays_flat(serve: Callable[..., Any], command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Five times the records, about the same peak."""
    peaks = []
    padding = "Communities and councils. " * 200  # 5 kB a record
    monkeypatch.setattr("sources.services.article", lambda pmid: article(pmid).replace("About a town.", padding))
    for total in (800, 4_000):
        service = serve(Eutils(total))
        done = command(service, "--replace", strategy=f"towns {total}")
        peaks.append(int(re.search(r"peak (\d+)", done.stderr)[1]) // 1024)  # type: ignore[index]
    assert peaks[1] < 150
    assert peaks[1] - peaks[0] < 15, peaks
