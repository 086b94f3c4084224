"""People without a comma in their names, as other programs are given them."""

import pytest

from review.formats.name_pieces import with_comma


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Roe JA", "Roe, J. A."),
        ("Roe J.-A.", "Roe, J.-A."),
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
