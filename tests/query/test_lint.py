"""Every code finds its own bad example and passes its good one; the pages of the docs are current."""

import pytest
from support import PROJECT

from review.query import parse
from review.query.codes import CODES, Code, pages
from review.query.lint import lint
from review.query.mesh import MeshTable, merged, read_mesh
from review.query.spelling import other_spellings

TREE = read_mesh("Asthma;C08.127.108\nAsthma;C20.543\nChild;M01.060.406\nBrain;A08.186.211")
TABLE = merged(TREE, read_mesh("DescriptorUI\tDescriptorName\tTermName\nD1\tAsthma\tBronchial Asthma\nD1\tAsthma\tAsthma, Bronchial"))
IN_WORDS = {"S08": "(a[ti] OR " * 200 + "b[ti]" + ")" * 200, "P11": " OR ".join(f"stem{i}*[tiab]" for i in range(300))}


def codes(text: str, syntax: str = "pubmed", mesh: MeshTable | None = None) -> set[str]:
    return {finding.code for finding in lint(parse(text, syntax), mesh)}


@pytest.mark.parametrize("code", CODES.values(), ids=lambda c: c.code)
def test_each_code_finds_its_example_and_passes_the_mend(code: Code) -> None:
    assert code.code in codes(IN_WORDS.get(code.code, code.bad), code.syntax, TABLE)
    if code.code not in IN_WORDS:
        assert code.code not in codes(code.good, code.syntax, TABLE)
    assert lint(parse(code.bad, code.syntax)) == lint(parse(code.bad, code.syntax))


def test_codes_that_stop_stop() -> None:
    for code in CODES.values():
        assert parse(IN_WORDS.get(code.code, code.bad), code.syntax).whole is not code.stops, code.code


def test_the_pages_are_current() -> None:
    folder = PROJECT / "docs" / "lint"
    made = pages()
    assert {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.md")} == made, "run: review query codes --write docs/lint"


def test_mesh_is_not_judged_without_a_table() -> None:
    assert codes('"Asthmma"[mh]') == set()
    (finding,) = lint(parse('"Asthmma"[mh]'), TABLE)
    assert (finding.code, finding.line, finding.column) == ("M01", 1, 1)
    assert "Asthma" in finding.mend
    (finding,) = lint(parse("exp Bronchial asthma/", "ovid"), TABLE)
    assert finding.code == "M02"
    assert '"Asthma"' in finding.mend


def test_descriptor_records() -> None:
    table = read_mesh("*NEWRECORD\nRECTYPE = D\nMH = Asthma\nENTRY = Bronchial Asthma|T047|NON|EQV\nMN = C08.127.108\nUI = D001249\n")
    assert table.heading("asthma") == "Asthma"
    assert table.entry("Asthma, Bronchial") == "Asthma"
    assert table.trees["Asthma"] == ("C08.127.108",)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("tumour*[tiab]", "tumor*"),
        ("randomized[tiab]", "randomised"),
        ("behaviour[tiab]", "behavior"),
        ("haemorrhag*[tiab]", "hemorrhag*"),
        ("fibre[tiab]", "fiber"),
        ("center[tiab]", "centre"),
        ("paediatric*[tiab]", "pediatric*"),
    ],
)
def test_spelling_variants(text: str, what: str) -> None:
    (finding,) = [f for f in lint(parse(text)) if f.code == "R04"]
    assert f"'{what}'" in finding.what


@pytest.mark.parametrize(
    "text", ["tumo*[tiab]", "(tumour[tiab] OR tumor[tiab])", "exercise[tiab]", "literature[tiab]", "four[tiab]", "your[tiab]"]
)
def test_spelling_is_quiet_otherwise(text: str) -> None:
    assert "R04" not in codes(text)
    assert "R04" not in codes("h?emorrhage$.tw.", "ovid")


def test_two_misspellings_of_a_strategy_that_is_clean_otherwise() -> None:
    clean = '#1 "Asthma"[mh] OR asthma*[tiab]\n#2 "Child"[mh] OR child*[tiab]\n#3 #1 AND #2\n#4 2010:3000[dp]\n#5 #3 AND #4'
    assert lint(parse(clean), TABLE) == ()


@pytest.mark.parametrize(
    "word",
    [
        "colorectal",
        "laboratory",
        "humoral",
        "honorary",
        "vaporization",
        "programmed",
        "programming",
        "pediculosis",
        "pedometer",
        "diameter",
        "central",
    ],
)
def test_words_with_one_spelling_have_no_other(word: str) -> None:
    assert other_spellings(word) == []


@pytest.mark.parametrize(
    ("british", "american"),
    [("modelling", "modeling"), ("counselling", "counseling"), ("coeliac", "celiac"), ("manoeuvre", "maneuver"), ("orthopaedic", "orthopedic"),
     ("paediatrics", "pediatrics"), ("programme", "program"), ("behavioural", "behavioral"), ("labour", "labor"), ("artefact", "artifact")],
)  # fmt: skip
def test_both_ways(british: str, american: str) -> None:
    assert (other_spellings(british), other_spellings(american)) == ([american], [british])
