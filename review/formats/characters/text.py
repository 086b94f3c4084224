"""Bytes to text, and the few readings that every format shares: DOI, year, pages. Nothing here raises on bad input."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from review.formats.characters import charsets, joined
from review.model.patterns import lazy
from review.model.plain_text import is_mojibake

# The C1 bytes that cp1252 leaves undefined stay what they are in Latin-1, so that any byte can be read.
_CP1252 = {0xDC00 + b: (bytes([b]).decode("cp1252", "ignore") or chr(b)) for b in range(0x80, 0x100)}
_LATIN = {b - 0xDC00: c for b, c in _CP1252.items()}
_STRAY = lazy("[\udc80-\udcff]")
_MULTIBYTE = lazy("[^\0-\x7f\ud800-\udfff]")  # said the other way round, it takes a hundred times longer to compile
# Characters that XML 1.0 has no place for, in any way of writing them; exporters write them all the same.
NOT_XML = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# What no text has that a writer writes, but for the ends of lines and tabs.
UNPRINTABLE = lazy("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")

BOM = b"\xef\xbb\xbf"
_MISREAD = BOM.decode("cp1252").encode()  # the mark of a file that was read as cp1252 and saved again
_BOMS = (
    (BOM + _MISREAD, "utf-8"),
    (BOM, "utf-8"),
    (_MISREAD, "utf-8"),
    (_MISREAD.decode("cp1252").encode(), "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text without its byte-order mark, the encoding it was read with, and remarks for the person."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> Text:
    """Read bytes as text: by byte-order mark, as UTF-16 by its NULs, as UTF-8, else as `charsets` says. Never raises.

    A few bytes that are not UTF-8 in a file that is: only they are read as cp1252, and noted. Text that was
    broken before it came here (mojibake) is kept and noted: mending it is guessing.
    """
    wide, mark = marked(data)
    if (wide or b"\x00" in data) and len({encoding for encoding, piece in joined.parts([data[mark:]], wide) if piece}) > 1:
        whole = decode(b"".join(joined.as_utf8(joined.parts([data[mark:]], wide))))
        return Text(whole.text, whole.encoding, ("a part of it is in UTF-16", *whole.notes))
    if wide:
        text = data[mark:].decode(wide, "replace")
        notes = [] if mark else [f"read as {wide.upper().removesuffix('-LE').removesuffix('-BE')}, by its bytes: it has no byte-order mark"]
        if "\ufffd" in text:
            notes.append(f"some bytes are not {wide.upper()} and were replaced by U+FFFD")
        return Text(text, wide, (*notes, *_mojibake(text)))
    text, encoding, stray = narrow(BOM + data[mark:] if mark else data)
    notes = [f"{stray} bytes that are not UTF-8 were read as cp1252"] if stray else []
    return Text(text, encoding, (*notes, *_mojibake(text)))


def marked(head: bytes) -> tuple[str, int]:
    """The encoding with units of more than a byte that a file is in, or "", and the length of its byte-order mark."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return "" if encoding == "utf-8" else encoding, len(bom)
    return charsets.unmarked(head), 0


def narrow(data: bytes, so_far: str = "") -> tuple[str, str, int]:
    """Text, the encoding that it was read with, and how many bytes were not of it (and read as cp1252).

    `so_far` is the encoding of the same file's part before this one. What is valid UTF-8 is UTF-8 all the same:
    files are put together from several. A byte-order mark is no part of the text, and says that pairs of foreign bytes are no accident.
    """
    said = data.startswith(BOM)
    data = data.removeprefix(BOM)
    try:
        return data.decode("utf-8"), (so_far if data.isascii() else "utf-8"), 0
    except UnicodeDecodeError:
        pass
    if so_far in ("", "utf-8"):
        text = data.decode("utf-8", "surrogateescape")
        stray = len(_STRAY.findall(text))
        if so_far or (stray <= len(_MULTIBYTE.findall(text)) and (said or not _is_accident(text, stray))):
            return text.translate(_CP1252), "utf-8", stray
    # Where most are foreign, the few that look like UTF-8 are an accident of two neighbours.
    encoding = "" if so_far == "cp1252" else so_far.removeprefix("utf-8") or charsets.declared(data) or charsets.guessed(data)
    if encoding:
        text = data.decode(encoding, "surrogateescape")
        stray = len(_STRAY.findall(text))
        return text.translate(_CP1252), encoding, stray
    try:
        return data.decode("cp1252"), "cp1252", 0
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_LATIN), "cp1252", 0


def _is_accident(text: str, stray: int) -> bool:
    """Whether most lines with stray bytes hold what looks like UTF-8 too: then that is pairs of another encoding."""
    lines = [line for line in text.split("\n") if _STRAY.search(line)] if stray > 8 else []
    signs = [len(_MULTIBYTE.findall(line)) for line in lines]
    return sum(map(bool, signs)) > 0.5 * len(lines) and stray > 0.3 * sum(signs)


def _mojibake(text: str) -> tuple[str, ...]:
    if is_mojibake(text):
        return ("some text was mis-decoded before it came here (such as Ã© for é); it is kept as it came",)
    return ()


def normalise(text: str) -> str:
    """The text with every line end (CRLF, CR, LF) as LF: line n of a file is then `text.split("\\n")[n - 1]`.

    Without the marks of files that were put together: a byte-order mark at the beginning of a line (with the blanks before it), what ended a file in
    DOS, or fills it up to its size, and what nobody sees before the first letter of a line.
    """
    if "\r" in text:
        first = text.find("\n")
        if text[max(0, first - 2) : first] == "\r\r" and text.count("\r\r\n") == text.count("\n"):  # CRLF that was made CRLF once more
            text = text.replace("\r\r\n", "\n")
        text = io.IncrementalNewlineDecoder(None, translate=True).decode(text, final=True)
    end = text.rstrip()
    if end[-1:] in ("\x1a", "\x00"):
        text = end.rstrip("\x1a\x00") + text[len(end) :]
    if "\ufeff" in text or "\x1a" in text:
        text = _MARKS.sub("\n", f"\n{text}")[1:]
    return text if text.isascii() else _LED.sub("\n", f"\n{text}")[1:]


# Beginning with the end of the line before, they are found four times as fast.
_MARKS = lazy("\n[ \t\ufeff\x1a]*[\ufeff\x1a]")
_LED = lazy("\n[\u200b-\u200f\u202a-\u202e\u2060-\u2069]+(?=[A-Z%])")  # before a tag, in text of a right-to-left language that was pasted


def collapse(text: str) -> str:
    """The text on one line, each run of white space as one space, without what nobody sees."""
    # Most text is on one line already, and looking is cheaper than splitting.
    return text if text[:1] != " " != text[-1:] and is_single_spaced(text) else " ".join(seen(text).split())


def seen(text: str) -> str:
    """The text without soft hyphens, blanks without width, marks of its direction and of a byte order, which nobody sees and no search
    finds it with. What joins letters or keeps them apart is part of a word in Persian or Hindi, and stays there."""
    # Nearly all is printable; of what is not, such as text of several lines, nearly all has none of these.
    if text.isascii() or text.isprintable():
        return text
    # To look for them all is slow, for one is quick; but those of U+20xx have a byte that letters have, and are found much sooner in UTF-8.
    unseen = "\xad" in text or "\ufeff" in text or _PUNCTUATION.search(text.encode("utf-8", "surrogatepass"))
    return _HIDDEN.sub("", text) if unseen else text


def collapsed_lines(text: str) -> str:
    """The lines of a text, each collapsed; the empty ones are left out."""
    return "\n".join(filter(None, map(collapse, text.split("\n"))))


def is_single_spaced(text: str) -> bool:
    """Whether the text is surely on one line, with single spaces and no other white space in it."""
    # From the end on, looking for two spaces is much cheaper. Nothing printable is white space but the space; of ASCII, looking
    # for each other sign is cheaper still.
    return text.rfind("  ") < 0 and not (
        "\n" in text or "\t" in text or "\r" in text or "\x0b" in text or "\x0c" in text
        or "\x1c" in text or "\x1d" in text or "\x1e" in text or "\x1f" in text
        if text.isascii() else not text.isprintable()
    )  # fmt: skip


_WRAPS = range(50, 161)  # columns at which exporters break lines


def unwrapped(lines: Sequence[str]) -> str:
    """The lines of a value as its paragraphs: a line that was broken at the width of the text goes on with the one above.

    It was broken there if the next word had no room in it, as far as the widest line tells, or within a sentence. The first
    line has the name of the field before it.
    """
    texts = [text for line in lines if (text := collapse(line))]
    width = max(map(len, texts), default=0)
    wraps, room = width in _WRAPS, width - _NAMED
    parts = [texts[:1]]
    for above, text in pairwise(texts):
        goes_on = above[-1] not in _ENDS and text[0] not in "-•*"
        full = wraps and len(above) + 1 + len(text.partition(" ")[0]) > room
        if goes_on or full:
            parts[-1].append(text)
        else:
            parts.append([text])
        room = width
    return "\n".join(map(" ".join, parts))


_ENDS = frozenset(".:;?!)]。；：？！")
_NAMED = 12  # characters, about, of a field's name

_ENTITY = lazy(r"&(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def unescape(text: str) -> str:
    """The text with its HTML entities (`&amp;`, `&#946;`, VHL's `&amp;#946;`) as characters; a bare `&` is left alone."""
    return _ENTITY.sub(lambda m: html.unescape(f"&{m[1]};"), text) if "&" in text else text


_DOI = lazy(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"]+", re.IGNORECASE)
_STUMP = lazy(r"10\.\d{4,9}/(?:s\d{4}-\d{3}[\dx]|journal|j|14651858)")  # how all the DOIs of a journal begin: that of none of its papers
# As in addresses; what of a DOI would be the address's own question mark stays.
_CODED = lazy(r"%(?!3f)[\da-f]{2}", re.IGNORECASE)
_QUESTION = lazy(r"%3f", re.IGNORECASE)
_SECOND = lazy(r"[,;|](?=10\.\d{4,9}/)")
# What nobody sees, and web pages and Word put into a DOI or around it: soft hyphens, blanks without width, the direction of the text.
_UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
_PUNCTUATION = lazy(rb"\xe2(?:\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xa9])")  # those of them from U+200B to U+2069, in UTF-8
_OF_A_DOI = {**_UNSEEN, **dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")}  # no DOI has dashes
# Behind the DOI in a publisher's address, what of the work is shown there, and the part of its page; a DOI may end with a sign of its own: `…CO;2-#`.
_SHOWN = lazy(
    r"(?:/(?:full|fulltext|full-text|abstract|summary|epdf|pdf|pdfdirect|html|meta)|\.full|\.pdf)+/?(?:#[\w=+%-]{3,})?$|#[\w=+%-]{3,}$"
)
OF_ALL_VERSIONS = r"10\.(?:1101|64898)/[\d.]+"  # bioRxiv's and medRxiv's DOIs: a paper has one for all of its versions
_VERSION = lazy(rf"({OF_ALL_VERSIONS}(?<=\d))v\d{{1,2}}$")
_ESCAPED = lazy(r"\\(?=[_&%#$])")  # by LaTeX
# A DOI alone that the end of a line has parted, behind a sign that is none of its last, or before one that begins nothing else. Behind a point a
# number may be a year, a volume or a page.
_TORN = lazy(
    r"(?:doi:? +)?(\S*\b10\.\d{4,9}(?=/)\S*(?:[-/_(]|\.(?=\s+(?:(?!(?:19|20)\d\d\b)\d{4}|0\d\d\b|(?!(?:pm(?:c|id)|epub|(?:[esp]+|vol|no|art|pii|iss[nu]?e?|isbn)\d))[a-z][\w.]*\d))|(?=\s+[-./_]\w*\d)))\s+([\w.()/-]+)",
    re.IGNORECASE,
)
# A soft hyphen behind Ã is half of an í that was mis-decoded.
_HIDDEN = lazy(
    "(?<![\xc2-\xde])\xad|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?<![\u0600-\u0eff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+"
)
_PLAIN_DOI = lazy(r"10\.\d{4,9}/[-A-Za-z0-9._]{0,99}[A-Za-z0-9]")
RESOLVER = lazy(r"\bdoi[.-]org[\w.-]*/")  # of DOIs, also by way of a library's proxy: doi-org.proxy.uni.edu
_RESOLVING = lazy(r"\W*(?:(?:https?|info|urn|www|dx|doi|org)\W+)*")  # what may stand before a DOI
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}


def doi_in(text: str) -> str:
    """The first DOI in the text, bare and in lower case, without trailing punctuation; "" where there is none, or not the whole of it."""
    if "10." not in text:
        return ""
    doi = text.lower() if _PLAIN_DOI.fullmatch(text) else _doi_within(text)  # most are just that
    if doi and (doi.endswith((".pdf", ".full")) or "#" in doi or doi.count("/") > 1):
        doi = _VERSION.sub(r"\1", _SHOWN.sub("", doi))
    return "" if len(doi) < 20 and _STUMP.fullmatch(doi) else doi


def _doi_within(text: str) -> str:
    text = untorn(text)
    found = _DOI.search(unescape(text))
    if not found:
        return ""
    doi = found[0][:300].partition("](")[0]  # a link as Markdown has it: [10.…](https://doi.org/10.…)
    if doi.count("10.") > 1:
        doi = _SECOND.split(doi)[0]
    if "<" in text:  # a link as HTML has it: <a href='https://doi.org/10.…'>10.…</a>
        doi = doi.partition("'>")[0].partition("</")[0].partition("<br")[0]
    if "?" in doi and RESOLVER.search(text):  # in an address, a DOI's own question mark is written %3F
        doi = doi.partition("?")[0]
    while doi:
        last = doi[-1]
        # A closing bracket belongs to the DOI where its opening one does: 10.1016/s0140-6736(05)60001-3
        if last in ".,;:'’”…" or (last in _CLOSERS and doi.count(last) > doi.count(_CLOSERS[last])):
            doi = doi[:-1]
        else:
            break
    return "" if doi.endswith("/") and not _SHOWN.search(doi.lower()) else doi.lower()


def untorn(text: str) -> str:
    """Text with a DOI in it, as the DOI was before programs that set type or break lines had it."""
    if not text.isascii():
        text = text.translate(_OF_A_DOI)
    if "%" in text and _CODED.search(text):
        text = unquote(_QUESTION.sub("%253F", text))
    if "\\" in text:
        text = _ESCAPED.sub("", text)
    torn = _TORN.fullmatch(text.strip()) if (" " in text or "\n" in text) and len(text) < 300 else None
    return torn[1] + torn[2] if torn else text


def is_only(doi: str, text: str) -> bool:
    """Whether a text that holds this DOI (`doi_in`; "": none) says no more than that: an address of the resolver at the most."""
    if text == doi or not doi:  # as most
        return text == doi
    text = unescape(untorn(text)).lower()
    before, _, after = text.partition(doi)
    return text != before and _RESOLVING.fullmatch(before) is not None and not any(map(str.isalnum, after))


# 20170812 is a date, 20170 is not a year; the letter of `2021a` may follow.
_YEAR = lazy(r"(?<!\d)(1[5-9]\d\d|20\d\d|21[0-4]\d)(?=(?:(?:0\d|1[0-2])(?:[0-3]\d)?)?(?!\d))")


def year_in(text: str) -> int | None:
    """The first year in free text (`2021a`, `2017 Mar 5`, `1999-2001`, `20170812`), or None."""
    if len(text) == 4 and text.isdecimal():
        return int(text) if 1500 <= int(text) < 2150 else None
    found = _YEAR.search(text)
    return int(found[1]) if found else None
