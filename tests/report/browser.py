"""The machine's Chromium, driven through Playwright: no browser is downloaded."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDTHS = (375, 768, 1280)  # a phone, a tablet, a laptop


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, page: Path, width: int, *, scheme: str = "light", media: str = "screen", unfold: bool = False) -> Iterator[Any]:
    """The page in a window of that width. unfold: with every list and every folded part open."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.emulate_media(media=media, color_scheme=scheme)
    if unfold:
        tab.add_style_tag(content=".list .body-of-list { display: block !important; }")
        tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    yield tab
    context.close()


def set_in_our_font(tab: Any) -> None:
    """Every text in the font that comes with the program, so that a picture does not depend on the machine's."""
    faces = []
    for style, weight in (("Regular", 400), ("Bold", 700)):
        data = (resources.files("font_source_sans_pro") / "files" / f"SourceSansPro-{style}.ttf").read_bytes()
        faces.append(
            f"@font-face {{ font-family: Ours; font-weight: {weight}; src: url(data:font/ttf;base64,{base64.b64encode(data).decode()}); }}"
        )
    tab.add_style_tag(content="\n".join(faces) + "\n* { font-family: Ours !important; }")
    tab.evaluate("document.fonts.ready")
