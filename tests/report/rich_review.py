"""A made-up review with everything that a report can show: three questions, appraisal, synthesis, pooling, certainty.

The records, studies and numbers are invented. The ledgers are written as the screens write them.
"""

from __future__ import annotations

import random
from pathlib import Path

from support import Small

PROTOCOL = """\
schema_version: "1"
review:
  title: "Shared budgets between councils and residents: what holds them back, what can be learned, and what they do for health – a systematic review"
  type: mixed-methods
  version: "1.0"
rationale: Councils hand over money and decisions. Whether that is worth it nobody has put together.
team:
  - {id: AB, name: Ann Berger, affiliation: Institute of Places, roles: [Investigation], interests: none}
  - {id: CD, name: Cas Dunne, affiliation: Institute of Places, roles: [Investigation], interests: none}
  - {id: EF, name: Eve Fry, affiliation: School of Towns, roles: [Supervision], interests: paid by a council until 2019}
questions:
  - {id: Q1, text: What holds public bodies back from sharing budgets with residents?, frame: PICo, elements: {population: councils, phenomenon_of_interest: constraints, context: towns}}
  - {id: Q2, text: What can be learned from good and bad practice?, frame: PICo}
  - {id: Q3, text: Does sharing budgets improve the health of residents and reduce inequalities between them?, frame: PICO}
eligibility:
  rule: A report is included if it meets all criteria for at least one question.
  criteria:
    - {id: C1, dimension: kind of document, include: "Reports data, of any design", exclude: "Opinion, theory", reason: No data reported}
    - {id: C2, dimension: place, include: A public body with residents, exclude: Charities alone, reason: "No public body or no residents"}
    - {id: C3, dimension: budget, include: Money is shared, exclude: Advice only, reason: No budget shared}
sources:
  - {id: medline, name: MEDLINE, kind: database, platform: Ovid, planned: once}
  - {id: assia, name: Applied Social Sciences Index and Abstracts (ASSIA), kind: database, platform: ProQuest}
  - {id: trials, name: Register of community trials, kind: register, platform: web}
  - {id: web, name: Websites of councils, kind: organisation, platform: web, note: Twelve sites were read.}
support: {sources: [None], sponsor: none, role: none}
phases:
  - {name: title-abstract, reviewers: [AB, CD], votes: 2, adjudicator: EF}
  - {name: full-text, reviewers: [AB, CD], votes: 2, adjudicator: EF, reason_required: true}
extraction:
  reviewers: [AB, CD]
  adjudicator: EF
  forms:
    - question: Q1
      fields:
        - {id: country, label: Country, required: true}
        - {id: design, label: Design, type: choice, choices: [interviews, survey, trial, cohort]}
        - {id: n, label: Participants, type: number, unit: people}
        - {id: constraint, label: Constraint, required: true}
        - {id: theme, label: Theme, type: theme, required: true}
    - question: Q2
      fields:
        - {id: country, label: Country, required: true}
        - {id: polarity, label: Good or bad practice, type: choice, choices: [good, bad, mixed], required: true}
        - {id: lesson, label: Lesson, required: true}
        - {id: theme, label: Theme, type: theme, required: true}
    - question: Q3
      fields:
        - {id: country, label: Country, required: true}
        - {id: design, label: Design, type: choice, choices: [interviews, survey, trial, cohort]}
        - {id: n, label: Analysed, type: number, unit: people}
        - {id: outcome_domain, label: Outcome domain, type: choice, choices: [health, wellbeing, trust], group: effect}
        - {id: effect, label: Effect, type: effect, group: effect}
        - {id: direction, label: Direction, type: choice, choices: [improves, no clear change, mixed, worsens], group: effect}
      blocks: [PROGRESS-Plus]
outcomes:
  - {id: O1, domain: health, definition: Self-rated health, favourable: higher}
  - {id: O2, domain: wellbeing, definition: A validated scale, favourable: higher}
  - {id: O3, domain: trust, definition: Trust in the council, favourable: higher}
codebook: [{id: power}, {id: trust}, {id: money}, {id: time}]
appraisal:
  - {id: MMAT-2018, applies_to: all empirical studies}
  - {id: RoB2, applies_to: trials}
synthesis:
  - {question: Q1, approach: thematic, method: Coded line by line by two people.}
  - {question: Q2, approach: thematic, method: Lessons grouped by theme.}
  - {question: Q3, approach: meta-analysis, method: "Random effects, REML, Hartung and Knapp.", metric: risk ratio}
certainty:
  - {question: Q1, approach: GRADE-CERQual}
  - {question: Q2, approach: GRADE-CERQual}
  - {question: Q3, approach: GRADE}
"""

_PLACES = ("Harbour", "Moor", "Mill", "Garden", "Coal", "River", "Market", "Station", "Orchard", "Castle", "Chapel", "Quarry")
_THINGS = (
    "shared budgets",
    "a residents’ board",
    "participatory spending",
    "a neighbourhood fund",
    "joint planning of parks",
    "a community plan",
)
_HOW = ("interviews with officers", "a survey of residents", "a cluster randomised trial", "a cohort of wards", "lessons from ten years", "a case study")  # fmt: skip
_NAMES = ("Adeyemi", "Brandt", "Clarke", "Doyle", "Eriksen", "Farah", "Grewal", "Hughes", "Ito", "Jansen", "Kowalski", "Laurent", "Müller", "Novak", "O’Brien", "Patel")  # fmt: skip
_COUNTRIES = ("England", "Scotland", "Wales", "Denmark", "Canada", "New Zealand")
RECORDS, SOUGHT, INCLUDED = 64, 26, 14

FINDINGS = """\
findings:
  - id: F1
    question: Q1
    text: Officers who may not decide can't share decisions.
    studies: [{0}, {1}, {2}]
    cerqual:
      methodological_limitations: {{level: minor concerns, because: one study did not say how it sampled}}
      coherence: {{level: no or very minor concerns}}
      adequacy: {{level: no or very minor concerns}}
      relevance: {{level: no or very minor concerns}}
      overall: High
      because: three rich studies that agree
  - id: F2
    question: Q1
    text: Yearly budgets end what trust needs years to build.
    studies: [{1}]
    cerqual:
      methodological_limitations: {{level: minor concerns, because: sampling not told}}
      coherence: {{level: minor concerns, because: one site differs}}
      adequacy: {{level: serious concerns, because: one study only}}
      relevance: {{level: no or very minor concerns}}
      overall: Low
      because: one thin study
  - {{id: F3, question: Q1, text: Nobody counts the hours of residents., studies: [{2}]}}
outcomes:
  - id: S1
    question: Q3
    outcome: Good self-rated health
    comparison: shared budget against usual spending
    timepoint: two years
    without: 60 of 100
    with: 66 of 100
    effect: RR 1.10 (1.01 to 1.20)
    participants: 2410
    studies: [{3}, {4}]
    start: High
    moves: [{{domain: risk of bias, by: -1, because: residents knew their group}}]
    certainty: Moderate
    plain: Sharing budgets probably improves self-rated health a little.
  - id: S2
    question: Q3
    outcome: Trust in the council
    effect: three of four studies improve
    studies: [{3}]
    start: Low
    certainty: Low
    plain: Sharing budgets may raise trust.
integration:
  - {{finding: F1, outcome: S1, says: supports, because: effects were larger where officers could decide}}
"""


def title_of(n: int) -> str:
    return f"{_PLACES[n % 12]} {('ward', 'quarter', 'estate')[n % 3]} and {_THINGS[(n // 2) % 6]}: {_HOW[(n * 5 + n // 7) % 6]} ({n + 1})"


def rich(root: Path) -> Small:
    """The review in `root`, rendered."""
    from review.model.events import Answer, Decision, Event, Resolution, Retrieval
    from review.workspace import find

    rng = random.Random(7)
    (root / "protocols").mkdir()
    (root / "protocols" / "small.yaml").write_text(PROTOCOL, encoding="utf-8")
    review = Small(root)
    review("protocol", "lock")
    shares = {"medline": range(36), "assia": range(20, 52), "trials": range(50, 56), "web": range(54, RECORDS)}
    keys: dict[int, str] = {}
    for source, numbers in shares.items():
        lines = []
        for n in numbers:
            who = f"{_NAMES[n % 16]}, {chr(65 + n % 26)}."
            lines.append(f"TY  - JOUR\nAN  - {source}-{n:03}\nTI  - {title_of(n)}\nAU  - {who}\nAU  - {_NAMES[(n + 5) % 16]}, B.\nPY  - {2004 + n % 20}\nJO  - Journal of Shared Places\nVL  - {n + 1}\nSP  - {10 * n + 1}\n"
                         f"DO  - 10.1000/places.{n:03}\nAB  - Invented for a test. {title_of(n)}.\nER  - \n")  # fmt: skip
            keys.setdefault(n, f"{source}:{source}-{n:03}")
        (root / f"{source}.ris").write_text("\n".join(lines), encoding="utf-8")
        review("import", f"{source}.ris", "--source", source, "--date", "2025-03-01")
    space = find("", None, root)
    # A report is named by the smallest key of its cluster.
    for n in keys:
        keys[n] = min(f"{s}:{s}-{n:03}" for s, numbers in shares.items() if n in numbers)
    members = {keys[n]: tuple(f"{s}:{s}-{n:03}" for s, numbers in shares.items() if n in numbers) for n in keys}
    order = [keys[n] for n in sorted(keys)]
    picked = rng.sample(range(RECORDS), SOUGHT)
    sought, kept = [keys[n] for n in picked], [keys[n] for n in picked[:INCLUDED]]
    lost, reasons = sought[-2:], ("No data reported", "No public body or no residents", "No budget shared")
    split = {order[3], order[17], sought[0], sought[-3]}

    def decision(cls: type, phase: str, key: str, verdict: str, reason: str = "") -> Event:
        return cls(record=key, records=members[key], phase=phase, verdict=verdict, reason=reason, protocol=space.digest)

    for who in ("AB", "CD"):
        first = [
            decision(Decision, "title-abstract", k, ("include" if who == "AB" else "exclude") if k in split else "include" if k in sought else "exclude")
            for k in order
        ]  # fmt: skip
        space.ledger("title-abstract", who).append_all(first)
        last: list[Event] = [
            decision(Decision, "full-text", k, "include" if k in kept else "exclude", "" if k in kept else reasons[i % 3]) for i, k in enumerate(sought) if k not in lost
        ]  # fmt: skip
        last += [
            Retrieval(record=k, records=members[k], status="not retrieved", why="no library holds it", protocol=space.digest) for k in lost
        ]
        space.ledger("full-text", who).append_all(last)
    space.ledger("title-abstract", "EF").append_all(
        [decision(Resolution, "title-abstract", k, "include" if k in sought else "exclude") for k in sorted(split)]
    )
    qualitative, effects = kept[:8], kept[6:]
    for who in ("AB", "CD"):
        space.ledger("extraction", who).append_all(
            [Answer(protocol=space.digest, records=members[a["record"]], **a) for a in _answers(qualitative, effects)]
        )
    path = root / "synthesis" / "small.yaml"
    path.parent.mkdir()
    path.write_text(FINDINGS.format(*(f'"{k}"' for k in (*qualitative[:3], *effects[:2]))), encoding="utf-8")
    review("run")
    return review


def _answers(qualitative: list[str], effects: list[str]) -> list[dict]:
    """What both extractors say, in the order of studies."""
    told: list[dict] = []

    def say(record: str, question: str, quote: str = "", /, instance: str = "", **values: str) -> None:
        told.extend(
            {"record": record, "question": question, "field": f, "value": v, "instance": instance, "quote": quote, "locator": "p. 4" if quote else "", "note": "seen in the methods" if question in ("MMAT-2018", "RoB2") else ""}
            for f, v in values.items()
        )  # fmt: skip

    themes = ("power", "trust", "money", "time", "power; trust")
    for n, key in enumerate(qualitative):
        say(key, "Q1", country=_COUNTRIES[n % 6], design="interviews", n=str(14 + 3 * n))
        say(key, "Q1", "we are not allowed to hand that over", constraint="Officers may not decide alone", theme=themes[n % 5])
        if n % 2:
            say(key, "Q2", country=_COUNTRIES[n % 6], polarity=("good", "bad", "mixed")[n % 3])
            say(key, "Q2", "begin with one street", lesson="Begin small, and pay residents for their time", theme=themes[(n + 1) % 5])
        say(key, "MMAT-2018", category="1 Qualitative", S1="Yes", S2="Yes", q1_1="Yes", q1_2="Can't tell" if n % 3 else "Yes", q1_3="Yes", q1_4="No" if n == 2 else "Yes", q1_5="Yes")  # fmt: skip
    for n, key in enumerate(effects):
        say(
            key,
            "Q3",
            country=_COUNTRIES[(n + 2) % 6],
            design="trial" if n % 2 else "cohort",
            n=str((120, 840, 36, 1510, 410, 64, 230, 95)[n % 8]),
        )
        value = (1.12, 1.31, 0.94, 1.08, 1.22, 1.02, 1.17, 0.88)[n % 8]
        say(key, "Q3", outcome_domain="health", effect=f"RR {value:.2f} ({value * 0.82:.2f} to {value * 1.2:.2f})", direction="improves" if value > 1.05 else "no clear change" if value > 0.93 else "worsens")  # fmt: skip
        say(key, "Q3", instance="2", outcome_domain=("wellbeing", "trust")[n % 2], direction=("improves", "improves", "mixed")[n % 3])
        say(key, "Q3", progress_dimension=("socioeconomic status", "place of residence", "education")[n % 3], progress_gradient=("narrows", "no difference", "widens")[n % 3])  # fmt: skip
        if n % 2:
            judged = ("Low", "Some concerns", "High")
            say(key, "RoB2", **{f: judged[(n + k) % 3] for k, f in enumerate(("D1", "D2", "D3", "D4", "D5"))}, overall=judged[n % 3])
    return told
