"""What each E-utility does: a form in, an answer out. No socket here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from review.errors import ReviewError
from review.library.evaluate import Evaluation, Options
from review.library.leaves import CODED, DATES, FULL_NAMES, PEOPLE, TEXT
from review.library.tree_file import Headings
from review.query import parse
from review.query.fields import FIELDS, pubmed_code
from review.query.tree import Text, walk
from review.serve import answers, summary
from review.serve.answers import Answer, SearchAnswer, error
from review.serve.history import History
from review.serve.medline import medline
from review.store.library import Library

LIMIT = 9_999  # records of one search that can be listed or fetched
SUMMARIES = 500
_PAST = "'retstart' cannot be larger than 9998. For PubMed, ESearch can only retrieve the first 9,999 records matching the query."
_SUPPORTED = ("UID", "FILT", "MESH", "MAJR", "SUBH", "PTYP", "LANG", *TEXT, *CODED, *PEOPLE, *FULL_NAMES, *DATES)
_NOT_FOUND_SHOWN = 20
Form = Mapping[str, str]


class Wrong(Exception):
    """A request that is answered with an ERROR."""

    def __init__(self, text: str, status: int = 200) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


@dataclass
class Service:
    """The E-utilities over one library. It is opened for each request, so that what a build has added is seen."""

    path: Path
    mesh: Headings | None = None
    options: Options = field(default_factory=Options)
    history: History = field(default_factory=History)

    def answer(self, tool: str, form: Form) -> Answer | None:
        """None for a tool that there is none of."""
        work: dict[str, Callable[[Form], Answer]] = {
            "esearch": self._search, "efetch": self._fetch, "esummary": self._summary, "epost": self._post, "einfo": self._info,
        }  # fmt: skip
        if tool not in work:
            return None
        # The service does not mind the case of a parameter's name: `webenv` is WebEnv.
        form = {"WebEnv" if name.lower() == "webenv" else name.lower(): value for name, value in form.items()}
        mode = form.get("retmode", "xml").lower()
        try:
            database = form.get("db", "" if tool == "einfo" else "pubmed")
            if database not in ("", "pubmed"):
                raise Wrong(f"Invalid db name specified: {database}", 400)
            return work[tool](form)
        except Wrong as wrong:
            return error(tool, wrong.text, mode, wrong.status)
        except ReviewError as failed:
            return error(tool, f"{failed.message} {failed.hint}".strip(), mode)

    # -- esearch --------------------------------------------------------------------------------------------

    def _search(self, form: Form) -> Answer:
        mode = form.get("retmode", "xml").lower()
        term = " ".join(form.get("term", "").split())
        if not term:
            raise Wrong("Empty term and query_key - nothing todo")
        term = _dated(_in_field(term, form.get("field", "")), form)
        start, most = _number(form, "retstart", 0), _number(form, "retmax", 20)
        with Library.open(self.path) as library:
            found, missing, notes = self._run(library, term, form.get("WebEnv", ""))
            count = found.bit_count()
            if form.get("rettype") == "count":
                return answers.count_only(count, mode)
            if start >= LIMIT and count >= LIMIT:
                raise Wrong(f"Search Backend failed: Exception:\n{_PAST}")
            messages = list(notes)
            if not count:
                messages.append("No items found.")
            if most > LIMIT:
                messages.append(f"Restrictions achieved. start and count adjusted to {start}, {max(LIMIT - start, 0)}")
            keep = form.get("usehistory", "").lower() == "y"
            pmids = library.pmids(found)[::-1] if count and (keep or most) else []
        web_env, key = self.history.put(pmids, form.get("WebEnv", "")) if keep else ("", 0)
        page = pmids[start : min(start + most, LIMIT)]
        return answers.search(SearchAnswer(count, start, page, term, web_env, key, missing, tuple(messages)), mode)

    def _run(self, library: Library, term: str, web_env: str) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """The set of a term, the phrases of an empty one that are in no record, and warnings. `#1` is a set of the history."""
        before = self.history.all(web_env) if web_env and re.search(r"#\d", term) else {}
        if before:
            last = max(before)
            lines = [f"{n}. all[sb]" for n in range(1, last + 1)]
            strategy = parse("\n".join([*lines, f"{last + 1}. {term}"]), "pubmed")
            given = {str(n): library.with_any_pmid(before.get(n, ())) & library.alive for n in range(1, last + 1)}
            run = Evaluation(library, strategy, self.mesh, self.options, given)
        else:
            run = Evaluation(library, parse(term, "pubmed"), self.mesh, self.options)
        strategy = run.strategy
        found = run.sets[strategy.final]
        tree = strategy.lines[-1].tree
        missing = []
        if not found and tree is not None:
            missing = [str(node) for node in walk(tree) if isinstance(node, Text) and node.span.line and not run.find(node)]
        return found, tuple(dict.fromkeys(missing[:_NOT_FOUND_SHOWN])), run.warnings()

    # -- sets of ids ----------------------------------------------------------------------------------------

    def _wanted(self, form: Form) -> tuple[Sequence[int], list[str]]:
        """The PMIDs that a request means, by id or from the history, and the ids that are none."""
        if form.get("WebEnv") or form.get("query_key"):
            key = form.get("query_key", "")
            kept = self.history.get(form.get("WebEnv", ""), key)
            if kept is None:
                raise Wrong(f"Unable to obtain query #{key or 1}")
            return kept, []
        words = [w for w in re.split(r"[,\s]+", form.get("id", "")) if w]
        good = [w for w in words if w.isdecimal() and 0 < int(w) < 1 << 62]
        if not good:
            raise Wrong("ID list is empty! Possibly it has no correct IDs.", 400)
        return [int(w) for w in good], [w for w in words if w not in good]

    def _post(self, form: Form) -> Answer:
        if not form.get("id", "").strip(", "):
            raise Wrong("Empty ID list; Nothing to store")
        wanted, invalid = self._wanted({"id": form.get("id", "")})
        with Library.open(self.path) as library:
            known = library.numbered(wanted)
        invalid += [str(p) for p in wanted if p not in known]
        pmids = [p for p in dict.fromkeys(wanted) if p in known]
        if not pmids:
            raise Wrong("ID list is empty! Possibly it has no correct IDs.", 400)
        web_env, key = self.history.put(pmids, form.get("WebEnv", ""))
        return answers.post(web_env, key, invalid, form.get("retmode", "xml").lower())

    # -- records --------------------------------------------------------------------------------------------

    def _page(self, form: Form, most: int) -> Sequence[int]:
        wanted, _ = self._wanted(form)
        start = _number(form, "retstart", 0)
        if start >= LIMIT:
            raise Wrong(_PAST, 400)
        # A page that crosses the limit is clamped, and nothing is said.
        return wanted[start : min(start + _number(form, "retmax", most), LIMIT)]

    def _fetch(self, form: Form) -> Answer:
        mode, kind = form.get("retmode", "").lower(), form.get("rettype", "").lower()
        page = self._page(form, LIMIT)
        if kind == "uilist":
            if mode == "xml":
                ids = "".join(f"<Id>{p}</Id>\n" for p in page)
                return Answer(f'<?xml version="1.0" ?>\n<IdList>\n{ids}</IdList>\n'.encode())
            return Answer("".join(f"{p}\n" for p in page).encode(), answers.TEXT)
        if kind == "medline" and mode in ("", "text"):
            return Answer(kind=answers.TEXT, parts=self._texts(list(page)))
        if (
            mode not in ("", "xml")
            or kind not in ("", "xml", "abstract", "full", "medline", "docsum", "null")
            or (not mode and kind in ("abstract", "docsum"))
        ):
            raise Wrong(
                f"This library gives records as XML, or as MEDLINE text (rettype=medline), not as rettype={kind}, retmode={mode}.", 400
            )
        return Answer(parts=self._records(list(page)))

    def _records(self, pmids: Sequence[int]) -> Iterator[bytes]:
        with Library.open(self.path) as library:
            yield answers.ARTICLES
            for at in range(0, len(pmids), 1000):
                for _, raw in library.entries(pmids[at : at + 1000]):
                    yield raw + b"\n"
            yield b"</PubmedArticleSet>\n"

    def _texts(self, pmids: Sequence[int]) -> Iterator[bytes]:
        with Library.open(self.path) as library:
            for at in range(0, len(pmids), 1000):
                for _, raw in library.entries(pmids[at : at + 1000]):
                    yield f"\n{medline(raw)}".encode()

    def _summary(self, form: Form) -> Answer:
        mode = form.get("retmode", "xml").lower()
        page = self._page(form, LIMIT if form.get("id") else SUMMARIES)
        if len(page) > SUMMARIES:
            raise Wrong(
                f"Too many UIDs in request. Maximum number of UIDs is {SUMMARIES} for {'JSON' if mode == 'json' else 'XML'} format output."
            )
        with Library.open(self.path) as library:
            found = {pmid: summary.facts(pmid, raw) for pmid, raw in library.entries(page)}
        return summary.answer(page, found, mode, form.get("version", "1.0"))

    # -- einfo ----------------------------------------------------------------------------------------------

    def _info(self, form: Form) -> Answer:
        mode = form.get("retmode", "xml").lower()
        if not form.get("db"):
            return answers.databases(mode)
        with Library.open(self.path) as library:
            count, files = library.count(), library.files()
        changed = datetime.fromtimestamp(self.path.stat().st_mtime, UTC).strftime("%Y/%m/%d %H:%M")
        facts = {
            "dbname": "pubmed", "menuname": "PubMed", "description": f"PubMed records of a local library ({len(files)} files)",
            "dbbuild": f"library-{files[-1].sha256[:12] if files else 'empty'}", "count": str(count), "lastupdate": changed,
        }  # fmt: skip
        fields = []
        for code in sorted(set(_SUPPORTED)):
            yes = {True: "Y", False: "N"}
            fields.append({
                "name": code, "fullname": FIELDS[code].name, "description": FIELDS[code].name, "termcount": "0", "isdate": yes[code in DATES],
                "isnumerical": yes[code == "UID"], "singletoken": yes[code not in TEXT], "hierarchy": yes[code in ("MESH", "MAJR", "SUBH", "PTYP")],
                "ishidden": "N",
            })  # fmt: skip
            if form.get("version", "").startswith("2"):
                fields[-1] |= {"israngable": yes[code in DATES or code == "UID"], "istruncatable": yes[code not in DATES and code != "UID"]}
        return answers.info(facts, fields, mode)


def _number(form: Form, name: str, default: int) -> int:
    text = form.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal():
        raise Wrong(f"Invalid value of {name}: {text[:40]}", 400)
    return min(int(text), 1 << 40)


def _in_field(term: str, name: str) -> str:
    """`field=title`: the whole term in that field, if it has no tags of its own."""
    if not name:
        return term
    if "[" in term or pubmed_code(name).startswith("?"):
        raise Wrong(f"The parameter field={name} can't be used with this term: write the tags in the term.")
    return f"{term}[{name}]"


def _dated(term: str, form: Form) -> str:
    """`datetype`, `mindate` and `maxdate` as a range of the query, as NCBI does."""
    if form.get("reldate"):
        raise Wrong("reldate is relative to today, which a library is not: give mindate and maxdate.")
    low, high = form.get("mindate", ""), form.get("maxdate", "")
    if not low and not high:
        return term
    if not low or not high:
        raise Wrong("mindate and maxdate must be given together.")
    return f"({term}) AND {low}:{high}[{form.get('datetype') or 'pdat'}]"
