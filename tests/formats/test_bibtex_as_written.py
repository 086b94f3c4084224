"""BibTeX as programs write it that know no BibTeX: braces that do not fit, names with their initials behind."""

from __future__ import annotations

import pytest

from review.formats.bibtex import bibtex
from review.formats.bibtex.bibtex_names import names
from review.model.record import Record, Reject

VOTES = 'RAYYAN-INCLUSION: {"Ann"=>"Excluded"} | USER-NOTES: {"Ann"=>["a { brace"]}'


@pytest.mark.parametrize("value", ["Open { only", "Closed } only", "Two }} and {", 'A "word" { of it'])
@pytest.mark.parametrize("field", ["title", "abstract", "note"])
def test_braces_that_do_not_fit_cost_no_entry_whose_fields_have_lines_of_their_own(field: str, value: str) -> None:
    fields = {"title": "A study", "abstract": "Text", "note": VOTES, field: value, "doi": "10.1000/a"}
    body = ",\n".join(f"  {name}={{{text}}}" for name, text in fields.items())
    data = f"@article{{rayyan-1,\n{body},\n  year={{2020}}\n}}\n\n@article{{k2,\n  title={{Another}}\n}}\n".encode()
    first, second = bibtex.read(data)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.doi, first.year, second.title, second.extra) == ("10.1000/a", 2020, "Another", (("citation-key", "k2"),))
    told = {"title": first.title, "abstract": first.abstract, "note": next(text for name, text in first.extra if name == "note")}
    assert told[field].replace("{", "").replace("}", "").split() == value.replace("{", "").replace("}", "").split()


def test_an_entry_that_was_cut_off_is_a_reject_still() -> None:
    first, second = bibtex.read(b"@article{k1,\n title = {Never closed,\n year = {2001}\n\n@article{k2,\n title={Another}\n}\n")
    assert isinstance(first, Reject)
    assert isinstance(second, Record)


def test_an_entry_that_lost_its_sign_is_not_put_into_the_one_before() -> None:
    (r,) = bibtex.read(b"@article{k1,\n title={One},\n year={2001}\n}\narticle{k2,\n title={Two},\n doi={10.1000/b}\n}\n")
    assert isinstance(r, Record)
    assert (r.title, r.doi) == ("One", "")
    assert "title={Two}" in " ".join(text for name, text in r.extra if not name)


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Lackner AM and Krause O", ["Lackner AM", "Krause O"]),
        ("Nayer A. and Paul A.-B.", ["Nayer A.", "Paul A.-B."]),
        ("van den Berg K", ["van den Berg K"]),
        ("J. Smith and Donald E. Knott", ["Smith, J.", "Knott, Donald E."]),
        ("DONALD OX", ["OX, DONALD"]),
        ("SMITH J and ROE A.", ["SMITH J", "ROE A."]),
        ("Henry Ford II and Task Force II", ["Henry Ford II", "Task Force II"]),
        ("Smith JB 3rd and Ann Roe Jr", ["Smith JB 3rd", "Roe, Ann, Jr"]),
    ],
)
def test_initials_behind_a_name_are_no_family(value: str, people: list[str]) -> None:
    assert names(value) == people


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_an_entry_without_the_comma_behind_its_key_swallows_none_before_it(between: str) -> None:
    text = (
        "@article{k1, title={First}, year={2019}}"
        + between
        + "@article{k2\n  author = {Roe, Jane},\n  title = {Second},\n  year = {2019}\n}\n"
    )
    first, second = bibtex.read(text.encode())
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.title, second.title, second.authors) == ("First", "Second", ("Roe, Jane",))
    assert ("citation-key", "k1") in first.extra
