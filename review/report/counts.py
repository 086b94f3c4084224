"""From records, reports, outcomes and answers to the flow, and to the list behind each of its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from review.model.extraction import Extraction
from review.model.flow import MAIN, Arm, Counts, Flow, Previous
from review.model.screening import PhaseResult
from review.model.words import are, counted, noun, were
from review.report.evidence import Evidence
from review.report.material import Item, Items, Listed, Material, items
from review.report.meta_analysis import poolable

NO_REASON = "Reason not recorded"


@dataclass(frozen=True)
class Counted:
    flow: Flow
    lists: dict[str, Listed]
    included: tuple[str, ...]  # report keys


def count(material: Material) -> Counted:
    """The flow and its lists. Raises FlowError if the identities do not hold."""
    return _Counter(material).result()


class _Counter:
    def __init__(self, material: Material) -> None:
        self.m = material
        self.kind = {s.id: s.kind for s in material.protocol.sources}
        self.name = {s.id: s.name for s in material.protocol.sources}
        self.title = material.records.title_of
        records = material.records.rows
        # A report that came both ways counts under databases and registers: the record that stays of it is the first that they gave.
        self.is_main = records["source"].is_in([source for source, kind in self.kind.items() if kind in MAIN])
        self.survivors = records.filter(self.is_main).unique("report", keep="first", maintain_order=True).select("report", survivor="key")
        self.main = set(self.survivors["report"].to_list())
        self.lists: dict[str, Listed] = {}
        self.first = self._phase("title-abstract")
        self.last = self._phase("full-text")
        # Of what anybody has begun to decide.
        self.first_of = {o.report: o for o in self.first.begun} if self.first else {}
        self.last_of = {o.report: o for o in self.last.begun} if self.last else {}
        self.boxes = self._fill()

    @cached_property
    def given_up(self) -> frozenset[str]:
        """Reports that nobody will decide, since screening was stopped."""
        return frozenset().union(*(p.given_up for p in (self.first, self.last) if p))

    def _phase(self, name: str) -> PhaseResult | None:
        return next((p for p in self.m.phases if p.phase == name), None)

    def _fill(self) -> dict[str, set[str]]:
        """Report keys by box. A phase that the protocol does not have lets all pass."""
        everything = set(self.title)
        lost = set(self.last.not_retrieved) if self.last else set()
        screened = {k for k, o in self.first_of.items() if o.finished} if self.first else everything
        excluded = {k for k, o in self.first_of.items() if o.state == "exclude"}
        sought = screened - excluded
        assessed = {k for k in sought - lost if k in self.last_of and self.last_of[k].finished} if self.last else sought
        out = {k for k in assessed if self.last and self.last_of[k].state == "exclude"}
        return {
            "screened": screened, "unscreened": everything - screened, "excluded": excluded, "sought": sought, "not-retrieved": sought & lost,
            "assessed": assessed, "unassessed": sought - lost - assessed, "reports-excluded": out, "included": assessed - out,
        }  # fmt: skip

    def _list(self, list_id: str, title: str, lines: Items) -> int:
        self.lists[list_id] = Listed(list_id, title, lines)
        return len(lines)

    def _list_records(self, list_id: str, title: str, records: pl.DataFrame, note: pl.Expr | None = None) -> int:
        """note: on each of the records."""
        return self._list(list_id, title, Items(records.select("key", "title", note=pl.lit("") if note is None else note)))

    def result(self) -> Counted:
        arms = {True: self._arm(True), False: self._arm(False)}
        included = tuple(sorted(self.boxes["included"]))
        self._list("included", "Reports included", items(included, self.title))
        for box, title in (("screened", "Records screened"), ("assessed", "Reports assessed for eligibility")):
            self._list(f"all-{box}", f"{title} (both arms)", items(self._in_order(self.boxes[box]), self.title))
        for source in sorted(self.numbers):
            mine = self.m.records.rows.filter(pl.col("source") == source)
            self._list_records(f"source-{source}", f"Records from {self.name.get(source, source)}", mine)
        by_question = []
        for question in self.m.protocol.questions:
            keys = answering(self.m.extraction, question.id, included)
            by_question.append(
                (question.id, self._list(f"question-{question.id}", f"Reports that answer {question.id}", items(keys, self.title)))
            )
        rejected = Counter(self.name.get(r.source, r.source) for r in self.m.rejects)
        self._list(
            "rejected",
            "Entries that could not be read",
            Items.of(Item(f"{r.source} of {r.searched}, line {r.line}", r.raw[:200].strip(), r.reason) for r in self.m.rejects),
        )
        before = self.m.protocol.review.previous
        more = before.more_reports if before else 0
        flow = Flow(
            databases=self._per_source("database"),
            registers=self._per_source("register"),
            main=arms[True],
            other=arms[False],
            included_studies=(len(self.m.extraction.studies) or len(included)) - more,
            included_reports=len(included) - more,
            previous=Previous(**before.model_dump()) if before else None,
            pooled=self._pooled(),
            other_kinds=self._other_kinds(),
            by_question=tuple(by_question) if any(n for _, n in by_question) else (),
            rejected=tuple(sorted(rejected.items())),
            waiting=self._waiting(),
            given_up=len(self.given_up),
            footnotes=tuple(self._footnotes(arms[True], arms[False], len(included))),
        )
        return Counted(flow, self.lists, included)

    def _in_order(self, box: set[str]) -> list[str]:
        """By key, as the titles lie already."""
        if len(box) * 8 < len(self.title):
            return sorted(box)
        found = [key for key in self.title if key in box]
        return found if len(found) == len(box) else sorted(box)

    # -- arms ------------------------------------------------------------------------------------------------

    def _reports(self, main: bool) -> set[str]:
        """Reports of an arm. One reached by both ways is counted once, under databases and registers."""
        return self.main if main else self.title.keys() - self.main

    @cached_property
    def numbers(self) -> Counter[str]:
        """Source -> its records."""
        return Counter(dict(self.m.records.rows["source"].value_counts().iter_rows()))

    def _per_source(self, *kinds: str) -> Counts:
        return tuple((s.name, self.numbers[s.id]) for s in self.m.protocol.sources if s.kind in kinds and self.numbers[s.id])

    def _pooled(self) -> tuple[int, int] | None:
        """Studies, and their reports, whose effects are pooled; None where the protocol plans no meta-analysis, or nothing can be."""
        asked = [s.question for s in self.m.protocol.synthesis if s.approach == "meta-analysis"]
        if not asked:
            return None
        evidence = Evidence(self.m.protocol, self.m.extraction, self.m.reports)
        found = {study.key: study for q in asked for group in poolable(evidence, q).values() for study, _, _ in group}
        return (len(found), len({r for s in found.values() for r in s.reports})) if found else None

    def _other_kinds(self) -> Counts:
        """Records of other methods by kind of source; a source that the protocol does not name is 'other'."""
        kinds: Counter[str] = Counter()
        for source, n in self.numbers.items():
            if (kind := self.kind.get(source, "other")) not in MAIN:
                kinds[kind] += n
        return tuple(sorted(kinds.items()))

    def _arm(self, main: bool) -> Arm:
        prefix = "" if main else "other-"
        where = "databases and registers" if main else "other methods"
        mine = self.m.records.rows.filter(self.is_main if main else ~self.is_main)
        keys = self._reports(main)
        if main:
            identified = self._per_source("database") + self._per_source("register")
        else:
            planned = [s.id for s in self.m.protocol.sources if s.kind not in MAIN]
            others = sorted(self.numbers.keys() - {s.id for s in self.m.protocol.sources})
            identified = tuple((self.name.get(s, s), self.numbers[s]) for s in [*planned, *others] if self.numbers[s])
        called = {source: self.name.get(source, source) for source in self.numbers}
        self._list_records(f"{prefix}identified", f"Records identified from {where}", mine, pl.col("source").replace(called))
        kept = mine.join(self.survivors, on="report", how="left", maintain_order="left")
        kept = kept.with_columns(pl.col("survivor").fill_null(pl.col("report")))
        again = kept.filter(pl.col("key") != pl.col("survivor"))
        note = pl.concat_str(pl.lit("same report as "), "survivor")
        removed = self._list_records(f"{prefix}removed", f"Duplicate records removed ({where})", again, note)
        boxes = {name: self._in_order(box & keys) for name, box in self.boxes.items()}
        titles = {
            "screened": "Records screened", "unscreened": "Records awaiting screening", "excluded": "Records excluded",
            "sought": "Reports sought for retrieval", "not-retrieved": "Reports not retrieved", "assessed": "Reports assessed for eligibility",
            "unassessed": "Reports awaiting assessment", "reports-excluded": "Reports excluded",
        }  # fmt: skip
        for name, title in titles.items():
            self._list(prefix + name, f"{title} ({where})", items(boxes[name], self.title, self._notes(name, boxes[name])))
        reasons = Counter(self._reason(k) for k in boxes["reports-excluded"])
        order = (*self.m.protocol.reasons("full-text"), *sorted(reasons))
        return Arm(
            identified=identified,
            duplicates=removed,
            screened=len(boxes["screened"]),
            excluded=len(boxes["excluded"]),
            sought=len(boxes["sought"]),
            not_retrieved=len(boxes["not-retrieved"]),
            assessed=len(boxes["assessed"]),
            reasons=tuple((r, reasons[r]) for r in dict.fromkeys(order) if reasons[r]),
            included=len(boxes["included"]),
            unscreened=len(boxes["unscreened"]),
            unassessed=len(boxes["unassessed"]),
        )

    def _reason(self, key: str) -> str:
        return self.last_of[key].reason or NO_REASON

    def _notes(self, box: str, keys: Sequence[str]) -> Iterable[str] | str:
        """What is said of each report in a box, or of all."""
        if box == "not-retrieved" and self.last:
            return [self.last.not_retrieved.get(key, "") for key in keys]
        if box == "reports-excluded":
            return map(self._reason, keys)
        if box == "excluded":
            return [self.first_of[key].reason for key in keys]
        if box in ("unscreened", "unassessed"):
            outcomes = self.first_of if box == "unscreened" else self.last_of
            said = {key: "in conflict" for key, o in outcomes.items() if o.state == "conflict"}
            said |= dict.fromkeys(self.given_up, "not screened: screening was stopped")
            return [said.get(key, "decisions are missing") for key in keys] if said else "decisions are missing"
        return ""

    # -- what is open, what needs a note ----------------------------------------------------------------------

    def _waiting(self) -> Counts:
        found: list[tuple[str, int]] = []
        for phase, thing in ((self.first, "records await title/abstract decisions"), (self.last, "reports await full-text decisions")):
            if phase is None:
                continue
            open_ = [o for o in phase.begun if o.report not in phase.not_retrieved]
            conflicts = sum(o.state == "conflict" for o in open_)
            settled = sum(o.state != "pending" for o in open_)
            pending = phase.n - len(phase.not_retrieved) - len(phase.given_up) - settled
            found += [(thing, pending), (f"conflicts at {phase.phase} await a resolution", conflicts)]
        return tuple((label, n) for label, n in found if n)

    def _footnotes(self, main: Arm, other: Arm, included: int) -> list[str]:
        notes = [self.m.protocol.review.notice] if self.m.protocol.review.notice else []
        if main.removed_by_automation == 0 and main.excluded:
            notes.append("No record was excluded by an automation tool: every exclusion is a person’s decision.")
        if self._reports(False) or other.identified:
            parts = (
                [f"{other.duplicates:,} {were(other.duplicates)} {noun(other.duplicates, 'a duplicate', 'duplicates')}"]
                if other.duplicates
                else []
            )
            parts += [f"{other.excluded:,} {were(other.excluded)} excluded on title and abstract"] if other.excluded else []
            if parts:
                notes.append(
                    f"Other methods: of the records identified, {' and '.join(parts)}; the PRISMA 2020 template has no boxes for these steps. A report reached by both ways is counted under databases and registers."
                )
        if self.last is None:
            notes.append("The protocol has no full-text phase: reports are counted as assessed and included on title and abstract.")
        if self.first is None:
            notes.append("The protocol has no title and abstract phase: every record is counted as screened and sought.")
        if included and not any(s.linked for s in self.m.extraction.studies):
            notes.append("Reports have not been linked to studies: each included report is counted as a study of its own.")
        studies = Counter(report for s in self.m.extraction.studies for report in s.reports)
        if several := sorted(key for key, n in studies.items() if n > 1):
            notes.append(
                f"{len(several):,} included report{'s tell' if len(several) > 1 else ' tells'} of more than one study: "
                f"{'; '.join(f'{self.title.get(key, key)} ({studies[key]} studies)' for key in several)}."
            )
        if self.m.rejects:
            notes.append(
                f"{counted(len(self.m.rejects), 'entry')} of the source files could not be read as {noun(len(self.m.rejects), 'a record', 'records')} and {are(len(self.m.rejects))} not counted as identified; each is listed with its line and reason."
            )
        if self.m.unsure:
            notes.append(
                f"{counted(self.m.unsure, 'pair')} of records may be the same report; nobody has decided, and they are counted as different reports."
            )
        if any(r == NO_REASON for arm in (main, other) for r, _ in arm.reasons):
            notes.append(f"‘{NO_REASON}’: both reviewers excluded the report and neither gave a reason.")
        return notes


def answering(extraction: Extraction, question: str, included: Sequence[str]) -> list[str]:
    """The included reports with a value for some field of a question, settled or still disputed: not only missing codes.

    What one extractor said alone does not count yet: it would tell the other something before they have answered.
    """
    keys = {
        c.report
        for c in extraction.cells
        if c.question == question and c.state != "single" and any(a.value for a in (*c.answers, c.stands) if a)
    }
    told = {r for s in extraction.studies if s.key in keys for r in s.reports} or keys
    return [k for k in included if k in told]
