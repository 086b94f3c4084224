"""The report in a real browser: at three widths, without scripts or network, and printed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import PROJECT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars"]  # fmt: skip
PAGE = PROJECT / "reports" / "healthy-communities" / "report.html"
NOTICE = "Worked example, decided from titles and bibliographic records only."

pytestmark = [pytest.mark.system, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: make test-system")]


def browse(tmp_path: Path, page: Path, *flags: str) -> str:
    words = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", *flags, page.as_uri()]
    return subprocess.run(words, capture_output=True, text=True, timeout=120, check=True).stdout


@pytest.mark.parametrize("width", [500, 900, 1600])
def test_the_page_never_scrolls_sideways(tmp_path: Path, width: int) -> None:
    """Wide tables scroll within themselves. (500 is the narrowest window that headless Chromium makes.)"""
    probe = "<script>document.title = 'W' + document.documentElement.scrollWidth + 'of' + innerWidth</script>"
    page = tmp_path / "page.html"
    page.write_text(PAGE.read_text(encoding="utf-8").replace("</body>", probe + "</body>"), encoding="utf-8")
    found = re.search(r"<title>W(\d+)of(\d+)</title>", browse(tmp_path, page, "--dump-dom", f"--window-size={width},900"))
    assert found
    assert int(found[1]) <= int(found[2])


def test_following_a_number_shows_its_list(tmp_path: Path) -> None:
    look = "['screened', 'excluded'].map(id => getComputedStyle(document.querySelector(`#list-${id} .body-of-list`)).display)"
    probe = f"<script>addEventListener('load', () => setTimeout(() => document.title = {look}))</script>"
    page = tmp_path / "page.html"
    page.write_text(PAGE.read_text(encoding="utf-8").replace("</body>", probe + "</body>"), encoding="utf-8")
    words = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri() + "#list-screened"]
    assert "<title>block,none</title>" in subprocess.run(words, capture_output=True, text=True, timeout=120, check=True).stdout


def test_every_printed_page_carries_the_notice(tmp_path: Path) -> None:
    import pypdfium2

    browse(tmp_path, PAGE, f"--print-to-pdf={tmp_path / 'out.pdf'}", "--no-pdf-header-footer")
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        assert len(document) > 3
        for n, sheet in enumerate(document, 1):
            assert NOTICE in " ".join(sheet.get_textpage().get_text_range().split()), f"page {n}"


def test_it_needs_nothing_from_outside() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("<script>") == text.count("<script") == 1  # inline, to sort and filter
    assert "default-src 'none'" in text
    assert not re.search(r"""(?:src|href)=["'](?!#|https://doi\.org/|https://estech\.shinyapps\.io/prisma_flowdiagram/)""", text)
    assert not re.search(r"url\(|@import", text)
