"""People without a comma in their names, as other programs are given them."""

import pytest

from review.formats.people.name_pieces import is_body_of, with_comma
from review.formats.people.natural_names import with_commas
from review.formats.registry import by_name
from review.model.record import Record


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Roe JA", "Roe, J. A."),
        ("Roe J.-A.", "Roe, J.-A."),
        ("Иванов И.И.", "Иванов, И.И."),
        ("Πάπας Α.", "Πάπας, Α."),
        ("Roe J A", "Roe, J. A."),
        ("van den Roe J A B", "van den Roe, J. A. B."),
        ("Roe JA 3rd", "Roe, J. A., 3rd"),
        ("ROE-POE JD", "ROE-POE, J. D."),
        ("JUNCHANG LÜ", "JUNCHANG LÜ"),  # the family stands behind
        ("Walks Study Group", "Walks Study Group"),
        ("Diabetes UK", "Diabetes UK"),
        ("Roe, Jane", "Roe, Jane"),
    ],
)
def test_a_family_with_its_initials_behind_it_is_written_with_a_comma(name: str, written: str) -> None:
    assert with_comma(name) == written


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (["J. Smith"], ["Smith, J."]),
        (["M. van der Berg", "K.-L. O'Brien", "J A Roe"], ["van der Berg, M.", "O'Brien, K.-L.", "Roe, J A"]),
        (["Jane Roe", "John A. Smith", "Ahmed al-Khatib"], ["Roe, Jane", "Smith, John A.", "al-Khatib, Ahmed"]),
        (["Martin L. King Jr", "Ann Roe"], ["King, Martin L., Jr", "Roe, Ann"]),
        (["Roe JA", "Smith J."], ["Roe, J. A.", "Smith, J."]),
        (["JA Smith", "JP Roe"], ["Smith, JA", "Roe, JP"]),
        (["J. -H. Roe", "Roe J. -A."], ["Roe, J.-H.", "Roe, J.-A."]),
        (["Jane Roe", "Jan van der Berg"], ["Roe, Jane", "van der Berg, Jan"]),
        (["Ann O’Neil", "Jane Roe", "Walks Study Group"], ["O’Neil, Ann", "Roe, Jane", "Walks Study Group"]),
        (["Ministerie van Walks", "Jane Roe"], ["Ministerie van Walks", "Jane Roe"]),
        (["Jan van Dijk"], ["Jan van Dijk"]),
        (["Walks Study Group", "World Bank", "Diabetes UK", "Sport England", "J. England", "Jane B. Roe"], ["Walks Study Group", "World Bank", "Diabetes UK", "Sport England", "England, J.", "Roe, Jane B."]),
        *((names, names) for names in (["Jane Roe"], ["Wang Wei", "Li Na"], ["World Bank"], ["U.K. Biobank"], ["Dr. Jane Roe"], ["王 明"], ["Plato"], ["Roe, Jane", "Poe, E."], ["J. Robert Roe"], [])),
    ],
)  # fmt: skip
def test_given_names_before_the_family_go_behind_it_where_initials_tell_which_is_which(names: list[str], written: list[str]) -> None:
    assert with_commas(names) == written


def test_people_of_ieee_are_persons_in_every_format() -> None:
    record = Record(title="A", authors=("J. Smith", "M. van der Berg"))
    for form, told in (
        ("ris", "AU  - van der Berg, M."), ("bibtex", "{Smith, J. and van der Berg, M.}"), ("csl-json", '"family": "van der Berg", "given": "M."'),
        ("endnote-xml", ">van der Berg, M.<"), ("nbib", "FAU - van der Berg, M.\nAU  - van der Berg M\n"),
    ):  # fmt: skip
        write = by_name(form).write
        assert write
        assert told in (text := b"".join(write([record]))).decode().replace("\r", "")
        assert [back.authors for back in by_name(form).read(text, {}) if isinstance(back, Record)] == [record.authors]


def test_people_in_full_are_no_bodies_where_their_families_are_not_known() -> None:
    record = Record(title="A", authors=("Jane Roe", "Wang Wei", "World Bank"))
    for form, told in (
        ("nbib", "FAU - Jane Roe\nAU  - Jane Roe\nFAU - Wang Wei\nAU  - Wang Wei\nCN  - World Bank\n"),
        ("bibtex", "{Jane Roe and Wang Wei and {World Bank}}"),
    ):
        write = by_name(form).write
        assert write
        assert told in b"".join(write([record], None, notes=False)).decode()
        [back] = by_name(form).read(b"".join(write([record])), {})
        assert isinstance(back, Record)
        assert back.authors == record.authors


def test_a_family_that_sounds_like_an_article_is_no_body() -> None:
    assert not any(map(is_body_of, ("Nguyen The, Anh", "Group, Ann", "Group, A.", "Ministry of Health")))
    assert all(
        map(
            is_body_of,
            ("Ministry of Health, Kenya", "The Walks Group, Leeds", "Walks & Sons, Inc.", "Walks Ltd, Pty", "Walks International, LLC"),
        )
    )
    assert not any(map(is_body_of, ("Roe, PLC", "Roe, C. O.", "Co, Roe")))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("King Jr., Martin Luther", "King, Martin Luther, Jr."), ("King, Jr., Martin Luther", "King, Martin Luther, Jr."), ("Smith, John Jr.", "Smith, John, Jr."),
        ("Smith III, J A", "Smith, J A, III"), ("Smith, J. A. 3rd", "Smith, J. A., 3rd"), ("Group, WALK Study", "WALK Study Group"),
        ("Investigators, the SPRINT", "the SPRINT Investigators"), ("Group, Ana", "Group, Ana"), ("Mir, Ivan", "Mir, Ivan"), ("Department of Health, UK", "Department of Health, UK"),
    ],
)  # fmt: skip
def test_a_suffix_stands_behind_the_given_names_and_a_body_is_turned_back(name: str, written: str) -> None:
    assert with_commas([name]) == [written]
