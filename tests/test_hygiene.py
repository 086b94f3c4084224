"""What is loaded when, and what the words of the command are."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from support import PROJECT, THREADED, Small


def loaded(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n'.join(sys.modules))"], capture_output=True, text=True, check=True
    )
    return {m.split(".")[0] for m in done.stdout.split()}


def test_help_loads_nothing_heavy() -> None:
    """Start-up is part of the interface."""
    modules = loaded("import review.__main__, review.cli.app as a; [*a.Loaded().values()]")
    assert {"review", "typer"} <= modules
    heavy = "sqlmodel sqlalchemy textual pydantic msgspec ruamel jinja2 rapidfuzz requests Bio numpy"
    assert not modules & set(heavy.split())


def test_a_command_loads_no_other() -> None:
    modules = subprocess.run(
        [sys.executable, "-c", "import sys, review.cli.app as a; a.Loaded()['screen']; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {m for m in modules if m.startswith("review.cli.")} == {
        "review.cli.app",
        "review.cli.common",
        "review.cli.screen",
        "review.cli.telling",
    }


def test_no_module_compiles_patterns_as_it_is_loaded() -> None:
    """They take longer to compile than a small file to read: `model.patterns.lazy` compiles one when it is wanted."""
    at_once = [
        f"{path.relative_to(PROJECT)}:{number}"
        for path in sorted((PROJECT / "review").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "re.compile(" in line and not line.startswith("  ")
    ]
    assert at_once == []


def ran(root: Path, command: str) -> tuple[str, set[str]]:
    """What a command says, and the packages and modules that it loads."""
    code = f"import sys\nsys.argv = {command.split()}\nfrom review.__main__ import main\ntry: main()\nexcept SystemExit: pass\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    *said, modules = done.stdout.splitlines()
    return "\n".join(said), {name for m in modules.split() for name in (m, m.split(".")[0])}


def test_files_are_deduplicated_without_the_command_line_library(small: Small) -> None:
    """It takes longer to load than a set to deduplicate."""
    (small.root / "set.csv").write_text("record_id,title\n1,One title of some length\n2,Another title of some length\n")
    _, modules = ran(small.root, "review dedup set.csv -o out.csv")
    assert (small.root / "out.csv").read_text() == "record_id,report_id\n1,1\n2,2\n"
    assert "polars" in modules
    assert not modules & {"typer", "pydantic", "rich", "filelock", "msgspec", "sqlite3", "ssl"}
    # Our own take time too, for their patterns and frozen classes.
    assert not modules & {f"review.formats.{name}" for name in ("registry", "values.fields", "people.author_lists", "characters.latex")}
    assert not modules & {f"review.model.{name}" for name in ("record", "run", "related", "reading", "protocol")}


@pytest.mark.parametrize("command", ["describe", "convert -o out.nbib"])
def test_files_are_read_without_what_a_review_needs(tmp_path: Path, command: str) -> None:
    (tmp_path / "few.ris").write_text("TY  - JOUR\nTI  - One title of some length\nER  - \n")
    said, modules = ran(tmp_path, f"review {command} few.ris")
    assert "1 record" in said or (tmp_path / "out.nbib").is_file()
    assert not modules & {"polars", "sqlalchemy", "ruamel", "msgspec", "filelock", "http", "ssl"}


@pytest.mark.parametrize(("command", "told"), [("run", "unchanged"), ("status", "report")])
def test_where_nothing_is_to_be_done_nothing_heavy_is_loaded(finished: Small, command: str, told: str) -> None:
    said, modules = ran(finished.root, f"review {command}")
    assert told in said
    assert not modules & {"sqlalchemy", "sqlmodel", "jinja2", "textual", "polars", "numpy"}


def test_what_is_installed_with_the_program_is_what_it_uses() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "review").rglob("*.py"))
    used = {*re.findall(r"^\s*(?:import|from) (\w+)", code, re.MULTILINE), *re.findall(r'resources\.files\("(\w+)"\)', code)}
    provided = {name.lower().replace("_", "-") for module, found in packages_distributions().items() if module in used for name in found}
    given = {"biopython"}  # nothing in the program imports it; the tests hold the program to what it asks and reads
    assert {re.split("[><=]", wanted)[0] for wanted in project["dependencies"]} == provided | given


@pytest.mark.slow  # import-linter reads the same from the source
def test_below_the_screens_nothing_knows_the_terminal_library() -> None:
    assert not loaded(
        "import review.pipeline, review.screening.session, review.extraction.session, review.report.render, review.dedup.clusters"
    ) & {"textual", "typer"}


def test_collecting_the_tests_starts_nothing_that_can_not_be_forked() -> None:
    assert THREADED == [False], "a test file works with polars or typst as it is loaded: see `support.threaded`"


def test_commands_stand_in_the_order_of_the_work(small: Small) -> None:
    words = small("--help").stdout
    order = [
        "init",
        "protocol",
        "query",
        "search",
        "import",
        "run",
        "status",
        "dedup",
        "screen",
        "decisions",
        "adjudicate",
        "extract",
        "extraction",
        "consensus",
        "report",
        "doctor",
    ]
    places = [words.index(f"│ {name} ") for name in order]
    assert places == sorted(places)


def test_usage_errors_end_with_two(small: Small) -> None:
    small("nonsense", code=2)
    small("import", code=2)
    (small.root / "protocols" / "second.yaml").write_text("x: 1\n")
    told = small("run", code=2)
    assert "--review" in told.stderr
    assert "no protocol here" in Small(small.root.parent)("run", code=2).stderr


def test_a_terminal_that_lacks_a_character_gets_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    import review.__main__ as command

    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="latin-1"))
    monkeypatch.setattr(command, "_command", lambda: print("naïve α ‹x›", flush=True))
    command.main()
    assert written.getvalue().rstrip() == b"na\xefve \\u03b1 \\u2039x\\u203a"


def test_what_a_title_holds_moves_no_cursor_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from review.cli.telling import out

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, shown in ((Terminal(), "a [31m\tb\n"), (io.StringIO(), "a\x1b[31m\tb\n")):
        monkeypatch.setattr(sys, "stdout", stream)
        out("a\x1b[31m\tb")
        assert stream.getvalue() == shown
