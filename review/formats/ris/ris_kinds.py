"""What kind of work an entry of RIS is, by what each exporter tells of it; and which tags hold something else in works of that kind."""

from __future__ import annotations

from review.formats.characters.text import doi_in
from review.formats.values.bag import Bag, Places
from review.formats.values.kinds import GENERIC, is_about, kind_of, names_theses
from review.model.patterns import lazy

_OF_MEETINGS = ("conference", "proceedings", "abstract")
_LABEL = lazy(r"label\.ris\.referenceType\.([A-Z_]+)(?:\.\w)?")  # Scopus's, which forgets to put the type in its place
_OVID = lazy(r"\bovid[.-]com\b")


def kind_told(bag: Bag, places: Places) -> str:
    """The source's own word for the kind, or all that it has for it, where the reference type follows from them, else the reference type."""
    code = bag.first("TY")
    if code[:5] == "label" and (label := _LABEL.fullmatch(code)):
        code = label[1].replace("_", " ").capitalize()
        bag.drop(code, "M3")
    for tag in places["stated"]:
        stated = [value for value in bag.peek(tag) if len(value) > 1 and not (doi_in(value) or is_about(value, code))]
        fitting = [value for value in stated if fits(value, code)]
        if not fitting and tag == "PT" and code == "JOUR":  # as Ovid has all: `Dissertation Abstract`
            fitting = [value for value in stated if kind_of(value) is not GENERIC]
        if fitting:
            words = [value for value in stated if not any(map(str.isdigit, value))]  # none of a classification, as PsycINFO's is
            told = words if len(words) > 1 and fits("; ".join(words), code) else fitting[:1]
            for value in told:
                bag.drop(value, tag)
            return "; ".join(dict.fromkeys(told))
    return code


def fits(stated: str, code: str) -> bool:
    """Whether the reference type follows from what is stated."""
    named = kind_of(stated)
    return named.ris == code or (code in ("CONF", "CPAPER") and named.name in _OF_MEETINGS)


def elsewhere(bag: Bag, places: Places, kind: str) -> tuple[str, ...]:
    """The tags under which this exporter has something else than their field: it stays in `extra`."""
    aside: tuple[str, ...] = ()
    # In Ovid's RIS T2 is another title of the work itself; of CENTRAL's the journal is in JA.
    if places["links"] and "JA" in places["journal"] and "T2" in places["journal"] and _OVID.search("\n".join(bag.peek(*places["links"]))):
        aside = ("T2",)
    # Of a thesis EndNote has the degree in the place of the volume, and the department in that of the journal.
    if kind_of(kind).name == "thesis":
        if (told := bag.peek(*places["volume"])) and not any(map(str.isdigit, told[0])):
            aside += places["volume"]
        if "T2" in places["journal"] and not any(map(names_theses, bag.peek("T2"))):
            aside += ("T2",)
    return aside


def proceedings(bag: Bag, kind: str) -> str:
    """The title of the proceedings in C3 (EndNote, Zotero), where databases have other things: PubMed's number, where the authors work."""
    names = bag.peek("C3")
    if len(names) > 1 or bag.has("WE") or names[0].startswith("PUBMED ") or kind_of(kind).name not in _OF_MEETINGS:
        return ""
    return bag.first("C3")
