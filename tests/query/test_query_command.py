"""review query check and translate, as a user runs them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from review.cli.query import app
from review.errors import ReviewError


@pytest.fixture
def strategy(tmp_path: Path) -> Path:
    path = tmp_path / "strategy.txt"
    path.write_text("#1 asthma[mh] OR wheez*[tiab]\n#2 flu*[tiab]\n#3 #1 OR #2\n", encoding="utf-8")
    return path


def test_check_says_what_it_found(strategy: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(strategy), "--json"])
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert (found["parsed"], found["syntax"], len(found["lines"])) == (True, "pubmed", 3)
    (finding,) = found["findings"]
    assert {k: finding[k] for k in ("code", "line", "column")} == {"code": "P03", "line": 2, "column": 4}
    assert finding["what"]
    assert finding["why"]
    assert finding["mend"]
    assert "MeSH" in found["skipped"][0]
    assert "skipped MeSH" in result.stderr


def test_exit_codes(strategy: Path, tmp_path: Path) -> None:
    strategy.write_text("asthma[mh]", encoding="utf-8")
    assert CliRunner().invoke(app, ["check", str(strategy)]).exit_code == 0
    strategy.write_text("(asthma[mh]", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(strategy), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["parsed"] is False
    mesh = tmp_path / "mtrees.bin"
    mesh.write_text("Asthma;C08.127.108\n", encoding="utf-8")
    strategy.write_text("asthmma[mh]", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(strategy), "--mesh", str(mesh)])
    assert result.exit_code == 3
    assert 'Did you mean "Asthma"?' in result.stdout


def test_translate(tmp_path: Path) -> None:
    path = tmp_path / "ovid.txt"
    path.write_text("exp Asthma/\n(wheez$ adj3 child$).ti.\n1 and 2\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["translate", str(path), "--from", "ovid", "--to", "pubmed"])
    assert result.exit_code == 0
    assert result.stdout == '#1 "Asthma"[mh]\n#2 wheez*[ti] AND child*[ti]\n#3 #1 AND #2\n'
    assert "line 2 broader: adj3 becomes AND" in result.stderr
    result = CliRunner().invoke(app, ["translate", str(path), "--to", "pubmed", "--json"])
    assert [c["label"] for c in json.loads(result.stdout)["changes"]] == ["2"]


def test_translate_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "ovid.txt"
    path.write_text("exp Asthma/\n(wheez$.ti.\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["translate", str(path), "--to", "pubmed"])
    assert isinstance(result.exception, ReviewError)
    assert ":2:1: S02" in result.exception.message


def test_a_history_of_pubmed(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    rows = ['3,#1 AND #2,,"(asthma)",7,10:00:00', '2,"wheez*[tiab]",,"x",50,10:00', '1,"""Asthma""[Mesh]",,"x","1,234",10:00']
    path.write_text("Search number,Query,Filters,Search Details,Results,Time\n" + "\n".join(rows) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(path), "--json"])
    assert result.exit_code == 0
    assert [(line["label"], line["hits"]) for line in json.loads(result.stdout)["lines"]] == [("1", 1234), ("2", 50), ("3", 7)]
