"""Which encoding a text is in without a byte-order mark, where it is not UTF-8: what it declares, else what its letters look like. cp1252 is for
what looks like nothing else."""

from __future__ import annotations

import codecs
import re

from review.formats.characters.joined import BYTES
from review.model.patterns import lazy
from review.model.plain_text import is_mojibake

_SAMPLE = 1 << 16  # bytes that are looked at
_HIGH = lazy(rb"[\x80-\xff]+")
_WHOLE = lazy(rb".*[\x00-/:-?]", re.DOTALL)  # behind such a byte a letter begins, in any encoding
_DECLARED = lazy(rb"\s*<\?xml[^>]{0,80}encoding=[\"']([\w.-]{2,20})|\s*% ?Encoding: *([\w.-]{2,20})")
# Those of western Europe, which cp1252 holds, and Unicode, which the text is not in.
_NO_OTHER = frozenset({"utf-8", "ascii", "cp1252", "iso8859-1", "iso8859-15", "utf-16", "utf-16-le", "utf-16-be", "utf-32"})

# Of scripts in which a word is a run of high bytes (or of pairs with one), as charset-normalizer calls them.
_SCRIPTS = ["cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp932", "euc_jp", "big5", "gb18030", "cp949", "cp874"]
# Windows's and Unix's of Arabic, Windows's with the letters of Persian and Urdu, and DOS's of Hebrew: their letters, and those of which so many are.
_ARABIC = frozenset({*map(chr, range(0x621, 0x64B)), *"\u067e\u0686\u0698\u06af\u06a9\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2"})
_IN_ARABIC = frozenset("\u0627\u0644\u064a\u0645\u0648\u0646\u0631\u062f\u0647")
_ALPHABETS = (
    ("cp1256", _ARABIC, _IN_ARABIC, 0.4),
    ("iso8859_6", _ARABIC, _IN_ARABIC, 0.4),
    ("cp862", frozenset(map(chr, range(0x5D0, 0x5EB))), frozenset("\u05d9\u05d5"), 0.1),
)
_ASIDE = frozenset("\u060c\u061b\u061f\u200c\u200d")  # signs of Arabic, and what joins and parts its letters
_CYRILLIC = ("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic")
_FREQUENT = frozenset("оеаинтсрвлкіј")  # seven of ten letters in Russian, and nearly as many in its neighbours
_OFTEN, _FITS = 0.55, 0.95
_AMID = lazy("(?<=[а-яёіїєґўђћјљњџ])[А-ЯЁІЇЄҐЎЂЋЈЉЊЏ]")  # a capital within a word
_SHOWN = 20_000  # bytes that it is shown
_ENOUGH = 30  # high bytes that tell a script
_KANA = 0.1  # the share of kana among the pairs of a text in Japanese, at least
_ALONE, _TOGETHER = 0.3, 0.2  # the share of high bytes that stand alone, at most, in such a script; and of those in runs of more than three

# Latin letters of one language each, and those that tell it, of which so many different ones must be there, and how often.
_CENTRAL = ("cp1250", "iso8859_2", "cp852", "mac_latin2")
_LANGUAGES = (
    (_CENTRAL, "ąćęłńóśźż", "ąęłśżź", 3, 0.2),  # Polish
    (_CENTRAL, "áäčďéěíľňóôřšťúůýž", "ěřůšž", 3, 0.2),  # Czech, Slovak
    (_CENTRAL, "čćđšž", "čćđšž", 3, 0.2),  # Croatian, Slovene, Serbian
    (_CENTRAL, "áéíóöőúüű", "őű", 2, 0.04),  # Hungarian
    (_CENTRAL, "ăâîşţ", "ăşţ", 3, 0.2),  # Romanian
    (("cp1254", "cp857"), "çğıiöşüâîû\u0307", "ğış", 2, 0.2),  # Turkish; a small İ is an i with a point
    (("cp1257",), "ąčęėįšųūž", "ąčęėįųū", 3, 0.4),  # Lithuanian
    (("cp1257",), "āčēģīķļņšūž", "āēģīķļņū", 3, 0.4),  # Latvian
    (("mac_roman", "cp850"), "áàâäãåæçéèêëíìîïñóòôöõøœßúùûü", "", 0, 0.0),
)
_NO_WINDOWS = frozenset({"mac_roman", "mac_latin2", "cp850", "cp852", "cp857"})
_ODD, _TORN_ODD = 0.3, 0.1  # the share of what no western language has, at least, in a text in no encoding of theirs; within words
_FEWEST = 6  # letters that such a finding rests on
_WESTERN = frozenset("áàâäãåæçéèêëíìîïñóòôöõøœßúùûüýðþ")
_PRINTED = frozenset("’‘“”„‚–—…«»°©®™•·§¡¿ºª±µ×÷¹²³½¼¾≤≥≠≈\xa0")  # signs that any language has

_UNPRINTED = [bytes([b]) for b in (*range(1, 9), *range(14, 32), *range(128, 256))]  # halves of letters, in UTF-16
# What turns to the signs of Japan (ISO 2022, in mail) and Korea.
_SWITCHES = ((b"\x1b$B", "iso2022_jp_ext"), (b"\x1b$@", "iso2022_jp_ext"), (b"\x1b$)C", "iso2022_kr"))


def unmarked(data: bytes) -> str:
    """The encoding that a file shows to be in which has no byte-order mark, and is not a byte a letter: UTF-16 by its NULs, ISO 2022 by the
    signs that turn to it; else ""."""
    return _utf16(data) or next((encoding for sign, encoding in _SWITCHES if sign in data), "")


def _utf16(data: bytes) -> str:
    head = data[:4096]
    if len(head) < 4 or BYTES.match(head):  # what follows in UTF-16 is another file's
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    # Of a text in another script only its signs and numbers have a NUL. No text of single bytes has any.
    most, encoding = (odd, "utf-16-le") if odd > even else (even, "utf-16-be")
    if most < half * 0.03 or 4 * min(odd, even) > most or sum(map(head.count, _UNPRINTED)) < len(head) * 0.1:
        return ""
    text = head[: 2 * half].decode(encoding, "replace")
    return encoding if sum(c.isprintable() or c in "\t\r\n" for c in text) > 0.98 * half else ""


def declared(data: bytes) -> str:
    """The encoding that an XML declaration or JabRef's first line names, where it is none of western Europe; else ""."""
    found = _DECLARED.match(data)
    try:
        name = codecs.lookup((found[1] or found[2]).decode()).name if found else ""
    except LookupError:
        return ""
    return "" if name in _NO_OTHER or "utf" in name else name


def guessed(data: bytes) -> str:
    """The encoding that bytes which are not UTF-8 look like, or "" for cp1252."""
    first = _HIGH.search(data)
    data = _uncut(data[data.rfind(b"\n", 0, first.start() if first else 0) + 1 :], _SAMPLE)  # from the first line that tells anything
    high = [m.span() for m in _HIGH.finditer(data)]
    # In a European language two letters with accents seldom meet.
    alone = sum(
        1
        for n, (start, end) in enumerate(high)
        if end - start == 1 and (not n or start - high[n - 1][1] > 1) and (n + 1 == len(high) or high[n + 1][0] - end > 1)
    )
    lengths = [end - start for start, end in high]
    if alone < _ALONE * sum(lengths) and sum(n for n in lengths if n > 3) > _TOGETHER * sum(lengths):
        return _script(data)
    return _latin(data)


def _script(data: bytes) -> str:
    # A tag before the first letter tells nothing of the language.
    told = (line[begins.start() :] for line in data.splitlines(keepends=True) if (begins := _HIGH.search(line)))
    sample = _uncut(b"".join(told), _SHOWN)
    if _has_kana(sample):
        return "euc_jp"
    for encoding, letters, frequent, share in _ALPHABETS:
        foreign = [c for c in sample.decode(encoding, "replace") if c > "\x7f" and c not in _PRINTED and c not in _ASIDE]
        fits = len(foreign) >= _ENOUGH and sum(c in frequent for c in foreign) >= share * len(foreign)
        if fits and sum(c in letters for c in foreign) >= _FITS * len(foreign):
            return encoding
    if sum(map(len, _HIGH.findall(data))) < _ENOUGH and (few := _cyrillic(data, "", 4) or _pairs(data)):
        return few
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_SCRIPTS).best()
    found = best.encoding if best is not None and best.encoding in _SCRIPTS else ""
    return _cyrillic(sample, found) if found in ("", *_CYRILLIC) else found


def _cyrillic(sample: bytes, found: str, least: int = _ENOUGH) -> str:
    """The encoding in which the sample is words in Cyrillic: DOS's, Unix's and the Macintosh's too, which look like Windows's with other letters."""
    fits = {encoding: _as_words(sample.decode(encoding, "replace"), least) for encoding in _CYRILLIC}
    best = max(fits, key=lambda encoding: fits[encoding])  # the first of equals
    return best if fits[best] >= _FITS and fits[best] > fits.get(found, 0.0) else found


def _as_words(text: str, least: int) -> float:
    """The share of what is no ASCII that is a letter of a language in Cyrillic, with capitals where a word has them; 0 where the letters are
    not as frequent as there, or fewer than the least."""
    foreign = [c for c in text if c > "\x7f" and c not in _PRINTED]
    letters = [c for c in foreign if "\u0400" <= c <= "\u04ff"]
    if len(letters) < least or sum(c.lower() in _FREQUENT for c in letters) < _OFTEN * len(letters):
        return 0.0
    rare = sum(not "А" <= c <= "я" for c in letters)  # of other languages than Russian: what else speaks for it decides
    return (len(letters) - len(_AMID.findall(text)) - 0.01 * rare) / len(foreign)


def _uncut(data: bytes, most: int) -> bytes:
    """The beginning of the data, up to where no letter is cut in two: half a letter is of no encoding. All of it where little else is foreign."""
    data = data[:most]
    whole = found[0] if (found := _WHOLE.match(data)) else b""
    return whole if sum(map(len, _HIGH.findall(whole))) >= min(len(data) - len(whole), _ENOUGH) else data


def _has_kana(sample: bytes) -> bool:
    """Whether many of the pairs are EUC-JP's kana, whose rows hold next to nothing that is written in Chinese or Korean."""
    leads = b"".join(run[0][: len(run[0]) // 2 * 2 : 2] for run in _HIGH.finditer(sample))
    if sum(map(leads.count, (b"\xa4", b"\xa5"))) < _KANA * len(leads):
        return False
    try:
        sample.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return True


# An apostrophe, a dash between numbers, a pair of quotation marks: the Macintosh's, which no language has there as letters of cp1252; and Windows's.
_QUOTED = rb"%s[A-Za-z][^\x80-\xff\r\n]{0,200}[a-z.,?!]%s"
_MACS = lazy(rb"[A-Za-z]\xd5[a-z\x80-\x9f]|[a-z]\xd5(?=[\s.,;:)])|\d\xd0(?=\d)|" + _QUOTED % (rb"\xd2", rb"\xd3"))
_WINDOWS = lazy(rb"[a-z]\x92s\b|n\x92t\b|\b[DLdl]\x92[a-z]|\d\x96(?=\d)|" + _QUOTED % (rb"\x93", rb"\x94"))


def _latin(data: bytes) -> str:
    macs = sum(1 for _ in _MACS.finditer(data))
    if macs > 1 and macs > sum(1 for _ in _WINDOWS.finditer(data)):
        return "mac_roman"
    text = data.decode("cp1252", "replace")
    strange = 5 * misplaced(text) >= sum(c > "\x7f" for c in text) and not is_mojibake(text)  # whose signs are as odd
    if eastern := next(
        (encoding for encoding in _EASTERN if _is_signs(data.decode(encoding, "replace"))), ""
    ):  # English, saved there: `it¡¯s`
        return eastern
    if _is_hungarian(text):
        return "cp1250"
    for encodings, letters, telling, least, share in _LANGUAGES:
        for encoding in encodings:
            found = [c for c in data.decode(encoding, "ignore").lower() if c > "\x7f" and c not in _PRINTED]
            told = [c for c in found if c in telling]
            fits = len(found) >= (1 if strange else _FEWEST) and sum(c in letters for c in found) >= 0.95 * len(found)
            fits = fits and len(set(told)) >= least and len(told) >= share * len(found)
            if fits and ((not strange and encoding not in _NO_WINDOWS) or _is_foreign(data, encoding, strange)):
                return encoding
    return _pairs(data)


_HUNGARIAN = frozenset("áéíóöõúüû")  # as cp1252
_LONG = lazy("õ(?!e)|û")  # Portuguese has its õ before an e


def _is_hungarian(text: str) -> bool:
    """Whether a text as cp1252 has no letters but those of Hungarian, with õ and û for its ő and ű, of which a short one may have one alone."""
    found = [c for c in text.lower() if c > "\x7f" and c not in _PRINTED]
    told = len(_LONG.findall(text.lower())) if "õ" in found and {"á", "é"} <= set(found) else 0
    return told > 1 and len(found) >= _FEWEST and told >= 0.04 * len(found) and sum(c in _HUNGARIAN for c in found) >= _FITS * len(found)


_EASTERN = ("gb18030", "euc_jp", "big5", "cp949")  # Windows’s of Japan has them in pairs with ASCII, as `früh` is one in DOS


def _is_signs(text: str) -> bool:
    """Whether a text has quotation marks, dashes and the like only beside ASCII."""
    return all(c in _PRINTED for c in text if c > "\x7f")


def misplaced(text: str) -> int:
    """How many signs stand where no language has them: amid a word, or in no place at all (of bytes that are none of cp1252)."""
    return sum(1 for _ in _MISPLACED.finditer(text))


_NOWHERE = "\ufffd\x81\x8d\x8f\x90\x9d"
_MISPLACED = lazy(
    "[a-z][À-ÖØ-Þ]|[A-Z][À-ÖØ-Þ](?=[a-z])|[A-Za-z][ŽŠŒŸ‡†ˆ‰‹›€„¢£¤¥¦±²³¶¹¾¿](?=[a-z])|[A-Za-z]¡|[a-z]”(?=[a-z])"
    rf"|[A-Za-z][{_NOWHERE}]|[{_NOWHERE}](?=[A-Za-z])"
)


def _is_foreign(data: bytes, encoding: str, strange: bool) -> bool:
    """Whether the text as cp1252 is none in a western language (strange: many of its signs are misplaced there), and in this encoding has
    its capitals at the beginning of words and no signs within them: as cp1252 it has fewer of their letters than of others', which are more
    than a few among the quotation marks and dashes, or stand where none of cp1252 can (`GutiŽrrez`)."""
    text = data.decode("cp1252", "replace")
    if misplaced(data.decode(encoding, "replace")) > _TORN_ODD * sum(c > "\x7f" for c in text):
        return False
    if strange:
        return True
    found = [c for c in text.lower() if c > "\x7f"]
    western = sum(c in _WESTERN for c in found)
    odd = len(found) - western - sum(c in _PRINTED for c in found)
    return odd > western and (odd > _ODD * len(found) or misplaced(text) > _TORN_ODD * len(found))


# What is frequent in a script of two bytes a letter: rows of a standard of it, from the first byte to the last; and those of its signs.
_FREQUENT_ROWS = (
    ("cp949", "euc_kr", (0xB0, 0xC8), (0xA1, 0xA3)),
    ("euc_jp", "euc_jp", (0xB0, 0xCF), (0xA1, 0xA5)),
    ("gb18030", "gb2312", (0xB0, 0xD7), (0xA1, 0xA3)),
    ("cp932", "euc_jp", (0xB0, 0xCF), (0xA1, 0xA5)),
    ("big5", "big5", (0xA4, 0xC6), (0xA1, 0xA3)),
)
_BESIDE_LATIN = lazy("[A-Za-z][^\0-\x7f]|[^\0-\x7f][A-Za-z]")
_TOGETHER_THERE = lazy("[^\0-\x7f]{2}")


def _pairs(data: bytes) -> str:
    """The encoding with letters of two bytes as which few bytes are frequent letters of its language only, and in no Latin word; else ""."""
    for encoding, standard, letters, signs in _FREQUENT_ROWS:
        text = data.decode(encoding, "replace")
        rows = [(c.encode(standard, "ignore") or b"?")[0] for c in text if c > "\x7f"]
        frequent = sum(letters[0] <= row <= letters[1] for row in rows)
        if (
            frequent
            and frequent + sum(signs[0] <= row <= signs[1] for row in rows) == len(rows)
            and _TOGETHER_THERE.search(text)
            and not _BESIDE_LATIN.search(text)
        ):
            return encoding
    return ""
