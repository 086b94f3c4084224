"""The flow diagram: every number in its box, every text inside its box, whatever the names and the numbers."""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.model.flow import Arm, Counts, Flow, Previous, total
from review.report.flow_svg import draw, text_width, wrap

SVG = "{http://www.w3.org/2000/svg}"
MAIN = ["identified", "removed", "screened", "excluded", "sought", "not-retrieved", "assessed", "reports-excluded", "included"]
OTHER = [f"other-{name}" for name in ("identified", "sought", "not-retrieved", "assessed", "reports-excluded")]
EMPTY = Arm()


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # our own output


def boxes(svg: str) -> dict[str, ElementTree.Element]:
    return {g.attrib["data-box"]: g for g in parsed(svg).iter(f"{SVG}g") if "data-box" in g.attrib}


def rect(box: ElementTree.Element) -> tuple[float, float, float, float]:
    found = box.find(f"{SVG}rect")
    assert found is not None
    x, y, width, height = (float(found.attrib[k]) for k in ("x", "y", "width", "height"))
    return x, y, width, height


def words(box: ElementTree.Element) -> str:
    return " ".join(t.text or "" for t in box.iter(f"{SVG}text"))


def segments(svg: str) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    lines = [[tuple(map(float, p.split(","))) for p in line.attrib["points"].split()] for line in parsed(svg).iter(f"{SVG}polyline")]
    return [((a[0], a[1]), (b[0], b[1])) for line in lines for a, b in pairwise(line)]


def example(**changes: object) -> Flow:
    databases, registers = (("MEDLINE", 1498), ("Embase", 2204)), (("ClinicalTrials.gov", 44),)
    main = Arm(
        identified=databases + registers, duplicates=1203, removed_by_automation=31, removed_otherwise=2, screened=2510, excluded=2300,
        sought=210, not_retrieved=9, assessed=201, reasons=(("Wrong population", 101), ("Not empirical", 62)), included=38,
    )  # fmt: skip
    return dataclasses.replace(
        Flow(databases=databases, registers=registers, main=main, other=EMPTY, included_studies=33, included_reports=38),
        **changes,  # type: ignore[arg-type]
    )


def both_arms(**changes: object) -> Flow:
    other = Arm(
        identified=(("Websites", 57), ("Citation searching", 46)), duplicates=11, screened=92, excluded=23, sought=69, not_retrieved=7,
        assessed=62, reasons=(("Not about people", 45),), included=17,
    )  # fmt: skip
    return example(other=other, included_reports=55, included_studies=50, **changes)


def interim() -> Flow:
    main = dataclasses.replace(
        example().main, screened=1310, unscreened=1200, excluded=1100, assessed=189, unassessed=12, reasons=(("Not empirical", 151),)
    )
    return example(main=main, waiting=(("records to screen", 1200), ("full texts to assess", 12)))


labels = st.one_of(
    st.text(max_size=80),
    st.text(st.sampled_from("abcdefgh WM-/中国,.<>&\"'"), max_size=200),
    st.sampled_from(["W" * 90, "中国知网" * 20, "<script>", "e\u0301" * 60, "", "https://example.org/" + "a-long/path" * 9]),
)
numbers = st.integers(0, 10**12) | st.integers(0, 30)
counts = st.lists(st.tuples(labels, numbers), max_size=9).map(tuple)


@st.composite
def arms(draw_: st.DrawFn, identified: Counts) -> Arm:
    left = total(identified)

    def take() -> int:
        nonlocal left
        taken = draw_(st.integers(0, left))
        left -= taken
        return taken

    duplicates, automation, otherwise, unscreened = take(), take(), take(), draw_(st.booleans()) and take()
    screened = left
    excluded = take()
    sought = left
    not_retrieved, unassessed = take(), draw_(st.booleans()) and take()
    assessed = left
    reasons = tuple((label, take()) for label in draw_(st.lists(labels, max_size=12)))
    return Arm(
        identified=identified, duplicates=duplicates, removed_by_automation=automation, removed_otherwise=otherwise, screened=screened,
        excluded=excluded, excluded_by_automation=draw_(st.integers(0, excluded)), sought=sought, not_retrieved=not_retrieved, assessed=assessed, reasons=reasons, included=left,
        unscreened=int(unscreened), unassessed=int(unassessed),
    )  # fmt: skip


@st.composite
def flows(draw_: st.DrawFn) -> Flow:
    databases, registers, elsewhere = draw_(counts), draw_(counts), draw_(st.just(()) | counts)
    main, other = draw_(arms(databases + registers)), draw_(arms(elsewhere))
    previous = draw_(st.none() | st.builds(Previous, studies=numbers, reports=numbers))
    reports = main.included + other.included
    unfinished = main.unscreened + main.unassessed + other.unscreened + other.unassessed
    studies = draw_(st.integers(1, reports)) if reports else 0
    whole = (studies + (previous.studies if previous else 0), reports + (previous.reports if previous else 0))
    pooled = draw_(st.none() | st.tuples(st.integers(0, whole[0]), st.integers(0, whole[1])))
    return Flow(
        databases=databases, registers=registers, main=main, other=other, included_reports=reports, previous=previous, pooled=pooled,
        included_studies=studies, footnotes=tuple(draw_(st.lists(labels, max_size=3))),
        waiting=draw_(st.lists(st.tuples(labels, numbers), min_size=1 if unfinished else 0, max_size=3).map(tuple)),
    )  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(flows())
@pytest.mark.slow
def test_any_flow_is_drawn_within_its_boxes(flow: Flow) -> None:
    svg = draw(flow, {"screened": "#screened", "other-sought": "?a=1&b=2"})
    found = boxes(svg)
    expected = (
        MAIN + (OTHER if flow.has_other else []) + (["previous", "total"] if flow.previous else []) + (["pooled"] if flow.pooled else [])
    )
    assert sorted(found) == sorted(expected)
    _, _, full, tall = map(float, parsed(svg).attrib["viewBox"].split())

    for name, box in found.items():
        x, y, width, height = rect(box)
        assert 0 <= x <= full - width
        assert 0 <= y <= tall - height
        for text in box.iter(f"{SVG}text"):
            left, base, bold = float(text.attrib["x"]), float(text.attrib["y"]), text.attrib["font-weight"] == "bold"
            assert left >= x + 8, name
            assert left + text_width(text.text or "", bold=bold) <= x + width - 8, (name, text.text)
            assert y + 10 <= base <= y + height - 6, (name, text.text)

    places = {name: rect(box) for name, box in found.items()}
    for a, (ax, ay, aw, ah) in places.items():
        for b, (bx, by, bw, bh) in places.items():
            assert a == b or ax + aw < bx or bx + bw < ax or ay + ah < by or by + bh < ay, f"{a} overlaps {b}"
        for (x1, y1), (x2, y2) in segments(svg):
            inside = max(x1, x2) > ax and min(x1, x2) < ax + aw and max(y1, y2) > ay and min(y1, y2) < ay + ah
            assert not inside, f"an arrow crosses {a}"
            assert x1 == x2 or y1 == y2

    for note in parsed(svg).iterfind(f"{SVG}g[@class='flow-notes']/{SVG}text"):
        bold = note.attrib.get("font-weight") == "bold"
        assert float(note.attrib["x"]) + text_width(note.text or "", 11, bold) <= full - 8
        assert float(note.attrib["y"]) < tall
    for row in (("identified", "other-identified"), ("sought", "other-sought"), ("assessed", "other-assessed")):
        assert not flow.has_other or places[row[0]][1] == places[row[1]][1]


@settings(deadline=None, max_examples=50)
@given(labels, st.floats(60, 300), st.floats(0, 20), st.booleans())
def test_wrapping_keeps_every_letter_and_the_room(text: str, room: float, hang: float, bold: bool) -> None:
    lines = wrap(text, room, hang, bold=bold)
    assert "".join(lines).replace(" ", "") == text.replace("\u00a0", "").replace(" ", "")
    for i, line in enumerate(lines):
        assert text_width(line, bold=bold) <= room - (hang if i else 0) or len(line) == 1 or "\n" in line


def test_a_letter_keeps_its_accents_and_a_long_name_breaks_at_its_slash() -> None:
    assert all(not line.startswith("\u0301") for line in wrap("e\u0301" * 90, 100))
    assert wrap("partnership/co-production/engagement", 140) == ["partnership/co-", "production/", "engagement"]


def test_every_number_is_in_its_box() -> None:
    told = {name: words(box) for name, box in boxes(draw(both_arms())).items()}
    expected = {
        "identified": ["Records identified (n = 3,746)", "Databases (n = 3,702)", "MEDLINE (n = 1,498)", "Embase (n = 2,204)",
                       "Registers (n = 44)", "ClinicalTrials.gov (n = 44)"],
        "removed": ["(n = 1,236)", "Duplicate records removed (n = 1,203)", "automation tools (n = 31)", "other reasons (n = 2)"],
        "screened": ["Records screened (n = 2,510)"],
        "excluded": ["Records excluded (n = 2,300)"],
        "sought": ["Reports sought for retrieval (n = 210)"],
        "not-retrieved": ["Reports not retrieved (n = 9)"],
        "assessed": ["Reports assessed for eligibility (n = 201)"],
        "reports-excluded": ["Reports excluded (n = 163)", "Wrong population (n = 101)", "Not empirical (n = 62)"],
        "other-identified": ["Records identified (n = 103)", "Websites (n = 57)", "Citation searching (n = 46)"],
        "other-sought": ["(n = 69)"],
        "other-not-retrieved": ["(n = 7)"],
        "other-assessed": ["(n = 62)"],
        "other-reports-excluded": ["Reports excluded (n = 45)", "Not about people (n = 45)"],
        "included": ["Studies included in review (n = 50)", "Reports of included studies (n = 55)"],
    }  # fmt: skip
    assert told.keys() == expected.keys()
    for name, parts in expected.items():
        for part in parts:
            assert part in told[name], name


def test_what_is_heard_is_what_is_seen() -> None:
    svg = draw(both_arms())
    root = parsed(svg)
    ids = {e.attrib["id"]: e for e in root.iter() if "id" in e.attrib}
    assert all(name.startswith("flow-") for name in ids)
    assert root.attrib["role"] == "group"
    assert ids[root.attrib["aria-labelledby"]].text == "PRISMA 2020 flow diagram"
    said = ids[root.attrib["aria-describedby"]].text or ""
    assert "3,746 records were identified via databases and registers and 1,236 removed before screening." in said
    assert "92 records were screened and 23 excluded." in said  # the other arm has no box for it
    assert "Studies included in the review: 50, in reports: 55." in said
    for box in boxes(svg).values():
        assert box.attrib["aria-label"] == words(box)


def test_without_other_methods_it_is_narrower_and_has_one_arm() -> None:
    one, two = draw(example()), draw(both_arms())
    assert sorted(boxes(one)) == sorted(MAIN)
    assert float(parsed(one).attrib["viewBox"].split()[2]) < float(parsed(two).attrib["viewBox"].split()[2])
    assert "other methods" not in one


def test_both_arms_lead_into_the_included() -> None:
    svg = draw(both_arms())
    x, y, width, height = rect(boxes(svg)["included"])
    tips = [tuple(map(float, p.attrib["points"].split()[0].split(","))) for p in parsed(svg).iter(f"{SVG}polygon")]
    assert (x + width / 2, y) in tips
    assert (x + width, y + height / 2) in tips


def test_an_update_has_the_previous_and_the_total() -> None:
    svg = draw(both_arms(previous=Previous(studies=20, reports=24, removed_studies=1, removed_reports=2), pooled=(12, 14)))
    told = {name: words(box) for name, box in boxes(svg).items()}
    assert "(n = 20)" in told["previous"]
    assert "New studies included in review (n = 50)" in told["included"]
    assert "Total studies included in review (n = 69)" in told["total"]
    assert "(n = 77)" in told["total"]
    assert "Studies included in meta-analysis (n = 12)" in told["pooled"]
    bands = " ".join(t.text or "" for t in parsed(svg).iter(f"{SVG}text"))
    assert "Identification of new studies via databases and registers" in bands
    x, y, _, height = rect(boxes(svg)["total"])
    tips = [tuple(map(float, p.attrib["points"].split()[0].split(","))) for p in parsed(svg).iter(f"{SVG}polygon")]
    assert (x, y + height / 2) in tips  # the previous studies lead there


def test_exclusions_by_automation_are_told_apart() -> None:
    main = dataclasses.replace(example().main, excluded_by_automation=300)
    told = words(boxes(draw(example(main=main)))["excluded"])
    assert "Records excluded (n = 2,300)" in told
    assert "by a human (n = 2,000)" in told
    assert "by automation tools (n = 300)" in told


def test_a_name_is_a_name() -> None:
    name = "<script>alert('&\"')</script>"
    main = dataclasses.replace(example().main, identified=((name, 3702), ("ClinicalTrials.gov", 44)))
    flow = example(databases=((name, 3702),), main=main, footnotes=("a < b & c\x00\x1b]",))
    svg = draw(flow)
    assert "<script" not in svg
    assert name in boxes(svg)["identified"].attrib["aria-label"]
    assert "a < b & c ]" in " ".join(parsed(svg).itertext())


def test_what_would_reorder_a_number_or_break_xml_is_left_out() -> None:
    svg = draw(example(footnotes=("one\u202etwo\ud800\ufffethree\tfour\nfive",)))
    assert "onetwo\ufffd\ufffdthree four five" in " ".join(parsed(svg).itertext())
    svg.encode("utf-8")


def test_links_wrap_their_boxes_only() -> None:
    svg = draw(both_arms(), {"excluded": 'records.html?box=excluded&sort="year"', "other-assessed": "#x", "no-such-box": "#y"})
    links = {a.find(f"{SVG}g").attrib["data-box"]: a for a in parsed(svg).iter(f"{SVG}a")}  # type: ignore[union-attr]
    assert sorted(links) == ["excluded", "other-assessed"]
    assert links["excluded"].attrib["href"] == 'records.html?box=excluded&sort="year"'
    assert links["excluded"].findtext(f"{SVG}title") == "Records excluded: details"
    assert "<a " not in draw(both_arms())


def test_interim_is_stamped_and_says_what_is_missing() -> None:
    svg = draw(interim())
    found = boxes(svg)
    texts = [t.text or "" for t in parsed(svg).iter(f"{SVG}text")]
    assert "INTERIM" in texts
    assert "records to screen (n = 1,200)" in texts
    assert "full texts to assess (n = 12)" in texts
    assert "awaiting screening (n = 1,200)" in words(found["screened"])
    assert "awaiting assessment (n = 12)" in words(found["assessed"])
    dashed = {name for name, box in found.items() if box.find(f"{SVG}rect").attrib["stroke-dasharray"] != "none"}  # type: ignore[union-attr]
    assert dashed == {"screened", "assessed", "included"}
    final = draw(example())
    assert "interim" not in final.lower()
    assert "awaiting" not in final


def test_the_other_arm_says_what_awaits_it() -> None:
    other = dataclasses.replace(both_arms().other, unscreened=13, screened=79, excluded=10, assessed=60, unassessed=2, included=15)
    waiting = (("records to screen", 13), ("full texts to assess", 2))
    found = boxes(draw(example(other=other, included_studies=50, included_reports=53, waiting=waiting)))
    assert "awaiting screening (n = 13)" in words(found["other-identified"])
    assert "awaiting assessment (n = 2)" in words(found["other-assessed"])


def test_footnotes_are_numbered_below() -> None:
    svg = draw(both_arms(footnotes=("The first.", "The second, " + "which goes on " * 30)))
    root = parsed(svg)
    notes = [t.text for t in root.iterfind(f"{SVG}g[@class='flow-notes']/{SVG}text")]
    assert notes[:4] == ["1.", "The first.", "2.", notes[3]]
    assert len(notes) > 6
    _, y, _, height = rect(boxes(svg)["included"])
    assert all(float(t.attrib["y"]) > y + height for t in root.iterfind(f"{SVG}g[@class='flow-notes']/{SVG}text"))


def test_the_same_flow_is_the_same_bytes_and_needs_nothing_else() -> None:
    svg = draw(both_arms(), {"included": "#i"})
    assert svg == draw(both_arms(), {"included": "#i"})
    assert not re.search(r"url\(|<image|<use|@import|xlink|<script", svg)
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]
    assert max(len(n.partition(".")[2]) for n in re.findall(r' (?:x|y|width|height)="([\d.]+)"', svg)) <= 1


def test_an_empty_review_is_drawn() -> None:
    svg = draw(Flow(main=EMPTY, other=EMPTY))
    assert "Registers (n = 0)" in words(boxes(svg)["identified"])


@pytest.mark.parametrize(("text", "bold", "width"), [("Records screened", True, 8670), ("Records", False, 3723), ("中国", False, 2000)])
def test_widths_are_those_of_helvetica(text: str, bold: bool, width: int) -> None:
    assert text_width(text, 1000, bold) == pytest.approx(width * 1.03, rel=0.001)
