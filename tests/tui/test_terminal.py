"""The screens in a real terminal: the command as a reviewer starts it, in tmux."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import PROTOCOL, TITLES, Small

pytestmark = [pytest.mark.system, pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")]

PATIENCE = 60.0  # seconds; a machine may be busy, and nothing here waits longer than it must


class Terminal:
    """A tmux server of its own for each start, with one window."""

    def __init__(self, folder: Path, width: int = 80, height: int = 24) -> None:
        self.folder, self.size = folder, (width, height)
        self.name = ""

    def tmux(self, *words: str) -> str:
        return subprocess.run(["tmux", "-L", self.name, "-f", "/dev/null", *words], capture_output=True, text=True, timeout=PATIENCE).stdout

    def start(self, *words: str, env: str = "") -> None:
        """Run a review command; the window stays after it has ended, with the exit code."""
        self.close()
        self.name = f"review-{uuid.uuid4().hex[:12]}"
        command = f"{env} {shlex.join([sys.executable, '-m', 'review', *words])}; echo EXIT $?; exec sleep 600"
        width, height = self.size
        self.tmux("new-session", "-d", "-s", "w", "-x", str(width), "-y", str(height), "-c", str(self.folder), command)

    def close(self) -> None:
        if self.name:
            self.tmux("kill-server")

    def look(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "w")

    def press(self, *keys: str) -> None:
        self.tmux("send-keys", "-t", "w", *keys)

    def wait(self, *words: str, gone: str = "") -> str:
        """The screen, as soon as it shows all these words (and not `gone`)."""
        return self.until(lambda screen: all(w in screen for w in words) and not (gone and gone in screen), f"{words}, without {gone!r}")

    def until(self, seen: Callable[[str], bool], what: str) -> str:
        end = time.monotonic() + PATIENCE
        while True:
            screen = self.look()
            if seen(screen):
                return screen
            assert time.monotonic() < end, f"not seen: {what}\n{screen}"
            time.sleep(0.05)

    def resize(self, width: int, height: int) -> None:
        self.tmux("resize-window", "-t", "w", "-x", str(width), "-y", str(height))

    def child(self) -> int:
        """The process id of the running command."""
        shell = self.tmux("display-message", "-p", "-t", "w", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, timeout=PATIENCE).stdout.split()
        return int(found[0])


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked review with its records in, and its stages run."""
    root = tmp_path_factory.mktemp("ready")
    (root / "protocols").mkdir()
    (root / "protocols" / "small.yaml").write_text(PROTOCOL, encoding="utf-8")
    small = Small(root)
    small("protocol", "lock")
    small.bring_in()
    small("run")
    return root


@pytest.fixture
def terminal(ready: Path, tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(Path(shutil.copytree(ready, tmp_path / "review")))
    yield terminal
    terminal.close()


def verdicts(terminal: Terminal, who: str = "AB") -> list[str]:
    text = (terminal.folder / "screening/small/title-abstract" / f"{who}.jsonl").read_text(encoding="utf-8")
    assert text.endswith("\n")
    return [e.get("verdict", e["kind"]) for e in map(json.loads, text.splitlines())]


@pytest.mark.slow
def test_a_killed_sitting_has_lost_nothing_and_goes_on_where_it_was(terminal: Terminal) -> None:
    terminal.start("screen", "--as", "AB")
    screen = terminal.wait(TITLES[0], "0 of 7", "q Quit")
    for key in ("i Include", "e Exclude", "m Maybe", "s Skip", "n Note", "u Undo", "← Back", "→ On", "c Criteria"):
        assert key in screen
    terminal.press("i")
    terminal.wait(TITLES[1], "1 of 7")
    terminal.press("e")
    terminal.wait(TITLES[2], "2 of 7")
    terminal.press("u")
    terminal.wait(TITLES[1], "1 of 7", "Undone")
    terminal.press("m")
    terminal.wait(TITLES[2], "2 of 7", "Saved: maybe")
    os.kill(terminal.child(), signal.SIGKILL)
    terminal.wait("EXIT 137")
    assert verdicts(terminal) == ["opened", "include", "exclude", "undo", "maybe"]

    terminal.start("screen", "--as", "AB")
    terminal.wait(TITLES[2], "2 of 7", "0 this sitting")
    terminal.press("i")
    terminal.wait(TITLES[3], "3 of 7")
    terminal.press("q")
    screen = terminal.wait("EXIT 0")
    assert "AB, title-abstract: 3 of 7 decided, 4 left; 1 in this sitting." in screen
    assert "Include" not in screen
    assert verdicts(terminal) == ["opened", "include", "exclude", "undo", "maybe", "include"]


@pytest.mark.parametrize("env", ["TERM=xterm COLUMNS=80 LINES=24", "TERM=screen NO_COLOR=1", "PYTHONIOENCODING=latin-1"])
def test_any_terminal_and_size_will_do_and_ctrl_c_leaves(terminal: Terminal, env: str) -> None:
    terminal.start("screen", "--as", "AB", env=env)
    terminal.wait(TITLES[0], "← Back", "q Quit", gone="Criteria, in order")
    terminal.resize(200, 50)
    terminal.wait(TITLES[0], "Criteria, in order", "q Quit")
    terminal.resize(50, 12)
    terminal.wait("Working together", "q Quit", gone="Criteria, in order")
    terminal.press("n", "x", "C-c")
    terminal.wait("EXIT 0")


@pytest.mark.slow
def test_a_second_sitting_of_the_same_person_is_refused(terminal: Terminal) -> None:
    terminal.start("screen", "--as", "AB")
    terminal.wait(TITLES[0], "q Quit")
    other = Terminal(terminal.folder)
    try:
        other.start("screen", "--as", "AB")
        screen = other.wait("EXIT 1")
        assert "in use by another session" in screen
        other.start("screen", "--as", "CD")  # another person's is none of its business
        other.wait(TITLES[0], "q Quit")
    finally:
        other.close()
    terminal.press("i")
    terminal.wait(TITLES[1], "1 of 7")


def test_without_a_terminal_the_command_says_so(ready: Path) -> None:
    done = Small(ready)("screen", "--as", "AB", code=2, stdin=subprocess.DEVNULL)
    assert "needs a terminal" in done.stderr


def test_a_cut_connection_has_lost_nothing_and_leaves_no_lock(terminal: Terminal) -> None:
    terminal.start("screen", "--as", "AB")
    terminal.wait(TITLES[0], "q Quit")
    terminal.press("i")
    terminal.wait(TITLES[1], "1 of 7")
    os.kill(terminal.child(), signal.SIGHUP)  # what ssh sends when the line is cut
    terminal.wait("EXIT")
    assert verdicts(terminal) == ["opened", "include"]
    terminal.start("screen", "--as", "AB")
    terminal.wait(TITLES[1], "1 of 7", "0 this sitting")


@pytest.mark.slow
def test_a_merge_is_taken_apart_and_a_killed_sitting_has_kept_it(terminal: Terminal) -> None:
    terminal.start("dedup", "--review", "--as", "AB")
    terminal.wait("No pair needs a person", "m Merged")
    terminal.press("m")
    terminal.wait("merged pairs", "1 of 3", "│", "d takes them apart")
    terminal.press("d")
    terminal.wait("Saved: different", "2 of 3")
    os.kill(terminal.child(), signal.SIGKILL)
    terminal.wait("EXIT 137")
    said = [json.loads(line) for line in (terminal.folder / "screening/small/dedup.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(e["kind"], e.get("same")) for e in said] == [("opened", None), ("sameness", False)]
    assert "2 duplicates" in Small(terminal.folder)("run").stdout
    rows = (terminal.folder / "reports/small/excluded_duplicates.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + 2


@pytest.mark.slow
def test_unsure_pairs_are_decided_in_bursts_killed_and_gone_on_with(terminal: Terminal) -> None:
    """Titles in one, two cells a sign and from right to left; no colour; pasted text decides nothing; no word that was shown as saved is lost."""
    titles = ("Orchards and sleep in older people", "社区花园对城市居民心理健康影响的研究", "גינות קהילתיות ובריאות הציבור בערים")
    entry = "TY  - JOUR\nAN  - {0}-{1:06}\nTI  - {2}\nAU  - {3}, P.\n{4}ER  - \n\n"
    place = {
        "alpha": "AU  - Other, C.\nPY  - 2012\nJO  - Soil\nVL  - 2\nSP  - {0}1\nEP  - {0}9\n",
        "beta": "PY  - 2013\nJO  - Soil letters J\n",
    }
    for source, rest in place.items():
        entries = (entry.format(source, n, t, f"{'QRS'[n]}earson", rest.format(n + 3)) for n, t in enumerate(titles))
        (terminal.folder / "more.ris").write_text("".join(entries), encoding="utf-8")
        Small(terminal.folder)("import", "more.ris", "--source", source, "--date", "2025-06-01")
    path = terminal.folder / "screening/small/dedup.jsonl"

    def said() -> list[dict[str, object]]:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][1:] if path.exists() else []

    terminal.start("dedup", "--review", "--as", "AB", env="NO_COLOR=1")
    screen = terminal.wait("pair 1 of 3", "0 decided", "‹2012›", "‹2013›", "l Later")
    assert len({line.index("│") for line in screen.splitlines() if "│" in line}) == 1
    terminal.tmux("set-buffer", "sss\x1b[31mddd\x1b[0m sss\x1b ddd")  # escapes too
    terminal.tmux("paste-buffer", "-p", "-t", "w")  # as a terminal pastes: no keys
    terminal.resize(200, 50)
    terminal.until(
        lambda screen: "probability" in screen and "pair 1 of 3" in screen and screen.find("│ beta:") - screen.find("alpha:") > 50,
        "columns as wide as there is room",
    )
    terminal.resize(80, 24)
    terminal.press("?")
    terminal.wait("the same report: they are merged", "Escape goes back")
    terminal.press("Enter")
    terminal.wait("pair 1 of 3", "l Later", gone="Escape goes back")
    terminal.press("d", "s")  # the second pair was not there to be seen yet
    terminal.wait("s came before this was on the screen", "1 decided", "2 left")
    time.sleep(0.1)  # sooner, it would be the same key, held down
    terminal.press("s")
    terminal.wait("Saved: the same report", "2 decided", "1 left")
    os.kill(terminal.child(), signal.SIGKILL)
    terminal.wait("EXIT 137")
    assert [e["same"] for e in said()] == [False, True]
    with path.open("a", encoding="utf-8") as file:
        file.write('{"v":1,"id":"01')  # as a crash leaves it
    terminal.start("dedup", "--review", "--as", "AB")
    terminal.wait("2 decided", "1 left", "cut off")
    terminal.press("u")
    terminal.wait("Undone", "2 left")
    terminal.press("q")
    terminal.wait("EXIT 0", "1 pair decided, 2 left")
    assert [e["kind"] for e in said()] == ["sameness", "sameness", "undo"]
    assert path.with_suffix(".torn").exists()


@pytest.mark.slow
def test_an_extractor_killed_while_typing_has_lost_only_what_was_not_entered(finished: Small) -> None:
    """The keys come in bursts, as over a slow line; what was entered is on disk before the next field is asked for."""
    path = finished.root / "screening/small/extraction/AB.jsonl"
    before = len(path.read_text().splitlines())
    terminal = Terminal(finished.root)

    def answers() -> list[tuple[str, str]]:
        return [(e["field"], e["value"]) for e in map(json.loads, path.read_text().splitlines()[before:])]

    try:
        terminal.start("extract", "--as", "AB")
        terminal.wait(TITLES[0], "▶ Design", "q Quit")
        terminal.press("k", "k", "a")
        terminal.wait("Country, or NR, UC, NA:")
        terminal.press("C-u", "Wales and England", "Enter", "C-u", "small towns", "Enter", "Enter")
        terminal.wait("Saved: Country: Wales and England")
        assert answers() == [("country", "Wales and England")]
        terminal.press("k", "a")
        terminal.wait("Sample (number), or NR, UC, NA:")
        terminal.press("C-u", "120", "Enter", "half a quo")
        terminal.wait("half a quo")
        os.kill(terminal.child(), signal.SIGKILL)
        terminal.wait("EXIT 137")
        assert answers() == [("country", "Wales and England")]
        terminal.start("extract", "--as", "AB")
        terminal.wait("Wales and England", "q Quit")
        terminal.press("q")
        terminal.wait("EXIT 0")
    finally:
        terminal.close()
