"""What is true of a whole protocol: its references fit, its ids are its own, and its digest names it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from review.model.appraisal import BUILT_IN, form_of
from review.model.forms import STUDY, astray, clashes
from review.model.languages import words
from review.model.protocol import Protocol
from review.model.words import nearest


def references(protocol: Protocol) -> list[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    """Every place where one part names another: (path, the name used, the names there are).

    The loader turns those whose name is not among the names there are into errors with their line.
    """
    people = tuple(m.id for m in protocol.team)
    questions = tuple(q.id for q in protocol.questions)
    found: list[tuple[tuple[str | int, ...], str, tuple[str, ...]]] = []
    for i, phase in enumerate(protocol.phases):
        found += [(("phases", i, "reviewers", j), who, people) for j, who in enumerate(phase.reviewers)]
        found += [(("phases", i, "former", j), who, people) for j, who in enumerate(phase.former)]
        if phase.adjudicator:
            found.append((("phases", i, "adjudicator"), phase.adjudicator, people))
    found += [(("extraction", "reviewers", j), who, people) for j, who in enumerate(protocol.extraction.reviewers)]
    if protocol.extraction.adjudicator:
        found.append((("extraction", "adjudicator"), protocol.extraction.adjudicator, people))
    found += [(("extraction", "forms", i, "question"), f.question, (*questions, STUDY)) for i, f in enumerate(protocol.extraction.forms)]
    for i, criterion in enumerate(protocol.eligibility.criteria):
        found += [(("eligibility", "criteria", i, "questions", j), q, questions) for j, q in enumerate(criterion.questions)]
    themes = tuple(c.id for c in protocol.codebook)
    found += [(("codebook", i, "parent"), c.parent, themes) for i, c in enumerate(protocol.codebook) if c.parent]
    found += [(("codebook", i, "questions", j), q, questions) for i, c in enumerate(protocol.codebook) for j, q in enumerate(c.questions)]
    found += [(("tables", i, "question"), t.question, questions) for i, t in enumerate(protocol.tables) if t.question]
    found += [(("synthesis", i, "question"), s.question, questions) for i, s in enumerate(protocol.synthesis)]
    found += [(("certainty", i, "question"), c.question, questions) for i, c in enumerate(protocol.certainty)]
    return found


def repeated(protocol: Protocol) -> list[tuple[tuple[str | int, ...], str]]:
    """Ids given twice where each must be its own: (path of the second, the id)."""
    lists: list[tuple[tuple[str | int, ...], list[str]]] = [
        (("team",), [m.id for m in protocol.team]),
        (("questions",), [q.id for q in protocol.questions]),
        (("sources",), [s.id for s in protocol.sources]),
        (("eligibility", "criteria"), [c.id for c in protocol.eligibility.criteria]),
        (("phases",), [p.name for p in protocol.phases]),
        (("appraisal",), [t.id for t in protocol.appraisal]),
        (("codebook",), [c.id for c in protocol.codebook]),
        (("tables",), [t.name for t in protocol.tables]),
        (("extraction", "forms"), [f.question for f in protocol.extraction.forms]),
    ]
    lists += [(("extraction", "forms", i, "fields"), [x.id for x in f.fields]) for i, f in enumerate(protocol.extraction.forms)]
    return [((*path, i), name) for path, names in lists for i, name in enumerate(names) if name in names[:i]]


def unfit(protocol: Protocol) -> list[tuple[tuple[str | int, ...], str]]:
    """Where parts do not hold together: (path, what is wrong)."""
    wrong: list[tuple[tuple[str | int, ...], str]] = [
        (("extraction", "forms", n, "fields", m), words) for n, m, words in clashes(protocol.extraction.forms)
    ]
    wrong += [(("extraction", "moved", old), words) for old, words in astray(protocol.extraction)]
    years = protocol.eligibility.reports.years
    for name, year in (("first", years.first), ("last", years.last)):
        if year is not None and not 1000 <= year <= 9999:
            wrong.append((("eligibility", "reports", "years", name), f"found {year}; a year has four digits"))
    if years.first is not None and years.last is not None and years.first > years.last:
        wrong.append((("eligibility", "reports", "years", "first"), f"{years.first} comes after the last, {years.last}"))
    for n, tool in enumerate(protocol.appraisal):
        same = [known for known in BUILT_IN if form_of(tool) is None and _bare(known) == _bare(tool.id)]
        wrong += [(("appraisal", n, "id"), f"no tool is built in as '{tool.id}'; did you mean '{known}'?") for known in same[:1]]
    return wrong


def doubtful(protocol: Protocol) -> list[tuple[tuple[str | int, ...], str]]:
    """What may be meant so, and is likely a slip: (path, what, with the nearest word). It stops nothing."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    for n, language in enumerate(protocol.eligibility.reports.languages):
        if language.casefold() not in {w.casefold() for w in words()}:
            near = nearest(language, words())
            mend = f"did you mean '{near}'?" if near else "write its name or its code, such as English or eng"
            found.append((("eligibility", "reports", "languages", n), f"'{language}' is no language that is known here; {mend}"))
    for n, tool in enumerate(protocol.appraisal):
        if form_of(tool) is None:
            near = nearest(tool.id, BUILT_IN)
            mend = f"did you mean '{near}'?" if near else f"give it domains, or take one of {', '.join(BUILT_IN)}"
            found.append((
                ("appraisal", n, "id"),
                f"'{tool.id}' is not built in and has no domains, so nobody is asked to appraise with it here; {mend}",
            ))  # fmt: skip
    return found


def _bare(tool: str) -> str:
    return "".join(c for c in tool.casefold() if c.isalnum())


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sections(protocol: Protocol, strategies: Mapping[str, str]) -> dict[str, str]:
    """A short digest for each section (the strategies' texts under `strategies`), to say what an edit touched."""
    content = protocol.model_dump(mode="json", by_alias=True, exclude={"lock", "amendments"})
    # The state of the work and the version label are not part of the plan.
    content["review"] = {k: v for k, v in content["review"].items() if k not in ("status",)}
    content["strategies"] = dict(strategies)
    return {name: hashlib.sha256(_canonical(part)).hexdigest()[:16] for name, part in sorted(content.items())}


def digest(protocol: Protocol, strategies: Mapping[str, str]) -> str:
    """sha256 of the plan: all sections and the texts of the strategies ({source id: text}), without lock and amendments."""
    return hashlib.sha256(_canonical(sections(protocol, strategies))).hexdigest()
