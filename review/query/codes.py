"""The codes of all findings, with why they matter, what to do, and an example of each: the docs are made from this table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    title: str
    why: str
    mend: str
    bad: str
    good: str
    syntax: str = "pubmed"  # of the two examples; '' is recognised
    stops: bool = False  # the line can't be read


def _c(code: str, title: str, why: str, mend: str, bad: str, good: str, syntax: str = "pubmed", stops: bool = False) -> Code:
    return Code(code, title, why, mend, bad, good, syntax, stops)


_ALL = (
    _c("S01", "Nothing to search", "An empty strategy would find everything or nothing.", "Write at least one term.", "// a comment only", "asthma[mh]", stops=True),
    _c("S02", "Bracket not closed", "Nobody can tell where the group was to end; PubMed guesses or fails.", "Add the missing `)` where the group ends.", "(asthma[tiab] OR wheez*[tiab]", "(asthma[tiab] OR wheez*[tiab])", stops=True),
    _c("S03", "Bracket not opened", "Nobody can tell where the group was to begin.", "Take the `)` away, or add the `(`.", "asthma[tiab] OR wheez*[tiab])", "(asthma[tiab] OR wheez*[tiab])", stops=True),
    _c("S04", "Quotation mark not closed", "All that follows would be part of the phrase.", "Add the closing mark right after the phrase, before its tag.", '"lung cancer[tiab] OR asthma[tiab]', '"lung cancer"[tiab] OR asthma[tiab]', stops=True),
    _c("S05", "Operator without a term", "A term was lost, or an operator too many was typed.", "Write the missing term, or take the operator away.", "asthma[tiab] OR OR wheez*[tiab]", "asthma[tiab] OR wheez*[tiab]", stops=True),
    _c("S06", "Empty brackets or quotation marks", "A group of nothing has no meaning.", "Write a term, or take the brackets away.", "asthma[tiab] AND ()", "asthma[tiab]", stops=True),
    _c("S07", "Field without a term", "A field tag, suffix or slash belongs to the term before it.", "Write the term before it; put brackets that are part of a name between quotation marks.", "[tiab] AND asthma[mh]", "wheez*[tiab] AND asthma[mh]", stops=True),
    _c("S08", "Nested too deep", "More than 100 levels of brackets are a slip or a machine's doing.", "Split the search into numbered lines and combine them.", "brackets in brackets, more than 100 levels", "#3 AND #4", stops=True),
    _c("S09", "Reference to a line that does not exist", "The line was removed or renumbered; the combination is not what it was meant to be (PRESS: wrong line combinations).", "Correct the number.", "#1 asthma[mh]\n#2 #1 OR #5", "#1 asthma[mh]\n#2 wheez*[tiab]\n#3 #1 OR #2", stops=True),
    _c("S10", "Line that needs itself", "A loop of references has no result.", "Renumber the reference.", "#1 #2 OR asthma[mh]\n#2 #1 AND child[mh]", "#1 asthma[mh]\n#2 #1 AND child[mh]", stops=True),
    _c("S11", "Subheadings not understood", "What follows the slash of a heading must be two-letter subheadings.", "Write them from the list, such as `/di,th`.", "Asthma/di,qq", "Asthma/di,th", "ovid", stops=True),
    _c("S12", "Two lines with one number", "Nobody can tell which of the two a reference means.", "Give every line a number of its own.", "#1 asthma[mh]\n#1 wheez*[tiab]\n#2 #1", "#1 asthma[mh]\n#2 wheez*[tiab]\n#3 #1 OR #2", stops=True),
    _c("S13", "Another database's syntax", "EBSCOhost, embase.com, Web of Science, Scopus, the Cochrane Library and ProQuest each have a language of their own; read as PubMed's it would ask for something else.", "Search it there and import what it finds; or translate it by hand.", 'S1 (MH "Asthma+")\nS2 TI wheez* OR AB wheez*\nS3 S1 OR S2', "#1 asthma[mh]\n#2 wheez*[tiab]\n#3 #1 OR #2", syntax="", stops=True),
    _c("P01", "Unknown field tag", "PubMed does not report an unknown tag: it searches all fields.", "Use a tag of PubMed's list. There is no `[ab]`: write `[tiab]`.", "asthma[foo]", "asthma[tiab]"),
    _c("P02", "Tag on a group", "PubMed ignores a tag after a closing bracket and says nothing.", "Write the tag after each term inside.", "(asthma OR wheeze)[tiab]", "(asthma[tiab] OR wheeze[tiab])"),
    _c("P03", "Truncation too short or in the wrong place", "PubMed truncates after four characters or more, at the end of a term only.", "Write the forms of the word out, or truncate later.", "flu*[tiab]", "(flu[tiab] OR fluid*[tiab])"),
    _c("P04", "A sign that only looks like an asterisk", "Word processors replace * by ∗ (U+2217) and its likes: PubMed does not truncate then (9 hits were seen against 269,566).", "Type a plain *.", "vaccin∗[tiab]", "vaccin*[tiab]"),
    _c("P05", "NOT with nothing before it", "PubMed runs `x AND (NOT y)` as `x AND y`, and says nothing.", "Write `x NOT y`.", "asthma[mh] AND (NOT child[mh])", "asthma[mh] NOT child[mh]"),
    _c("P06", "Proximity that PubMed ignores", "`:~N` works on two or more quoted words without `*`, in [ti], [tiab] and [ad] only; else it is ignored without a word.", 'Write `"word word"[tiab:~N]`, once for each form of the words.', '"asthma* child"[tiab:~3]', '("asthma child"[tiab:~3] OR "asthmatic child"[tiab:~3])'),
    _c("P07", "Operator not in capitals", "PubMed asks for AND, OR and NOT in capitals; small ones can be taken for words.", "Write the operator in capitals.", "asthma[mh] or wheez*[tiab]", "asthma[mh] OR wheez*[tiab]"),
    _c("P08", "Term without a field", "PubMed maps an untagged term automatically to headings, journals and authors, and may change the mapping: the search can't be repeated.", "Write the fields you want, such as `[tiab]`, and the heading with `[mh]`.", "asthma", "(asthma[mh] OR asthma[tiab])"),
    _c("P09", "Wildcard that PubMed does not have", "`?`, `#` and `$` are Ovid's: PubMed ignores them or reads them as spaces.", "Write the forms of the word out.", "wom?n[tiab]", "(woman[tiab] OR women[tiab])"),
    _c("P10", "`:noexp` on a field that does not explode", "It works on [mh], [majr], [sh] and [pt] only and is ignored elsewhere.", "Take it away, or use [mh:noexp].", "asthma[tiab:noexp]", "asthma[mh:noexp]"),
    _c("P11", "Too many truncations", "More than 256 truncated terms in one query have been seen to be rejected with a message like that of an outage.", "Split the line, or write some forms out.", "300 truncated terms", "two lines of 150, and their OR"),
    _c("P12", "No operator between two terms", "PubMed joins them with AND, which is rarely what was meant; a heading in prose has the same effect. Ovid takes them for a phrase.", "Write the operator; make prose a comment with //.", "asthma[tiab] wheez*[tiab]", "asthma[tiab] OR wheez*[tiab]"),
    _c("P13", "AND NOT", "NOT is an operator of its own.", "Write NOT alone.", "asthma[mh] AND NOT child[mh]", "asthma[mh] NOT child[mh]"),
    _c("P14", "A sign that was not typed", "Word processors and PDF files put soft hyphens, ligatures, unbreakable hyphens and invisible signs into words: PubMed looks for the word with the sign in it, and finds nothing.", "Type the word anew.", "self\u00adcare[tiab] OR e\ufb03cacy[tiab]", "selfcare[tiab] OR efficacy[tiab]"),
    _c("O01", "Unknown Ovid field", "Ovid refuses the line, or searches for the suffix as text.", "Use a field of Ovid MEDLINE, such as `.ti,ab.`.", "asthma.qq.", "asthma.ti,ab.", "ovid"),
    _c("O02", "Full stop of a field suffix missing", "Ovid needs both full stops around its fields.", "Add it.", "asthma.ti,ab", "asthma.ti,ab.", "ovid"),
    _c("O03", "`exp` without a slash", "Without the slash Ovid searches for the words, `exp` among them.", "Write the heading with its slash.", "exp Asthma", "exp Asthma/", "ovid"),
    _c("O04", "Operator of another system", "NEAR, NEXT and W/n are not Ovid's: it searches for them as words.", "Write adjN.", "(asthma near3 child).ti.", "(asthma adj3 child).ti.", "ovid"),
    _c("R01", "Line never used", "PRESS: a line that no other uses and that is not the result was forgotten in a combination.", "Combine it, or remove it.", "#1 asthma[mh]\n#2 wheez*[tiab]\n#3 child[mh]\n#4 #1 AND #3", "#1 asthma[mh]\n#2 wheez*[tiab]\n#3 child[mh]\n#4 (#1 OR #2) AND #3"),
    _c("R02", "Line combined with itself", "The same line twice in one combination adds nothing: another one was meant.", "Name the other line.", "#1 asthma[mh]\n#2 #1 OR #1", "#1 asthma[mh]\n#2 wheez*[tiab]\n#3 #1 OR #2"),
    _c("R03", "AND and OR without brackets", "PubMed works from left to right, Ovid does AND before OR: few readers know which.", "Put brackets around what belongs together.", "asthma[mh] OR wheez*[tiab] AND child[mh]", "(asthma[mh] OR wheez*[tiab]) AND child[mh]"),
    _c("R04", "Spelling variant missing", "PRESS: British and American spellings find different records.", "Add the other spelling, or truncate before the difference.", "tumour*[tiab]", "(tumour*[tiab] OR tumor*[tiab])"),
    _c("R05", "Term twice in one group", "The same term twice adds nothing: another form was meant, or the line was pasted.", "Take one away, or write the form that was meant.", "asthma[tiab] OR wheez*[tiab] OR asthma[tiab]", "asthma[tiab] OR wheez*[tiab]"),
    _c("R06", "Two lines the same", "A line that repeats another adds nothing.", "Remove it, or write what was meant.", "#1 asthma[mh]\n#2 asthma[mh]\n#3 #1 OR #2", "#1 asthma[mh]"),
    _c("M01", "No such MeSH heading", "PubMed finds nothing for a heading that does not exist, or searches elsewhere.", "Take the nearest heading, or a text word.", '"Asthmma"[mh]', '"Asthma"[mh]'),
    _c("M02", "Not the heading's own name", "The term is an entry term or a former name: the heading was renamed, or another one is preferred.", "Write the heading's name.", '"Bronchial Asthma"[mh]', '"Asthma"[mh]'),
    _c("M03", "No such subheading", "The part after the slash is no MeSH subheading.", "Use one of NLM's subheadings.", '"Asthma/causes"[mh]', '"Asthma/etiology"[mh]'),
)  # fmt: skip

_SYNTAXES = {"ovid": "Ovid", "pubmed": "PubMed", "": "EBSCOhost's"}

CODES: dict[str, Code] = {c.code: c for c in _ALL}


def page(code: Code) -> str:
    """The documentation page of a code, in Markdown."""
    stop = (
        "The line can't be read: `review query check` ends with exit code 1."
        if code.stops
        else "The line is read all the same: exit code 3."
    )
    return f"""# {code.code}: {code.title}

{code.why}

**Mend.** {code.mend}

{stop}

Found in ({_SYNTAXES[code.syntax]} syntax):

```text
{code.bad}
```

Better:

```text
{code.good}
```
"""


def pages() -> dict[str, str]:
    """All pages by file name, with an index.."""
    made = {f"{c.code}.md": page(c) for c in _ALL}
    rows = "\n".join(f"| [{c.code}]({c.code}.md) | {c.title} |" for c in _ALL)
    made["README.md"] = (
        f"# What `review query check` finds\n\nMade from the table of codes by `review query codes --write docs/lint`.\n\n| code | finding |\n|---|---|\n{rows}\n"
    )
    return made
