"""A file that is read a few bytes at a time gives what it gives at once."""

from __future__ import annotations

import io

import pytest

from review.errors import FormatError
from review.formats.characters import stream
from review.formats.registry import by_name
from review.model.record import Record, Reject

BIBTEX = """% a comment
@string{j = "Journal"}
@comment{ @article{no, title = {No}} }
@inproceedings{b, title = {Child}, crossref = {a}}
@article{broken, title = {One
@article{c, title = {Two {Ä}}, journal = j # " of Tests"}
@proceedings{a, title = {Parent}, year = 2001}
the end
"""
ENDNOTE = """<xml><records><record><titles><title>One</title></titles></record><!-- <record></record> --><record><titles><title>Two
</title></titles><!-- </record> --></record><record/><record><titles><title>cut <record><titles><title>Ärger</title></titles></record></records></xml>"""
JSON = '[{"title": "One", "x": "},{"}, {"title": "b",}, {"y": 1}, {"title": "Ärger", "author": [{"family": "Marx"}]}, 7, {"title": "cut'

NBIB = """1.
PMID- 1
TI  - One
      folded

PMID- 2
AB  - PMID
PMIDs are
  not a tag
PMID-

2.
OWN - NLM
SO  - nothing in it

OWN - NLM
TI  - Ärger

PMID- 5
TI  - Last"""
RIS = "1.\nTY  - JOUR\nTI  - One\n  more\nER  - \n\n2.\nTY  - JOUR\nTI  - Two\nTY  - JOUR\nPY  - 2001\nER  - \nTI  - Ärger\nER  -\nend"
FILES = [("bibtex", BIBTEX, 4), ("endnote-xml", ENDNOTE, 5), ("csl-json", JSON, 5), ("nbib", NBIB, 5), ("ris", RIS, 4)]


@pytest.mark.parametrize(("name", "text", "count"), FILES)
@pytest.mark.parametrize("size", [8, 61])
def test_pieces_of_any_size(monkeypatch: pytest.MonkeyPatch, name: str, text: str, count: int, size: int) -> None:
    form = by_name(name)
    whole = list(form.read(text.encode(), {}))
    assert len(whole) == count
    assert {type(entry) for entry in whole} == {Record, Reject}
    monkeypatch.setattr(stream, "_BLOCK", size)
    assert list(form.read(io.BytesIO(text.encode()), {})) == whole
    assert "".join(entry.raw for entry in whole if isinstance(entry, Reject))


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, text, _ in FILES])
def test_a_line_that_never_ends_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setattr(stream, "_BLOCK", 100)
    monkeypatch.setattr(stream, "_LONGEST", 1000)
    with pytest.raises(FormatError, match="a line in it is longer"):
        list(by_name(name).read(f"{text}{'x ' * 600}".encode(), {}))


def test_a_child_takes_from_a_parent_that_stands_behind_it() -> None:
    child = next(iter(by_name("bibtex").read(io.BytesIO(BIBTEX.encode()), {})))
    assert isinstance(child, Record)
    assert (child.title, child.journal, child.year) == ("Child", "Parent", 2001)


def test_many_broken_items_are_one_pass() -> None:
    data = b'[{"title": "a"},' + b'{"title": "b",},\n' * 20_000 + b'{"title": "c"}]'
    found = list(by_name("csl-json").read(data, {}))
    assert [type(entry) for entry in found] == [Record, Reject, Record]
    assert found[-1].line == 20_001


def test_an_entry_with_very_many_values_under_one_tag_is_read_in_passing() -> None:
    for name, text in (("ris", "TY  - JOUR\n{}ER  - \n"), ("nbib", "PMID- 1\n{}")):
        body = "".join(f"TI  - t{n}\nAD  - a{n}\n  b\n" for n in range(20_000))
        (found,) = by_name(name).read(text.format(body).encode(), {})
        assert isinstance(found, Record)
        assert len(found.extra) == 39_999


def test_an_entry_with_very_many_values_under_two_tags_of_one_field_is_read_in_passing() -> None:
    body = "".join(f"MH  - h{n}\nOT  - o{n}\nOT  - h{n}\n" for n in range(20_000))  # each against each would take half a minute
    (found,) = by_name("nbib").read(f"PMID- 1\n{body}".encode(), {})
    assert isinstance(found, Record)
    assert len(found.keywords) == 40_000  # said twice, kept once


def test_a_very_long_text_is_wrapped_in_passing() -> None:
    abstract = "lorem ip " * 500_000 + "end"  # cutting what is left anew for each line would take half a minute
    (found,) = by_name("nbib").read(b"".join(by_name("nbib").write([Record(title="T", abstract=abstract)], None)), {})
    assert isinstance(found, Record)
    assert found.abstract == abstract
