"""A review's own templates."""

from __future__ import annotations

from support import Small


def test_a_template_of_ones_own_takes_the_place_of_ours(finished: Small) -> None:
    own = finished.reports / "templates"
    own.mkdir()
    (own / "part-top.html.j2").write_text("<h1 id='title'>Ours: {{ p.review.title }}</h1>", encoding="utf-8")
    told = finished("run")
    assert "changed: the templates" in told.stdout
    page = (finished.reports / "report.html").read_text()
    assert "<h1 id='title'>Ours: Small review</h1>" in page
    assert "Records behind" not in page
    (own / "part-top.html.j2").unlink()
    finished("run")
    assert "Ours:" not in (finished.reports / "report.html").read_text()


def test_a_broken_template_is_named_with_its_line(finished: Small) -> None:
    own = finished.reports / "templates"
    own.mkdir()
    before = (finished.reports / "report.html").read_bytes()
    for text, words in (("one\n{% if %}", "part-top.html.j2, line 2"), ("one\n{{ nothing.here }}", "'nothing' is undefined")):
        (own / "part-top.html.j2").write_text(text)
        told = finished("run", code=1)
        assert words in told.stderr
        assert "Traceback" not in told.stderr
        assert (finished.reports / "report.html").read_bytes() == before
    (own / "part-top.html.j2").unlink()
    (own / "part-tpo.html.j2").write_text("x")
    assert "no template of that name" in finished("run", code=1).stderr
