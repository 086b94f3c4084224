"""What people conclude: read strictly, shown with every reason."""

from __future__ import annotations

import json

import pytest
from support import Small

from review.errors import ProtocolError
from review.model.findings import Findings
from review.model.protocol_yaml import load_as

GOOD = """\
findings:
  - id: F1
    question: Q1
    text: Short funding holds partnerships back.
    studies: ["alpha:A-000000", "nowhere:1"]
    cerqual:
      methodological_limitations: {level: minor concerns, because: one study did not say how it sampled}
      coherence: {level: no or very minor concerns}
      adequacy: {level: serious concerns, because: one study only}
      relevance: {level: no or very minor concerns}
      overall: Low
      because: one thin study
outcomes:
  - id: O1
    question: Q1
    outcome: Wellbeing
    without: 20 of 100
    with: 25 of 100
    effect: RR 1.25 (1.0 to 1.6)
    participants: 1204
    studies: ["alpha:A-000000"]
    start: High
    moves:
      - {domain: risk of bias, by: -1, because: no blinding}
      - {domain: imprecision, by: -1, because: few events}
    certainty: Very low
    plain: Wellbeing may improve.
integration:
  - {finding: F1, outcome: O1, says: silent, because: the trial did not measure funding}
"""


def test_findings_become_tables_with_their_reasons(finished: Small) -> None:
    path = finished.root / "synthesis" / "small.yaml"
    path.parent.mkdir()
    path.write_text(GOOD)
    assert "synthesis/small.yaml: F1 rests on 'nowhere:1', which is no included study" in finished("run").stderr
    assert "F1 rests on 'nowhere:1'" in finished("check", "--strict", code=3).stdout
    assert finished.json("check")["findings"] == [{"id": "F1", "study": "nowhere:1"}]
    sof = json.loads(finished("table", "summary-of-findings", "-f", "json").stdout)["rows"][0]["cells"]
    assert sof["certainty"]["text"] == "⊕◯◯◯ Very low"
    assert sof["certainty"]["notes"] == [
        "Risk of bias (−1): no blinding", "Imprecision (−1): few events", "Set by the reviewers; from High the moves add up to Low",
    ]  # fmt: skip
    assert sof["n"]["text"] == "1,204 (1)"
    qualitative = json.loads(finished("table", "findings-Q1", "-f", "json").stdout)["rows"][0]["cells"]
    assert qualitative["studies"] == {"text": "Maker (2011)", "notes": ["not an included study: nowhere:1"]}
    assert qualitative["overall"]["text"] == "Low confidence"
    assert json.loads(finished("table", "integration", "-f", "json").stdout)["rows"][0]["cells"]["O1"]["text"] == "silent"
    assert "Wellbeing may improve." in (finished.reports / "report.html").read_text()
    path.write_text(GOOD.replace("question: Q1\n    text", "question: Q9\n    text"))
    assert "Q9" in finished("run", code=1).stderr


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (", because: one study only", "", "needs its reason"), ("by: -1, because: no blinding", "by: -4, because: x", "moves by -3 to -1"), ("Very low", "Lowish", "allowed: High"),
        ("finding: F1, outcome: O1", "finding: F9, outcome: O1", "'F9', which is not there"), ("certainty:", "certanty:", "did you mean 'certainty'"),
        ("domain: imprecision", "domain: risk of bias", "moved twice"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(old: str, new: str, says: str) -> None:
    assert load_as(GOOD, "f.yaml", Findings).certain == 2
    assert old in GOOD
    with pytest.raises(ProtocolError, match=r"f\.yaml:\d+:\d+") as told:
        load_as(GOOD.replace(old, new, 1), "f.yaml", Findings)
    assert says in told.value.message


def test_no_file_means_no_findings_yet() -> None:
    assert load_as("", "f.yaml", Findings) == Findings()
