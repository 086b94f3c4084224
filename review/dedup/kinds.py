"""What sort of document a title names: a notice about another one, one of many with the same title, one that comes out each year."""

from __future__ import annotations

import re

import polars as pl

from review.model.patterns import lazy
from review.model.plain_text import plain

# A notice about a document is another document. First match wins.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("erratum", lazy(r"^(?:\w+ ){0,2}?(?:errat(?:um|as?)|corrigend(?:um|a)|addend(?:um|a))\b|^(?:\w+ )?corrections?(?: (?:to|for)\b| \w*$|$)|\berratum$|(?<!retraction of )(?<!concern of )\bvol \d+ pg \w+(?: \d{4})?$|\bvol \d+ \w+ (?:19|20)\d\d$")),
    ("retraction", lazy(r"^(?:\w+ )?retractions?(?: of| to| for| note| notice| statement|$)|^(?:editorial )?(?:expression|note) of concern\b|^(?:notice|statement) of retraction\b|\bretraction notice$|\b(?:retraction|concern) of vol \d")),
    ("withdrawn", lazy(r"^withdrawn\b")),
    ("reply", lazy(r"^(?:in |(?:the )?authors?(?: s)? |a )?(?:reply|repl(?:y|ies) to|response to|rejoinder|rebuttal|responds?)\b|\b(?:author s?|authors) (?:reply|replies|responses?|responds?)$|\breply(?: (?:from|by|of) (?:the )?authors?)?$|\b(?:rejoinder|rebuttal)$|^in response\b")),
    ("comment", lazy(r"^(?:\w+ )?(?:comments?|commentary|discussion) (?:on|to|of|about)\b|\ba comment(?:ary)? on\b|\bcomment$|\bcommentary$|^letter\b|^re (?!\w+ing\b)|^(?:invited|editorial|expert) comment(?:ary|s)?\b|^(?:faculty (?:of 1000|opinions?)|peer review report|decision letter|journal club)\b|^correspondence (?:on|re|regarding)\b")),
    ("book review", lazy(r"^(?:book )?reviews? of (?!the |literature|published|studies|research|current|recent|clinical|evidence)\w+|^book review")),
    ("data", lazy(r"^supplement(?:ary|al) (?:material|data|file|information|content|table|figure)s? (?:for|to|from|of)\b|^additional file \d+\b|\bsupplement(?:ary|al) material for\b|\w data ?set$")),
    ("protocol", lazy(r"\b(?:study|trial|review|research|analysis) protocol\b|\bprotocol (?:for|of) an?\b|\bprotocol$|^protocol\b"
                           r"|\brationale (?:and )?(?:study |trial )?design\b|\bdesign and rationale\b|\bdesign and (?:methods|baseline characteristics)$")),
    ("reprint", lazy(r"^reprint(?:ed)? (?:of|from)\b|^republished\b|\bsecondary publication$")),
    ("part", lazy(r"\b(?:technical|web|online|supplementary|statistical|methodological) appendix$|\bappendices$|\b(?:policy|evidence) brief$"
                     r"|\b(?:abridged|short|shortened|pocket|condensed|student) (?:version|edition)$")),
)  # fmt: skip
_HEADED = lazy(
    r"^\W*(?:(?:author|publisher|editor)'?s?'? |letter in |invited |editorial |partial )?"
    r"(erratum|corrigendum|addendum|correction|clarification|retraction|withdrawn|withdrawal|reply|response|rebuttal|comment|commentary|discussion"
    r"|data (?:from|for)|dataset(?: for)?)s?\s*[:.–-]\s",
    re.IGNORECASE,
)
# The same behind the title that it is about.
_BEHIND = lazy(
    r"(?:(?:[.:?!]|\s[–—-]|[\"”’»]\s*[,–-]?)\s+|\s\()(?:the |an? )?(?:(?:author|publisher|editor)'?s?'? )?"
    r"(?:(erratum|corrigendum|addendum|correction|retraction|reply|response|rejoinder|rebuttal)s?(?: not(?:e|ice))?"
    r"(?: (?:to|by|from) (?:the )?(?:(?-i:[A-Z])\w+|author|editor|letter|comment).{0,40})?|(?:further )?(comment)s? on (?-i:[A-Z]\w+).{0,40})\W*$",
    re.IGNORECASE,
)
_HEADS = {"corrigendum": "erratum", "addendum": "erratum", "correction": "erratum", "clarification": "erratum", "withdrawal": "withdrawn",
          "response": "reply", "rebuttal": "reply", "rejoinder": "reply", "commentary": "comment", "discussion": "comment",
          "data from": "data", "data for": "data", "dataset": "data", "dataset for": "data"}  # fmt: skip
# To a drug or to treatment, not to a letter: where the next word is no name.
_EFFECT = lazy(r"\W*(?:The )?[Rr]esponses? to (?:an? |the )?[a-z]")
_ANSWERED = lazy(
    r"(?:\w+ ){0,7}(?:letters?|comment(?:s|ary|aries)?|editors?|editorials?|articles?|papers?|reviewers?|critiques?|criticisms?|correspondence|authors?|quer(?:y|ies)|repl(?:y|ies))\b"
)
# Results that were had by it: 'of the North Sea protocol'.
_BY_A_PROTOCOL = lazy(r"\bthe (?:[\w-]+ ){1,3}protocol\W*$", re.IGNORECASE)
# A reference to the article behind its title, as Scopus prints it in that of an erratum: '(PLoS ONE (2014) 9, 4 (e94700) …)'.
TAILED = r"\([^()]*\((?:19|20)\d\d\)[\s,:;]*(?:\d|DOI).*\)\W*$"
# What databases have before or behind the title that a notice is about. 'Response to treatment' is an article's.
_BY = r"(?:(?:the\s+)?(?:author|publisher|editor)['’]?s?['’]?\s+)?"
_ERRATUM = rf"{_BY}(?:errat(?:um|as?)|corrigend(?:um|a)|corrections?)"
_RETRACTION = r"(?:(?:notice|statement)\s+of\s+)?retractions?(?:\s+(?:notice|note|statement))?"
_WORDINGS = {
    "erratum": (_ERRATUM, _ERRATUM),
    "retraction": (_RETRACTION, _RETRACTION),
    "reply": (rf"(?:{_BY}|in\s+)(?:reply|response)", rf"{_BY}reply"),
    "comment": (
        r"(?:(?:invited|editorial|expert)\s+)?(?:comments?|commentary)|letter(?:\s+to\s+the\s+editors?)?(?:\s+(?:regarding|concerning|about))?|re",
        r"comments?",
    ),
}
# The same as Web of Science has it: '(vol 12, pg 34, 2001)', '(Retraction of vol 12, pg 34, 2001)'.
_OF_VOLUME = {
    "erratum": rf"|\W*\((?:correction of )?vol\.? \d+[^()]*\)\W*$|{TAILED}",
    "retraction": rf"|\W*\(retraction of vol\.? \d+[^()]*\)\W*$|{TAILED}",
}
_ABOUT = {
    kind: lazy(
        rf"^\W*(?:{words})(?:\s+(?:to|on|of|for|in))?(?:\s*(?:[:.–—-]+\s+|--+|—)|\s*(?=[\"“‘']))|^\W*(?:{sure})\s+(?:to|on|of|for)\s+|(?:\s*[:.–—-]+\s+(?:{words})|\s*\(\s*(?:{words})\s*\))\W*$"
        + _OF_VOLUME.get(kind, ""),
        re.IGNORECASE,
    )
    for kind, (words, sure) in _WORDINGS.items()
}
# The sort of a document by the type that its record gives. What was retracted is still the article.
_TYPES = {
    "erratum": r"(?i)errat|corrigend|addend|^corrections?\b|^correction/addition",
    "retraction": r"(?i)retraction (?:of|notice)|^retraction\b|expression of concern",
}
_REMARK = r"(?i)\b(?:comment|letter|editorial|news|note)s?\b"  # a type that no article of its own has
_STUDY = r"\b(?:Article|Trial|Review|Study)\b"  # and one that nothing else has; BibTeX's 'article' is anything
_MONOGRAPH = r"(?i)(?:^|tech|technical |research |government )reports?$|rprt|\bbook|chapter|chap\b|unpublished|unpb|manuscript|working"
_THESIS = r"(?i)thesis|\bthes\b|dissertation"
_BOOK_REVIEW = r"(?i)\bbook\W*review"  # no monograph; the engine's patterns can't look ahead
# What sort of thing a document is: of two, one is not the other, where both are said rightly.
_SORTS = {
    "abstract": r"(?i)\b(?:conference|meeting) abstract", "book review": _BOOK_REVIEW,
    "data": r"(?i)\bdata ?(?:set|base)|^data$", "software": r"(?i)software|computer program|^comp$|^code$", "slides": r"(?i)\bslides?\b|^presentation", "patent": r"(?i)\bpat(?:ent)?\b",
    "video": r"(?i)^video|^mpct$|motion_picture|^film", "web page": r"(?i)\bblog|web ?(?:page|site)|^elec$", "standard": r"(?i)^stand(?:ard)?$", "thesis": _THESIS, "chapter": r"(?i)chapter|\bchap\b|book ?section|^in(?:book|collection)$",
    "book": r"(?i)^(?:edited |whole |e-?)?book$|^monograph$", "article": r"(?i)^jour$|journal[ -]?article|article-journal|^article$",
}  # fmt: skip
# What is no text, or none that a journal prints: it bears the title and the abstract of an article all the same.
DEPOSITS = ("data", "software", "slides", "patent", "video", "web page", "standard")
# A cheap look that leaves the rest of the work to the few titles that need it.
SPOKEN = (
    r"errat|corrig|addend|correct|clarif|retract|concern|withdraw|repl|respon|rejoinder|rebut|comment|discussion|letter|^re |review of|reviews of|rationale|design and (?:methods|baseline)"
    r"|book review|protocol|reprint|republish|secondary publication$|appendi|brief$|version$|edition$|data ?set$|^vol | vol \d|^data|supplement|additional file|faculty|journal club|peer review"
)
_LETTERS = r"(?:letters?|comments?|correspondence)(?: to (?:the )?editors?(?: [^ ]+)?)?"
# What each issue or meeting has one of, or several. Here and below a letter is [^ ], of a title made plain: to make all letters of Unicode ready
# takes longer than to look through a thousand titles.
GENERIC = (
    r"^(?:guest |special issue |an? |the |invited |(?:19|20)[0-9][0-9] )*(?:"
    r"editorial(?: (?:notes?|introduction|comment(?:s|ary)?|board|preface|statement))?|editors?(?: s)? (?:comments?|notes?|introduction|message|letter|page|choice|corner|pick)"
    r"|(?:general |brief )?introduction(?: to (?:the |this )?(?:special )?(?:(?:issue|section|volume|part)(?: .{0,30})?|minitrack(?: .{0,12})?))?|foreword|preface|prologue|epilogue|afterword"
    r"|(?:meeting |conference |poster |oral |selected |scientific |late breaking |book of )*(?:abstracts?|presentations?|sessions?|posters?)(?: (?:of|from|session) .*)?"
    r"|posters?|(?:conference )?proceedings|conference reports?|meeting (?:reports?|reviews?|announcements?|calendar)|(?:table of )?contents|(?:author |subject |cumulative |volume )*index(?:es)?"
    rf"|book reviews?|books? received|{_LETTERS}|news(?: .{{0,20}})?|in (?:this|the) (?:issue|literature)|in other journals|this (?:week|month) in .{{0,20}}|in brief|announcements?|obituar(?:y|ies)|in memoriam"
    rf"|call for papers.*|comment|commentary|discussion|reply|response|(?:the )?authors?(?: s)? (?:reply|replies|responses?|responds?)(?: to {_LETTERS})?|in reply"
    rf"|(?:reply|response|rejoinder)s? to (?:the |an? )?(?:{_LETTERS}|reviewers?|editors?)|errat(?:um|a)|corrigend(?:um|a)|corrections?(?: and clarifications)?|retraction(?: notice)?|addend(?:um|a)"
    r"|senior editor perspectives|from the editors?.*|message from .*|welcome.*|(?:executive |clinical |plain language )?summary|conclusions?|overview|background|acknowledge?ments?|viewpoints?|perspectives?|opinions?"
    r"|(?:acknowledge?ments? (?:to|of) |thanks? (?:you )?to |list of )?(?:our )?(?:reviewers?|referees).{0,30}|case (?:reports?|of the (?:month|week|quarter))|(?:[^ ]+ ){0,3}minitrack(?: introduction)?|remarks from .*|special (?:issue|section).{0,30}|issue information"
    r"|(?:front|back) (?:matter|cover)|title page|masthead|calendar(?: of .*)?|programm?e?|untitled|journal (?:club|watch|scan)|(?:president|chair(?:man|person)?|director)s?(?: s)? (?:message|address|column|page|letter|report)|presidential address"
    r"|(?:clinical |medical |picture |image |self assessment |cme )*(?:quiz|questions?|questions? and answers?|test)(?: of the (?:month|week))?|(?:what is |what s )?(?:your|the) diagnosis|(?:image|picture|photo|figure|case|paper|article|clinical (?:image|picture|pearl))s? of the (?:week|month|issue|quarter|year)"
    r"|images? in .{0,30}|clinical (?:images?|pictures?|pearls?|trials?|vignettes?|notes?)|notes from the field|notes? (?:on|about) (?:the )?contributors|(?:about the )?(?:authors|contributors)|(?:instructions|information) (?:for|to) (?:authors|contributors)"
    r"|(?:new |recent |current |selected |other )+(?:publications?|literature|products?|books?|papers|articles)|papers? of (?:note|interest)|(?:research )?highlights|literature (?:review|reviews|watch|survey|update)|reviews?|therapy|diagnosis|technical notes?"
    r"|point counterpoint|pro and con|brief (?:reports?|communications?)|short (?:reports?|communications?|papers?)|original (?:articles?|papers?|research)|research (?:in brief|notes?|letters?|reports?)|letters? (?:and|in) (?:reply|replies|response)|keynote.{0,30}"
    r"|(?:letter|note|word|comments?)s? from the (?:guest )?editors?|editors? (?:s )?(?:picks?|notes?)|program(?:me)? chairs?(?: s)? (?:welcome|message)|(?:conference|events?|meetings?) calendar|upcoming (?:events|meetings)"
    r"|panel discussions?|plenary (?:lectures?|sessions?|talks?)|(?:organi[sz]ing|program(?:me)?|scientific) committees?|publishers?(?: s)? note|copyright(?: page| notice)?|bibliography"
    r"|case records of .*|(?:clinicopatholog[^ ]+ |clinical |case )+conferences?|ask (?:the|an) [^ ]+|(?:drs?|prof(?:essor)?) .* (?:reply|replies|responds?)|from the authors?"
    r"|(?:program(?:me)? and|congress|dissertation) abstracts|(?:free|oral) communications|scientific program(?:me)?|general discussion|research news"
    r"|(?:(?:author |subject |cumulative )?index|contents)(?: (?:to|of|for) volume)?|volume [0-9]+ (?:issue|number) [0-9]+.*|inside (?:front|back) cover|editorial board.*|list of contributors"
    r"|continuing (?:medical )?education|(?:[^ ]+ )?patient (?:information|pages?)|for the patient|(?:practice|position) (?:guidelines|papers?|pearls)|tips and tricks|abbreviations|advertisements?"
    r"|what i?s new(?: in .{1,40})?|(?:[^ ]+ ){1,2}corner|practice pointers?|drug safety updates?|(?:[^ ]+ )?news and (?:views|notes|comments?)|current awareness.{0,40}"
    r"|(?:notes?|news) from the [^ ]+(?: [^ ]+){0,3}|journal (?:watch|scan) .{1,20}|(?:research )?highlights (?:from|of|in) .*"
    r"|(?:[^ ]+ )?years ago|looking (?:ahead|back)|year in review|(?:research|work) in progress"
    r"|(?:.{1,40} )?of the (?:month|week|quarter)|(?:.{1,30} )?in the news|(?:quick|photo|picture) quiz.{0,20}|test your knowledge|a piece of my mind|medical news(?: and perspectives)?"
    r"|(?:clinical |pathology |ethics |medical )*grand rounds|minutes of .{0,40}|from the (?:archives|president|chair(?:man|person)?|publisher)"
    r"|(?:legal|ethics?|research|practice|technology|pharmacy|drug|clinical|education|society) (?:corner|watch|digest|news|rounds|tips|questions|queries)"
    r"|supplementary (?:materials?|information|data)|graphical abstracts?|(?:policy|position|consensus|mission) statements?|annual reports?|(?:opening|closing|concluding) remarks"
    r")(?: [0-9]{1,4})?$"
)
# Of these, what an issue has one of by the same people.
EDITORIAL = (
    r"\beditorial|\beditors?(?: s)? (?:comments?|notes?|introduction|message|page|choice|corner|picks?)\b|^from the (?:guest )?editors?\b"
    r"|^(?:general |brief )?introduction\b|^foreword|^preface|^special (?:issue|section)|\bmessage\b"
)
MINITRACK = "minitrack"  # what a conference on information systems has each year
# What comes out again and again under one title.
YEARLY = (
    r"\b(?:(?:annual|yearly) (?:[^ ]+ ){0,3}?(?:reports?|reviews?|meetings?|surveys?|statistics|updates?|conferences?|congress|summar[^ ]+|index|data|lectures?|awards?|symposium|register|registry)"
    r"|(?:quarterly|monthly|weekly) (?:[^ ]+ ){0,3}?(?:reports?|bulletins?|surveillance|statistics|updates?|summar[^ ]+|reviews? of (?:the )?literature)"
    rf"|year in review|reports? (?:of|on|from) the|guidelines?|recommendations?|standards? of|statistics|highlights|yearbook|special (?:issue|section)|{MINITRACK}s?|survey results"
    r"|surveillance (?:reports?|summar[^ ]+|data)|immuni[sz]ation schedules?)\b|^(?:[^ ]+ ){0,4}update[ds]?\b|\b(?:surveillance|update)(?: \d{4})?$"
)


# Of these a study tells: how they are followed, and what recommends a product.
STUDIED = (
    r"\bstandards? of care\b|\brecommendations? (?:agents?|systems?|networks?|engines?|quality|algorithms?|letters?)\b"
    r"|\b(?:product|job|task|item|content|personali[sz]ed|online|hybrid|collaborative|music|news|movie) recommendations?\b"
    r"|\b(?:to|with|against|following|implementing|(?:implementation|effects?|impact|adoption|use|evaluation|application|validation|knowledge|awareness) of)"
    r" (?:[^ ]+ ){0,4}?(?:guidelines?|recommendations?|standards? of)\b"
)


def kind_of(text: str, normal: str) -> str:
    """erratum, reply …, or '' for a document of its own. text: the title as it is written, normal: made plain."""
    if _EFFECT.match(text) and not _ANSWERED.match(normal):
        return ""
    normal = re.sub("^(?:the|an?) ", "", normal)  # whatever it is, it is with its article too
    headed = _HEADED.match(text)
    head = headed[1].casefold() if headed else ""
    found = _HEADS.get(head, head) or next((name for name, pattern in _KINDS if pattern.search(normal)), "")
    found = "" if found == "protocol" and _BY_A_PROTOCOL.search(text) else found
    behind = "" if found else _BEHIND.search(text)
    said = (behind[1] or behind[2]).casefold() if behind else ""
    found = found or _HEADS.get(said, said)
    return found or ("erratum" if re.search(TAILED, text) else "")


def worded(text: str, kind: str) -> str:
    """The title of a notice in one wording for all databases: its kind, and the title that it is about where that says enough by itself
    and is none of a notice of its kind; of an erratum in a reply, 'erratum: reply: …'."""
    about = _ABOUT[kind].sub("", text) if kind in _ABOUT else text
    if about != text and (another := kind_of(about, plain(about))) not in ("", kind):
        about = worded(about, another)
        return f"{kind}: {about}" if about.startswith(f"{another}: ") else text
    if about == text or len(about.split()) < 4 or any(form.search(about) for form in _ABOUT.values()) or re.search(GENERIC, plain(about)):
        return text
    return f"{kind}: {about}"


def sorts_of(types: pl.Series) -> pl.DataFrame:
    """What the types of records say, row by row.

    notice: erratum, retraction or ''; remark: a letter, comment or editorial; study: anything but; thesis: a dissertation; monograph: a report or book;
    draft: a preprint; spoken: given at a meeting; sort: one of _SORTS, '' for any other.
    """
    kind = types.name
    told = pl.col(kind).str
    return types.to_frame().select(
        notice=pl.coalesce(*(pl.when(told.contains(form)).then(pl.lit(name)) for name, form in _TYPES.items()), pl.lit("")),
        remark=told.contains(_REMARK),
        study=told.contains(_STUDY) & ~told.contains(_REMARK),
        thesis=told.contains(_THESIS),
        monograph=told.replace_all(_BOOK_REVIEW, "").str.contains(_MONOGRAPH),
        draft=told.contains("(?i)preprint"),
        spoken=told.contains("(?i)conference|proceedings|abstract|^c(?:paper|onf)$"),
        sort=pl.coalesce(
            *(pl.when(told.contains(form)).then(pl.lit(name)) for name, form in _SORTS.items()),
            pl.lit(""),
        ),
    )
