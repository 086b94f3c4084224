"""References in the styles of journals."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.errors import ReviewError
from review.model.protocol_evidence import Citations
from review.model.record import Record, Report
from review.report.citing import references, style_file


def report(key: str = "a", **fields: object) -> Report:
    return Report(key=key, records=(Record(key=key, **fields),))  # type: ignore[arg-type]


ARTICLE = report(
    title="Community participation: what has been learned?", authors=("Draper, Anne K", "Hewitt G", "Rifkin, Susan"), year=2010,
    journal="Social Science & Medicine", volume="71", issue="6", pages="1102-9", doi="10.1016/j.socscimed.2010.05.016", type="article-journal",
)  # fmt: skip
BODY = report("b", title="20 years of <b>partnership</b>", authors=("Department of Health",), year=2004, type="report")


def test_one_work_in_four_styles() -> None:
    """As the styles' own documents print an article: family names, initials, issue and pages each in its place."""
    made = {
        s: references([ARTICLE], Citations(style=s), Path())["a"]
        for s in ("nlm-citation-sequence", "apa", "bmj", "harvard-cite-them-right")
    }
    assert made["nlm-citation-sequence"].startswith(
        "Draper AK, Hewitt G, Rifkin S. Community participation: what has been learned? Social Science & Medicine. 2010;71(6):1102–9."
    )
    assert made["apa"].startswith("Draper, A. K., Hewitt, G., & Rifkin, S. (2010). Community participation: what has been learned?")
    assert made["bmj"].startswith("Draper AK, Hewitt G, Rifkin S. Community participation")
    assert "Draper, A.K., Hewitt, G. and Rifkin, S. (2010)" in made["harvard-cite-them-right"]
    assert all("10.1016/j.socscimed.2010.05.016" in text for text in made.values())


def test_each_report_has_its_own_reference_and_only_lists_number_them() -> None:
    made = references([ARTICLE, BODY, report("C", title="Alone")], Citations(style="nlm-citation-sequence"), Path())
    assert list(made) == ["a", "b", "C"]
    assert made["b"].startswith("Department of Health. 20 years of")
    assert "2004" in made["b"]
    assert made["C"] == "Alone."
    assert references([ARTICLE], Citations(), Path()) == {}


@pytest.mark.parametrize(
    ("style", "says"),
    [
        ("vancouver", "nlm-citation-sequence"), ("apaa", "Did you mean apa"), ("mine.csl", "no file mine.csl"), ("styles/none.csl", "no CSL style"),
        ("styles/broken.csl", "is not XML"), ("styles/entity.csl", "entities"), ("styles/notes.csl", "no bibliography"),
    ],
)  # fmt: skip
def test_a_bad_style_is_named_with_its_mend(tmp_path: Path, style: str, says: str) -> None:
    folder = tmp_path / "styles"
    folder.mkdir()
    ns = 'xmlns="http://purl.org/net/xbiblio/csl"'
    (folder / "none.csl").write_text("<html><p>404</p></html>")
    (folder / "broken.csl").write_text(f"<style {ns}><info>")
    (folder / "entity.csl").write_text(f'<!DOCTYPE x [<!ENTITY a "b">]><style {ns}/>')
    (folder / "notes.csl").write_text(
        f'<style {ns} class="note" version="1.0"><info/><citation><layout><text variable="title"/></layout></citation></style>'
    )
    with pytest.raises(ReviewError) as error:
        references([ARTICLE], Citations(style=style), tmp_path)
    assert says in f"{error.value.message} {error.value.hint}"


def test_a_style_of_ones_own_and_one_that_points_to_another(tmp_path: Path) -> None:
    ns = 'xmlns="http://purl.org/net/xbiblio/csl"'
    (tmp_path / "own.csl").write_text(
        f'<style {ns} class="in-text" version="1.0"><info><title>Own</title></info><citation><layout><text variable="title"/></layout></citation>'
        '<bibliography><layout><text variable="title" suffix=" / "/><text variable="container-title"/></layout></bibliography></style>'
    )
    assert references([ARTICLE], Citations(style="own.csl"), tmp_path)["a"].endswith("learned? / Social Science & Medicine")
    with pytest.raises(ReviewError, match=r"no words for 'xx'"):
        references([ARTICLE], Citations(style="apa", language="xx"), tmp_path)
    alias = style_file(Citations(style="nature-digest"), tmp_path)
    assert alias is not None
    assert alias.stem == "nature"


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("apa", "A guide without anyone. (2015)."),
        ("harvard-cite-them-right", "‘A guide without anyone’ (2015)."),
        ("elsevier-harvard", "A guide without anyone, 2015."),
        ("nlm-citation-sequence", "A guide without anyone. 2015."),
    ],
)
def test_a_title_that_stands_for_the_author_stands_once(style: str, text: str) -> None:
    report = Report(key="a:1", records=(Record(key="a:1", title="A guide without anyone", year=2015),))
    assert references([report], Citations(style=style), Path()) == {"a:1": text}
