"""Authors made comparable, in whatever form a source wrote them."""

from __future__ import annotations

import polars as pl

from review.dedup.columns import OTHER_SCRIPT, by_value, mend_where, plain, replaced
from review.dedup.letters import mended

_NOBODY = r"(?i)(^|;)[\s\W]*(?:anonymous|anon|unknown|no (?:authors?|authorship)(?: (?:listed|given|named|indicated))?|not (?:available|known|stated|specified)|staff(?: (?:writers?|reporters?))?|n/?a|nan|none|null|(?:the )?editors?|authors?|others)[\s.,\])]*(;|$)"
_GROUP = (
    r"(?i)(?-u:\b)(?:group|study|trial|project|collaborat\w+|committee|society|association|organi[sz]ation|network|investigators?|consortium|institute|university|council|department"
    r"|ministry|commission|office|agency|foundation|cent(?:re|er)|team|party|force|panel|college|academy|board|service|trust|federation)(?-u:\b)"
)
# What is left out of an organisation's name, so that what is its own stands alone.
_ANYBODYS = rf"{_GROUP}|(?i)(?-u:\b)(?:the|of|for|and|on|in|de|der|des|la|its|american|european|national|international|world|royal|joint|working|writing|expert|collaborative)(?-u:\b)"
_ET_AL = r"(?i)[,;\s]*(?:\band\s+)?\b(?:et\.? ?al\b|and others\b|u\. ?a\.)\.?"
_AND_MORE = r"(?i)(?-u:\b)(?:et\.? ?al|and others)(?-u:\b)|(?:…|\.\.\.)\W*$"
_ASIDE = r"\([^()]*\)|\[[^\[\]]*\]|\d+"  # ids and affiliations behind a name
_RUN_TOGETHER = r"(\b[A-Z]\.)((?:[a-z]+ )?[A-ZÀ-Þ][^\s.,;]+[ ,])"  # 'Adeli K.Lewis G. F.'
_ADDRESS = r"https?://[^\s;/]*/?"  # what follows is a name on that host
_BETWEEN = r"\s+(?:and|AND|und|et|y)\s+|\s+[&/]\s+|\s*[\r\n|]+\s*"
# Behind a blank and in capitals JR, SR, MD and DR are initials: 'Garcia JR, Lopez MD'.
_SUFFIX = r",\s*(?i:jr|sr|ii|iii|iv|md|phd|m\.d|ph\.d|prof|dr)\b\.?|\s+[JS]R\.|\s+(?:[Jj]r|[Ss]r|II|III|IV|[Mm]d|[Pp][Hh][Dd]|[Mm]\.[Dd]|[Pp]h\.[Dd]|[Pp]rof|[Dd]r)\b\.?"
_PARTICLE = r"(?i)\b(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ter|ten|el|al|bin|ibn|af|zu|st)\s+(\p{L}{2,})"
_INITIALS = r",\s*[A-ZÀ-Þ]{1,3}(;|$)"  # behind the surname, as Web of Science has them: 'NELSON, AC'
# Of names between commas the first, initials and all: 'Adeli K., Lewis G.F.', 'Adeli, K., Lewis, G.F.'
_INITIALED = r"\s[A-ZÀ-Þ](?:[.-]?[A-ZÀ-Þ]){0,3}\.?"
_FIRST_OF_LIST = rf"^\W*([^;]*?{_INITIALED}),"
# 'AB Roe, C Doe…', as Google Scholar has them, 'A. B. Roe, C. Doe', 'Ann Roe, Carl Doe, Eve Poe': where each begins with initials, or three or
# more have several words, the commas part names.
_FIRST_INITIALS = r"(?:[A-ZÀ-Þ]{1,4} |(?:[A-ZÀ-Þ]\.[ -]?){1,4})"
_LISTED = (
    rf"^\W*{_FIRST_INITIALS}[^,;]*\p{{Ll}}[^,;]*(?:[,;]\s*{_FIRST_INITIALS}[^,;]+)+$"
    r"|^\W*\p{Lu}[^\s,;]*\p{Ll}[^\s,;]*(?: [^\s,;]+)+(?:[,;]\s*\p{L}[^\s,;]*(?: [^\s,;]+)+){2,}$"
)
# Surnames in capitals as short as initials, before a given name: 'LIMA, João', 'LI Xiao-ming', 'WANG Jian'.
_IN_CAPITALS = r"(^|; ?)(?:([A-ZÀ-Þ]{2,4})(, ?[A-ZÀ-Þ][a-zß-ÿ]| [A-Z][a-z]+-[a-z])|([A-ZÀ-Þ]{4})( [A-ZÀ-Þ][a-zß-ÿ]))"
# How German and Nordic letters are spelled where there are none: Broeker, Sjoegaard, Aaberg. Not in short names, which are others: Baek, Xue, Haan.
_SPELLED = r"([aou])e([b-df-hj-np-tv-z][a-z])"
_RING = r"(?:([a-z]{2})aa([a-z])|([a-z])aa([a-z]{2})|(?-u:\b)aa([a-z]{3})|([a-z]{3})aa(?-u:\b))"
_LOST = r"(\p{L})[?\x{FFFD}]+|[?\x{FFFD}]+(\p{L})"  # what a program had no letter for
_ODD = r"[&{}\\]|[^\x00-\x7f]"


def _names(text: pl.Expr) -> pl.Expr:
    """The name words of plain text, particles left out where a name follows."""
    return _unspelled(plain(replaced(text, _PARTICLE, "$1", 2))).str.extract_all(r"\p{L}{2,}")


def _unspelled(names: pl.Expr) -> pl.Expr:
    """Names made plain, their umlauts and rings as if they had lost them: Broeker as Bröker, of which Broker is left."""
    return names.str.replace_all(_SPELLED, "${1}${2}").str.replace_all(_RING, "${1}${3}${6}a${2}${4}${5}")


def _firsts(names: pl.Series) -> pl.DataFrame:
    """Of names of first authors, first and leader."""
    name = pl.col(names.name)
    leader = _unspelled(plain(name)).str.replace_all(r"\b\p{L}\b", "").str.replace_all(" ", "", literal=True)
    return names.to_frame().select(first=_names(name).list.join(" "), leader=leader)


def _alphabetic(initials: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"initials": ["".join(sorted(set(letters))) for letters in initials]}, schema={"initials": pl.String})


def people_of(texts: pl.Series) -> pl.DataFrame:
    """Authors as they came, '; ' between names, taken apart, row by row.

    first: the words of the first author's name (initials and particles left out), in one text; leader: the same squashed
    names: the words of all names, without repetition
    people: how many follow the first
    initials: of the first author's names, surname and all
    more: it says that it leaves some out: et al.
    group: an organisation stands first; body: the words that are its own
    foreign: the names are not in Latin letters
    """
    text = pl.col("text")
    frame = mend_where(texts, _ODD, lambda odd: [mended(t) for t in odd]).alias("text").to_frame()
    frame = frame.with_columns(more=text.str.contains(_AND_MORE))
    frame = frame.with_columns(replaced(text, _LOST, "${1}${2}"))
    several = (
        replaced(text.str.replace_all(_ADDRESS, " "), _ET_AL, ";")
        .str.replace_all(_ASIDE, " ")
        .str.replace_all(_RUN_TOGETHER, "$1; $2")
        .str.replace_all(_BETWEEN, ";")
    )
    frame = frame.with_columns(replaced(several, _SUFFIX, "").str.replace_all(_NOBODY, ";").str.strip_chars(" ;.,*…"))
    # Names between commas that stand for themselves are parted as all others are.
    frame = frame.with_columns(mend_where(frame["text"], _LISTED, lambda names: names.str.replace_all(",", ";", literal=True)))
    frame = frame.with_columns(replaced(text, _IN_CAPITALS, "$1$2$4'$3$5"))
    # Capitals are initials; where everything is in capitals, those behind a comma.
    whole = frame["text"]
    listed = text.str.count_matches(rf"{_INITIALED},\s*\p{{L}}")
    lead = pl.when(listed > 0).then(text.str.extract(_FIRST_OF_LIST)).otherwise(text.str.extract(r"^\W*([^;]*)"))
    frame = frame.with_columns(
        listed.alias("listed"),
        lead.str.replace_all(r"\b([A-ZÀ-Þ])([A-ZÀ-Þ])([A-ZÀ-Þ])?\b", "$1 $2 $3").alias("lead"),
        pl.when(text.str.contains(r"\p{Ll}"))
        .then(text.str.replace_all(r"\b(?:[A-ZÀ-Þ]\.?-?){1,4}(\s|[,;.]|$)", " $1"))
        .otherwise(text.str.replace_all(_INITIALS, "$1")),
    )
    one = text.str.replace(r"^\W+", "").str.extract(r"^[^;]*", 0).str.strip_chars_start().str.extract(r"^[^,]*", 0)
    letters = plain(pl.col("lead")).str.extract_all(r"\b\p{L}").list.join("")
    first, initials = (frame.select(of).to_series().fill_null("") for of in (one, letters))
    told = (
        frame.hstack([*by_value(first, _firsts), *by_value(initials, _alphabetic)])
        .select(
            "first",
            "leader",
            "initials",
            people=pl.max_horizontal(text.str.count_matches(";", literal=True), "listed"),
            more="more",
            names=_names(text).list.unique(maintain_order=True).list.join(" "),
            group=text.str.extract(r"^[^,;]*,?[^,;]*", 0).str.contains(_GROUP),
            foreign=text.str.contains(OTHER_SCRIPT) & ~text.str.contains(r"\p{Latin}{2}"),
        )
        .fill_null("")
    )
    bodies = told["group"].arg_true()
    return told.with_columns(body=pl.repeat("", told.height, eager=True).scatter(bodies, _own(whole.gather(bodies))))


def _own(names: pl.Series) -> pl.Series:
    """Of lists that an organisation stands first in, the words of its name that not any other has."""
    first = names.alias("name").to_frame().select(plain(pl.col("name").str.extract(r"^[^;]*", 0).str.replace_all(_ANYBODYS, " ")))
    return first.to_series()
