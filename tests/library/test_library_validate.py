"""Known studies: found, missed, by whom lost, and what each line adds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from library.made import TREE, Rec, write
from typer.testing import CliRunner

from review.cli import library as library_cli
from review.cli import mesh as mesh_cli
from review.errors import IntegrityError, ReviewError, UsageError
from review.library.mesh_file import data_folder, headings, install, installed
from review.library.validate import Validation, validate
from review.query import parse
from review.store.library import Library

RECS = (
    Rec(1, title="Town health", abstract="trial"), Rec(2, title="City health", abstract="trial"), Rec(3, title="Town health", abstract="survey"),
    Rec(4, title="Town water", abstract="trial"), Rec(5, title="Town health in mice", abstract="trial"), Rec(6, title="Village health", abstract="trial"),
)  # fmt: skip
STRATEGY = "1. town[ti]\n2. city[ti]\n3. or/1-2\n4. health[ti]\n5. trial[tiab]\n6. #3 AND #4 AND #5 NOT mice[ti]\n"


@pytest.fixture
def check(made: Callable[..., Path]) -> Callable[..., Validation]:
    def run(text: str, known: list[int]) -> Validation:
        with Library.open(made(RECS)) as library:
            return validate(library, parse(text, "pubmed"), known)

    return run


def test_found_missed_and_who_lost_them(check: Callable[..., Validation]) -> None:
    done = check(STRATEGY, [1, 2, 3, 4, 5, 6, 99])
    assert done.found == (1, 2)
    assert done.absent == (99,)
    assert done.recall == pytest.approx(1 / 3)
    lost = {m.pmid: [(x.label, x.part, x.how) for x in m.losses] for m in done.missed}
    assert lost == {
        3: [("5", "trial[tiab]", "not found by")],
        4: [("4", "health[ti]", "not found by")],
        5: [("6", "mice[ti]", "taken away by")],
        6: [("3", "or/1-2", "not found by")],
    }
    assert {m.pmid: m.lines for m in done.missed}[5] == ("1", "3", "4", "5")


def test_what_each_line_adds(check: Callable[..., Validation]) -> None:
    done = check(STRATEGY, [1, 2, 3])
    alone = {line.label: (line.hits, line.known, line.alone, line.alone_all) for line in done.lines}
    assert alone["1"] == (4, 2, (1,), 1)
    assert alone["2"] == (1, 1, (2,), 1)
    assert alone["3"] == (5, 3, (1, 2), 2)
    assert [line.final for line in done.lines] == [False] * 5 + [True]
    assert all(line.used for line in done.lines)


def test_a_line_of_one_query(check: Callable[..., Validation]) -> None:
    done = check("(town[ti] OR city[ti]) AND trial[tiab]", [3, 6])
    assert [[(x.part, x.how) for x in m.losses] for m in done.missed] == [
        [("trial[tiab]", "not found by")],
        [("town[ti] OR city[ti]", "not found by")],
    ]


def test_a_record_lost_twice_names_both(check: Callable[..., Validation]) -> None:
    done = check("city[ti] AND survey[tiab] AND health[ti]", [1])
    assert [x.part for x in done.missed[0].losses] == ["city[ti]", "survey[tiab]"]


# -- commands ---------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.xml", RECS)
    (tmp_path / "s.txt").write_text(STRATEGY)
    (tmp_path / "tree.bin").write_text(TREE)
    return tmp_path


def test_build_search_and_info_as_commands(folder: Path) -> None:
    run = CliRunner()
    built = run.invoke(library_cli.app, ["build", "a.xml", "--into", "x.lib", "--json"])
    assert built.exit_code == 0, built.output
    assert json.loads(built.stdout)["records"] == 6
    found = run.invoke(library_cli.app, ["search", "x.lib", "s.txt"])
    assert found.stdout.split() == ["2", "1"]
    assert "2 of 6 records" in found.stderr
    ovid = run.invoke(library_cli.app, ["search", "x.lib", "-", "--json"], input="1 town*.ti.\n2 (town* adj3 council*).tw.\n3 1 or 2\n")
    assert [line["label"] for line in json.loads(ovid.stdout)["lines"]] == ["1", "2", "3"]
    assert [c["what"] for c in json.loads(ovid.stdout)["changes"]] == [
        ".tw. becomes [tiab]: [tiab] searches title, abstracts and author keywords"
    ]
    told = json.loads(run.invoke(library_cli.app, ["search", "x.lib", "-", "--json"], input="town*[ti]").stdout)
    assert (told["count"], told["pmids"], told["mesh"]) == (4, [5, 4, 3, 1], None)
    assert json.loads(run.invoke(library_cli.app, ["info", "x.lib", "--json"]).stdout)["files"][0]["added"] == 6
    (folder / "bad.xml").write_text("nothing")
    failed = run.invoke(library_cli.app, ["build", ".", "--into", "x.lib"])
    assert failed.exit_code == 1
    assert "bad.xml" in failed.stderr


def test_validate_as_a_command(folder: Path) -> None:
    import typer

    from review.cli.validate import command

    app = typer.Typer()
    app.command()(command)
    run = CliRunner()
    run.invoke(library_cli.app, ["build", "a.xml", "--into", "x.lib"])
    (folder / "known.txt").write_text("# known\n1, 2\nPMID: 3\n")
    done = run.invoke(app, ["s.txt", "--known", "known.txt", "--library", "x.lib"])
    assert done.exit_code == 3
    assert "found 2 of 3 known studies (67%)" in done.stdout
    assert "missed 3" in done.stdout
    (folder / "known.txt").write_text("1\n2\n")
    told = run.invoke(app, ["s.txt", "--known", "known.txt", "--library", "x.lib", "--json"])
    assert told.exit_code == 0
    assert json.loads(told.stdout)["recall"] == 1
    for bad in ("x1\n", "# none\n"):
        (folder / "known.txt").write_text(bad)
        assert isinstance(run.invoke(app, ["s.txt", "--known", "known.txt", "--library", "x.lib"]).exception, UsageError)


def test_a_tree_is_installed_checked_and_found_again(folder: Path) -> None:
    assert headings() is None
    done = CliRunner().invoke(mesh_cli.app, ["install", "tree.bin"])
    assert "7 headings in 8 places" in done.stdout
    note = installed()
    assert note is not None
    assert note.path.is_relative_to(data_folder())
    tree = headings()
    assert tree is not None
    assert set(tree.narrower("Health")) == {"Health", "Mental Health", "Recovery", "Public Health"}
    assert tree.digest == note.sha256
    note.path.write_text("Health;N01\n")
    with pytest.raises(IntegrityError, match="was changed"):
        headings()
    (folder / "bad.bin").write_text("Health\n")
    with pytest.raises(ReviewError, match=r"bad\.bin"):
        install(folder / "bad.bin", folder=folder / "elsewhere")
    assert not (folder / "elsewhere").exists()


def test_a_table_of_entry_terms_beside_the_tree(folder: Path) -> None:
    """Former names are understood, and a name that the table does not know finds nothing: it is told, not refused."""
    (folder / "terms.tsv").write_text("DescriptorName\tTermName\nHealth\tWellness\nHealth\tHealth\n")
    assert CliRunner().invoke(mesh_cli.app, ["install", "tree.bin", "terms.tsv"]).exit_code == 0
    tree = headings()
    assert tree is not None
    assert (tree.name, tree.find("Wellness")) == ("tree.bin and terms.tsv", "Health")
    run = CliRunner()
    run.invoke(library_cli.app, ["build", "a.xml", "--into", "x.lib"])
    found = run.invoke(library_cli.app, ["search", "x.lib", "-", "--json"], input="wellness[mh] OR nonsense[mh] OR town*[ti]")
    assert json.loads(found.stdout)["count"] >= 4
    assert any("'nonsense': it finds nothing" in w for w in json.loads(found.stdout)["warnings"])
    without = run.invoke(library_cli.app, ["search", "x.lib", "-", "--mesh", "tree.bin"], input="nonsense[mh]")
    assert isinstance(without.exception, ReviewError)


def test_a_real_tree(shared: Callable[[str], Path]) -> None:
    tree = headings([shared("mesh/mtrees2022.bin")])
    assert tree is not None
    assert "Asthma, Exercise-Induced" in tree.narrower("Asthma")
    assert len(tree.narrower("Neoplasms")) > 500
    assert "Pragmatic Clinical Trial" in tree.narrower("Clinical Trial")
