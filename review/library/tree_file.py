"""MeSH as the evaluation needs it: a heading's narrower headings, a subheading's family."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from review.query.mesh import MeshTable

# MeSH Topical Subheadings, NLM: the families that PubMed explodes ("Subheading hierarchies",
# https://www.nlm.nih.gov/mesh/subhierarchy.html). A name that is not here has nothing below it.
FAMILIES: dict[str, tuple[str, ...]] = {
    "analysis": ("blood", "cerebrospinal fluid", "isolation and purification", "urine"),
    "anatomy and histology": ("blood supply", "cytology", "embryology", "innervation", "pathology", "ultrastructure"),
    "chemistry": ("agonists", "analogs and derivatives", "antagonists and inhibitors", "chemical synthesis"),
    "complications": ("secondary",),
    "cytology": ("pathology", "ultrastructure"),
    "diagnosis": ("diagnostic imaging", "pathology", "radiography", "radionuclide imaging", "ultrasonography"),
    "diagnostic imaging": ("radiography", "radionuclide imaging", "ultrasonography"),
    "embryology": ("abnormalities",),
    "epidemiology": ("ethnology", "mortality"),
    "etiology": (
        "chemically induced", "complications", "congenital", "embryology", "genetics", "immunology", "microbiology", "parasitology",
        "transmission",
    ),
    "metabolism": ("biosynthesis", "blood", "cerebrospinal fluid", "deficiency", "enzymology", "pharmacokinetics", "urine"),
    "microbiology": ("virology",),
    "organization and administration": ("economics", "legislation and jurisprudence", "manpower", "standards", "supply and distribution", "trends", "utilization"),
    "pharmacology": (
        "administration and dosage", "adverse effects", "agonists", "antagonists and inhibitors", "contraindications", "diagnostic use",
        "pharmacokinetics", "poisoning", "toxicity",
    ),
    "physiology": ("genetics", "growth and development", "immunology", "metabolism", "physiopathology", "secretion"),
    "adverse effects": ("poisoning", "toxicity"),
    "statistics and numerical data": ("epidemiology", "supply and distribution", "utilization"),
    "surgery": ("transplantation",),
    "therapeutic use": ("administration and dosage", "adverse effects", "contraindications", "poisoning"),
    "therapy": ("diet therapy", "drug therapy", "nursing", "prevention and control", "radiotherapy", "rehabilitation", "surgery"),
}  # fmt: skip


def family(name: str) -> tuple[str, ...]:
    """A subheading and all below it."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        top = waiting.pop()
        if top not in found:
            found[top] = None
            waiting.extend(FAMILIES.get(top, ()))
    return tuple(found)


@dataclass(frozen=True)
class Headings:
    """A MeSH table, and the file that it came from. `digest`: the sha256 of the file."""

    table: MeshTable
    name: str = ""
    digest: str = ""

    @property
    def has_trees(self) -> bool:
        return bool(self.table.trees)

    @cached_property
    def _places(self) -> list[tuple[str, str]]:
        return sorted((place + ".", name) for name, places in self.table.trees.items() for place in places)

    def find(self, name: str) -> str:
        """The heading that a name or an entry term means, '' for none."""
        return self.table.heading(name) or self.table.entry(name)

    def narrower(self, heading: str) -> tuple[str, ...]:
        """A heading and all below it, in every place where it stands."""
        found = {heading: None}
        for place in self.table.trees.get(heading, ()):
            start = bisect_left(self._places, (place + ".", ""))
            for below, name in self._places[start:]:
                if not below.startswith(place + "."):
                    break
                found[name] = None
        return tuple(found)
