"""Lists of people in one text: which sign parts them, and what in it is no name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from review.formats.characters.literal import literal_list
from review.formats.characters.text import collapse, unescape
from review.formats.people.author_commas import EASTERN, TURNED_IN_CAPITALS, WITH_POINTS, joined
from review.formats.people.author_habits import POINTED, TURNED_ROUND, UNKNOWN, Habits
from review.formats.people.editors import EDITOR, ROLE
from review.formats.people.name_pieces import GIVEN, in_capitals, in_natural_order, initialled, is_body
from review.formats.values.fields import IN_PARTS, person, says_none
from review.model.patterns import lazy
from review.model.plain_text import unaccented

_NAMESAKES = lazy(r"(?<=[^\W\d_]) 0\d{3}(?= ?[&;,|]| and |$)")  # by which DBLP tells people of one name apart


_SEPARATORS = (
    "\n",
    ";",
    "；",
    "|",
    "、",
    "，",
    "؛",
    "،",
    "//",
    " / ",
    " · ",
    " • ",
)  # `//` is EndNote's, in tables with tabs, ` / ` CiNii's


def split_authors(text: str, habits: Habits = UNKNOWN) -> tuple[str, ...]:
    """The names in a cell that holds all of them, by whichever separator the exporter used.

    Commas separate names only where the parts look like names by themselves (`Tikka C, Verbeek JH`): in
    `Marx, Karl` they do not. A name that can't be told apart stays as it was written. habits: those of its column.
    """
    text = unescape(text).strip()  # the semicolon of `Gr&#225;n` parts no names
    if " (" in text or " [" in text or " 0" in text:
        text = _IN_FULL_BESIDE.sub(r"\2", _NAMESAKES.sub("", _PLACED.sub("", text)))
        if ROLE.search(text) and not EDITOR.fullmatch(text):
            return _with_roles(text, habits)
    if "<" in text:
        text = _BREAK.sub("; ", text)
    if text.endswith(("...", "…")):  # Google Scholar's, where it cuts the list
        text = text.removesuffix("...").removesuffix("…").rstrip(" ,;\n\t")
    if "…" in text or "..." in text or ". . ." in text:
        text = _LEFT_OUT.sub(" ", text)
    text = without_more(text)
    if habits.single and not _PARTED.search(text):
        return tuple(filter(None, map(person, one_each([text]))))
    parts = literal_list(text)
    if not parts:
        for separator in _SEPARATORS:
            if separator in text and not (separator == "//" and "://" in text) and not (separator == "|" and IN_PARTS.fullmatch(text)):
                parts = text.split(separator)
                break
        if parts and ";" in text:  # people, and the groups that PubMed puts behind a semicolon
            parts = [name for part in parts for half in part.split(";") for name in _listed(half)]
        elif not parts and (apart := _at_signs(text)):
            parts = apart
        elif not parts and _IN_CHINESE.fullmatch(text):
            parts = text.split()
        elif not parts:
            parts = joined(text, habits)
    if "{" in text and '"' not in text:  # BibTeX's, around a family of several words: `Diane {van Roe}`
        parts = [_BRACED.sub(r"\1", part) for part in parts]
    if '"' in text and all(map(_QUOTED.fullmatch, parts)):
        parts = [p.strip()[1:-1] for p in parts]
    names = [person(collapse(p).removeprefix("and ").removeprefix("& ").strip(",; ")) for p in parts]
    names = [n for n in names if n and n not in MORE]
    if names and not (habits.pointed and len(names) == 1) and _ends_list(names):
        names[-1] = names[-1].rstrip(".")
    names = (names[:1] and names[0][1:2].isupper() and in_capitals(names)) or names
    return _once(names) if len(names) > 1 and "," in text and ", " not in text else tuple(names)


def _with_roles(text: str, habits: Habits) -> tuple[str, ...]:
    """The names in a cell of which some edited the work, each with that behind it: `Roe J (Ed), Poe K`; of `Roe, J., & Poe, K. (Eds.)` all did."""
    names: list[str] = []
    end = 0
    for role in ROLE.finditer(text):
        people = split_authors(text[end : role.start()].strip(" ,;&"), habits)
        edited = len(people) if any(role.groups()) else 1
        names += people[:-edited] + tuple(f"{name} {role[0].strip()}" for name in people[-edited:])
        end = role.end()
    return (*names, *split_authors(text[end:].strip(" ,;&"), habits))


def _at_signs(text: str) -> list[str]:
    """CSSCI's names, `Roe J/Poe E`, `Jane Roe·Ann Poe`, `김철수·이영희`, parted at the sign; none where not each part is surely a name, or the point may be one's own."""
    sign = next((sign for sign in "/·•" if sign in text), "")
    parts = text.split(sign) if sign and (sign == "/" or not _WITH_A_POINT.search(text)) else []
    return parts if all(map(_by_itself, parts)) else []


_WITH_A_POINT = lazy(r"[\u3040-\u30ff\u3400-\u9fff]")  # what is written out in Chinese or Japanese


def _by_itself(part: str) -> bool:
    """Whether what such a sign parts is surely a name."""
    known = EASTERN.fullmatch(part) or initialled(part) or TURNED_ROUND.fullmatch(part)
    return bool(known or (" " in part and in_natural_order(f"{part} and {part}")))


# `王小明 李华 张三`; two may be one person's, `山田 太郎`, as may all of two signs; no words of bodies.
_IN_CHINESE = lazy(
    r"(?!.*(?:大学|学院|学部|研究所|中心|[学協协]会|医院|病院|大學)(?:\s|$))(?=.*[\u3400-\u9fff]{3})[\u3400-\u9fff]{2,4}(?:\s+[\u3400-\u9fff]{2,4}){2,99}"
)


_LEFT_OUT = lazy(r"(?<=[,;.])\s*(?:…|\.\s?\.\s?\.)\s*(?:&\s)?(?=[^\W\d_])")  # those of a long list before its last name, as APA has it
_PARTED = lazy(r"[\n;；|、，/{\[]")


def without_editors(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those who wrote a work, and those who edited it, as Ovid and people mark them: `Roe, Jane A [Ed]`, `Roe (ed.)`."""
    if not any(name[-1:] in ")]." and ROLE.search(name) for name in names):
        return names, ()
    edited = [name for name in names if EDITOR.search(name) and not EDITOR.fullmatch(name)]
    return tuple(name for name in names if name not in edited), tuple(EDITOR.sub("", name) for name in edited)


def without_more(text: str) -> str:
    """The list without what stands for the others behind its last name: `, et al.`, ` and others`."""
    end = text[-12:]
    return _AND_MORE.sub("", text) if "al" in end or "others" in end else text


_QUOTED = lazy(r'\s*"[^"]+"\s*')
_BREAK = lazy(r"\s*<br ?/?>\s*", re.IGNORECASE)
_BRACED = lazy(r"\{([^{}:]*)\}")


def _once(names: list[str]) -> tuple[str, ...]:
    """Each person once, where all of them stand twice and more, one behind the other, perhaps shorter (ResearchRabbit: `Ann B. Lee,Ann Lee,Jon Poe,Jon Poe`)."""
    groups: list[list[str]] = []
    for name in names:
        if groups and _short(groups[-1][0]) == _short(name):
            groups[-1].append(name)
        else:
            groups.append([name])
    twice = all(len(group) > 1 for group in groups) and any(len(set(group)) < len(group) for group in groups)
    return tuple(max(group, key=len) for group in groups) if twice else tuple(names)


def _short(name: str) -> tuple[str, str]:
    """The first letter and the last word, without accents."""
    plain = unaccented(name.casefold())
    return plain[:1], plain.rpartition(" ")[2]


def are_people(cells: Iterable[str]) -> bool:
    """Whether the cells of a column without a name are lists of people: `Roe, J; Lee, Ann`."""
    full = [[p for part in cell.split(";") if (p := part.strip())] for cell in cells if cell.strip()]
    people = sum(1 for parts in full if all(map(TURNED_ROUND.fullmatch, parts)))
    return people > 0.8 * len(full) and any(len(parts) > 1 for parts in full)


def _listed(text: str) -> list[str]:
    """`Smith JA, Doe J` as two; else the text as one."""
    parts = [] if TURNED_IN_CAPITALS.fullmatch(text.strip()) else text.split(", ")
    return (
        parts if len(parts) > 1 and all(initialled(part.strip()) and not WITH_POINTS.fullmatch(part.strip()) for part in parts) else [text]
    )


def _ends_list(names: list[str]) -> bool:
    """Whether the full stop behind the last name is that of the list, as PubMed, Ovid and VHL write it: no other point stands in the names."""
    last = names[-1][:-1]
    if last.endswith(".") and len(last) > 2 and last[-2].islower():  # the group's point and the list's, in PubMed before 2020
        return True
    if not names[-1].endswith(".") or any("." in name for name in (*names[:-1], last)):
        return False
    if _POINTLESS.search(last):  # `Smith, J; Doe, A.`, where initials have no point
        return any(_POINTLESS.search(name) for name in names[:-1])
    return initialled(names[-1]) or (len(names) > 1 and _IN_FULL.search(last) is not None)


_POINTLESS = lazy(r", (?:[^\W\d_a-z] ?){1,3}$")
_IN_FULL = lazy(r"[^\W\d_]{3}(?<! Inc)(?<! Ltd)$")
# The full name behind the short one, as Web of Science prints it: `Roe, JA (Roe, Jane A.)`
_IN_FULL_BESIDE = lazy(r"([^\W\d_][^,;()|]{0,40}), (?:[^\W\d_a-z]\.?[- ]?){1,4} \((\1, [^()]{1,60})\)")
# The number of an address, at Engineering Village, or of a person, at Scopus
_PLACED = lazy(r" [(\[](?:\d{1,3}(?:, ?\d{1,3})*|\d{6,})[)\]](?=\s*(?:[,;]|$))")


_AND_MORE = lazy(
    r"(?:[,;]\s*(?:and |& )?et\.? al\.?|(?<!\s)\s+and (?:\d+ )?others|(?:(?<=[^\W\d_a-z]\.)|(?<=\s[^\W\d_a-z])|(?<=\s[^\W\d_a-z]{2}))\s+et\.? al\.?)$"
)  # `Roe, Jane A., et al.`, `Roe JA et al.`; in `Roe et al.` it is the name by which people call the work
# Google Scholar's, where it cuts the list; BibTeX's; and what EndNote and Zotero make of it.
MORE = frozenset({"...", "…", "et al", "et al.", "et. al", "et. al.", "others", "and others", "al, et", "al., et", "al, et.", "al., et."})


def without_others(people: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people, and what stands behind the last of them for the others, or alone where nobody is named."""
    if people and (people[-1] in MORE or (len(people) == 1 and says_none(people[0]))):
        return people[:-1], people[-1:]
    return people, ()


_HALF = frozenset({"Mc", "Mac", "De", "Del", "Della", "Di", "Du", "La", "Le", "Van", "Fitz", "Al", "El", "Da", "Dos"})


def unglued(text: str) -> list[str]:
    """SpringerLink's `Jane DoeJohn McDonald` as two names: one ends where a capital follows a small letter."""
    names, start = [], 0
    for n in range(1, len(text)):
        if text[n].isupper() and text[n - 1].islower() and text[max(start, n - 8) : n].rpartition(" ")[2] not in _HALF:
            names.append(text[start:n])
            start = n
    return [*names, text[start:]]


_SHORT = lazy(r"[^\d,;.]{2,40} [A-Z]{1,4}\.?(?:, [^\d,;.]{2,40} [A-Z]{1,4}\.?)+")  # Tikka C, Verbeek JH
_SEVERAL = lazy(r" [A-Z]{1,4}\.?, ")  # in each of these


def one_each(values: list[str]) -> list[str]:
    """The people in values, each as a value of its own where one holds several: `Tikka C, Verbeek JH`, and alone also `Marx, K., Engels, F.`, `Marx, Karl and Engels, F.`"""
    together = "\n".join(values)
    if " and " in together or _SEVERAL.search(together):  # looking once is cheaper than in each
        values = [
            name
            for value in values
            for name in (value.split(", ") if _SHORT.fullmatch(value) and not TURNED_IN_CAPITALS.fullmatch(value) else _edited(value))
        ]
    if values and len(min(values, key=len)) <= _INITIALS:
        values = _rejoined(values)
    if len(values) != 1 or not ("," in values[0] or " and " in values[0] or "|" in values[0] or "、" in values[0] or "，" in values[0]):
        return values
    if apart := in_natural_order(values[0]):
        return apart
    joined = values[0].split(" and ")
    if len(joined) > 1 and all(", " in name for name in joined):
        return joined
    return list(split_authors(values[0], POINTED)) if _is_list(values[0]) else values


_INITIALS_ALONE = lazy(r"[A-Z](?: [A-Z]){0,3}")
_INITIALS = 7  # signs of them at most


def _rejoined(values: list[str]) -> list[str]:
    """The people without EPPI-Reviewer's halves: of a family of two words it makes two people, `Dos Santos` and `H B`."""
    people: list[str] = []
    for value in values:
        last = people[-1] if people and _INITIALS_ALONE.fullmatch(value) else ""
        if " " in last and not ("," in last or initialled(last) or is_body(last)):
            people[-1] = f"{last} {value}"
        else:
            people.append(value)
    return people


def _is_list(value: str) -> bool:
    """Whether a value that may be one name, or that of a body, surely holds several people."""
    pieces = [text for piece in value.split(",") if (text := piece.strip())]
    if is_body(value):
        return False
    if len(pieces) > 3 or any(sign in value for sign in "|、，") or _POINTED_AND.search(value):
        return True
    several = len(pieces) > 2 and all(map(EASTERN.fullmatch, pieces))
    return several or (
        len(pieces) > 1 and (all(map(_KOREAN.fullmatch, pieces)) or all(" " in text and initialled(text) for text in pieces))
    )


_POINTED_AND = lazy(r"\.,? & ")
_KOREAN = lazy(r"[\uac00-\ud7af]{3,4}")  # a family and a given name


def _edited(value: str) -> list[str]:
    """BibTeX's `Moe, M and Poe, SK`, editors whom a program put behind the authors; `Ministry of Health, Labour and Welfare` is one."""
    joined = value.split(" and ")
    return joined if len(joined) > 1 and all(GIVEN.fullmatch(name.partition(", ")[2]) for name in joined) else [value]
