#!/usr/bin/env python3
"""How deduplication holds where records are worse than those it was written with.

    python benchmarks/dedup_noise.py SET.csv[.gz] ... [--seed 1]

Each SET is a labelled set (record_id, cluster_id and the bibliographic columns). It is deduplicated as it is, then `sparse` (DOI,
abstract, pages, volume and issue each taken from three records in ten; some journals, authors and years lost or wrong) and `crooked`
(titles mistyped, cut off, in capitals; authors in other forms and orders; journals cut short; pages in other forms, as article numbers,
lost). Then each of HALVES by itself: one thing that a database does to all its records, done to every second record at random; and each
of WHOLE, done to all of them: columns that no database of a set had. --only names some of them. A line of JSON for each tells the pairs
joined rightly and wrongly, the reports lost (merged away into another), the pairs missed even when a person answers every question
rightly, and the questions; --show lists the pairs joined wrongly, missed and not joined. What was never so in a database is joined
wrongly now and then: look at what, before a rule is bent to it. It judges nothing.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from review.dedup.engine import group
from review.dedup.reading import read_files
from review.dedup.rules import CERTAIN, UNSURE

csv.field_size_limit(10**9)
Row = dict[str, str]
Noise = Callable[[random.Random, Row], None]


def sparse(r: random.Random, row: Row) -> None:
    for name in ("doi", "abstract", "pages", "volume", "number"):
        if r.random() < 0.3:
            row[name] = ""
    for name in ("journal", "author"):
        if r.random() < 0.03:
            row[name] = ""
    _late(r, row, 0.1)


def crooked(r: random.Random, row: Row) -> None:
    for name, chance in (("doi", 0.5), ("abstract", 0.3), ("number", 0.2), ("volume", 0.05), ("author", 0.03), ("journal", 0.03)):
        if r.random() < chance:
            row[name] = ""
    row["title"] = _title(r, row["title"])
    names = [name for name in row["author"].split(" and ") if name]
    chance = r.random()
    if len(names) > 1 and chance < 0.25:
        row["author"] = f"{names[0]} et al." if chance < 0.1 else " and ".join(n.split(",")[0] for n in names) if chance < 0.2 else " and ".join(names[1:] + names[:1])  # fmt: skip
    if r.random() < 0.15:
        row["journal"] = _short(row["journal"])
    row["pages"] = _pages(r, row["pages"])
    _late(r, row, 0.06)


def _short(text: str) -> str:
    return " ".join(w if len(w) < 5 else w[:4] for w in text.replace(" of ", " ").replace(" the ", " ").split())


def _given_first(text: str) -> str:
    return " and ".join(" ".join(reversed([p.strip() for p in name.split(",", 1)])) for name in text.split(" and "))


def _initials(text: str) -> str:
    """Harlow, Ines Maria: HARLOW, I.M."""
    parts = [name.split(",", 1) for name in text.split(" and ")]
    return " and ".join(", ".join([f[0].upper(), *("".join(f"{w[0]}." for w in g.split()) for g in f[1:])]) for f in parts)


def _garbled(text: str) -> str:
    return text.encode().decode("cp1252", errors="replace")


# What a database does to every record: column, what becomes of it.
HALVES: dict[str, Callable[[Row], dict[str, str]]] = {
    "title, authors, year": lambda row: dict.fromkeys(("journal", "volume", "number", "pages", "doi", "abstract", "pmid", "isbn"), ""),
    "no authors": lambda row: {"author": ""},
    "et al": lambda row: {"author": row["author"].split(" and ")[0] + " et al."},
    "given names first": lambda row: {"author": _given_first(row["author"])},
    "capitals and initials": lambda row: {"author": _initials(row["author"]), "title": row["title"].upper()},
    "no journal": lambda row: {"journal": "", "doi": ""},
    "short journals": lambda row: {"journal": _short(row["journal"]), "doi": ""},
    "titles cut": lambda row: {"title": row["title"][:80] + ("…" if len(row["title"]) > 80 else ""), "doi": ""},
    "no subtitle": lambda row: {"title": row["title"].split(": ")[0], "doi": ""},
    "garbled": lambda row: {"title": _garbled(row["title"]), "author": _garbled(row["author"]), "doi": ""},
    "a year late": lambda row: {"year": str(int(row["year"]) + 1) if row["year"].isdigit() else "", "doi": ""},
    "no year": lambda row: {"year": "", "doi": ""},
    "ahead of print": lambda row: {"volume": "", "number": "", "pages": "", "doi": ""},
    "first pages": lambda row: {"pages": re.split(r"[-–]", row["pages"])[0], "doi": ""},
    "article numbers": lambda row: {"pages": f"e{1000 + sum(n * ord(c) for n, c in enumerate(row['cluster_id'])) % 90000}", "doi": ""},
    "no volume": lambda row: {"volume": "", "doi": ""},
    "surnames": lambda row: {"author": _surnames(row["author"]), "doi": ""},
    "initials run together": lambda row: {"author": _together(row["author"]), "doi": ""},
    "authors turned": lambda row: {"author": " and ".join(reversed(row["author"].split(" and "))), "doi": ""},
    "titles cut at 100": lambda row: {"title": row["title"][:100], "doi": ""},
    "titles cut at 255": lambda row: {"title": row["title"][:255], "doi": ""},
    "volume and issue swapped": lambda row: {"volume": row["number"], "number": row["volume"], "doi": ""},
    "issue in the volume": lambda row: {"volume": f"{row['volume']}({row['number']})" if row["number"] else row["volume"], "number": ""},
    "a journal of another": lambda row: {
        "journal": row["journal"].split(":")[0].split("(")[0].upper(),
        "pages": _short_pages(row["pages"]),
        "doi": "",
    },
    "in brackets": lambda row: {"title": f"[{row['title'].rstrip('.')}]. [German]", "doi": ""},
    "conference abstract": lambda row: {"title": f"{row['title']} [Conference abstract]", "doi": ""},
    "without accents": lambda row: {"title": _spelled(row["title"]), "author": _spelled(row["author"]), "doi": ""},
    "read by a scanner": lambda row: {"title": _scanned(row["title"]), "doi": ""},
    "DOI of another form": lambda row: {"doi": f"https://doi.org/{row['doi']}/abstract" if row["doi"] else "", "abstract": ""},
}


def _empty(*names: str) -> Callable[[Row], dict[str, str]]:
    return lambda _row: dict.fromkeys(names, "")


# What no record of a set has, or how all of them are.
WHOLE: dict[str, Callable[[Row], dict[str, str]]] = {
    "bare": _empty("doi", "abstract", "pmid", "isbn"),
    "none: doi": _empty("doi"),
    "none: abstract": _empty("abstract"),
    "none: pages": _empty("pages"),
    "none: number": _empty("number", "doi"),
    "none: volume, number": _empty("volume", "number", "doi"),
    "none: volume, number, pages": _empty("volume", "number", "pages", "doi"),
    "none: journal": _empty("journal", "isbn", "doi"),
    "none: year": _empty("year", "doi"),
    "none: authors": _empty("author", "doi"),
    "none: pages, abstract": _empty("pages", "abstract", "doi", "isbn"),
    "none: volume, number, abstract": _empty("volume", "number", "abstract", "doi", "isbn"),
    "none: journal, number, abstract": _empty("journal", "number", "abstract", "doi", "isbn"),
    "all: first author": HALVES["et al"],
    "all: surnames": HALVES["surnames"],
    "all: capitals and initials": HALVES["capitals and initials"],
    "all: titles cut at 100": HALVES["titles cut at 100"],
    "all: article numbers": HALVES["article numbers"],
    "all: first pages": HALVES["first pages"],
}


def _surnames(text: str) -> str:
    return "; ".join(name.split(",")[0] for name in text.split(" and "))


def _together(text: str) -> str:
    """Harlow, Ines Maria and Okoye, P.: Harlow IM, Okoye P."""
    parts = [name.split(",", 1) for name in text.split(" and ")]
    return ", ".join(" ".join([f, *("".join(w[0] for w in g.split()) for g in given)]).strip() for f, *given in parts)


def _short_pages(text: str) -> str:
    return re.sub(r"\s*-+\s*", "-", text)


def _spelled(text: str) -> str:
    """As an export of plain letters writes them: Müller as Mueller."""
    text = text.translate(
        str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "å": "aa"})
    )
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _scanned(text: str) -> str:
    return text.replace("rn", "m", 1).replace("l", "1", 1) if len(text) > 40 else text


def _noise(change: Callable[[Row], dict[str, str]], chance: float) -> Noise:
    def noise(r: random.Random, row: Row) -> None:
        if r.random() < chance:
            row.update(change(row))

    return noise


def _late(r: random.Random, row: Row, chance: float) -> None:
    if r.random() < chance and row["year"].isdigit():
        row["year"] = str(int(row["year"]) + r.choice((-1, 1)))


def _title(r: random.Random, title: str) -> str:
    chance = r.random()
    if chance < 0.15 and len(title) > 12:
        at, how = r.randrange(3, len(title) - 3), r.random()
        if how < 0.4:
            return title[:at] + title[at + 1 :]
        return title[:at] + (title[at + 1] + title[at] + title[at + 2 :] if how < 0.7 else r.choice("aeiourstln") + title[at + 1 :])
    if chance < 0.22 and ": " in title:
        return title.split(": ")[0]
    if chance < 0.25:
        return title[:60]
    return title.upper() if chance < 0.30 else f"[{title}]" if chance < 0.33 else "?" + re.sub(r"[^\x00-\x7f]", "?", title) if chance < 0.35 else title  # fmt: skip


def _pages(r: random.Random, pages: str) -> str:
    found = re.fullmatch(r"(\d+)\s*-+\s*(\d+)", pages)
    chance = r.random()
    if found is None or chance >= 0.35:
        return pages
    first, last = found[1], found[2]
    if chance < 0.2:
        same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0) if len(first) == len(last) else 0
        return first if chance < 0.1 else f"{first}-{last[same:]}"
    return f"e{r.randint(1000, 99999)}" if chance < 0.25 else ""


def pairs(group_of: dict[str, str]) -> set[tuple[str, str]]:
    members = defaultdict(list)
    for record, name in group_of.items():
        members[name].append(record)
    return {pair for inside in members.values() for pair in combinations(sorted(inside), 2)}


def measure(rows: list[Row], show: bool = False) -> dict[str, object]:
    true = pairs({row["record_id"]: row["cluster_id"] for row in rows})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "set.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [name for name in rows[0] if name != "cluster_id"], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        found = group(read_files([path], lambda *_: None)[0], certain=CERTAIN, unsure=UNSURE)
    report = dict(found.records.iter_rows())
    keys = found.records["key"].to_list()
    said = pairs(report)
    asked = {(keys[a], keys[b]) for a, b, verdict in found.links.select("a", "b", "verdict").iter_rows() if verdict == "unsure"}
    merged = {name: name for name in report.values()}

    def find(name: str) -> str:
        while merged[name] != name:
            name = merged[name]
        return name

    for a, b in sorted(asked & true):
        merged[find(report[a])] = find(report[b])
    after = pairs({key: find(name) for key, name in report.items()})
    truth = {row["record_id"]: row["cluster_id"] for row in rows}
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    for key, name in report.items():
        inside[name][truth[key]] += 1
    lost = len(set(truth.values()) - {found.most_common(1)[0][0] for found in inside.values()})
    listed = {"wrongly": sorted(said - true), "never": sorted(true - after), "open": sorted(true & after - said)} if show else {}
    return {**listed, "true": len(true), "right": len(said & true), "wrong": len(said - true), "lost": lost, "missed": len(true - after), "asked": len(asked),
            "recall": round(len(said & true) / max(1, len(true)), 5), "recall_after_review": round(len(after & true) / max(1, len(true)), 5)}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[], help="names of kinds of noise")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    noises: dict[str, Noise] = {
        "as it is": lambda _r, _row: None,
        "sparse": sparse,
        "crooked": crooked,
        **{name: _noise(change, 0.5) for name, change in HALVES.items()},
        **{name: _noise(change, 1) for name, change in WHOLE.items()},
    }
    for path in args.sets:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for name, noise in noises.items():
            if args.only and name not in args.only:
                continue
            r = random.Random(args.seed)  # no secret: the same set each time
            worse = [dict(row) for row in rows]
            for row in worse:
                noise(r, row)
            print(json.dumps({"set": path.name, "noise": name, "records": len(rows), **measure(worse, args.show)}), flush=True)


if __name__ == "__main__":
    main()
