"""review dedup explain: why two records are, or are not, the same report, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from review.cli.common import out, out_json, progress_bar, say, workspace
from review.cli.dedup_names import chosen, meant, told_of
from review.cli.dedup_words import firsts_said
from review.errors import UsageError
from review.formats.base import NO_COLUMNS
from review.opening import once

if TYPE_CHECKING:
    import polars as pl

    from review.dedup.engine import Grouped
    from review.dedup.thirds import Against
    from review.model.events import Sameness
    from review.model.record import Link, Record, Report
    from review.workspace import Workspace

_HOW = "A record is named by its id in the file, DOI, PMID, words of its title, or FILE:N, the Nth of a file. -o GROUPS.csv lists the ids."
MOST_AGAINST = 2  # pairs of records that contradict each other, in words


@dataclass(frozen=True)
class Asked:
    """Two records that are asked about. reports: theirs, and those that links bind to these; links: of the records of the two reports; told:
    key and `crowded.TOLD` of all records."""

    a: Record
    b: Record
    reports: Sequence[Report]
    links: Sequence[Link]
    told: pl.DataFrame


def explain_pair(
    names: list[str], files: list[Path], output: Path | None, as_json: bool, review: str, columns: Mapping[str, str] = NO_COLUMNS
) -> None:
    """Field by field, why two records are, or are not, the same report. names: keys, DOIs, PMIDs or words of a title; output: of the files,
    beside which the words lie that a run would follow; it is not written;
    columns: what a person said of those of tables."""
    if files:
        from review.cli.threads import few_threads

        few_threads(files)
    from review.dedup.crowded import uncounted, without, worded
    from review.dedup.explain import explain, explained
    from review.dedup.thirds import between, thirds

    if len(names) < 2 or (files and Path(names[1]).is_file()):
        raise UsageError("Two records are explained: review dedup explain A B.", "Name each by its key, DOI, PMID or words of its title.")
    limits: dict[str, float] = {}
    if files:
        asked, which = _of_files(files, names, output, columns)
    else:
        space = workspace(review)
        limits = {"certain": space.protocol.dedup.certain, "unsure": space.protocol.dedup.unsure}
        asked, which = _of_review(space, names), firsts_said(space)
    a, b, reports, links = asked.a, asked.b, asked.reports, asked.links
    standing = _standing(reports, links, a.key, b.key, which)
    around = _around(reports, links, a.key, b.key)
    crowd = uncounted([r.key for r in (a, b, *(r for side in around for r in side))], asked.told)
    shared = {name: value for key in (a.key, b.key) for name, value in sorted(crowd.get(key, {}).items())}
    a, b = (without(r, crowd.get(r.key, {})) for r in (a, b))
    found = explained(a, b, **limits)
    # Where a person has spoken, no rule is the reason; nor are others, where the two alone say as much.
    if standing["together"] != (found.verdict == "duplicate") and not standing["person"]:
        mine, theirs, beside = ([without(r, crowd.get(r.key, {})) for r in those] for those in around)
        if not standing["together"]:
            standing |= _kept_apart(standing["how"], thirds(a, b, mine, theirs, beside))
        elif sure := between(a, b, mine):
            standing["how"] = f"through {', '.join(sure)}, surely one with each of the two"
    if as_json:
        a, b = sorted((a, b), key=lambda r: r.key)  # as the fields of the explanation have them
        out_json({"a_key": a.key, "b_key": b.key, "not_counted": shared} | asdict(found) | standing)
        return
    where = "in one report" if standing["together"] else "in two reports"
    out(f"{a.key} and {b.key} stand {where}{standing['how'] and '; '}{standing['how']}")
    if standing["person"] or standing["against"]:
        out("what the rules say:" if standing["person"] else "what the rules say of the two alone:")
    if shared:
        out(worded(shared))
    out("\n".join(explain(a, b, **limits)))


def _around(reports: Sequence[Report], links: Sequence[Link], a: str, b: str) -> tuple[list[Record], list[Record], list[Record]]:
    """The other records of the reports of two records, and those of the reports that either may be."""
    from review.dedup.ahead import MOST_BESIDE
    from review.dedup.clusters import RIVAL

    of = {key: r.key for r in reports for key in r.keys}
    two = (of[a], of[b])
    likely = sorted((-x.probability, of[x.a], of[x.b]) for x in links if x.probability >= RIVAL and (of[x.a] in two or of[x.b] in two))
    held = {r.key: r.records for r in reports if r.key in {key for _, *keys in likely for key in keys} | {*two}}
    mine, theirs = ([r for r in held[report] if r.key not in (a, b)][:MOST_BESIDE] for report in two)
    others = dict.fromkeys(key for _, *keys in likely for key in keys if key not in two)
    return mine, theirs, [r for report in others for r in held[report]][:MOST_BESIDE]


def _kept_apart(how: str, against: Sequence[Against]) -> dict[str, Any]:
    """What `_standing` says of a pair, with the records that stand against it."""
    if not against:
        return {}
    from review.dedup.said import CONTRADICTED

    told = "; ".join(x.words for x in against[:MOST_AGAINST])
    more = f"; and {len(against) - MOST_AGAINST:,} more" if len(against) > MOST_AGAINST else ""
    return {
        "how": f"{how.replace(CONTRADICTED, '')}{'; but ' if how else ''}{told}{more}",
        "against": [asdict(x) for x in against],
    }


def _standing(reports: Sequence[Report], links: Sequence[Link], a: str, b: str, firsts: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """How two records of a review stand: together, in one report or not; person, who decided that they do, or do not, '' where nobody did;
    link, the verdict that links the two, or their reports; how, all that in words; against, the records that keep apart two that seem one
    (`_kept_apart`)."""
    from review.model.related import role

    of = {key: r for r in reports for key in r.keys if a in r.keys or b in r.keys}
    mine, other = of[a], of[b]
    direct = next((x for x in links if {x.a, x.b} == {a, b}), None)
    link = direct or next((x for x in links if {x.a, x.b} & set(mine.keys) and {x.a, x.b} & set(other.keys) and mine is not other), None)
    person = direct is not None and direct.rule == "person"
    how = ""
    if link and link.rule == "person":
        which = role(link.verdict, mine, other, firsts.get((link.a, link.b), ""))
        how = f"{link.verdict.replace('_', ' ')}, {f'{which}, ' if which else ''}{link.evidence}"
    elif link and link.verdict == "unsure":
        how = f"a person is asked: {link.evidence}"
    elif link and link.verdict not in ("duplicate", "different"):
        which = role(link.verdict, mine, other)
        how = f"linked: {link.verdict.replace('_', ' ')}{which and '; '}{which}"
    elif mine is other and direct is None:
        how = f"through other records of it: {', '.join(sorted({*mine.keys} - {a, b}))}"
    if link is not direct and link is not None and how:
        how += f" (by {link.a} and {link.b})"
    return {
        "together": mine is other,
        "person": how if person else "",
        "link": link.verdict if link else "",
        "how": how,
        "against": [],
    }


def _of_files(
    files: list[Path], names: Sequence[str], output: Path | None, columns: Mapping[str, str]
) -> tuple[Asked, Mapping[tuple[str, str], str]]:
    """And of which pairs somebody said which is the erratum, the version …"""
    from review.cli.dedup_beside import Beside, Named
    from review.cli.dedup_files import beside
    from review.dedup.crowded import TOLD
    from review.dedup.engine import group
    from review.dedup.reading import read_parts
    from review.dedup.rules import CERTAIN, UNSURE
    from review.dedup.said import firsts

    with progress_bar() as progress:
        records, _ = read_parts(once(files)[0], progress, columns=columns)
        words = Beside(beside(output), Named(records)) if output else None
        said = words.words if words else []
        frame = records.whole()
        told = frame.select("key", *TOLD)
        names = [_nth(frame, name) for name in names]
        found = meant(told, names, _HOW)  # a slip is told before the run, which may take long
        done = group(frame, certain=CERTAIN, unsure=UNSURE, sameness=said, progress=progress)
        keys = chosen(told, names, found, dict(done.records.select("key", "report").iter_rows()))
        asked = among(frame, done, keys, said)
    if words and (followed := words.told()):
        say(followed)
    return asked, firsts(said)


def _nth(frame: pl.DataFrame, name: str) -> str:
    """The key of the record that FILE:N names, the Nth of that file; of another name, itself."""
    file, _, number = name.rpartition(":")
    if not number.isdecimal() or (frame["key"] == name).any():
        return name
    sources = [source for source in frame["source"].unique() if f"/{file}".endswith(f"/{source}")]
    inside = frame.filter(frame["source"].is_in(sources))["key"]
    return str(inside[int(number) - 1]) if 0 < int(number) <= inside.len() else name


def among(frame: pl.DataFrame, done: Grouped, keys: tuple[str, str], said: Sequence[Sameness] = ()) -> Asked:
    """Two of the records that were grouped by rules and words, and how that left them."""
    import polars as pl

    from review.dedup.columns import record_of
    from review.dedup.crowded import TOLD
    from review.dedup.engine import links_of, worded
    from review.dedup.rules import CERTAIN, UNSURE
    from review.model.record import Link, Report

    def links(of: Sequence[str]) -> list[Link]:
        rows = done.records["key"].is_in(of).arg_true().implode()
        near = replace(done, links=done.links.filter(pl.col("a").is_in(rows) | pl.col("b").is_in(rows)))  # no others are put into words
        return [Link(**row) for row in links_of(near, worded(near), CERTAIN, UNSURE, said).iter_rows(named=True)]

    def reports(wanted: Sequence[str]) -> list[Report]:
        inside = done.records.filter(pl.col("report").is_in(wanted))
        rows = frame.join(inside, on="key").sort("key")
        held: dict[str, list[Record]] = {}
        for row in rows.iter_rows(named=True):
            held.setdefault(row.pop("report"), []).append(record_of(row))
        return [Report(key=key, records=tuple(those)) for key, those in held.items()]

    return _asked(keys, dict(done.records.select("key", "report").iter_rows()), links, reports, frame.select("key", *TOLD))


def _of_review(space: Workspace, names: Sequence[str]) -> Asked:
    from review import pipeline

    told = told_of(space)
    found = meant(told, names)
    with pipeline.opened(space) as store:
        report_of = store.report_of()
        keys = chosen(told, names, found, report_of)
        return _asked(keys, report_of, lambda of: store.links(of=of), store.reports, told)


def _asked(
    keys: tuple[str, str],
    report_of: Mapping[str, str],
    links_of: Callable[[Sequence[str]], list[Link]],
    reports_of: Callable[[Sequence[str]], list[Report]],
    told: pl.DataFrame,
) -> Asked:
    """Only what bears on the two: of many records, all take seconds to read."""
    mine = reports_of(sorted({report_of[key] for key in keys}))
    links = links_of([key for report in mine for key in report.keys])
    reports = reports_of(sorted({report_of[key] for key in (*keys, *(key for x in links for key in (x.a, x.b)))}))
    records = {r.key: r for report in reports for r in report.records}
    return Asked(records[keys[0]], records[keys[1]], reports, links, told)
