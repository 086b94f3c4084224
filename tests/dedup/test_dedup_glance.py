"""What is told by numbers alone is what a look at the texts tells, too."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from tools import at, frame_of, lit, pages_of, select, strings

from review.model.record import Record

_WORDS = "effect of early late stroke care in adults children a trial behaviour behavior centre α β zinc iron and not part 1 2 II reply to on".split()
_TITLES = (
    "Effects of early stroke care in older adults: a randomised controlled trial",
    "Nurse-led discharge planning",
    "Zinc",
    "Reply to: Zinc and iron in children under five years of age in rural districts",
)


def _crooked(r: random.Random, title: str) -> str:
    words = title.split()
    for _ in range(r.randint(0, 5)):
        at_, word = r.randrange(len(words) + 1), r.choice(_WORDS)
        match r.randrange(5):
            case 0:
                words.insert(at_, word)
            case 1 if len(words) > 1:
                words.pop(at_ % len(words))
            case 2 if words:
                words[at_ % len(words)] = word
            case 3:
                r.shuffle(words)
            case _ if words:
                letters = words[at_ % len(words)]
                words[at_ % len(words)] = letters[1:] + letters[:1]
    return "".join(words) if r.random() < 0.05 else " ".join(words)


def test_a_glance_lets_nothing_go_that_a_look_would_keep() -> None:
    r = random.Random(5)
    records = [
        Record(
            key=f"{n:03}",
            title=r.choice(("", f"Ein anderer Titel auf Deutsch. [{_TITLES[0]}]", _TITLES[0], *(_crooked(r, t) for t in _TITLES))),
            authors=r.choice((("Ash, R",), ("Ash, R", "Quill, Ada"), ("Brandt, L",), ())),
            year=r.choice((2001, 2002, None)),
            pages=r.choice(("", "1-9", "9", "17-9", "17", "Jan-14")),
            doi=r.choice(("", "", f"10.1000/{r.randrange(40)}")),
            abstract=r.choice(("", "", "one beginning of an abstract that has many words, more than sixty letters")),
        )
        for n in range(130)
    ]
    judge, shelf, pl = at("review.dedup.judge"), at("review.dedup.shelf"), at("polars")
    features = shelf.prepared(frame_of(records))
    pairs = pl.DataFrame(list(combinations(range(len(records)), 2)), schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row")
    there = shelf.Shelf(at("review.dedup.parts").Parts())
    there.parts.append(features)
    hopeful = set(judge._hopeful(shelf.Shelf(there.parts), pairs).tolist())
    worth = set(judge.worth(features[pairs["a"]], features[pairs["b"]])["at"].to_list())
    assert len(worth) > 300
    assert worth <= hopeful
    assert len(hopeful) < 0.8 * pairs.height


def test_at_one_place_nothing_is_let_go_that_a_rule_believes() -> None:
    r = random.Random(7)
    titles = ("Nurse-led discharge planning", "Plasma renin in the elderly", "Ernährung und Sport im hohen Alter", "Zinc", "", _TITLES[0])
    authors = (("Ash, R",), ("Asch, R",), ("Quill, Ada", "Ash, R"), ("Brandt, L", "Quill, Ada"), ("王, 芳",), ("Stroke Care Group",), ())
    records = [
        Record(
            key=f"{n:03}",
            title=r.choice(titles),
            authors=r.choice(authors),
            year=r.choice((2001, 2002, None)),
            journal=r.choice(("Journal of Stroke", "J Stroke", "Annals of Surgery", "")),
            volume=r.choice(("", "3", "4", "3 (Suppl 4)", "61 (10 Suppl. 3)", "2001")),
            issue=r.choice(("", "", "3", "4", "Suppl 3")),
            pages=r.choice(("17-25", "17-25", "41-9")),
            abstract=r.choice(("", "", "one beginning of an abstract that has many words, more than sixty letters " * 3)),
        )
        for n in range(150)
    ]
    judge, shelf, pl = at("review.dedup.judge"), at("review.dedup.shelf"), at("polars")
    features = shelf.prepared(frame_of(records))
    pairs = pl.DataFrame(list(combinations(range(len(records)), 2)), schema=("a", "b"), orient="row")
    a, b = features[pairs["a"]], features[pairs["b"]]
    kept = judge.worth(a, b)["at"]
    told = judge.judge(a, b).with_row_index("at").filter(a["page"] == b["page"], ~pl.col("at").is_in(kept.implode()))
    assert told.height > 500
    assert told["probability"].max() < at("review.dedup.rules").UNSURE


def test_pages_a_column_at_a_time() -> None:
    r = random.Random(6)
    forms = (
        "{}",
        "{}-{}",
        "{}--{}",
        "{}–{}",
        "{}—{}",
        " {}-{} ",
        "{}-{}.",
        "S{}-{}",
        "{}-",
        "{} - {}",
        "",
        "e{}",
        "{}-{}-3",
        "xi-xx",
        "Jan-{}",
        "٣٤-{}",
    )
    numbers = [str(r.randrange(10 ** r.randint(1, 5))).zfill(r.choice((1, 1, 3))) for _ in range(2000)]
    texts = ["123-9", "1234--129", "99-100", "7-3", *(r.choice(forms).format(n, r.choice(numbers)) for n in numbers)]
    found = at("review.dedup.pages").pages_columns(strings(texts)).rows()
    each = [pages_of(text) for text in texts]
    firsts = [sorted(p.firsts) or [-1] for p in each]
    assert found == [(f[0], f[-1], p.last, p.letters, p.locator) for f, p in zip(firsts, each, strict=True)]


@settings(max_examples=40)
@given(st.lists(st.text(alphabet="aZé9ß -.<>/b\n\0Œ\u0301ſ", max_size=30), max_size=20))
def test_squashed_is_plain_without_spaces(texts: list[str]) -> None:
    columns = at("review.dedup.columns")
    column = lit(strings("t", texts, dtype=at("polars").String))
    squashed, plain = (select(how(column)).to_series().to_list() for how in (columns.squashed, columns.plain))
    assert squashed == [text.replace(" ", "") for text in plain]
