#!/usr/bin/env python3
"""Make a labelled set for deduplication of any size, with what goes wrong in real exports.

    python benchmarks/dedup_generate.py 100000 made.csv [--seed 1]

Reports are invented and written down as six databases would write them: other forms of names, journals, pages and DOIs, fields that are
missing, years ahead of print, titles cut, mistyped, translated or in brackets, with what databases and web pages hang on to them,
spreadsheet damage. Beside them stand documents that are alike and yet others: parts I and II, yearly reports, updates of Cochrane
reviews, a congress abstract and its article, the same abstract at two congresses, a preprint, working paper, thesis or registration and its
article, two trials of one title, errata, retractions, comments and replies, letters under the article's title, statements in two journals,
companion articles that differ in a word, editorials, editions, chapters of one book, and supplements with one DOI for all their abstracts,
some of them by one group under titles that begin alike. New words and names come up all the time, as in any literature, the more seldom the
more records there are (`Words`): with a fixed stock a large set would be full of titles that differ in a word. The columns are
those of the labelled sets (record_id, cluster_id, author, title …), the rows are shuffled, and the same seed gives the same bytes.
"""

from __future__ import annotations

# ruff: noqa: SIM905  # lists of words read better as words
import argparse
import csv
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

COLUMNS = "record_id cluster_id author title year journal volume number pages doi pmid isbn abstract source entrytype".split()
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo za bra cle dro fin gla hol jar kel lin mor nor pau quin rad sten tor ulm vik wol".split()
_COMMON = [
    "Wang",
    "Li",
    "Zhang",
    "Smith",
    "Kim",
    "Chen",
    "Müller",
    "García",
    "Nguyen",
    "Silva",
    "O'Brien",
    "van der Berg",
    "de Souza",
    "Lopez-Ruiz",
]
_SUBJECTS = (
    "stroke asthma depression diabetes hypertension dementia obesity anaemia sepsis malaria epilepsy glaucoma psoriasis arthritis migraine"
    " osteoporosis pneumonia tuberculosis schizophrenia autism insomnia endometriosis melanoma leukaemia lymphoma nephropathy neuropathy"
).split()
_THINGS = (
    "rehabilitation screening vaccination physiotherapy counselling nutrition surgery imaging telehealth self-management monitoring stenting"
    " β-blockers statins exercise music mindfulness prevention adherence education immunotherapy radiotherapy dialysis transplantation"
).split()
_WHOM = (
    "older adults|children|pregnant women|hospital inpatients|primary care patients|rats|mice|rural communities|adolescents|nursing home residents"
    "|healthcare workers|veterans|low-income countries|school pupils|preterm infants|outpatients|migrants|athletes|smokers|carers"
).split("|")
_DESIGNS = (
    "a randomised controlled trial|a systematic review|a cohort study|a pilot study|a qualitative study|a cross-sectional survey|a case series"
    "|a meta-analysis|a feasibility study|results from a national registry|a mixed methods evaluation|an observational study"
).split("|")
_FRAMES = (
    "Effects of {x} and {y} on {s} in {w}",
    "{X} for {s} in {w}",
    "The role of {x} in the management of {s} among {w}",
    "Association between {x} and {s} in {w}",
    "Predictors of {s} after {x} in {w} with {t}",
    "Does {x} improve outcomes of {s} in {w}?",
    "{X} versus {y} in {w} with {s} and {t}",
    "Barriers to {x} in {w} living with {s}",
    "{S} and {t} in {w}: the impact of {x}",
)
_FIELDS = "Cardiology Neurology Psychiatry Surgery Nutrition Oncology Nursing Rehabilitation Immunology Paediatrics Geriatrics Pharmacology Epidemiology".split()
_NAMES = (
    "Journal of {f}",
    "{f}",
    "Annals of {f}",
    "International Journal of {f}",
    "European Journal of {f} Research",
    "Archives of {f} and {g}",
    "{f} and {g}",
)
_SHORT = {"Journal": "J", "Annals": "Ann", "International": "Int", "European": "Eur", "Archives": "Arch", "Research": "Res"}
_COMPANIONS = (("children", "adults"), ("men", "women"), ("acute", "chronic"), ("hepatitis B", "hepatitis C"), ("urban", "rural"), ("systolic", "diastolic"),
               ("prednisone", "prednisolone"), ("vitamin A", "vitamin D"), ("efficacy", "safety"), ("serum", "plasma"))  # fmt: skip
_NOTES = (
    " [Conference abstract]",
    " (Structured abstract)",
    " [Review] [34 refs]",
    " [see comment]",
    " - PubMed",
    " [In German]",
    " (Provisional abstract)",
)
_GENERIC = (
    "Image of the month",
    "What is your diagnosis?",
    "Author's reply",
    "Response to letter to the editor",
    "Meeting report",
    "Foreword",
    "Editorial",
    "Introduction",
    "Letter to the editor",
    "Abstracts",
    "Book reviews",
    "Editor's comments",
    "In this issue",
    "Correspondence",
)
_FILLER = (
    "background methods results conclusion we studied patients outcomes significant improvement group compared baseline months measured risk"
    " intervention control mean difference interval quality life treatment analysis data were included participants evidence clinical trial"
).split()


@dataclass(frozen=True, slots=True)
class Work:
    """A report as it is, before any database writes it down."""

    title: str
    authors: tuple[tuple[str, str], ...]  # family, given names
    year: int
    journal: str
    volume: int
    issue: int
    first: int
    last: int
    doi: str
    pmid: str
    abstract: str
    letters: str = ""
    kind: str = "article"
    foreign: str = ""  # its title in the language that it is written in
    isbn: str = ""


class Words:
    """Words of one sort. The commonest are those that come up first (H. A. Simon 1955, On a class of skew distribution functions,
    Biometrika 42:425), and new ones come up at a given rate."""

    def __init__(self, r: random.Random, known: list[str], ends: tuple[str, ...]) -> None:
        self.r = r
        self.used = [*known]
        self.ends = ends

    def one(self, rate: float) -> str:
        if self.r.random() < rate:
            self.used.append("".join(self.r.choice(_SYLLABLES) for _ in range(self.r.randint(2, 4))) + self.r.choice(self.ends))
        else:
            self.used.append(self.r.choice(self.used))
        return self.used[-1]

    def two(self, rate: float) -> tuple[str, str]:
        first = second = self.one(rate)
        while second == first:
            second = self.one(rate)
        return first, second


# Heaps' law: of n words K n^β are different. 14,425 titles found for reviews hold 14,978 different words, β is between 0.5 and 0.6; of the
# first authors of 6,875 records 2,697 have different names, β is 0.6. A title has about 13 words, 4 or 5 of which are drawn.
def _new_term(titles: int) -> float:
    return min(0.5, 19 * 0.55 * (13 * titles) ** -0.45 * 13 / 4.5)


def _new_name(names: int) -> float:
    return min(0.5, 13.4 * 0.6 * names**-0.4)


class Maker:
    """Works and records out of one seed.

    Places are as crowded as in four labelled sets. Of two documents of one year 3 to 13 of a hundred pairs have one volume (here 2 or 3), since each
    journal counts its own; 1.2 to 4 of a thousand pairs have one first page (here 1.1), half of which are below 300; of these 2 to 12 of a
    hundred have one last page too (here 9).
    """

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        r = self.r
        self.things = Words(r, _THINGS, ("ation", "therapy", "ine", "ectomy", "mab", " training", " testing"))
        self.subjects = Words(r, _SUBJECTS, ("itis", "oma", "osis", "pathy", " syndrome", " infection"))
        self.whom = Words(r, _WHOM, (" women", " workers", " residents", " patients", " students"))
        self.surnames = Words(
            r, ["".join(r.choice(_SYLLABLES) for _ in range(r.randint(2, 3))) for _ in range(50)], ("", "", "s", "n", "son")
        )
        self.given = ["".join(r.choice(_SYLLABLES) for _ in range(2)).capitalize() for _ in range(400)]
        pairs = [(f, g) for f in _FIELDS for g in _FIELDS if f != g]
        self.journals = sorted({name.format(f=f, g=g) for name in _NAMES for f, g in pairs})
        self.volumes = {journal: int(r.lognormvariate(3.3, 0.8)) for journal in self.journals}  # of the year 2000
        self.n = self.titles = self.names = 0

    def family(self) -> str:
        self.names += 1
        return self.surnames.one(_new_name(self.names)).capitalize()

    def title(self) -> str:
        r = self.r
        self.titles += 1
        rate = _new_term(self.titles)
        x, y = self.things.two(rate)
        s, t = self.subjects.two(rate)
        text = r.choice(_FRAMES).format(x=x, y=y, s=s, t=t, w=self.whom.one(rate), X=x.capitalize(), S=s.capitalize())
        if r.random() < 0.5:
            text += f" in {self.family()}" if r.random() < 0.4 else f" with {self.subjects.one(rate)}"
        return f"{text}: {r.choice(_DESIGNS)}" if r.random() < 0.7 else text

    def work(self) -> Work:
        r = self.r
        self.n += 1
        year = r.randint(1985, 2024)
        journal = r.choice(self.journals)
        first = 1 + int(r.lognormvariate(5.7, 1.3))
        names = tuple(
            (r.choice(_COMMON) if r.random() < 0.25 else self.family(), " ".join(r.sample(self.given, r.randint(1, 2))))
            for _ in range(min(12, 1 + int(r.expovariate(0.25))))
        )
        abstract = " ".join(r.choices(_FILLER, k=60)) + "." if r.random() < 0.85 else ""
        return Work(
            self.title(), names, year, journal, max(1, self.volumes[journal] + year - 2000), r.randint(1, 12), first, first + r.randint(2, 14),
            f"10.{r.randint(1000, 1200)}/j.{self.n}.{year}", str(10_000_000 + self.n), abstract,
        )  # fmt: skip

    def another(self, work: Work) -> list[Work]:
        """Documents that are like a work and yet others."""
        r = self.r
        self.n += 1
        fresh = {"doi": f"10.{r.randint(1000, 1200)}/k.{self.n}.{work.year}", "pmid": str(40_000_000 + self.n)}
        after = {**fresh, "first": work.last + 1, "last": work.last + r.randint(3, 9)}
        else_where = {**fresh, "volume": work.volume + r.randint(1, 3), "first": r.randint(1, 900), "last": 0}
        choice = r.choice(
            ["part", "yearly", "cochrane", "congress", "preprint", "erratum", "retraction", "reply", "comment", "generic", "journal"] * 2
            + [
                "foreign",
                "foreign",
                "letter",
                "thesis",
                "working paper",
                "registration",
                "two trials",
                "two congresses",
                "statement",
                "companion",
                "chapters",
                "editions",
            ]
        )
        bare = work.title.split(":")[0]
        if choice == "part":
            one, two = r.choice([("Part I", "Part II"), ("Part 1", "Part 2"), ("I", "II"), ("2", "3")])
            return [replace(work, title=f"{bare}. {one}"), replace(work, title=f"{bare}. {two}", **after)]
        if choice == "yearly":
            return [
                replace(work, title=f"{bare}: {work.year} report"),
                replace(work, title=f"{bare}: {work.year + 1} report", year=work.year + 1, **else_where),
            ]
        if choice == "cochrane":
            number = f"CD{r.randint(1000, 14000):06}"
            review = replace(
                work,
                journal="Cochrane Database of Systematic Reviews",
                letters=number,
                kind="cochrane",
                volume=0,
                doi=f"10.1002/14651858.{number}",
            )
            return [
                review,
                replace(review, year=work.year + r.randint(2, 5), doi=f"{review.doi}.pub2", pmid=fresh["pmid"], issue=r.randint(1, 12)),
            ]
        if choice == "congress":
            other = r.choice(self.journals)
            return [
                work,
                replace(work, year=work.year - r.randint(0, 1), journal=other, letters="S", kind="abstract", **{**else_where, "doi": ""}),
            ]
        if choice == "preprint":
            return [work, replace(work, journal=r.choice(["medRxiv", "bioRxiv", "SSRN Electronic Journal"]), kind="preprint", volume=0, issue=0, first=0,
                                  doi=f"10.1101/{work.year}.01.{self.n}", pmid="")]  # fmt: skip
        if choice in ("erratum", "retraction"):
            head = {
                "erratum": ["Erratum to: ", "Correction: ", "Corrigendum to "],
                "retraction": ["Retraction notice to: ", "Retraction: "],
            }[choice]
            return [work, replace(work, title=r.choice(head) + work.title, abstract="", **after)]
        if choice == "reply":
            return [work, replace(work, title=f"{work.title}: authors' reply", abstract="", **after)]
        if choice == "comment":
            return [work, replace(work, title=f"Comment on: {work.title}", authors=self.work().authors, abstract="", **after)]
        if choice == "generic":
            head = r.choice(_GENERIC)
            return [replace(work, title=head, abstract=""), replace(work, title=head, abstract="", issue=work.issue % 12 + 1, **after)]
        if choice == "journal":
            return [work, replace(work, journal=r.choice(self.journals), **else_where)]
        return self.odder(choice, work, fresh, after, else_where)

    def odder(self, choice: str, work: Work, fresh: dict[str, Any], after: dict[str, Any], else_where: dict[str, Any]) -> list[Work]:
        """What is rarer in most exports."""
        r = self.r
        bare = work.title.split(":")[0]
        nowhere: dict[str, Any] = {**fresh, "volume": 0, "issue": 0, "first": 0, "last": 0, "doi": "", "pmid": ""}
        if choice == "foreign":
            return [
                replace(
                    work,
                    foreign=" ".join(self.family() + r.choice(("en", "ung", "a", "ción", "ие")) for _ in range(r.randint(5, 9))),
                )
            ]
        if choice == "letter":
            return [work, replace(work, authors=self.work().authors[:3], abstract="", **after)]
        if choice in ("thesis", "working paper", "registration"):
            named = {"thesis": f"University of {self.family()}", "working paper": f"NBER Working Paper {r.randint(2000, 30000)}",
                     "registration": f"https://clinicaltrials.gov/show/NCT{r.randint(10**6, 10**7 - 1):08}"}  # fmt: skip
            who = work.authors if choice == "working paper" else work.authors[:1]
            return [work, replace(work, authors=who, journal=named[choice], kind=choice, year=work.year - r.randint(1, 2), **nowhere)]
        if choice == "two trials":
            title, sponsor = (
                f"A study of {r.choice(_THINGS)} in {r.choice(_WHOM)} with {r.choice(_SUBJECTS)}",
                (("Acme Pharmaceuticals", ""),),
            )
            return [replace(work, title=title, authors=sponsor, journal=f"https://clinicaltrials.gov/show/NCT{r.randint(10**6, 10**7 - 1):08}", kind="registration",
                            abstract="", **nowhere) for _ in range(2)]  # fmt: skip
        if choice == "two congresses":
            one = replace(work, letters="S", kind="abstract", last=0)
            return [one, replace(one, year=work.year + 1, **{**else_where, "volume": work.volume + 1})]
        if choice == "statement":
            title = f"The {self.family().upper()} statement: guidelines for reporting {r.choice(_THINGS)} in {r.choice(_SUBJECTS)}"
            one = replace(work, title=title)
            return [one, replace(one, journal=r.choice(self.journals), **else_where)]
        if choice == "companion":
            x, y = r.choice(_COMPANIONS)
            return [
                replace(work, title=f"{bare} and {x} outcomes"),
                replace(work, title=f"{bare} and {y} outcomes", abstract=self.work().abstract, **after),
            ]
        book = {"journal": "", "abstract": "", **nowhere, "isbn": f"978{r.randint(10**9, 10**10 - 1)}"}
        if choice == "chapters":
            one = replace(work, title=r.choice(("Introduction", "Conclusion", bare)), kind="chapter", **{**book, "first": 1, "last": 14})
            return [
                one,
                replace(one, title=one.title if one.title != bare else f"{bare} again", authors=self.work().authors[:2], first=15, last=40),
            ]
        return [
            replace(work, title=f"Handbook of {bare}, {n} edition", kind="book", year=work.year + later, **book)
            for n, later in (("2nd", 0), ("3rd", 5))
        ]

    def supplement(self) -> list[Work]:
        """Abstracts of one meeting: one DOI for all of them, page by page."""
        base, stem = self.work(), self.title().split(":")[0]
        by_one_group = self.r.random() < 0.3
        return [
            replace(replace(base, title=f"{stem}: effects on {s} of {w}", abstract=self.work().abstract) if by_one_group else self.work(), journal=base.journal, year=base.year, volume=base.volume, issue=base.issue, doi=base.doi, pmid="", letters="S",
                    first=base.first + n // 2, last=0, kind="abstract")
            for n, (s, w) in enumerate(zip(self.r.sample(_SUBJECTS, self.r.randint(3, 8)), self.r.sample(_WHOM, 8), strict=False))
        ]  # fmt: skip


def _names(r: random.Random, work: Work, form: int) -> str:
    def initials(given: str, dot: str, gap: str) -> str:
        return gap.join(f"{g[0]}{dot}" for g in given.split())

    authors = list(work.authors)
    if r.random() < 0.03:
        authors = authors[:1]
    if r.random() < 0.01:
        return ""
    if form == 0:
        return " and ".join(f"{f}, {g}" for f, g in authors)
    if form == 1:
        return "; ".join(f"{f} {initials(g, '', '')}" for f, g in authors)
    if form == 2:
        return " and ".join(f"{f}, {initials(g, '.', ' ')}" for f, g in authors)
    if form == 3:
        return ", ".join(f"{f} {initials(g, '', '')}" for f, g in authors)
    if form == 4:
        return (
            "".join(f"{f} {initials(g, '.', ' ')}" for f, g in authors)
            if len(authors) > 1
            else f"{authors[0][0]} {initials(authors[0][1], '.', ' ')}"
        )
    listed = [f"{g} {f}" for f, g in authors]
    return "; ".join(listed[:3]) + (" et al." if len(listed) > 3 else "")


def _pages(r: random.Random, work: Work, form: int) -> str:
    if work.letters.startswith("CD"):
        return work.letters
    if not work.first or r.random() < 0.06:
        return ""
    first, last = f"{work.letters}{work.first}", f"{work.letters}{work.last}" if work.last else ""
    if not last or r.random() < 0.04:
        return first
    if form == 1 and len(first) == len(last):
        same = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 0)
        return f"{first}-{last[same:]}"
    if form == 2:
        return f"{first}--{last}"
    if form == 5 and work.first <= 12 and work.last <= 28 and not work.letters:
        return f"{work.first:02}-{['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][min(work.last, 12) - 1]}"
    return f"{first}-{last}"


def _title(r: random.Random, title: str) -> str:
    chance = r.random()
    if chance < 0.02 and ": " in title and not title.endswith("report"):
        # A subtitle is cut. A reply by the bare title of its article, in its issue, without its page: nothing would tell the two apart.
        return title if title.endswith("reply") else title.split(": ")[0]
    if chance < 0.04 and len(title) > 20:
        at = r.randint(5, len(title) - 3)
        return title[:at] + title[at + 1 :] if title[at].isalpha() and title[at - 1].isalpha() else title
    if chance < 0.05:
        return f"[{title}]"
    if chance < 0.055:
        return "#NAME?"
    if chance < 0.08:
        return title.upper()
    if chance < 0.10:
        return title.replace("β", "beta").replace("-", " ")
    if chance < 0.11:
        return title.replace(" and ", " &amp; ").replace(" in ", " <i>in</i> ")
    if chance < 0.125 and chance >= 0.12:
        return title + r.choice(_NOTES)
    if chance < 0.12:
        return f"{title} [Erratum appears in {r.choice(_FIELDS)}. 2011;3(2):14]"
    return f"{title}." if chance < 0.5 else title


def _doi(r: random.Random, doi: str, source: int) -> str:
    if not doi or r.random() < (0.1, 0.35, 0.05, 0.3, 0.6, 0.5)[source]:
        return ""
    chance = r.random()
    return f"https://doi.org/{doi}" if chance < 0.15 else doi.upper() if chance < 0.25 else f"doi: {doi}" if chance < 0.3 else doi


def written(maker: Maker, work: Work, source: int) -> dict[str, object]:
    """A work as one of six databases writes it, with that day's faults."""
    r = maker.r
    journal = work.journal
    if work.kind == "cochrane" and source % 2:
        journal = r.choice(["Cochrane Database Syst Rev", "Cochrane database of systematic reviews (Online)", "The Cochrane Library"])
    elif work.kind not in ("preprint", "thesis", "working paper", "registration") and source in (0, 2, 4) and r.random() < 0.8:
        journal = " ".join(_SHORT.get(w, w if len(w) < 6 else w[:5].rstrip("aeiou")) for w in journal.split() if w not in ("of", "and"))
    if r.random() < 0.01:
        journal = ""
    title = _title(r, work.title)
    if work.foreign:
        title = (
            f"[{work.title}]",
            f"{work.foreign}. [{work.title}]",
            work.foreign,
            f"{work.title}; [{work.foreign}]",
            work.title,
            work.title,
        )[source]
    year = work.year + (r.choice([-1, 1]) if r.random() < 0.03 else 0)
    return {
        "author": _names(r, work, source),
        "title": title,
        "year": year,
        "journal": journal,
        "volume": "" if not work.volume or r.random() < 0.04 else work.volume,
        "number": "" if not work.issue or r.random() < 0.25 else work.issue if r.random() < 0.98 else r.randint(100, 900),
        "pages": _pages(r, work, source),
        "doi": _doi(r, work.doi, source),
        "pmid": work.pmid if source == 0 or r.random() < 0.1 else "",
        "isbn": work.isbn,
        "abstract": work.abstract if r.random() < 0.9 else "",
        "source": "",
        "entrytype": {"thesis": "phdthesis", "book": "book", "chapter": "incollection"}.get(work.kind, "article"),
    }


def generate(size: int, seed: int = 1) -> Iterator[dict[str, object]]:
    """About `size` records (exactly so, the last report is cut), with record_id and cluster_id, in the order they were made."""
    maker = Maker(seed)
    r = maker.r
    made = cluster = 0
    while made < size:
        chance = r.random()
        works = maker.supplement() if chance < 0.004 else maker.another(maker.work()) if chance < 0.06 else [maker.work()]
        for work in works:
            cluster += 1
            sources = r.sample(range(6), min(6, 1 + int(r.expovariate(1.1))))
            for source in sources:
                for _ in range(2 if r.random() < 0.02 else 1):
                    if made < size:
                        made += 1
                        yield {"record_id": f"r{made:07}", "cluster_id": f"c{cluster:07}", **written(maker, work, source)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int)
    parser.add_argument("output")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rows = list(generate(args.size, args.seed))
    random.Random(args.seed).shuffle(rows)
    with open(args.output, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
