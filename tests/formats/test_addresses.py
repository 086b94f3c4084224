"""The DOI in an address."""

from __future__ import annotations

import pytest

from review.formats.tables import csv_table
from review.formats.values.addresses import doi_in_path, doi_of
from review.model.record import Record


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://doi.org/10.1234/ABC.5", "10.1234/abc.5"),
        ("https://doi-org.proxy.uni.example/10.1234/abc.5", "10.1234/abc.5"),
        ("10.1234/abc.5", "10.1234/abc.5"),
        ("https://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=fulltext&D=empp&DO=10.1234%2fS1-2%252805%252900355-X", "10.1234/s1-2(05)00355-x"),
        ("https://press.example/doi/10.1234/abc.5", ""),  # it may be that of another work, in which this one was seen
        ("", ""),
    ],
)
def test_the_doi_that_an_address_names(address: str, doi: str) -> None:
    assert doi_of(address) == doi


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://press.example/doi/10.1234/abc.5", "10.1234/abc.5"),
        ("https://press.example/doi/abs/10.1234/abc.5?token=a:b", "10.1234/abc.5"),
        ("https://press.example/content/pdf/10.1234%2Fabc.5.pdf", "10.1234/abc.5"),
        ("https://press.example/articles/10.1234/abc.5/full#Sec2", "10.1234/abc.5"),
        ("https://press.example/insight/doi/10.1234/abc.5/full/html", "10.1234/abc.5"),
        ("https://press.example/article/10.1234/1748-9326/ab1/meta", "10.1234/1748-9326/ab1"),
        ("https://press.example/jou/article-abstract/doi/10.1234/jou/ab1/5889999", "10.1234/jou/ab1"),
        ("https://press.example/article/doi/10.1234/b.V1.Suppl_1.12/80000/Of-gardens", "10.1234/b.v1.suppl_1.12"),
        ("https://www.medrxiv.org/content/10.1101/2020.01.02.20012345v2.full.pdf", "10.1101/2020.01.02.20012345"),
        ("https://press.example/doi/10.1234/abc.5/suppl_file/table.pdf", ""),
        ("https://press.example/10.1234/abc.5/a/b/c", ""),
        ("http://192.168.10.1/a/10.12/x", ""),
        ("https://archive.example/pdf/2010.12345v1", ""),
        ("see https://press.example/doi/10.1234/abc.5", ""),
        ("https://press.example/doi/10.1234/", ""),
        ("", ""),
    ],
)
def test_the_doi_in_the_path_of_a_publishers_address(address: str, doi: str) -> None:
    assert doi_in_path(address) == doi


@pytest.mark.parametrize(
    ("table", "dois"),
    [
        ("Title,Year,Link\nA garden,2020,https://press.example/doi/10.1234/abc.5\n", ["10.1234/abc.5"]),
        ("Title,Year,DOI,Link\nA garden,2020,,https://press.example/doi/10.1234/abc.5\nB,2021,10.1234/b,\n", ["", "10.1234/b"]),
        ("Cites,Authors,Title,Year,Source,ArticleURL,GSRank,DOI\n1,J Doe,A garden,2020,J,https://press.example/doi/10.1234/abc.5,1,\n", ["10.1234/abc.5"]),
    ],
)  # fmt: skip
def test_a_table_without_dois_has_them_in_its_addresses(table: str, dois: list[str]) -> None:
    assert [found.doi for found in csv_table.read(table.encode(), {}) if isinstance(found, Record)] == dois
