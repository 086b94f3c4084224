"""Titles that would be something else: each is a title, in every format, in a real browser, in Word, and in the same bytes anywhere."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, WIDTHS, chromium, opened
from markdown_it import MarkdownIt
from support import PROJECT, Small, surroundings
from test_looks import IN_DRAWINGS, STICKING_OUT

from review.formats.characters.text import seen
from review.model.tags import untagged

pytestmark = pytest.mark.slow

LONG = "Unbreakable" * 454 + "end."  # 5,000 characters without a blank
TITLES = (
    "</title></td><script>window.pwned = 1</script> <img src=x onerror='window.pwned = 2'>",
    "{{ 7 * 7 }} {% raw %} {# no #} {{ config }} ${7*7}",
    "#import \"x\": * #panic[] $x^2$ @ref <lab> `raw` \\ #{7*7} // no comment",
    "| a | b | **c** _d_ [e](javascript:alert(1)) ![f](g) ~~h~~ <b>i</b> 1. # j",
    "\\input{/etc/passwd} $\\frac{1}{2}$ % comment \\end{document}",
    "\u202eevil gnp.exe\u202c right to left \u2066isolated \u202eopen",
    "zero\u200bwidth\u200djoined\ufeff and soft\u00adhyphen",
    "emoji 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 中文标题 العنوان हिन्दी 𝕞𝕒𝕥𝕙 Z͑ͫ̓a̛l̀go",
    LONG,
    "=HYPERLINK(\"http://evil.example\",\"x\") @SUM(1+1)",
    "' OR 1=1; DROP TABLE reports; -- \"quoted\" 'single' &amp; &lt;b&gt;",
)  # fmt: skip


def hostile(root: Path) -> Small:
    """A small review, finished, of nothing but such titles; every one of them is included."""
    from support import PROTOCOL

    (root / "protocols").mkdir()
    kept = PROTOCOL.replace('title: "Small review"', "title: '<script>window.pwned = 3</script> {{ 7 * 7 }} #panic() \\input'")
    (root / "protocols" / "small.yaml").write_text(kept, encoding="utf-8")
    review = Small(root)
    review("protocol", "lock")
    lines = [f"TY  - JOUR\nAN  - A-{n:06}\nTI  - {t}\nAU  - <b>Maker</b>{n}, A.\nPY  - {2000 + n}\nJO  - {{{{ J }}}} <i>#x\nER  - \n" for n, t in enumerate(TITLES)]  # fmt: skip
    (root / "alpha.ris").write_text("\n".join(lines), encoding="utf-8")
    review("import", "alpha.ris", "--source", "alpha", "--date", "2025-05-01")
    from review.model.events import Answer, Decision
    from review.workspace import find

    space = find("", None, root)
    keys = [f"alpha:A-{n:06}" for n in range(len(TITLES))]
    for who in ("AB", "CD"):
        for phase in ("title-abstract", "full-text"):
            space.ledger(phase, who).append_all(
                [Decision(record=k, records=(k,), phase=phase, verdict="include", protocol=space.digest) for k in keys]
            )
        answers = [Answer(record=k, records=(k,), question="Q1", field="country", value=t[:300], quote=t[:200], locator="p. 1", protocol=space.digest)
                   for k, t in zip(keys, TITLES, strict=True)]  # fmt: skip
        space.ledger("extraction", who).append_all(answers)
    review("run")
    review("report")
    return review


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    pytest.importorskip("playwright")
    if CHROMIUM is None:
        pytest.skip("no Chromium here: make test-system")
    with chromium() as found:
        yield found


def plain(text: str) -> str:
    """What is left of a text when blanks and marks that nobody sees are put aside."""
    return re.sub(r"[\s\u200b\u200d\ufeff\u00ad\u202a-\u202e\u2066-\u2069]+", "", text)


@pytest.mark.system
@pytest.mark.parametrize("width", WIDTHS)
def test_a_browser_shows_them_and_runs_nothing(made: Small, browser: Any, width: int) -> None:
    with opened(browser, made.reports / "report.html", width, unfold=True) as tab:
        assert tab.evaluate("window.pwned") is None
        assert tab.evaluate("document.querySelectorAll('main script, main img, main iframe').length") == 0
        assert tab.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [width, width]
        assert tab.evaluate(STICKING_OUT) == []
        assert tab.evaluate(IN_DRAWINGS) == []
        text = plain(tab.evaluate("document.body.textContent"))
        assert [t[:60] for t in TITLES if plain(t) not in text] == []
        # An override in a title does not turn what comes after it round.
        references = tab.evaluate("[...document.querySelectorAll('.references li')].map(e => e.textContent)")
        assert not any(re.search("[\u202a-\u202e\u2066-\u2069]", r) for r in references)


def test_markdown_json_and_csv_hold_them_as_they_are(made: Small) -> None:
    html = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").render((made.reports / "report.md").read_text())
    assert not re.search(r"<(script|b|i)\b|<img(?! src=\"flow\.svg\")|=.javascript:", html)
    text = plain(re.sub(r"<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&"))
    assert [t[:60] for t in TITLES if plain(t) not in text] == []
    listed = list(csv.DictReader((made.reports / "lists" / "included.csv").read_text(encoding="utf-8").splitlines()))
    given = (untagged(seen(t)).strip() for t in TITLES)  # as a title was read
    assert {r["title"].removeprefix("'").split()[0][:20] for r in listed} == {t.removeprefix("'").split()[0][:20] for t in given}
    assert all(r["title"][:1] not in "=@+-" for r in listed)
    whole = json.loads((made.reports / "report.json").read_text(encoding="utf-8"))
    assert len(whole["included"]) == len(TITLES)


def test_pdf_pages_hold_them_within_their_margins(made: Small) -> None:
    import pypdfium2

    words = ""
    with pypdfium2.PdfDocument(made.reports / "report.pdf") as document:
        for page in document:
            text, (width, _) = page.get_textpage(), page.get_size()
            words += text.get_text_range()
            for n in range(text.count_rects()):
                left, _, right, _ = text.get_rect(n)
                assert left >= 10
                assert right <= width - 10
    for some in ("<script>window.pwned=1</script>", "{{7*7}}", "#panic[]", "|a|b|**c**", "\\input{/etc/passwd}", "UnbreakableUnbreakable"):
        assert some in plain(words)


def test_word_is_sound_and_libreoffice_opens_it(made: Small, tmp_path: Path) -> None:
    from docx import Document

    path = made.reports / "report.docx"
    Document(str(path))
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()
    assert "&lt;script&gt;window.pwned = 1&lt;/script&gt;" in xml
    assert "7 * 7 }}" in xml
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    import pypdfium2

    with pypdfium2.PdfDocument(tmp_path / "report.pdf") as document:
        words = plain("".join(p.get_textpage().get_text_range() for p in document))
        assert len(document) > 5
    assert "<script>window.pwned=1</script>" in words
    assert "PRISMA2020flow" in words


@pytest.mark.parametrize("env", [
    {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
], ids=lambda env: env["TZ"])  # fmt: skip
def test_another_place_time_zone_and_locale_give_the_same_bytes(made: Small, tmp_path: Path, env: dict[str, str]) -> None:
    """Also of what is for paper."""
    there = tmp_path / "another place" / "ünter"
    shutil.copytree(made.root, there, ignore=shutil.ignore_patterns(".review", "reports"))
    for word in ("run", "report"):
        done = subprocess.run([sys.executable, "-m", "review", word], cwd=there / "protocols", capture_output=True, text=True, env=surroundings({"PYTHONPATH": str(PROJECT), **env}))  # fmt: skip
        assert done.returncode in (0, 3), done.stderr
    files = sorted(p.relative_to(made.reports).as_posix() for p in made.reports.rglob("*") if p.is_file())
    assert files == sorted(
        p.relative_to(there / "reports" / "small").as_posix() for p in (there / "reports" / "small").rglob("*") if p.is_file()
    )
    assert {"report.docx", "report.pdf", "flow.png"} <= set(files)
    assert [f for f in files if (made.reports / f).read_bytes() != (there / "reports" / "small" / f).read_bytes()] == []
