"""Rayyan's notes and ASReview's labels: every vote kept, and what is written is read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.formats.asreview import label_column, label_of, note_of, verdict_in, verdict_of
from review.formats.rayyan import Votes, parse_votes, print_votes


def test_rayyan_keeps_every_vote() -> None:
    told, rest = parse_votes(
        'my note | RAYYAN-INCLUSION: {"Ann"=>"Included", "Bo | C."=>"Excluded", "Di"=>"Maybe"} | RAYYAN-LABELS: a, b b '
        '| RAYYAN-EXCLUSION-REASONS: wrong population,foreign | USER-NOTES: {"Bo | C."=>["one, \\"two\\"", "[x] | y"], "Di"=>["z"]}'
    )
    assert told.votes == (("Ann", "include"), ("Bo | C.", "exclude"), ("Di", "maybe"))
    assert told.labels == ("a", "b b")
    assert told.reasons == ("wrong population", "foreign")
    assert told.notes == (("Bo | C.", ('one, "two"', "[x] | y")), ("Di", ("z",)))
    assert rest == "my note"


@pytest.mark.parametrize(
    ("text", "votes"),
    [
        ("", ()),
        ("an ordinary note", ()),
        ("RAYYAN-INCLUSION: {}", ()),
        (' RAYYAN-INCLUSION: {"Caspar"=>"Included"}', (("Caspar", "include"),)),
        ('RAYYAN-LABELS: x | RAYYAN-INCLUSION: {"A B"=>"Excluded","C"=>"Included"}', (("A B", "exclude"), ("C", "include"))),
        ('RAYYAN-INCLUSION: {"A"=>true, "B"=>false, "C"=>nil}', (("A", "include"), ("B", "exclude"))),
        ('RAYYAN-INCLUSION: {"A"=>"Included", "B', (("A", "include"),)),
        ('RAYYAN-INCLUSION: {"A"=>"Maybe"} | USER-NOTES: {} | RAYYAN-INCLUSION: {"B"=>"Excluded"}', (("A", "maybe"), ("B", "exclude"))),
        ('RAYYAN-INCLUSION: {"\\u4fca"=>"Maybe"}', (("俊", "maybe"),)),
    ],
)
def test_rayyan_notes_as_they_come(text: str, votes: tuple[tuple[str, str], ...]) -> None:
    assert parse_votes(text)[0].votes == votes


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="|\x00"), min_size=1, max_size=8)
WORDS = st.text("abc é-.;", min_size=1, max_size=8).map(str.strip).filter(bool).map(lambda t: " ".join(t.split()))


@given(
    st.builds(
        Votes,
        st.lists(st.tuples(NAMES, st.sampled_from(["include", "exclude", "maybe"])), max_size=3).map(tuple),
        st.lists(WORDS, max_size=3, unique=True).map(tuple),
        st.lists(WORDS, max_size=3, unique=True).map(tuple),
        st.lists(st.tuples(NAMES, st.lists(NAMES, min_size=1, max_size=2).map(tuple)), max_size=2).map(tuple),
    )
)
def test_rayyan_notes_that_are_written_are_read_again(told: Votes) -> None:
    assert parse_votes(print_votes(told)) == (told, "")
    assert bool(print_votes(told)) == bool(told)


@given(st.text(max_size=80) | st.text('RAYYAN-INCLUSION: {"A"=>"Included"}\\[', max_size=60))
def test_any_note_is_read(text: str) -> None:
    parse_votes(text)
    verdict_in([text])


def test_asreview_labels() -> None:
    assert label_column(["title", "included", "asreview_label "]) == 2
    assert label_column(["title", "Label_Included"]) == 1
    assert label_column(["title", "decision"]) is None
    assert [verdict_of(v) for v in ("1", "0", "", " 1.0 ", "-1", "nan")] == ["include", "exclude", "", "include", "", ""]
    assert [label_of(v) for v in ("include", "exclude", "maybe", "")] == ["1", "0", "", ""]
    with pytest.raises(ValueError, match="no label"):
        verdict_of("yes")


def test_asreview_notes() -> None:
    assert verdict_in(["ASReview_irrelevant", "mine"]) == ("exclude", ("mine",))
    assert verdict_in(["<p>ASReview_relevant</p>"]) == ("include", ())
    assert verdict_in(["ASReview_not_seen. Additional notes 2."]) == ("", ("Additional notes 2.",))
    assert verdict_in(['asreview_time: "2024"\nkept']) == ("", ("kept",))
    assert [verdict_in([note_of(v)])[0] for v in ("include", "exclude", "maybe")] == ["include", "exclude", ""]


def test_what_goes_to_another_program_is_whole_and_without_our_notes() -> None:
    from review.formats.ris import ris
    from review.model.record import Record, Report
    from review.screening.exports import record_of

    first = Record(key="a:1", title="#REF!", authors=("Smith, J.",), year=2010, extra=(("note", "mine"), ("ID", "7"), ("X9", "x")))
    second = Record(key="b:1", title="A title", abstract="Text\nmore", pages="1-9", doi="10.1000/x", url="https://x.org")
    report = Report(key="a:1", records=(first, second))
    found = report.merged()
    assert (found.title, found.abstract, found.pages, found.doi, found.authors) == (
        "A title",
        "Text\nmore",
        "1-9",
        "10.1000/x",
        ("Smith, J.",),
    )
    assert ris.FORMAT.write
    text = b"".join(ris.FORMAT.write([record_of(report, "ASReview_relevant")], notes=False)).decode()
    assert "review_record" not in text
    assert "ID  - a:1" in text
    assert "N1  - ASReview_relevant" in text
