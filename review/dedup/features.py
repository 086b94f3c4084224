"""Records as the rules see them: one row each, everything normalised once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from review.dedup.columns import BY_CONTENT, by_value, plain, replaced, squashed
from review.dedup.kinds import DEPOSITS, sorts_of
from review.dedup.pages import counts_of, issue_of, pages_columns, volume_of
from review.dedup.people import people_of
from review.dedup.places import (
    AHEAD,
    ISBN,
    ISSN,
    LEFT_OF_ISSUE,
    NAMED_SUPPLEMENT,
    SHORT_ISBN,
    SHORT_SUPPLEMENT,
    SUPPLEMENT,
    conference,
    dois_of,
    journals_of,
    of_server,
    pmids_of,
    preprint,
    versions_of,
)
from review.dedup.title_numbers import REPORT
from review.dedup.titles import titles_of
from review.dedup.trials import TRIAL, of_print, registry, trial_of

# Databases set the headings of an abstract, or leave them out.
_HEADINGS = (
    r"(?i)\b(?:background|introduction|context|importance|rationale|objectives?|aims?|purpose|goals?|(?:study )?design|setting|participants|patients|subjects"
    r"|materials|interventions?|measurements|methods?|methodology|(?:main )?outcomes?(?: measures?)?|results|findings|conclusions?|interpretation|discussion"
    r"|case (?:summary|presentation|report)|data sources?|study selection|search (?:strategy|methods)|selection criteria)"
    r"(?: (?:and|&) (?:background|objectives?|aims?|purpose|setting|participants|patients|subjects|methods?|results|measurements|findings|conclusions?))?\s?[:—]"
)
_OPENING = r"^(?:article)?(?:abstract|summary|synopsis|unlabell?ed)?(?:(?:background|introduction)(?:and(?:purpose|objectives?|aims?))?|objectives?|aims?|purpose|context)?"
# What stands in the place of an abstract, or behind it, and is the same for many: of publishers' pages, of EBSCO's summaries.
_FURNITURE = (
    r"^(?:previousarticlenextarticle|clicktoincreaseimagesize|anofficialwebsiteoftheunitedstatesgovernment|abstractnotavailable"
    r"|(?:lettertotheeditor)?(?:no|an)abstract(?:is)?(?:un)?available|(?:thisarticle(?:hasno|doesnothavean)|thereisno)abstract"
    r"|thisarticlehasbeen(?:retracted|withdrawn)please(?:see|consult)|thisarticleisprotectedbycopyright"
    r"|thearticle(?:offers|presents|discusses)informationon(?:the)?(?:various)?topics).*|abstractfromauthor.*|copyrightof.{3,150}isthepropertyof.*"
)
# What a search engine shows of an abstract: sentences from anywhere in it, of which only the first may be its beginning.
_SNIPPED = r"(?s)(?:…|\.\.\.).*"
_A_SNIPPET = 400  # characters
_ISSUE_BEHIND = r"^\s*[0-9]+\s*\((?:[Nn]o\.? ?)?([0-9]{1,2})\b"  # the volume's: 86 (3)
_OF_PRINT = ("volume", "pages")  # what was printed has one, but some databases have the year or the number of a registration there
_NAMED = r"\S\s+[|–—-]\s+\S"
_BETWEEN = r"\s+[|–—-]\s+$"
_AGAIN = r"#\d+$"
_COUNTED = r"(?i)^\W*(\d{2,4}) ?(?:pp?|pages|leaves)\W*$"
_A_BOOK = 60  # pages; of what names no journal
_OF_A_MEETING = "proceedings|conference|congress|symposium|workshop|meeting|abstracts"
_ROW_NUMBER = r"^\d{1,5}$"
_OF_CONTENT = r":h[0-9a-f]{16}$"  # a key of `record_key` that is no id of the source's, but made of what the record says


def _places(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns that need no table of values."""
    place = ("volume", "issue", "pages", "doi", "pmid", "url", "abstract")
    pmid = pmids_of(pl.col("pmid"))
    link = (
        pl.when(pl.col("url").str.contains(r"/10\.\d{4,9}/"))
        .then(dois_of(pl.col("url")))
        .otherwise(of_server(pl.col("journal"), pl.col("url")))
    )
    return (
        frame.with_columns(link=link)
        .select(
            "key",
            "source",
            "year",
            "issue",
            pl.col("volume").alias("volume_text"),
            "type",
            "accession",
            "imprint",
            "url",
            "authors",
            "book",
            "link",
            supplement=pl.coalesce(
                pl.concat_str("volume", "issue", separator=" ").str.extract(SUPPLEMENT),
                pl.col("issue").str.extract(SHORT_SUPPLEMENT),
                pl.when(pl.col("journal").str.contains(NAMED_SUPPLEMENT)).then(pl.lit("")),
            ),
            doi=dois_of(pl.col("doi")),
            # A column shifted by one makes a PMID of the year, or of the volume.
            pmid=pl.when((pmid != pl.col("year").cast(pl.String)) & (pmid != pl.col("volume"))).then(pmid).otherwise(pl.lit("")),
            issns=pl.col("serial").str.extract_all(ISSN).list.eval(pl.element().str.replace("-", "").str.to_lowercase()).list.unique(),
            isbns=pl.col("serial")
            .str.replace_all("-", "")
            .str.extract_all(ISBN)
            .list.eval(pl.element().str.replace(SHORT_ISBN, "978${1}").str.slice(0, 12))  # without the check digit
            .list.unique(),
            abstract=squashed(
                replaced(
                    pl.when(pl.col("abstract").str.len_chars() < _A_SNIPPET)
                    .then(pl.col("abstract").str.replace(_SNIPPED, ""))
                    .otherwise("abstract"),
                    _HEADINGS,
                    " ",
                )
            )
            .str.replace(_OPENING, "")
            .str.replace(_FURNITURE, "")
            .str.slice(0, 300),
            own_trial=trial_of("accession", "url", "journal", "authors", "doi", *_OF_PRINT),
            titled_trial=trial_of("title"),
            noted_trial=trial_of("imprint"),
            registry=registry("accession", "url", "journal", "authors"),
            printed=pl.any_horizontal(
                (pl.col(name) != "") & ~pl.col(name).str.contains(TRIAL) & (pl.col(name) != pl.col("year").cast(pl.String))
                for name in _OF_PRINT
            ),
            unplaced=pl.col("journal") == "",
            long=(pl.col("pages").str.extract(_COUNTED).cast(pl.Int32) >= _A_BOOK).fill_null(value=False),
            place=pl.struct(*place, "serial", "link", pl.col("imprint").str.to_lowercase()).hash(7),
            somewhere=pl.any_horizontal(pl.col(name) != "" for name in place),
            exact=pl.any_horizontal(pl.col(name) != "" for name in ("doi", "pmid", "url", "abstract"))
            | pl.all_horizontal(pl.col(name) != "" for name in ("volume", "issue", "pages")),
        )
        .with_columns(
            doi=pl.when(pl.col("doi") == "").then("link").otherwise("doi"),
            trial=pl.coalesce(pl.when(pl.col(name) != "").then(name) for name in ("own_trial", "titled_trial", "noted_trial")).fill_null(
                ""
            ),
            # Whichever registration stands in what was printed, that is its study's.
            registry=~(pl.col("printed") | of_print(pl.col("doi")))
            & (pl.col("registry") | (pl.col("own_trial") != "") | (pl.col("unplaced") & (pl.col("titled_trial") != ""))),
        )
        .drop("own_trial", "titled_trial", "noted_trial", "printed")
    )


def _own_sources(frame: pl.DataFrame) -> pl.Series:
    """Whether its title stands where the journal should, as PsycINFO has it of books; so do proceedings, which are of a meeting all the same."""
    bare = frame.select("volume", pl.col("title", "journal").str.strip_chars(" .").str.to_lowercase())
    title, journal = pl.col("title"), pl.col("journal")
    alike = (title == journal) & (title != "") & (pl.col("volume") == "")
    return bare.select(alike & ~journal.str.contains(_OF_A_MEETING)).to_series()


def _unnamed(frame: pl.DataFrame) -> pl.DataFrame:
    """Records whose title has the name of their own journal behind it, as web pages do, without it there."""
    at = frame["title"].str.contains(_NAMED).arg_true()
    some = frame["title", "journal"][at].with_columns(size=pl.col("journal").str.len_chars())
    rest = pl.col("title").str.slice(0, pl.col("title").str.len_chars() - pl.col("size"))
    named = (
        (pl.col("size") > 3)
        & pl.col("title").str.to_lowercase().str.ends_with(pl.col("journal").str.to_lowercase())
        & rest.str.contains(_BETWEEN)
    )
    titles = some.select(pl.when(named).then(rest.str.replace(_BETWEEN, "")).otherwise("title"))
    return frame.with_columns(frame["title"].scatter(at, titles.to_series()))


def features_of(records: pl.DataFrame) -> pl.DataFrame:
    """Records (columns of `columns.SCHEMA`) in, a row of features for each out, sorted by key. What a record lacks is empty.

    Beside what `titles_of`, `people_of` and the functions of `places` give:
    key, doi, pmid, issns, isbns; year (0: none); volume and issue (lists of numbers)
    abstract: its beginning, squashed
    version: of a deposit, by its DOI
    trial: its registration; registry: it is the entry in one
    typed: only its type tells its kind
    preprint, conference, cochrane; thesis: a dissertation, by its type or where it is announced; monograph: that, or a report or book by
    its type or its length
    remark: a letter, comment or editorial by its type; study: none, by its type; sort: what sort of document that is, '' for any; deposit: none of text
    same_id: the source's own id, '' where there is none to trust; BY_CONTENT and the key, where that is made of the content
    content: equal where a source gave the same thing twice, null where that says nothing
    """
    frame = records if records["key"].is_sorted() else records.sort("key")
    frame = _unnamed(frame)
    frame = frame.with_columns(book=_own_sources(frame))
    frame = frame.with_columns(journal=pl.when("book").then(pl.lit("")).otherwise("journal"))
    with ThreadPoolExecutor() as threads:  # one column a thread: the work is done outside the interpreter's lock
        placed_ = threads.submit(_places, frame)
        parts = [
            threads.submit(by_value, frame[name], make)
            for name, make in (
                ("title", titles_of),
                ("authors", people_of),
                ("journal", journals_of),
                ("pages", pages_columns),
                ("type", sorts_of),
            )
        ]
        volume = by_value(frame["volume"], lambda texts: counts_of(texts, volume_of))["n"].alias("volume")
        issue = by_value(frame["issue"], lambda texts: counts_of(texts, issue_of))["n"].alias("numbered")
        titles, people, journals, pages, sorts = (part.result() for part in parts)
        placed = placed_.result()
    journals = journals.rename({"preprint": "server"})
    wide = pl.concat([placed, titles, people, journals, pages, sorts, volume.to_frame(), issue.to_frame()], how="horizontal")
    accession = pl.col("accession").str.strip_chars()
    trusted = (pl.col("source") != "") & (accession != "") & (~accession.str.contains(_ROW_NUMBER) | (accession == pl.col("pmid")))
    base = pl.col("key").str.replace(_AGAIN, "")
    # A short title may stand again on the same page of the next issue.
    short = pl.col("generic") | (pl.col("normal").str.count_matches(" ", literal=True) < 3)
    told = ~short & (pl.col("somewhere") | (pl.col("authors") != "") | (pl.col("year") > 0))
    said = (pl.col("squash") != "") & (pl.col("exact") | told)
    content = pl.struct("source", "normal", "signs", "code", plain(pl.col("authors")), "year", "journal", "place", "trial", "sort").hash(7)
    years, none = pl.concat_list(pl.col("year") - 1, "year", pl.col("year") + 1).cast(pl.List(pl.Int64)), pl.lit([], pl.List(pl.Int64))
    whole_doi, version = versions_of(pl.col("doi"))
    # The number of the issue, as Embase had it: of Cochrane's library the year is the volume.
    reviews = pl.col("cochrane") | (pl.col("letters") == "cd") | pl.col("doi").str.starts_with("10.1002/14651858")
    issued = reviews & (pl.col("volume").list.max() <= 12)
    behind = pl.col("volume_text").str.extract(_ISSUE_BEHIND, 1).cast(pl.Int64)
    thesis = pl.col("thesis") | pl.col("announced") | pl.col("thesis_note")
    return wide.with_columns(
        same_id=pl.when(trusted)
        .then(pl.concat_str("source", accession, separator=":"))
        .when(base.str.contains(_OF_CONTENT))
        .then(pl.concat_str(pl.lit(BY_CONTENT), base))
        .when(base.str.contains(":", literal=True))
        .then(pl.concat_str(pl.lit("key "), base))
        .otherwise(pl.lit("")),
        content=pl.when(said).then(content),
        preprint=pl.col("draft") | preprint(pl.col("server"), pl.col("doi"), pl.col("url"), pl.col("unplaced")),
        thesis=thesis,
        monograph=pl.col("monograph") | thesis | (pl.col("unplaced") & pl.col("long")) | pl.col("book") | pl.col("code").str.starts_with(REPORT),
        conference=~thesis
        & (
            pl.col("spoken")
            | pl.col("spoken_note")
            | pl.col("code").str.contains(r"^\d")
            | conference(
                pl.col("meeting"),
                pl.concat_str("volume_text", "issue", separator=" "),
                pl.col("supplement"),
                pl.col("letters"),
                pl.col("last") - pl.col("page"),
            )
        ),
        aside=pl.col("sort").is_in(["abstract", "book review"]),
        deposit=pl.col("sort").is_in(DEPOSITS),
        doi=whole_doi,
        version=version,
        dated=pl.col("dated") | (pl.col("acronym") & (pl.col("volume").list.len() == 0)),
        kind=pl.when(pl.col("kind") != "").then("kind").otherwise("notice"),
        typed=(pl.col("kind") == "") & (pl.col("notice") != ""),
        # The year says nothing as a volume, nor beside it or in the issue.
        volume=pl.when(issued).then(none).otherwise(pl.col("volume").list.set_difference(pl.concat_list(pl.col("year").cast(pl.Int64))).list.sort()),
        issue=pl.when(pl.col("volume_text").str.contains(AHEAD)).then(none).when(pl.col("numbered").list.len() > 0)
        .then(pl.col("numbered").list.set_difference(years).list.sort()).when(issued).then("volume")
        .when(behind.is_not_null()).then(pl.concat_list(behind)).otherwise(none),
        torn=pl.col("volume_text").str.contains(LEFT_OF_ISSUE),
        cochrane=reviews,
    ).drop("place", "somewhere", "exact", "volume_text", "server", "meeting", "acronym", "spoken_note", "thesis_note", "numbered", "link", "url", "authors", "accession", "type", "source", "unplaced", "long", "book",
           "draft", "spoken", "notice")  # fmt: skip
