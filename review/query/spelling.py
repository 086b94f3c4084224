"""British and American spellings of the same stem: which of the pair does a strategy not search for?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from review.model.patterns import lazy
from review.query.tree import Text, Word

# Pairs of letters at which the two spellings part, each way. Only words that are sure to have both are listed:
# a rule for all words in -our or -is would invent spellings.
_PAIRS = (
    ("aemi", "emi", r"(?:an|leuk|hyperglyc|hypoglyc|glyc|isch|bacter|septic|tox|ur|hypox|polycyth|thalass|hyperlipid|dyslipid|hypovol|hypervol|hyponatr|hypernatr|hypokal|hyperkal|hyperuric)aemi"),
    ("haem", "hem", r"haem(?:o|a|at|orrh)"),
    ("paed", "ped", r"(?:ortho)?paed(?:iatr|o(?!m)|ic(?!ul)|ist)"),
    ("coel", "cel", r"coeliac"),
    ("homoe", "home", r"homoeopath"),
    ("artef", "artif", r"artefact"),
    ("oed", "ed", r"oedema"),
    ("oeso", "eso", r"oesophag"),
    ("oest", "est", r"oestr(?:o|a|i)"),
    ("foet", "fet", r"foet(?:al|us)"),
    ("gynae", "gyne", r"gynaecolog"),
    ("anaes", "anes", r"anaesth"),
    ("caec", "cec", r"caec(?:um|al)"),
    ("faec", "fec", r"faec(?:es|al)"),
    ("diarrhoe", "diarrhe", r"diarrhoe"),
    ("aeti", "eti", r"aetiolog"),
    ("our", "or", r"(?:behavi|tum|col|neighb|lab|hum|fav|hon|harb|vap|od|rum|flav|endeav|vig)our"),
    ("tre", "ter", r"(?:cen|li|thea|me|millime|centime|kilome)tres?$"),
    ("bre", "ber", r"(?:fi|cali)bres?$"),
    ("tred", "tered", r"centred"),
    ("is", "iz", r"(?:organ|hospital|random|character|util|minim|maxim|optim|standard|categor|immun|general|special|final|visual|steril|victim|stigmat|computer|institutional|social|privat|medical|decentral|central|mobil|normal|real|recogn|priorit|summar|marginal|urban|modern|personal|vascular|ioni|local)is(?:a|e|i)"),
    ("ys", "yz", r"(?:anal|catal|dial|hydrol|paral)ys(?:e[ds]?|ing)"),
    ("ogue", "og", r"(?:catal|dial|anal)ogue"),
    ("programme", "program", r"programmes?$"),
    ("ageing", "aging", r"ageing"),
    ("sulph", "sulf", r"sulph"),
    ("ll", "l", r"(?:counsell|travell|labell|modell|signall|cancell|channell|tunnell|fuell|marshall)(?:ing|ed|or|er)"),
    ("judgement", "judgment", r"judgement"),
    ("manoeuvre", "maneuver", r"manoeuvre"),
    ("leuc", "leuk", r"leuco"),
)  # fmt: skip


def _american(rule: tuple[str, str, str]) -> re.Pattern[str]:
    """The rule's pattern for the American spelling, by the same change of letters."""
    british, american, pattern = rule
    if american == "l":  # of each word in the list
        return lazy(pattern.replace("ll", "l"))
    if american == "or":
        return lazy(
            r"(?:behavi|tum|col|neighb|lab|hum|fav|hon|harb|vap|od|rum|flav|endeav|vig)or(?!(?<=color)ect|(?<=labor)at|(?<=humor)a|(?<=honor)ar|(?<=vapor)i)"
        )
    changed = pattern[::-1].replace(british[::-1], american[::-1], 1)[::-1] if pattern.count(british) else pattern
    return lazy(changed)


_RULES = tuple((british, american, lazy(pattern), _american((british, american, pattern))) for british, american, pattern in _PAIRS)
_ANY_OF = lazy("|".join(f"(?:{b}|{a})" for b, a, _ in _PAIRS))


def other_spellings(stem: str) -> list[str]:
    """The stem in its other spelling, by each rule that fits: at most a few."""
    if not _ANY_OF.search(stem):
        return []
    found: list[str] = []
    for british, american, at_british, at_american in _RULES:
        match = at_british.match(stem)
        if match:
            where = match.group().rfind(british)
            found.append(stem[:where] + american + stem[where + len(british) :])
            continue
        match = at_american.match(stem)
        if match and (british, american) not in (("ys", "yz"),):
            where = match.group().rfind(american)
            found.append(stem[:where] + british + stem[where + len(american) :])
    return [f for f in dict.fromkeys(found) if f != stem]


def missing_variants(texts: Iterable[Text]) -> Iterator[tuple[Text, str, str]]:
    """(the term, its word, the spelling that nothing in the strategy finds)."""
    texts = list(texts)
    plain: set[str] = set()
    stems: set[str] = set()
    wild: list[re.Pattern[str]] = []
    for text in texts:
        for word in text.words:
            if word.plain:
                plain.add(word.stem.lower())
            elif word.prefix:
                stems.add(word.stem.lower())
            else:
                wild.append(re.compile(word.regex(), re.IGNORECASE))
    told: set[str] = set()
    for text in texts:
        for word in text.words:
            if not (word.plain or word.prefix):
                continue
            stem = word.stem.lower()
            for other in other_spellings(stem):
                mark = min(stem, other)
                if mark in told or _covered(other, word, plain, stems, wild):
                    continue
                told.add(mark)
                yield text, str(word), other + ("*" if word.prefix else "")


def _covered(other: str, word: Word, plain: set[str], stems: set[str], wild: list[re.Pattern[str]]) -> bool:
    """Something in the strategy finds the other spelling, or some form of it."""
    if any(other[:n] in stems for n in range(2, len(other) + 1)):
        return True
    if any(p.fullmatch(other) for p in wild):
        return True
    if word.plain:
        return other in plain
    return any(p.startswith(other) for p in plain) or any(s.startswith(other) for s in stems)
