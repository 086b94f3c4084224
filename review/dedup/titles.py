"""Titles made comparable: markup and translations put right, notes taken off, kinds of notice recognised."""

from __future__ import annotations

import re

import polars as pl

from review.dedup.columns import OTHER_SCRIPT, mend_where, plain, size_of, squashed
from review.dedup.kinds import EDITORIAL, GENERIC, SPOKEN, STUDIED, TAILED, YEARLY, kind_of, worded
from review.dedup.letters import mended
from review.dedup.numbers import COUNTS, SPELLED, in_digits, numbers_in
from review.dedup.signs import SIGNED, signs_of
from review.dedup.title_numbers import NUMBERED, letter_behind, number_behind
from review.dedup.trials import TRIAL, TRIAL_ASIDE
from review.dedup.words import LOST
from review.model.best import ELIDED, WEBSITE
from review.model.patterns import lazy

_LANGUAGES = (
    "arabic|bulgarian|chinese|croatian|czech|danish|dutch|english|finnish|french|german|greek|hebrew|hungarian|italian|japanese|korean"
    "|lithuanian|norwegian|persian|polish|portuguese|romanian|russian|serbian|slovak|slovenian|spanish|swedish|thai|turkish|ukrainian"
)
_AT_A_MEETING = (
    r"(?:meeting\s+|conference\s+)?abstract(?:\s+only|(?:\s+(?:no\.?|number))?\s*#?\s*[a-z]{0,3}\d[\d-]*)?|conference\s+paper|(?:e-?)?poster(?:\s+(?:presentation|abstract|session))?"
    r"|oral(?:\s+(?:presentation|communication|abstract|session))?"
)
_OF_A_THESIS = r"(?:(?:ph\.?\s?d\.?|d\.?\s?phil\.?|doctoral|master'?s?|m\.?\s?sc\.?|m\.?\s?a\.?|m\.?\s?phil\.?)\s+)?(?:thesis|dissertation)"
_MEETING_NOTE = rf"(?i)[\[(]\s*(?:{_AT_A_MEETING})\s*[\])]\W*$"
_POSTER_NOTE = (
    r"(?i)[\[(]\s*(?:(?:e-?)?poster|oral)\b[^\])]{0,20}[\])]\W*$"  # of the authors' own, where 'conference abstract' may be a database's
)
_THESIS_NOTE = rf"(?i)[\[(]\s*(?:{_OF_A_THESIS})\s*[\])]\W*$"
# What databases hang on to a title. A note about an erratum says where the erratum is: the title is still the article's.
_NOTE = lazy(
    r"[\s.:;-]*(?:"
    r"\[\s*(?:(?:published|see|an?)\s+)*(?:errat|correct|corrig|retract|republish|updat|comment|letter|review|\d+\s*ref|referenc|abstract"
    r"|editorial|note|summary|secondary\s+pub|duplicate\s+pub|in\s+process|in\s+(?:"
    + _LANGUAGES
    + r")|"
    + _LANGUAGES
    + r"|e-?pub|online|internet"
    r"|electronic\s+resource)(?:[^\[\]]|\[[^\[\]]*\])*\]?"
    r"|\[[a-z\d]{0,4}[\s.…]*"  # the title was cut off in a note
    r"|[\[(]\s*(?:(?:journal\s+|original\s+)?article|pdf|html|(?:article\s+)?in\s+press|accepted\s+manuscript|with\s+(?:discussion|comments?|commentar(?:y|ies)))\s*[\])]"
    r"|\(\s*reprinted\s+from\b(?:[^()]|\([^()]*\))*\)"
    rf"|[\[(]\s*(?:{_AT_A_MEETING}|{_OF_A_THESIS}|(?:article\s+)?in\s+(?:{_LANGUAGES}))\s*[\])]"
    r"|\(\s*(?:author'?s? transl(?:ation)?|structured abstract|provisional abstract|brief record|meeting abstract|conference abstract|abstract(?: only)?|(?:cochrane )?review"
    r"|multiple letters|e-?pub(?: ahead of print)?|online|" + _LANGUAGES + r")\s*\)"
    r")[\s.]*$",
    re.IGNORECASE,
)
# What a reply, a comment or an erratum has behind the title of the other: no note of a database, nor a translation. '[comment]' alone is one.
_SAID = lazy(
    r"[\s.:;-]*\[\s*(?!(?:see |published |)comments?\W|comment(?:s)? (?:in|on)\b)((?:(?:the|an?|in|invited|editorial|expert|authors?'?s?'?)\s+)*"
    r"(?:repl(?:y|ies)|respon(?:se|ses|d|ds)|rejoinder|rebuttal|discussion|comment(?:s|ary)?|critique)\b[^\[\]]{0,60}"
    r"|data\s?sets?|(?:study\s+|trial\s+|review\s+)?protocol|(?:(?:author|publisher)\s+)?(?:corrections?|corrigend(?:um|a)|errat(?:um|a)|addend(?:um|a)|retraction(?:\s+(?:note|notice))?)\s*)\][\s.]*$",
    re.IGNORECASE,
)
_GLUED = r"(?s)\.\s?[A-Z][A-Z0-9]  ?- .*$"  # the next field of an export, run into the title
_FRONT = lazy(r"^\s*(?:\W*retracted(?: article)?\s*:?\]?\s*|\*+\s*)", re.IGNORECASE)
_RETRACTED = lazy(r"\s*[(\[]\s*retracted article\b[^()\[\]]*[)\]]\W*$", re.IGNORECASE)
_TRAILING = lazy(r"^(.{12,}?)[\s.]*\[([^\[\]]{8,})\][\s.]*$", re.DOTALL)
_TWICE = lazy(r"^((?:\S+\s+){2,}?\S*[^\s<>])(?<! or)(?:\s+(=)|\s*;)\s+\[?((?:[^\s\d]\S*\s+){2,}\S.*?)\]?$", re.DOTALL)  # in two languages
_SLASHED = lazy(r"^(.{20,}?)\s+/\s+(.{20,})$", re.DOTALL)
_WHOLE = lazy(r"^\s*\[([^\[\]]+)\][\s.]*$", re.DOTALL)
_DAMAGED = (
    r"(?i)^\W*(?:#\w+[?!]?|untitled(?: (?:document|work|article|paper))?|no title(?: (?:available|listed|given|provided|supplied|found))?|title(?: (?:not (?:available|known|given|found)|unavailable|unknown|missing))?|not available|unknown(?: title)?|n/?a|nan|null|none"
    r"|(?:https?://\S*|doi\W{0,2})?\b10\.\d{4,9}/\S+)\W*$"  # a DOI
)

_ODD = r"(?i)[\[\]&{}\\*)=]|[^\x00-\x7f]|retract|#| / "
WORDY = r"\b(?:the|of|and|for|with|to|by|from)\b"  # words that only English has


_WORDY = lazy(WORDY)
_NAMES = {
    "C++": "cplusplus",
    "c++": "cplusplus",
    "C#": "csharp",
    "c#": "csharp",
    "F#": "fsharp",
    "f#": "fsharp",  # languages that signs tell apart
    "per cent": "percent",
    "[H-3]": "[3H]",  # tritium, as Web of Science writes it; without brackets it may be a receptor
    **dict.fromkeys(("(R,S)", "(R, S)", "(S,R)", "(R/S)", "(R)/(S)"), "(RS)"),  # both hands of a molecule, not the right one
}
# What is no letter is said in ASCII: all letters of Unicode, so many times, would take longer to make ready than a thousand titles to look through.
_ADDRESS = r"(?:(?:available (?:from|at)|retrieved from)[^0-9a-z_]*)?(?:https?://|doi[^0-9a-z_]{0,3}10\.[0-9]|pmid[^0-9a-z_]{0,3}[0-9]|pmc[0-9]{5})"
# What web pages and congresses have behind or before a title.
_SITE = (
    rf"(?i)\.\s+(?:{_LANGUAGES})\.?\s*$"
    rf"|{WEBSITE}"
    rf"|(?i:\s*[(\[]{_ADDRESS}[^()\[\]]*[)\]]\W*$|[\s.,;:]+{_ADDRESS}[^()\[\]]*$)"
)
# What journals print over a title, and Google Scholar before it.
_HEADING = (
    r"^\W*(?:(?i:reviews?|(?:full |short |brief )?papers?|(?:special |featured |regular )?articles?|title|editor['’]?s['’]? choice|(?:short|rapid|brief) (?:communications?|reports?)"
    r"|invited reviews?|clinical (?:study|studies)|trial reports?)\s*:\s+|(?:ORIGINAL|RESEARCH|REVIEW) (?:ARTICLE|PAPER)\s+|(?:\[(?i:citation|pdf|html|book|doc|c|b)\])*\[(?i:article|review|paper|citation|pdf|html|book|doc|c|b)\]\s+)(\S.{19})"
)
# What some program could not write: a letter, a hyphen, an apostrophe; at the beginning of a word, before a number or behind a hyphen a Greek letter.
_UNWRITTEN = r"[?\x{FFFD}]"
_LOST = (
    r"(\p{Ll}|\p{N}|\b\p{Lu})[?\x{FFFD}]{1,2}(\p{Ll}|\p{N})|(\p{Lu})[?\x{FFFD}]{1,2}(\p{Lu})"
    r"|(\s|^|[(\[/-])[?\x{FFFD}]{1,2}(-\p{L}|\p{N})|(-)[?\x{FFFD}]{1,2}(\p{L})|(\p{L}-|-\p{N})[?\x{FFFD}]{1,2}(\s+\p{Ll}|$|[-,)\]/])"
)
_WITH_LOST = "".join(f"${{{n}}}" for n in (1, 3, 5, 7, 9)) + LOST + "".join(f"${{{n}}}" for n in (2, 4, 6, 8, 10))
_MICRO = r"(?i)(?:[µμ] ?|(?-u:\b)(?:mu ?|u|mc|micro))([gl])(?:rams?|it(?:re|er)s?)?(?-u:\b)"  # µg, mu g, ug, mcg
# Isotopes as Web of Science writes them, their mass behind them: Tc-99m for 99mTc. (H-1 alone is a receptor.)
_MASSES = {"Tc": "99m", "Tl": "201", "In": "111", "Ga": "6[78]", "Xe": "133", "Rb": "82", "Cu": "64", "Zr": "89", "Lu": "177", "Sm": "153", "Sr": "89", "Re": "18[68]",
           "Kr": "81m", "Cr": "51", "Na": "23", "F": "18", "C": "1[134]", "I": "12[345]|131", "N": "1[35]", "O": "1[578]", "P": "3[123]", "S": "35", "Y": "90"}  # fmt: skip
_ISOTOPE = rf"\b(?:{'|'.join(f'({of})-({mass})' for of, mass in _MASSES.items())}|(H)-(1)[- ](NMR|MR[A-Z]*|[Mm]agnetic|[Ss]pectro\w*))\b"
_MASS_FIRST = "".join(f"${{{n + 1}}}${{{n}}}" for n in range(1, 2 * len(_MASSES) + 2, 2)) + f" ${{{2 * len(_MASSES) + 3}}}"
_SLANTED = r"(?i)</?(?:i|b|em|strong|italic|bold)>"
_MARKED = r"[\s*†‡§¶]+$"  # of a footnote
_UNEVEN = rf"{_SLANTED}|\s\s|[\t\r\n\x{{a0}}]|[*†‡§¶]\s*$"
_RANGE = r"(?i)([0-9]) to ([0-9])"
_SECTION = (
    r"^\W*(?:(?i:(?:original|research|review|regular|full)[ -](?:articles?|papers?|research|investigations?|reports?)|clinical[ -](?:research|investigations?)|(?:short|brief|rapid)[ -](?:communications?|reports?)|special[ -]articles?)\s*[:.]\s+|(?i:proceedings):\s+"
    r"|\(?(?:P|O|S|T|PO|PS|OP|OC|PP|EP|LB)[-– .]?\d{2,5}\)?\s*[:.|]\s+)"
)
# The numbers of congresses that nothing else is: Abstract 12:, O-045, FRI0123, Tu1234, 1234P, LBA12, P2-04-11 and #123 before a title,
# (P3.045) or (Abstract 12) behind it. P300 may be a wave.
_CODE = (
    r"^\W*((?:[A-Z]{1,4}[- ]?0[0-9]{2,4}|(?:MON|TUE|WED|THU|FRI|SAT|SUN|Mo|Tu|We|Th|Fr|Sa|Su)[0-9]{3,4}|[0-9]{3,5}(?:P|O|PD|TiP|MO)|LBA[0-9]{1,3}"
    r"|[A-Z]{1,2}[0-9]{1,2}-[0-9]{2}-[0-9]{2}|#[0-9]{1,5})\b|(?i-u:abstract (?:no\.? ?|number )?#?[a-z]{0,3}[0-9-]+ ?[:.]))\)?[\s:.|–-]+"
)
_CODE_BEHIND = r"\s*[(\[]((?:[A-Z]{1,2}[0-9]{1,2}\.[0-9]{3}|[A-Z]{1,3}-?0[0-9]{2,3}|(?i-u:abstract (?:no\.? ?|number )?#?[a-z]{0,3}-?[0-9]{1,5})))[)\]]\W*$"
_SHORT = 70  # letters and digits: no title that is longer is one of many


# Where a subtitle or an aside may begin; the point of E. coli and that of vs. are none.
_STOP = r"(?:[:;?!|(\[—]|\.\s+\p{Lu}|\s[-–]+\s)"
STOPS = ("stop", "last_stop")
_TO_STOP = (pl.col("text").cast(pl.Binary).bin.slice(0, pl.col("text").str.find(_STOP).fill_null(0)).cast(pl.String),
            pl.col("text").str.extract(rf"^(.+){_STOP}").fill_null(""))  # fmt: skip


def _noteless(text: str) -> str:
    for _ in range(6):
        cut = _NOTE.sub("", text) if "[" in text or "(" in text else text  # without a bracket there is no note to look for
        if cut == text or len(cut.strip(" []()")) < 4:
            break
        text = cut
    return text


def _bare(text: str) -> tuple[str, str]:
    """A title (one of _ODD) without what databases hang on to it, and the second title in brackets: a translation."""
    text = _RETRACTED.sub("", text)  # Web of Science's note on the article, not the notice
    text = _FRONT.sub("", _noteless(_SAID.sub(r": \1", mended(text).strip())))
    if whole := _WHOLE.match(text):
        return _noteless(whole[1]), ""
    if trailing := _TRAILING.match(text):
        return trailing[1], trailing[2]
    twice = _TWICE.match(text)
    if twice and (twice[2] == "=" or _foreign(twice[1]) != _foreign(twice[3])):
        return twice[1], twice[3]
    return text, ""


def _foreign(text: str) -> bool:
    """It has letters that English has not, and no word that only English has."""
    return not text.isascii() and any(c.isalpha() and not c.isascii() for c in text) and not _WORDY.search(text.casefold())


def _in_two(text: str) -> tuple[str, str]:
    """A title with a stroke in it, taken apart where one half is English and the other is not."""
    halves = _SLASHED.match(text)
    if halves and bool(_WORDY.search(halves[1].casefold())) != bool(_WORDY.search(halves[2].casefold())):
        return halves[1], halves[2]
    return text, ""


def _at(positions: pl.Series, texts: list[str], size: int) -> pl.Series:
    """Texts at their positions among `size` empty ones."""
    return pl.repeat("", size, eager=True).scatter(positions, texts)


def _telling(normal: str) -> str:
    """The four longest words; of equally long ones the first in the alphabet."""
    words = sorted(set(normal.split(" ")))
    words.sort(key=len, reverse=True)
    return " ".join(sorted(words[:4]))


def titles_of(texts: pl.Series) -> pl.DataFrame:
    """Titles as they came, taken apart, row by row.

    normal: plain text, '' where there is no usable title; squash: the same without spaces
    also: the second title in brackets, squashed
    code: its number at a congress, among letters, or among the reports of a house
    spoken_note, poster, thesis_note: a note says that it was given there, as what, or is a dissertation
    numbers, signs: as `numbers_in` and `signs_of`
    elided: it was cut off, and says so
    stop, last_stop: letters and digits before its first and its last mark behind which a subtitle may stand, 0 where there is none
    kind: erratum, reply … or ''
    english: it has words that only English has; script: it is not written in Latin letters
    yearly: there may be one each year; generic: it says too little to tell one document from another; curt: by its
    length alone
    editorial: it is one, or introduces an issue
    telling: its longest words, a key for blocks
    """
    plainly = pl.when(~pl.col("text").str.contains(_DAMAGED)).then("text").otherwise(pl.lit(""))
    texts = mend_where(
        texts, _UNEVEN, lambda some: some.str.replace_all(_SLANTED, "").str.replace(_MARKED, "").str.replace_all(r"\s+", " ")
    )
    behind = texts.str.contains(NUMBERED).arg_true()
    told = [number_behind(text) for text in texts.gather(behind)]
    texts = texts.clone().scatter(behind, [text for text, _ in told]) if told else texts
    reported = _at(behind, [number for _, number in told], texts.len())
    bare_text = (
        pl.col("text")
        .str.replace(_GLUED, "")
        .str.replace(_SECTION, "")
        .str.replace(_HEADING, "${1}")
        .str.replace_all(_MICRO, "micro${1}")
        .str.replace_all(_RANGE, "${1}-${2}")
        .str.replace_all(_ISOTOPE, _MASS_FIRST)
        .str.replace(_CODE, "")
        .str.replace(_CODE_BEHIND, "")
        .str.replace(_SITE, "")
        .str.replace_many(_NAMES)
    )
    texts = mend_where(texts, _UNWRITTEN, lambda some: some.str.replace_all(_LOST, _WITH_LOST))
    bared = texts.alias("text").to_frame().select(bare_text).to_series()
    number = (
        pl.coalesce(pl.col("text").str.extract(form) for form in (_CODE, _CODE_BEHIND))
        .fill_null("")
        .str.replace_all(r"\D", "")
        .str.strip_chars_start("0")
    )
    found = (number.alias("code"),
             pl.col("text").str.contains(_MEETING_NOTE).alias("spoken_note"), pl.col("text").str.contains(_POSTER_NOTE).alias("poster"), pl.col("text").str.contains(_THESIS_NOTE).alias("thesis_note"))  # fmt: skip
    hung = texts.alias("text").to_frame().select(found)
    bared = mend_where(bared, TRIAL, lambda registered: registered.str.replace_all(TRIAL_ASIDE, " "))
    frame = bared.to_frame().select(pl.col("text").str.strip_chars())
    frame = frame.select(text=plainly, odd=pl.col("text").str.contains(_ODD))
    odd = frame["odd"].arg_true()
    numbered = [letter_behind(text) for text in frame["text"].gather(odd)]
    letters = _at(odd, [number for _, number in numbered], frame.height)
    codes = [pl.when(code != "").then(code) for code in (pl.col("code"), reported, letters)]
    hung = hung.with_columns(pl.coalesce(*codes, pl.lit("")).alias("code"))
    bare = [_bare(text) for text, _ in numbered]
    bare = [_in_two(first) if " / " in first and not second else (first, second) for first, second in bare]
    frame = frame.select(
        frame["text"].scatter(odd, [b[0] for b in bare]),
        _at(odd, [b[1] for b in bare], frame.height).alias("also"),
    )
    frame = frame.with_columns(normal=plain(pl.col("text")), also=squashed(pl.col("also")))
    # The few that need more than a look.
    spoken = frame.select(pl.col("normal").str.contains(SPOKEN) | pl.col("text").str.contains(TAILED)).to_series().arg_true()
    notices = frame[spoken]
    kinds = [kind_of(text, normal) for text, normal in notices.select("text", "normal").iter_rows()]
    text = pl.Series("text", [worded(t, kind) for t, kind in zip(notices["text"], kinds, strict=True)], pl.String)
    frame = frame.with_columns(
        frame["text"].scatter(spoken, text), frame["normal"].scatter(spoken, text.to_frame().select(plain(pl.col("text"))).to_series())
    )
    frame = frame.with_columns(mend_where(frame["normal"], SPELLED, lambda spelled: [in_digits(n) for n in spelled]))
    frame = frame.with_columns(squash=pl.col("normal").str.replace_all(" ", "", literal=True))
    frame = frame.with_columns(size=size_of(pl.col("squash")))
    short = (frame["size"] < _SHORT).arg_true()  # the form for them takes as long to look for as all others together
    many = pl.repeat(value=False, n=frame.height, eager=True).scatter(short, frame["normal"].gather(short).str.contains(GENERIC))
    curt = pl.col("size").is_between(1, 11)
    frame = frame.with_columns(
        english=pl.col("normal").str.contains(WORDY),
        script=pl.col("normal").str.contains(OTHER_SCRIPT),
        yearly=pl.col("normal").str.contains(YEARLY),
        studied=pl.col("normal").str.contains(STUDIED),
        elided=pl.col("text").str.contains(ELIDED),
        signed=pl.col("text").str.contains(SIGNED),
        counts=pl.col("normal").str.contains(COUNTS),
        generic=curt | many,
        curt=curt & ~many,
        editorial=((pl.col("size") < _SHORT) | pl.col("normal").str.contains(" special issue ", literal=True))
        & pl.col("normal").str.contains(EDITORIAL),
    )
    # The few of which it is a study that tells may come out each year all the same.
    studied = frame.select(pl.col("yearly") & pl.col("studied")).to_series().arg_true()
    rest = frame["normal"].gather(studied).str.replace_all(STUDIED, " ")
    frame = frame.with_columns(frame["yearly"].scatter(studied, rest.str.contains(YEARLY)))
    counts, signed = (frame[name].arg_true() for name in ("counts", "signed"))
    normal = frame["normal"]
    numbers = [numbers_in(n.split(" ")) for n in normal.gather(counts)]
    signs = [signs_of(text) for text in frame["text"].gather(signed)]
    telling = [_telling(n) if len(n) > 11 else "" for n in normal.to_list()]
    return frame.select(
        *hung,
        "normal",
        "squash",
        "also",
        "english",
        "script",
        "yearly",
        "generic",
        "curt",
        "editorial",
        "elided",
        *(squashed(before).str.len_chars().cast(pl.UInt16).alias(name) for name, before in zip(STOPS, _TO_STOP, strict=True)),
        _at(signed, signs, frame.height).alias("signs"),
        _at(counts, numbers, frame.height).alias("numbers"),
        _at(spoken, kinds, frame.height).alias("kind"),
        pl.Series("telling", telling, pl.String),
    )
