"""How the page looks: nothing runs out of its place at three widths, the pictures are as they were, axe finds nothing serious.

LOOKS=keep python -m pytest tests/report/test_looks.py    keeps the pictures as they now are: look at them first
"""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, WIDTHS, chromium, opened, set_in_our_font
from support import PROJECT, Small

pytest.importorskip("playwright")
pytestmark = [pytest.mark.system, pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: make test-system")]

FOUNDING = PROJECT / "reports" / "healthy-communities" / "report.html"
KEPT = Path(__file__).parent / "looks"
LEFT = Path(tempfile.gettempdir()) / "review-looks"  # where a picture that differs is left


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as made:
        yield made


@pytest.fixture(scope="module", params=["founding", "rich"])
def page(request: pytest.FixtureRequest, rich_once: Small) -> Path:
    return FOUNDING if request.param == "founding" else rich_once.reports / "report.html"


# Elements whose words stick out of them, though they neither scroll nor are meant to be hidden.
STICKING_OUT = """() => [...document.querySelectorAll('td, th, h1, h2, h3, h4, p, li, dt, dd, caption, figcaption, article, .strip li, .tag, .level')]
  .filter(e => e.checkVisibility() && !e.closest('.skip') && e.scrollWidth > e.clientWidth + 2 && e.clientWidth
               && getComputedStyle(e).display !== 'inline')
  .map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 60) + ' ' + e.scrollWidth + '>' + e.clientWidth)"""

# In each drawing: texts outside of it, texts outside of their box, texts that lie on each other.
IN_DRAWINGS = """() => [...document.querySelectorAll('figure svg')].flatMap(svg => {
  const found = [], frame = svg.viewBox.baseVal, name = (svg.querySelector('title') || {}).textContent;
  const own = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')].map(e => [e, e.getBoundingClientRect()]);
  for (const [e, r] of texts)
    if (r.left < own.left - 1 || r.right > own.right + 1 || r.top < own.top - 1 || r.bottom > own.bottom + 1) found.push(`${name}: outside: ${e.textContent}`);
  for (const group of svg.querySelectorAll('g[data-box]')) {
    const box = group.querySelector('rect').getBoundingClientRect();
    for (const e of group.querySelectorAll('text')) {
      const r = e.getBoundingClientRect();
      if (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1) found.push(`${name}: out of its box: ${e.textContent}`);
    }
  }
  const scale = own.width / frame.width;
  texts.forEach(([a, p], i) => texts.slice(i + 1).forEach(([b, q]) => {
    const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left), high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (wide > 3 * scale && high > 5 * scale) found.push(`${name}: on each other: ${a.textContent} | ${b.textContent}`);
  }));
  return found;
})"""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_out_of_its_place(browser: Any, page: Path, width: int) -> None:
    with opened(browser, page, width, unfold=True) as tab:
        assert tab.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [width, width]
        assert tab.evaluate(STICKING_OUT) == []
        assert tab.evaluate(IN_DRAWINGS) == []
        # Every link within the page leads somewhere.
        assert tab.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1)).filter(id => !document.getElementById(id))") == []  # fmt: skip


def test_the_first_screen_answers_the_questions(browser: Any, rich_once: Small) -> None:
    """Counts, certainty and links of all three questions are seen on a laptop before anybody scrolls."""
    with opened(browser, rich_once.reports / "report.html", 1280) as tab:
        cards = tab.locator(".cards article")
        assert cards.count() == 3
        assert all(cards.nth(n).bounding_box()["y"] < 900 for n in range(3))
        words = [" ".join(cards.nth(n).inner_text().split()) for n in range(3)]
    assert "GRADE-CERQual: 1 high, 1 low, 1 not yet assessed" in words[0]
    assert "GRADE-CERQual: not yet assessed" in words[1]
    assert "⊕⊕⊕◯ Moderate Sharing budgets probably improves self-rated health a little." in words[2]
    assert "GRADE: 1 moderate, 1 low" in words[2]
    assert "8 reports of 8 studies" in words[2]


def test_figures_have_captions_and_words(browser: Any, rich_once: Small) -> None:
    with opened(browser, rich_once.reports / "report.html", 1280) as tab:
        figures = tab.evaluate(
            """[...document.querySelectorAll('figure')].map(f => { const svg = f.querySelector('svg'); return [f.querySelector('figcaption').textContent.trim(),
               document.getElementById(svg.getAttribute('aria-describedby')).textContent]; })"""
        )
    assert len(figures) == 8  # the flow; appraisal by item and by study, twice; directions, inequality, forest
    assert [caption[:9] for caption, _ in figures] == [f"Figure {n}." for n in range(1, 9)]
    assert all(len(said) > 40 for _, said in figures)
    assert "health: of 8 studies, 5 better, 1 worse, 2 without clear change or mixed." in figures[5][1]


@pytest.mark.parametrize(
    ("name", "width", "scheme", "media", "element"),
    [*((f"top-{w}", w, "light", "screen", "") for w in WIDTHS), ("top-dark", 1280, "dark", "screen", ""), ("top-print", 1280, "light", "print", ""),
     ("flow", 1280, "light", "screen", "#flow figure"), ("forest", 1280, "light", "screen", "#figure-forest-Q3")],
)  # fmt: skip
def test_the_pictures_are_as_they_were(
    browser: Any, rich_once: Small, name: str, width: int, scheme: str, media: str, element: str
) -> None:
    with opened(browser, rich_once.reports / "report.html", width, scheme=scheme, media=media) as tab:
        set_in_our_font(tab)
        tab.evaluate("document.querySelectorAll('.meta').forEach(e => e.style.visibility = 'hidden')")  # the day of the run
        now = tab.locator(element).screenshot() if element else tab.screenshot()
        kept = KEPT / f"{name}.png"
        if os.environ.get("LOOKS") == "keep":
            KEPT.mkdir(exist_ok=True)
            kept.write_bytes(now)
        far = tab.evaluate(APART, [base64.b64encode(x).decode() for x in (kept.read_bytes(), now)])
    if far > 0.03:
        LEFT.mkdir(exist_ok=True)
        (LEFT / kept.name).write_bytes(now)
        pytest.fail(f"{name}: {far:.0%} of the picture differs from {kept}. The page as it now is: {LEFT / kept.name}. If that is meant, keep it: LOOKS=keep.")  # fmt: skip


# The share of fields of 12 × 12 pixels whose mean brightness or colour differs plainly: another Chromium smooths letters otherwise.
APART = """async ([a, b]) => {
  const pixels = async (data) => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + data;
    await image.decode();
    const w = Math.ceil(image.width / 12), h = Math.ceil(image.height / 12), canvas = new OffscreenCanvas(w, h), pen = canvas.getContext('2d');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(image, 0, 0, image.width / 12, image.height / 12);
    return [w, h, pen.getImageData(0, 0, w, h).data];
  };
  const [w, h, p] = await pixels(a), [w2, h2, q] = await pixels(b);
  if (Math.abs(w - w2) > 1 || Math.abs(h - h2) > 2) return 1;
  let far = 0;
  for (let y = 0; y < Math.min(h, h2); y++) for (let x = 0; x < Math.min(w, w2); x++) {
    const i = 4 * (y * w + x), j = 4 * (y * w2 + x);
    if ([0, 1, 2].some(c => Math.abs(p[i + c] - q[j + c]) > 28)) far++;
  }
  return far / (w * h);
}"""


@pytest.mark.parametrize(
    ("width", "scheme", "media"),
    [(1280, "light", "screen"), (1280, "dark", "screen"), (1280, "light", "print"), (375, "light", "screen"), (375, "dark", "screen")],
)
def test_axe_finds_nothing_serious(browser: Any, rich_once: Small, width: int, scheme: str, media: str) -> None:
    with opened(browser, rich_once.reports / "report.html", width, scheme=scheme, media=media, unfold=media == "print") as tab:
        assert axe(tab) == []


def test_axe_finds_nothing_serious_in_the_worked_example(browser: Any) -> None:
    with opened(browser, FOUNDING, 768) as tab:
        assert axe(tab) == []


def axe(tab: Any) -> list[str]:
    """What axe-core calls serious or critical, with the first place of each."""
    tab.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in ("serious", "critical")]
