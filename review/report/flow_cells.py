"""What the cells of a published flow say: a whole number, or a list of names with their numbers."""

from __future__ import annotations

import re

from review.model.patterns import lazy
from review.report.prisma_keys import LISTS

NOT_GIVEN = frozenset(
    {"", "na", "n/a", "nan", "none", "null", "-", "–", "—", "xxx", "xx", "x", "nr", "not reported", "not stated", "?", "."}
)
Items = tuple[tuple[str, int | None], ...]
_NUMBER = r"\d{1,3}(?:[,.][\d]{3})+|\d+"
ADDED = (
    "database_results",
    "register_results",
    "other_results",
    "other_removed",
    "duplicates",
    "excluded_automatic",
    "excluded_other",
    "records_excluded",
)
_ABOUT = lazy(r"\d.*[-–~≈]|[~≈<>≤≥]|\b(?:about|approx\w*|over|circa|ca|around|nearly|more|less)\b", re.IGNORECASE)
_REASON = lazy(r"reason\W*\d+$", re.IGNORECASE)
_PART = lazy(r"(.*?)[\s,:=(\[]*(?:n\s*=\s*)?(\d[\d,. ]*|x{2,3}|NA)?[)\]]*", re.IGNORECASE | re.DOTALL)
_BOTH = lazy(
    rf"({_NUMBER})\s*+(?:studies|study|trials?)?\s*+[\[(,;]?\s*+(?:in|from|reported in|of)?\s*+({_NUMBER})\s*+(?:reports?|publications?|articles?|papers?)\s*+[\])]?",
    re.IGNORECASE,
)


def number(text: str) -> tuple[int | None, str]:
    """The whole number that a cell gives (None: not given), and why it can't be read ('' if it can)."""
    cell = text.strip().strip("\"'*").replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").strip()
    if cell.casefold() in NOT_GIVEN:
        return None, ""
    bare = re.fullmatch(
        r"\(?\s*(?:n\s*=\s*)?([-−+]?)\s*(\d{1,3}(?:\.\d{3})+|\d+|\d{1,3}(?:[, ’']\d{3})+)(\.\d+)?\s*\)?[*†‡§]*", cell, re.IGNORECASE
    )
    if not bare:
        return None, "is not an exact number" if _ABOUT.search(cell) else "is not a number"
    if bare[1] in ("-", "−"):
        return None, "is below zero; the R package would drop the sign and print it as a positive number"
    if bare[3] and bare[3].strip(".0"):
        return None, "is not a whole number"
    return int(re.sub(r"\D", "", bare[2])), ""


class Reading:
    """Collects what the cells of one flow give."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.lists: dict[str, Items] = {}
        self.unread: list[tuple[str, str, str]] = []
        self.ignored: list[str] = []
        self.by_words: dict[str, list[str]] = {}  # key -> the names that it was found by

    def take(self, key: str, text: str, guessed: str = "") -> None:
        """guessed: the name that was found by its words only; where the number is given already, it means something else."""
        value, why = number(text)
        if guessed and _REASON.search(guessed) and key.endswith("_excluded_total"):  # a column for each reason
            if value is not None:
                part = key.removesuffix("_total")
                self.lists[part] = (*self.lists.get(part, ()), (guessed, value))
            return
        if key in LISTS:
            self._list(key, text)
            return
        both = _BOTH.fullmatch(text.strip()) if why and key.endswith("_studies") else None
        if both:
            reports = key.replace("_studies", "_reports")
            self.take(key, both[1], guessed)
            self.take(reports, both[2], guessed)
        elif why and key.endswith("_excluded_total") and re.search(r"[^\W\d_].*\d", text):  # the reasons, where their sum was expected
            self._list(key.removesuffix("_total"), text)
        elif guessed and not why and value is not None and key in ADDED and guessed not in self.by_words.get(key, [guessed]):
            self.numbers[key] += value  # found in parts: by hand and by machine, on titles and on abstracts
            self.by_words[key].append(guessed)
        elif guessed and (why or (key in self.numbers and self.numbers[key] != value)):
            self.ignored.append(guessed)
        elif why:
            self.unread.append((key, text, why))
        elif value is not None and key in self.numbers and self.numbers[key] != value:
            self.unread.append((key, text, f"is given twice, as {self.numbers[key]:,} and as {value:,}"))
        elif value is not None:
            self.numbers[key] = value
            if guessed:
                self.by_words.setdefault(key, []).append(guessed)

    def below(self, key: str, name: str, text: str) -> bool:
        """Take an unknown row as part of the number above it, as long as the parts do not exceed it. Whether it was taken."""
        value, why = number(text)
        part = {"database_results": "database_specific_results", "register_results": "register_specific_results"}.get(
            key, key.removesuffix("_total")
        )
        if value is None or why or part not in LISTS or key not in self.numbers:
            return False
        so_far = self.lists.get(part, ())
        if sum(n or 0 for _, n in so_far) + value > self.numbers[key]:
            return False
        self.lists[part] = (*so_far, (name.strip(" :–-•"), value))
        return True

    def _list(self, key: str, text: str) -> None:
        items: list[tuple[str, int | None]] = []
        value, why = number(text)
        if not why and value is not None:  # a bare number: a total without names, or the 0 of an unused row
            if key in ("dbr_excluded", "other_excluded"):
                self.numbers[f"{key}_total"] = value
            return
        if text.strip().casefold() in NOT_GIVEN:
            return
        for part in _parts(text):
            found = _PART.fullmatch(part)
            label, count = (found[1].strip(" ,:("), found[2] or "") if found else (part, "")
            if re.fullmatch(r"x{2,3}|na", count, re.IGNORECASE):
                continue  # a placeholder of the template
            n, why = number(count.strip())
            if why:
                self.unread.append((key, part, why))
            items.append((label or part, n))
        if items:
            self.lists[key] = tuple(items)


def _parts(text: str) -> list[str]:
    """The items of a list: set apart by ';' or lines, as the template asks; else by commas, where each part has its number."""
    parts = [p.strip() for p in re.split(r"[;\n]", text) if p.strip()]
    if len(parts) > 1:
        return parts
    commas = [p.strip() for p in re.split(r",\s+(?:and\s+)?", text) if p.strip()]
    if len(commas) > 1:
        if all(re.search(rf"(?:\((?:n\s*=\s*)?(?:{_NUMBER})\)|[:=]\s*(?:{_NUMBER}))$", p, re.IGNORECASE) for p in commas):
            return commas
        first = [re.fullmatch(rf"({_NUMBER})\s+(.+)", p) for p in commas]
        if all(first):
            return [f"{m[2]}, {m[1]}" for m in first if m]
        if len(commas) % 2 == 0 and len(commas) > 2 and all(number(p)[0] is not None for p in commas[1::2]) and not any(number(p)[0] is not None for p in commas[::2]):  # fmt: skip
            return [f"{name}, {n}" for name, n in zip(commas[::2], commas[1::2], strict=True)]
    return parts
