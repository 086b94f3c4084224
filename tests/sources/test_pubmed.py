"""PubMed's own ways: the limit of 9,999, ranges of PMIDs, counts that change, pages that are not what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from Bio import Entrez
from sources.helpers import EMAIL, KEY, everything_below
from sources.services import EUTILS, Eutils
from sources.test_contract import pmids

from review.errors import Incomplete, SourceError, UsageError
from review.search.live import LiveSearch
from review.sources import pubmed
from review.sources.base import Policy, Secret, Settings

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


class Memory:
    """Notes that are not kept."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        return self.values.get(key)

    def put(self, key: str, value: Any) -> None:
        self.values[key] = value


def listed(live: LiveSearch, query: str = "towns", notes: Memory | None = None) -> Any:
    source = live.source
    return source.listing(query, source.count(query), notes or Memory(), lambda n: None)


@pytest.mark.parametrize("total", [1, 199, 200, 201, 9_998, 9_999])
def test_up_to_the_limit_one_list_is_enough(total: int, serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(total))
    listing = listed(search(service, "towns"))
    assert len(listing.ids) == listing.hits == total
    assert listing.parts == ()
    assert [f["retstart"] for f in service.asked("esearch")] == ["0", "0"]


@pytest.mark.parametrize("total", [10_000, 25_000])
def test_beyond_the_limit_the_parts_add_up(total: int, serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(total, step=7))
    live = search(service, "towns OR villages")
    found = listed(live, "towns OR villages")
    assert sum(n for _, n in found.parts) == found.hits == total
    assert all(n <= 9_999 for _, n in found.parts)
    assert list(found.ids) == [str(p) for p in service.pmids]
    assert all(int(f["retstart"]) + int(f["retmax"]) <= 9_999 for f in service.asked("esearch"))
    assert all(f["term"].startswith("(towns OR villages) AND ") for f in service.asked("esearch")[1:])
    requests, _ = live.source.estimate(total)
    assert len(service.log) < requests + 60


@pytest.mark.slow
def test_12_000_records_whole(serve: Callable[..., Any], search: Callable[..., LiveSearch], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pubmed, "PER_PAGE", 1_000)
    service = serve(Eutils(12_000))
    live = search(service, "towns")
    done = live.run(live.preview())
    assert done.search.run
    assert (done.search.announced, done.search.run.retrieved) == (12_000, 12_000)
    assert sum(n for _, n in done.search.run.parts) == 12_000
    assert sum(f.parsed for f in done.search.files) == 12_000


def test_everything_is_posted_with_tool_and_email(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(10))
    query = " OR ".join(f'"towns of {n}"[tiab]' for n in range(2_000))
    live = search(service, query)
    live.run(live.preview())
    assert any(f["term"] == query for f in service.asked("esearch"))
    assert all((f["tool"], f["email"], f["api_key"]) == ("review", EMAIL, KEY) for f in service.asked())


@pytest.mark.parametrize("fault", EUTILS)
@pytest.mark.parametrize("tool", ["esearch", "efetch"])
def test_no_fault_is_read_as_no_hits_or_as_a_page(
    tool: str, fault: str, serve: Callable[..., Any], search: Callable[..., LiveSearch]
) -> None:
    if (tool, fault) == ("efetch", "no count"):
        pytest.skip("an EFetch page has no count")
    service = serve(Eutils(250))
    live = search(service, "towns")
    before = live.preview()
    service.wanted = lambda name, form: name == tool
    service.faults = [fault] * 20
    with pytest.raises(SourceError) as error:
        live.run(before)
    kinds = {"backend": "backend", "outage": "backend", "history": "history", "proxy": "backend", "bomb": "malformed", "malformed": "malformed",
             "error": "error", "error beside a count": "backend", "no count": "unexpected"}  # fmt: skip
    assert error.value.kind == kinds[fault]
    assert KEY not in error.value.message + error.value.hint
    assert KEY.encode() not in everything_below(live.workspace.root)
    assert not live.workspace.queries.exists()
    service.faults = [fault]
    live = search(service, "towns")
    assert len(pmids(live.workspace, live.run(live.preview()).search)) == 250


@pytest.mark.parametrize(
    ("query", "says"),
    [("((towns", "2 opening and 0 closing"), ('"towns', "quotation mark"), (" OR ".join(["town*"] * 300), "300 wildcards"), ("towns", "")],
)
def test_an_answer_as_in_an_outage_may_be_the_fault_of_the_query(
    query: str, says: str, serve: Callable[..., Any], search: Callable[..., LiveSearch]
) -> None:
    service = serve(Eutils(10))
    service.always = "backend"
    with pytest.raises(SourceError) as error:
        search(service, "towns").source.count(query)
    assert says in error.value.hint
    assert ("the query may be the cause" in error.value.hint) == bool(says)


def test_a_clamped_list_and_clamped_pages_are_gone_on_with(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(450))
    service.clamp, service.page = 100, 60
    live = search(service, "towns")
    done = live.run(live.preview())
    assert len(set(pmids(live.workspace, done.search))) == sum(f.parsed for f in done.search.files) == 450


def test_the_count_changes_while_parts_are_listed(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    """A record is added after the first count: the listing begins anew, and says so."""
    service = serve(Eutils(12_000))
    seen = []

    def add(tool: str, form: dict[str, str]) -> None:
        seen.append(tool)
        if len(seen) == 9:
            service.pmids.append(9_000_000)

    service.before = add
    live = search(service, "towns")
    found = listed(live)
    assert found.hits == len(found.ids) == 12_001
    assert "12,000 at first, 12,001 then" in found.messages[0]


def test_the_count_changes_between_the_pages_of_a_list(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(300))
    service.clamp = 100
    live = search(service, "towns")
    service.drift = [0, 0, 1]  # the count, the first page of ids, the second
    found = listed(live)
    assert (found.hits, len(found.ids)) == (300, 300)
    assert found.messages
    before = live.preview()
    service.drift = [n % 2 for n in range(200)]
    with pytest.raises(Incomplete, match="does not add up"):
        live.run(before)
    service.drift = []
    live = search(service, "towns")
    assert len(pmids(live.workspace, live.run(live.preview()).search)) == 300


def test_parts_that_do_not_add_up_are_a_loud_failure(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(10_100))
    service.lost = 1
    with pytest.raises(Incomplete) as error:
        listed(search(service, "towns"))
    assert error.value.kind == "changed"
    assert "the sum of the parts: 10,09" in error.value.message


def test_a_service_that_does_not_know_ranges_is_found_out(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(12_000))
    service.hits = lambda term: service.pmids
    with pytest.raises(SourceError):
        listed(search(service, "towns"))


def test_pages_with_other_records_and_records_that_come_twice(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(250))
    live = search(service, "towns")
    service.wrong = "99"
    with pytest.raises(SourceError, match="not asked for, such as PMID 99"):
        live.run(live.preview())
    service.wrong, service.twice = "", {"1003"}
    live = search(service, "towns")
    done = live.run(live.preview())
    assert done.search.run
    assert "1 records came twice in the page of PMIDs 1000 to 1597" in done.search.run.messages
    assert done.search.run.retrieved == 250


def test_a_page_that_comes_again_is_found_out(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    """The second page is the first once more: its records were not asked for, so it is asked for again."""
    service = serve(Eutils(400))
    whole, first = service.fetch, []

    def again(form: dict[str, str]) -> tuple[int, str, bytes]:
        answer = whole(form)
        first.append(answer)
        return first[0] if len(first) == 2 else answer

    service.fetch = again
    live = search(service, "towns")
    done = live.run(live.preview())
    assert len(set(pmids(live.workspace, done.search))) == 400
    assert done.search.run
    assert done.search.run.retries == 1


def test_unknown_pmids_and_an_id_list_that_the_service_calls_empty(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(5))
    service.unknown = {str(p) for p in service.pmids}
    live = search(service, "towns")
    with pytest.raises(Incomplete, match="1000, 1003, 1006, 1009, 1012"):
        live.run(live.preview())
    service.fetch = lambda form: (
        400,
        "text/xml",
        b"<eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR></eFetchResult>",
    )
    with pytest.raises(Incomplete, match="5 are missing"):
        live.run(live.preview())


def test_a_record_whose_xml_names_an_entity_is_read(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(1))
    live = search(service, "towns")
    done = live.run(live.preview())
    from review.search.stage import read_file

    records, _ = read_file(live.workspace.archived(done.search, done.search.files[0]), done.search, done.search.files[0])
    assert records[0].title == "Towns & cafés, part 1000"


def test_zero_is_believed_only_twice(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(40))
    source = search(service, "towns").source
    service.drift = [-40]
    assert source.count("towns").hits == 40
    assert source.count("nothing").hits == 0
    whole = service.search
    service.search = lambda form: whole(form).replace("No items found.", "Search Backend failed: Database is not supported: pubmed")
    with pytest.raises(SourceError) as error:
        source.count("nothing")
    assert error.value.kind == "backend"


def test_what_pubmed_says_is_kept(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    import gzip

    service = serve(Eutils(3))
    live = search(service, "#1 towns\n#2 nothing\n#3 #1 OR #2")
    service.hits = lambda term: [] if term == "nothing" else service.pmids
    before = live.preview()
    assert before.lines[1].hits == 0
    assert before.lines[1].messages == ("not found: nothing", "No items found.")
    assert before.counted.translations == (("towns", '"cities"[MeSH Terms] OR "towns"[All Fields]'),)
    assert before.counted.translation == '"towns"[All Fields] & 20'
    run = live.run(before).search.run
    assert run
    assert run.source_version == "Build-2025.11.27.06.33; 2025/11/27 06:33"
    folder = live.workspace.search_folder("alpha", before.date)
    assert gzip.decompress((folder / run.ids_file).read_bytes()) == b"1000\n1003\n1006\n"
    assert b"<Count>3</Count>" in gzip.decompress((folder / run.answer_file).read_bytes())


def test_a_line_that_can_not_be_counted_stops_nothing(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    service = serve(Eutils(3))
    service.wanted = lambda tool, form: form.get("term") == "villages"
    service.faults = ["backend"] * 5
    live = search(service, "1. towns\n2. villages\n3. #1 OR #2")
    before = live.preview()
    assert before.lines[1].hits is None
    assert "not counted" in before.lines[1].messages[0]
    assert before.counted.hits == 3


@pytest.mark.parametrize("email", ["", "  ", "nobody", "a b@c"])
def test_without_an_email_nothing_is_asked(email: str, settings: Callable[..., Settings]) -> None:
    with pytest.raises(UsageError, match="PubMed asks who is searching") as error:
        pubmed.PubMed(settings(Eutils(), email=email)).check()
    assert "NCBI_EMAIL" in error.value.hint


def test_where_the_key_goes_and_how_fast(settings: Callable[..., Settings]) -> None:
    def made(base_url: str, rate: float | None = None, key: str = KEY) -> Any:
        return pubmed.PubMed(settings(Eutils(), base_url=base_url, rate=rate, api_key=Secret(key)))._transport

    assert made("").secret.reveal() == made("http://127.0.0.1:8/").secret.reveal() == KEY
    assert not made("https://mirror.example.org/eutils").secret
    assert not made("https://evil-ncbi.nlm.nih.gov.example.org/").secret
    assert (made("").pace.interval, made("", key="").pace.interval, made("", rate=1000).pace.interval) == (0.11, 0.35, 0.11)
    assert made("http://127.0.0.1:8/", rate=0).pace.interval == 0
    for bad in ("ftp://x/", "http://mirror.example.org/", "https://user:pw@mirror.example.org/", "mirror", "https://x/?api_key=1"):
        with pytest.raises(UsageError):
            made(bad)
    with pytest.raises(UsageError, match="does not hold a key"):
        pubmed.PubMed(settings(Eutils(), api_key=Secret("a b"))).check()


def test_bio_entrez_sees_the_same_as_we_do(
    serve: Callable[..., Any], search: Callable[..., LiveSearch], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """An independent client against the same service: so the service is one, and we read it as others do."""
    service = serve(Eutils(30))
    for name, value in (("email", EMAIL), ("tool", "other"), ("api_key", KEY), ("local_cache", str(tmp_path))):
        monkeypatch.setattr(Entrez, name, value)
    original = Entrez._build_request
    monkeypatch.setattr(
        Entrez,
        "_build_request",
        lambda cgi, *a, **k: original(cgi.replace("https://eutils.ncbi.nlm.nih.gov/entrez/eutils/", service.base_url), *a, **k),
    )
    live = search(service, "towns")
    with Entrez.esearch(db="pubmed", term="towns", retmax=9_999) as handle:
        theirs = Entrez.read(handle)
    ours = live.source.count("towns")
    assert int(theirs["Count"]) == ours.hits == 30
    assert theirs["QueryTranslation"] == ours.translation
    assert [(t["From"], t["To"]) for t in theirs["TranslationSet"]] == list(ours.translations)
    assert list(theirs["IdList"]) == list(listed(live).ids)
    with Entrez.esearch(db="pubmed", term="nothing", retmax=0) as handle:
        theirs = Entrez.read(handle)
    assert (theirs["Count"], theirs["ErrorList"]["PhraseNotFound"], theirs["WarningList"]["OutputMessage"]) == (
        "0",
        ["nothing"],
        ["No items found."],
    )
    with Entrez.efetch(db="pubmed", id="1000,1003", retmode="xml") as handle:
        theirs = Entrez.read(handle)
    assert [str(a["MedlineCitation"]["PMID"]) for a in theirs["PubmedArticle"]] == list(live.source._page(["1000", "1003"]).ids)


def test_the_real_answers_of_the_service(shared: Callable[[str], Any]) -> None:
    from review.sources import eutils
    from review.sources.http import Answer, Failure

    folder = shared("imports/other")

    def answer(name: str) -> Answer:
        return Answer(200, (folder / f"biopython__{name}.xml").read_bytes())

    found = eutils.read_search(answer("esearch2"))
    assert (found.counted.hits, len(found.ids), found.start) == (42_249, 100, 0)
    assert found.counted.translations[0][0] == "cancer"
    assert found.counted.translation.endswith("AND 2025/09/27:2025/11/26[Date - Entry]")
    none = eutils.read_search(answer("esearch8")).counted
    assert (none.hits, none.messages) == (0, ("not found: abcXYZ", "No items found."))
    assert eutils.read_version(answer("einfo2")) == "Build-2025.11.27.06.33; 2025/11/27 06:33"
    for name in ("epost2", "epost3", "esummary8", "einfo4", "epost1"):
        with pytest.raises(Failure):
            eutils.read_search(answer(name))
    for path in sorted(shared("imports/pubmed-xml").rglob("*.xml")):
        body = path.read_bytes()
        if b"<PubmedArticleSet" in body[:4096] and b"<!DOCTYPE" in body[:4096]:
            assert all(i.isdigit() for i in eutils.read_page(Answer(200, body))), path


def test_slow_drips_end_at_the_deadline(serve: Callable[..., Any], settings: Callable[..., Settings]) -> None:
    import time

    service = serve(Eutils(3))
    service.always = "drip"
    source = pubmed.PubMed(settings(service, clock=time.time, policy=Policy(tries=1, whole=0.3)))
    with pytest.raises(SourceError, match="not complete after"):
        source.count("towns")
    assert service.left > 1  # it was not waited for
