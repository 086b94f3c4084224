"""Languages and their MARC codes, which MEDLINE gives (NLM, "Language Table")."""

from __future__ import annotations

LANGUAGES = {
    "afrikaans": "afr", "albanian": "alb", "arabic": "ara", "armenian": "arm", "azerbaijani": "aze", "bosnian": "bos", "bulgarian": "bul",
    "catalan": "cat", "chinese": "chi", "croatian": "hrv", "czech": "cze", "danish": "dan", "dutch": "dut", "english": "eng",
    "esperanto": "epo", "estonian": "est", "finnish": "fin", "french": "fre", "georgian": "geo", "german": "ger", "greek": "gre",
    "hebrew": "heb", "hindi": "hin", "hungarian": "hun", "icelandic": "ice", "indonesian": "ind", "italian": "ita", "japanese": "jpn",
    "kinyarwanda": "kin", "korean": "kor", "latin": "lat", "latvian": "lav", "lithuanian": "lit", "macedonian": "mac", "malay": "may",
    "malayalam": "mal", "maori": "mao", "norwegian": "nor", "persian": "per", "polish": "pol", "portuguese": "por", "pushto": "pus",
    "romanian": "rum", "russian": "rus", "sanskrit": "san", "scottish gaelic": "gla", "serbian": "srp", "slovak": "slo", "slovenian": "slv",
    "spanish": "spa", "swedish": "swe", "thai": "tha", "turkish": "tur", "ukrainian": "ukr", "undetermined": "und", "vietnamese": "vie",
    "welsh": "wel", "multiple languages": "mul",
}  # fmt: skip

_NAMES = {code: " ".join(word.capitalize() for word in name.split()) for name, code in LANGUAGES.items() if code not in ("mul", "und")}


def said(language: str) -> str:
    """A language as a sentence has it: English for eng; what is no code comes back as it is."""
    return _NAMES.get(language.strip().casefold(), language)


def words() -> tuple[str, ...]:
    """The names and codes that are known."""
    return (*_NAMES.values(), *_NAMES)
