"""Quotes are looked up: found as they stand, as they were set, almost, elsewhere, or not."""

from __future__ import annotations

import pytest
from fulltext.made import WORDS, pdf
from hypothesis import given, settings
from hypothesis import strategies as st

from review.fulltext.document import Document, Page, together
from review.fulltext.quotes import Searchable, plain
from review.fulltext.read import document
from review.fulltext.reader import Reader


@pytest.fixture(scope="module")
def paper() -> Searchable:
    return Searchable(document(pdf(), "pdf"))


@pytest.mark.parametrize(
    ("quote", "locator", "state", "page"),
    [
        (WORDS.strip().replace("'", "’"), "p. 119", "verified", 0),  # over broken lines and hyphens
        ("“difficulties of efficient coordination affected the office staff”", "120", "verified", 1),
        ("the effect was RR 0.83 (95% CI 0.72 to 1.03)", "p. 121", "verified", 2),
        ("the effect was RR 0.83 (95% CI 0.72 to 1.03)", "p. 119", "elsewhere", 2),
        ("the effect was RR 0.83 (95% CI 0.72 to 1.03)", "", "verified", 2),
        ("We interviewed 14 managers […] a lack of trust in neighbourhood 2", "p. 120", "verified", 1),
        ("officials described first rate comunication and a lack of trust in neighbourhood 4", "p. 122", "verified", 3),  # a slip
        ("the effect was RR 0.38 (95% CI 0.72 to 1.03), and it did not differ by deprivation", "p. 121", "not found", -1),  # another number
        (
            "RR 0.83 (95% CI 0.72 to 1.03), and it did differ by deprivation. We interviewed 21 managers",
            "p. 121",
            "not found",
            -1,
        ),  # no negation
        ("4 managers", "p. 120", "not found", -1),  # of 14, 28: not within a number
        ("the earth is flat", "p. 119", "not found", -1),
        ("", "p. 1", "not found", -1),
    ],
)
def test_a_quote_is_found_where_it_stands(paper: Searchable, quote: str, locator: str, state: str, page: int) -> None:
    found = paper.find(quote, locator)
    assert (found.state, found.page) == (state, page), found


def test_what_differs_is_said(paper: Searchable) -> None:
    assert "0.83" in paper.find("the effect was RR 0.38 (95% CI 0.72 to 1.03), and it did not differ by deprivation").why
    found = paper.find("officials described first rate comunication and a lack of trust in neighbourhood 4")
    assert 95 <= found.score < 100


def test_a_quote_over_the_end_of_a_page() -> None:
    pages = ("First words of all. The committee could not agree on", "who should lead the partnership, and met no more.")
    one = Searchable(Document("pdf", tuple(Page(str(n), t) for n, t in enumerate(pages, 1))))
    two = Searchable(Document("pdf", tuple(Page(str(n), f"J Places 2011\n{t}\n{n}") for n, t in enumerate(pages, 1))))
    quote = "The committee could not agree on who should lead the partnership, and met no more."
    short = "The committee could not agree on who should lead (Box 2)."  # only a bracket stands on the next page
    halves = ("The committee could not agree on who should lead\n7", "J Places\n(Box 2). Then it met.")
    assert Searchable(Document("pdf", tuple(Page(str(n), h) for n, h in enumerate(halves, 7)))).find(short, "p. 7").state == "verified"
    first = "In this case the committee met no more, and nobody asked why."  # only two words stand on the page before
    for before, state in (("It was agreed. In this\n7", "verified"), ("It was agreed.\n7", "not found")):
        both = (Page("7", before), Page("8", "J Places\ncase the committee met no more, and nobody asked why. Then"))
        assert Searchable(Document("pdf", both)).find(first, "p. 7").state == state
    for searchable in (one, two):
        found = searchable.find(quote, "p. 1")
        assert (found.state, found.page) == ("verified", 0)


ARTICLE = (
    """J Health Places 2011;3:119-130
The committee was unlikely to improve access for residents, and the scheme was ineffective in reducing the burden
of disease across the twelve districts. In 2014, 35 of 120 councils (29.2%) had a strategy, and the
mean change was \u22120.20 points (95% CI \u22120.35 to \u22120.05; p < 0.001). Mortality increased from 12 to 15 per 1,000 in
the poorest areas but decreased in the richest areas [12,13]. Officers did not trust volunteers3 because their
non-significant findings were ignored. An atypical response was seen where men outnumbered women and
hypertension was common. Trust was not improved by training. The budget of CB\x02154 was 17\x02year plan money, and the parts of it
* Money in thousands of pounds.
were shared among the residents. Volunteers trusted officers more than officers trusted volunteers
and the partnership did not
119""",
    """J Health Places 2011;3:119-130
meet again until the spring, when members agreed to share the budget with residents of the estate.
The officers\u2019 \u201cclosed\u201d meetings ended; co\u00adoperation began. It grew by 5 % a year. They could not agree.
120""",
)


@pytest.fixture(scope="module")
def article() -> Searchable:
    return Searchable(Document("pdf", tuple(Page(str(n), t) for n, t in enumerate(ARTICLE, 119))))


@pytest.mark.parametrize(
    "quote",
    [
        # numbers, their signs, and what relates them
        "35 of 130 councils (29.2%) had a strategy, and the mean change was", "mean change was 0.20 points (95% CI -0.35 to -0.05; p < 0.001)", "0.20 points",
        "mean change was -0.20 points (95% CI -0.35 to -0.05; p > 0.001). Mortality", "35 of 120 councils (29.2) had a strategy, and the mean change was -0.20",
        "Mortality increased from 15 to 12 per 1,000 in the poorest areas but decreased", "grew by 15 % a year", "richest areas [12,14]. Officers did not trust",
        # negations
        "Officers did trust volunteers because their non-significant findings were ignored. An atypical", "Trust was [\u2026] improved by training",
        "and the partnership did meet again until the spring, when members agreed", "They could agree", "Officers [did] trust volunteers because their",
        # parts of words
        "likely to improve access for residents", "effective in reducing the burden", "significant findings were ignored", "A typical response was seen",
        "the scheme was effective in reducing the burden of disease across the twelve districts. In 2014, 35 of 120 councils",
        # other words, other order
        "Mortality decreased from 12 to 15 per 1,000 in the poorest areas but increased in the richest areas", "where women outnumbered men and hypertension was common",
        "An atypical response was seen where men outnumbered women and hypotension was common. Trust was not", "officers trusted volunteers more than volunteers trusted officers",
        "The response was seen where men outnumbered women and hypertension was common.", "In 2014, 35 of 120 councils (29.2%) had a strategy, and the mean percentage change was",
        # sewn together over a page or an elision
        "Volunteers trusted officers more when members agreed to share the budget", "and the partnership agreed to share the budget with residents",
        "members agreed to share the budget […] The committee was unlikely",
    ],
)  # fmt: skip
def test_what_the_document_does_not_say_is_never_verified(article: Searchable, quote: str) -> None:
    found = article.find(quote)
    assert found.state == "not found", found


@pytest.mark.parametrize(
    ("quote", "locator"),
    [
        ("unlikely to improve", ""), ("29.2%", "p. 119"), ("1,000", ""), ("12 to 15 per 1,000", ""), ("not improved", ""), ("5% a year", "p. 120"),
        ("mean change was -0.20 points (95% CI -0.35 to -0.05; p<0.001)", "p. 119"), ("[T]he scheme was ineffective in reducing the burden", ""),
        ("decreased in the richest areas. Officers did not trust volunteers because", "p. 119"),  # without marks of references
        ("The officers' \"closed\" meetings ended; cooperation began.", ""), ("Officers did not trust volunteers [of theirs] because their", ""),
        ("members agreed to share the budget … It grew by 5% a year.", "p. 120"), ("The budget of CB-154 was 17-year plan money", ""),
        ("the parts of it were shared among the residents", "p. 119"),  # a note at the column's foot between
        ("and the partnership did not meet again until the spring", "p. 119"), ("and the partnership did not meet again until the spring", "p. 120"),
        ("Officers did not trust voluntears because their non-significant findings were ignored.", ""), ("where men out-numbered women", ""), ("- members agreed to  share", ""), ("share the  budget -", ""),
    ],
)  # fmt: skip
def test_what_it_says_in_other_dress_is_verified(article: Searchable, quote: str, locator: str) -> None:
    found = article.find(quote, locator)
    assert found.state == "verified", found


@pytest.mark.parametrize(
    ("between", "verified"),
    [
        ("Table 2 shows that it was not", False), ("12 Officers did not think it", False), ("received no money and was less", False), ("Note that it was hardly", False),
        ("Table 2: Towns\nLeeds 34\nYork 9", True), ("1 See the appendix of the report.", True), ("2See the appendix", True), ("* Not in Wales.", True),
        ("Figure 1. Map of towns that did not take part", True), ("1 They did not say so.", False),
    ],
)  # fmt: skip
def test_a_line_of_the_text_is_no_note(between: str, verified: bool) -> None:
    page = f"It was agreed by all members that the scheme was\n{between}\neffective in the towns of the north."
    quote = "by all members that the scheme was effective in the towns"
    assert (Searchable(Document("pdf", (Page("1", page),))).find(quote).state == "verified") == verified
    for short in ("It failed.", "not", "No more"):
        foot = (
            Page("1", f"It was agreed by all members that the scheme was\n{short}\n7"),
            Page("2", "effective in the towns of the north."),
        )
        assert Searchable(Document("pdf", foot)).find(quote).state == "not found"
    over = (Page("1", f"It was agreed by all members that the scheme was\n{between}\n7"), Page("2", "effective in the towns of the north."))
    assert (Searchable(Document("pdf", over)).find(quote).state == "verified") == verified


OTHERS = Searchable(
    Document(
        "pdf",
        (
            Page("1", "该计划没有改善居民的健康状况，但提高了信任度。住房条件也没有改变，委员会每年开会四次。"),
            Page(
                "2", "The hazard ratio was 0\u00b785 (95% CI 0\u00b772\u20131\u00b701). Le re\u0301seau n’a pas e\u0301te\u0301 reconduit."
            ),
        ),
    )
)


def test_an_interval_in_brackets_is_no_mark_of_a_reference() -> None:
    paper = Searchable(Document("text", (Page("1", "The median stay in hospital was 13 [12-15] days, as others found [12-15] before."),)))
    assert paper.find("The median stay in hospital was 13 days, as others found").state == "not found"
    assert paper.find("days, as others found before.").state == "verified"


@pytest.mark.parametrize(
    ("quote", "verified"),
    [
        ("改善居民的健康状况", True), ("该计划没有改善居民的健康状况，但提高了信任度", True), ("该计划改善居民的健康状况，但提高了信任度。住房条件也没有改变，委员会每年开会四次", False),
        ("hazard ratio was 0.85 (95% CI 0.72-1.01)", True), ("85", False), ("hazard ratio was 0.58 (95% CI 0.72-1.01)", False),
        ("Le réseau n'a pas été reconduit", True), ("the hazard ratio", True), ("le réseau", True), ("Le réseau a été reconduit", False),
    ],
)  # fmt: skip
def test_other_scripts_points_and_accents(quote: str, verified: bool) -> None:
    assert (OTHERS.find(quote).state == "verified") == verified


def test_what_kept_a_quote_from_being_verified_is_told(article: Searchable) -> None:
    assert "‘unlikely’ where the quote says ‘likely’" in article.find("likely to improve access").why
    assert "only within longer words" in article.find("ers did not").why
    assert "hold a negation" in article.find("Trust was […] improved by training").why
    assert "after the rest" in article.find("members agreed to share the budget […] The committee was unlikely").why
    assert (
        "‘hypertension’ where the quote says ‘hypotension’"
        in article.find("where men outnumbered women and hypotension was common. Trust was").why
    )
    assert "a sign" in article.find("points (95% CI -0.35 to -0.05; p > 0.001). Mortality increased from 12").why


def test_a_scan_without_text_says_so() -> None:
    assert Searchable(Document("pdf", (Page("1", " \n"),))).find("words").state == "no text"
    stamped = [Page(str(n), f"{n}\nThis content downloaded from 10.0.0.{n}") for n in range(1, 5)]
    assert Searchable(Document("pdf", tuple(stamped))).find("words").state == "no text"
    half = Searchable(Document("pdf", (*stamped, Page("5", "Words that a printer set."))))
    assert half.find("Words that", "p. 5").state == "verified"
    assert half.find("other words", "p. 2").state == "no text"
    both = together((half.document, Document("pdf", (Page("1", ""),))), ())
    assert Searchable(both).find("other words").why == "1 of 6 pages has no text to look in"
    assert (half.find("other words").state, half.find("other words").why) == ("not found", "4 of 5 pages have no text to look in")


def test_where_there_is_no_full_text_nobody_could_look() -> None:
    record = Searchable(together((), (Page("title", "Towns"), Page("abstract", "Of 14 managers 9 stayed for long in the towns."))))
    assert record.find("9 stayed for long", "p. 2").state == "verified"
    assert record.find("The managers left", "p. 2").state == "no file"
    assert record.find("Of 14 managers 8 stayed for long in the towns", "p. 2").state == "no file"
    assert record.find("The managers left").state == "no file"
    assert record.find("The managers left", "abstract").state == "not found"
    assert record.find("Of 14 managers 8 stayed for long in the towns").state == "not found"  # something like it stands there
    assert record.find("").state == "not found"
    assert Searchable(together((), ())).find("The managers left", "p. 2").state == "no file"


TEXT = st.text(alphabet="abcde fgh-\n’ﬁ 123.,()\u00ad", min_size=1, max_size=200)


@given(TEXT, TEXT, st.data())
@settings(max_examples=200)
def test_whatever_is_cut_out_between_words_is_found(before: str, after: str, data: st.DataObject) -> None:
    text = f"{before} {after}"
    words = text.split()
    if not words:
        return
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quote = " ".join(words[start:end])
    if (
        plain(quote).text
        and quote[0] not in "\"'’"
        and "..." not in quote
        and ". . ." not in quote
        and ".. ." not in quote
        and ". .." not in quote
        and not any(w.endswith(("-", "\u00ad")) for w in words[start - 1 : start] + words[end - 1 : end])  # else a word would be torn
    ):
        assert Searchable(Document("text", (Page("1", text),))).find(quote).state == "verified", (text, quote)


def test_the_reader_marks_takes_and_finds_again() -> None:
    reader = Reader(document(pdf(), "pdf"))
    assert reader.find("lack of trust in neighbourhood 3")
    assert reader.page == 2
    taken = reader.taken()
    assert taken.locator == "p. 121"
    assert "communication and a lack of trust" in taken.quote
    assert "\n" not in taken.quote
    assert reader.search.find(taken.quote, taken.locator).state == "verified"
    assert not reader.find("unheard of")
    reader.go("We interviewed 7 managers", "p. 119")
    assert reader.text[reader.start : reader.end].split() == ["We", "interviewed", "7", "managers"]
    reader.trim("end", -1)
    assert reader.taken().quote == "We interviewed 7"
    reader.trim("start", 1)
    assert reader.taken().quote == "interviewed 7"


@given(
    st.lists(
        st.sampled_from(["move+", "move-", "turn+", "turn-", "extend+", "extend-", "start+", "start-", "end+", "end-", "hit"]), max_size=30
    )
)
@settings(max_examples=60)
def test_the_mark_stays_on_the_page(steps: list[str]) -> None:
    reader = Reader(Document("pdf", (Page("1", "One. Two words. Three!"), Page("2", ""), Page("3", "Four? Five words."))))
    reader.wanted = "words"
    for step in steps:
        by = 1 if step.endswith("+") else -1
        name = step[:-1]
        if name == "move":
            reader.move(by)
        elif name == "turn":
            reader.turn(by)
        elif name == "extend":
            reader.extend(by)
        elif name in ("start", "end"):
            reader.trim(name, by)
        else:
            reader.next_hit(1)
        assert 0 <= reader.start < reader.end <= len(reader.text)


def test_a_hyphen_of_the_words_own_is_kept() -> None:
    text = "It was the first\u0002rate of its kind, of a rate that is the first. An insti\u0002tution of the first, an institu\u0002tional one."
    reader = Reader(Document("pdf", (Page("1", text),)))
    assert reader.joined("first\u0002rate") == "first-rate"
    assert reader.joined("insti\u0002tution") == "institution"


SAID = [
    "council",
    "members",
    "residents",
    "budget",
    "trust",
    "partnership",
    "health",
    "improved",
    "worsened",
    "increased",
    "decreased",
    "was",
    "were",
    "not",
    "never",
    "more",
    "less",
    "before",
    "after",
    "with",
    "without",
    "12",
    "35",
    "120",
    "0.82",
    "2014",
    "poorest",
    "richest",
    "areas",
    "significant",
    "housing",
    "towns",
    "officers",
    "managers",
    "29.2%",
    "<0.05",
    "and",
    "or",
    "but",
    "of",
    "in",
    "the",
    "a",
]


@given(st.lists(st.sampled_from(SAID), min_size=40, max_size=60), st.data())
@settings(max_examples=100)
def test_a_word_dropped_put_in_changed_or_moved_is_never_verified(said: list[str], data: st.DataObject) -> None:
    lines = "\n".join(" ".join(said[k : k + 9]) for k in range(0, len(said), 9))
    paper = Searchable(Document("pdf", (Page("1", lines),)))
    start = data.draw(st.integers(0, 12))
    quote = said[start : start + 24]
    assert paper.find(" ".join(quote)).state == "verified"
    at = data.draw(st.integers(1, len(quote) - 2))
    word = data.draw(st.sampled_from(SAID[:-2]))
    how = data.draw(st.sampled_from(["drop", "put in", "change", "move"]))
    if how == "drop":
        changed = quote[:at] + quote[at + 1 :]
    elif how == "move":
        changed = [*quote[:at], *quote[at + 1 :], quote[at]]
    else:
        changed = [*quote[:at], word, *quote[at + (how == "change") :]]
    meant, there = (" ".join(w for w in words if w not in ("a", "the")) for words in (changed, said))  # articles are forgiven
    if f" {meant} " not in f" {there} ":
        assert paper.find(" ".join(changed)).state == "not found", (how, changed)
