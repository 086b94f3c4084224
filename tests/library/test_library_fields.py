"""Fields one by one, on records where right and wrong lie close together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from library.made import Rec, xml

from review.library.build import build
from review.library.evaluate import Found, search
from review.library.nbib_xml import article
from review.library.words import words
from review.query import parse
from review.store.library import Library

RICH = """<PubmedArticleSet><PubmedArticle><MedlineCitation Status="PubMed-not-MEDLINE" Owner="NLM"><PMID Version="1">77</PMID>
<DateCompleted><Year>2019</Year><Month>03</Month><Day>04</Day></DateCompleted><DateRevised><Year>2020</Year><Month>12</Month><Day>18</Day></DateRevised>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">1474-547X</ISSN><JournalIssue CitedMedium="Internet"><Volume>42</Volume><Issue>3</Issue>
<PubDate><Year>2018</Year><Season>Summer</Season></PubDate></JournalIssue><Title>Lancet (London, England)</Title><ISOAbbreviation>Lancet</ISOAbbreviation></Journal>
<ArticleTitle>H<sub>2</sub>O in <i>Körper</i>: a test.</ArticleTitle><Pagination><MedlinePgn>123-30</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.1016/S0140-6736(05)60001-3</ELocationID><ELocationID EIdType="doi" ValidYN="N">10.9/wrong</ELocationID>
<Abstract><AbstractText Label="AIM">To see.</AbstractText><AbstractText Label="RESULT">Seen.</AbstractText></Abstract>
<AuthorList><Author ValidYN="Y"><LastName>van der Berg</LastName><ForeName>Anna Maria</ForeName><Initials>AM</Initials><Suffix>Jr</Suffix>
<Identifier Source="ORCID">http://orcid.org/0000-0001-2345-6789</Identifier><AffiliationInfo><Affiliation>Dept of Care, Leiden.</Affiliation></AffiliationInfo>
<AffiliationInfo><Affiliation>Town Hall.</Affiliation></AffiliationInfo></Author><Author ValidYN="N"><LastName>Wrong</LastName><Initials>X</Initials></Author>
<Author ValidYN="Y"><CollectiveName>The Town Group</CollectiveName></Author></AuthorList><Language>dut</Language>
<GrantList><Grant><GrantID>R01 HL123</GrantID><Agency>NHLBI NIH HHS</Agency></Grant><Grant><GrantID>MC-2</GrantID></Grant></GrantList>
<PublicationTypeList><PublicationType>Random Trial</PublicationType></PublicationTypeList><VernacularTitle>Een proef.</VernacularTitle>
<ArticleDate DateType="Electronic"><Year>2017</Year><Month>11</Month><Day>30</Day></ArticleDate></Article>
<MedlineJournalInfo><Country>England</Country><MedlineTA>Lancet</MedlineTA><NlmUniqueID>2985213R</NlmUniqueID><ISSNLinking>0140-6736</ISSNLinking></MedlineJournalInfo>
<ChemicalList><Chemical><RegistryNumber>EC 2.7.1.1</RegistryNumber><NameOfSubstance>Hexokinase</NameOfSubstance></Chemical></ChemicalList>
<MeshHeadingList><MeshHeading><DescriptorName MajorTopicYN="N">Water</DescriptorName><QualifierName MajorTopicYN="Y">prevention &amp; control</QualifierName></MeshHeading></MeshHeadingList>
<OtherAbstract Type="Publisher"><AbstractText>Un essai.</AbstractText></OtherAbstract>
<KeywordList Owner="NOTNLM"><Keyword>first key</Keyword><Keyword>second word</Keyword></KeywordList><KeywordList Owner="NASA"><Keyword>third</Keyword></KeywordList>
<CoiStatement>None to declare.</CoiStatement></MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="pubmed"><Year>2017</Year><Month>12</Month><Day>2</Day></PubMedPubDate>
<PubMedPubDate PubStatus="entrez"><Year>2017</Year><Month>12</Month><Day>1</Day></PubMedPubDate></History><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">77</ArticleId><ArticleId IdType="pmc">PMC555</ArticleId></ArticleIdList>
<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1/other</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle></PubmedArticleSet>"""
YES = (
    "h2o[ti]", "korper[ti]", "aim[tiab]", "essai[tiab]", '"first key"[ot]', "third[ot]", '"seen"[tiab]', "2018[dp]", "2018/07[dp]", "2017/11/30[dp]", "2017[epdt]",
    "2018[ppdt]", "2017/11[p1dat]", "2017/12/01[crdt]", "2017/12/02[edat]", "2019/03/04[dcom]", "2020/12[lr]", "2017/11:2017/12[dp]", "2018:3000[dp]",
    "van der berg[au]", "van der berg a[au]", '"van der berg am jr"[au]', "van der berg am[lastau]", "van der berg am[1au]", "van der b*[au]", "berg[ad] OR leiden[ad]",
    "van der berg anna maria[fau]", "anna maria van der berg[fau]", "van der berg anna[fau]", "the town group[cn]", "lancet[ta]", "0140-6736[ta]", "1474-547x[is]",
    '"Lancet (London, England)"[ta]', "2985213r[jid]", "dutch[la]", "dut[la]", "42[vi]", "3[ip]", "123[pg]", "123-30[pg]", '"10.1016/S0140-6736(05)60001-3"[doi]',
    "10.1016/S0140*[aid]", "pmc555[aid]", "R01 HL123[gr]", "r01 h*[gr]", "nhlbi nih hhs[gr]", "hexokinase[nm]", "2.7.1.1[rn]", "ec 2.7.1.1[rn]", "england[pl]",
    "0000-0001-2345-6789[auid]", "een proef[tt]", '"none to declare"[cois]', "hasabstract", "hasabstract[text]", "pubmednotmedline[sb]", '"water/prevention & control"[mh]',
    "water/pc[majr]", "prevention & control[sh]", "pc[sh]", "water[majr]", "hexokinase[tw]", "prevention[tw]", "trial[pt]", "77[uid]", "70:80[pmid]",
    '"care leiden"[ad:~0]', '"hall town"[ad:~0]', "leiden[all]", '"dept of"[all]', "berg[all]",
)  # fmt: skip
NO = (
    "10.9/wrong[aid]", "10.1/other[aid]", "wrong[au]", "2019[dp]", "2017/10[dp]", "2017/12/02[crdt]", "2018[epdt]", "key second[ot]", "key second[tiab]",
    '"key second"[tiab:~3]', '"test aim"[tiab]', "english[la]", "medline[sb]", '"van der berg a"[au]', "berg[au]", "the town[cn]", "trial[pt:noexp]",
    "water/economics[mh]", "lancet oncology[ta]", '"leiden town"[ad:~5]', "hexokinase[tiab]", "essai[ti]", "30[pg]", "proef[tiab]", "78:3000[pmid]",
)  # fmt: skip


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rich")
    (folder / "rich.xml").write_text(RICH, encoding="utf-8")
    build([folder / "rich.xml"], folder / "rich.lib")
    return folder / "rich.lib"


@pytest.mark.parametrize("text", YES)
def test_found(text: str, rich: Path, find: Callable[..., Found]) -> None:
    assert find(rich, text).pmids == (77,)


@pytest.mark.parametrize("text", NO)
def test_not_found(text: str, rich: Path, find: Callable[..., Found]) -> None:
    assert find(rich, text).pmids == ()


def test_lines_are_counted_and_read_from_left_to_right(made: Callable[..., Path], find: Callable[..., Found]) -> None:
    lib = made([Rec(1, title="a b"), Rec(2, title="b c"), Rec(3, title="c")])
    found = find(lib, "#1 a[ti]\n#2 b[ti]\n#3 c[ti]\n#4 #1 OR #2 AND #3\n#5 or/1-3\n#6 #5 NOT #1")
    assert [(line.label, line.hits) for line in found.lines] == [("1", 1), ("2", 2), ("3", 2), ("4", 1), ("5", 3), ("6", 2)]
    assert found.pmids == (3, 2)


def test_a_subheading_explodes_to_its_family(made: Callable[..., Path], find: Callable[..., Found]) -> None:
    lib = made(
        [Rec(1, headings=(("Water", False, (("toxicity", False),)),)), Rec(2, headings=(("Water", False, (("therapeutic use", False),)),))]
    )
    assert set(find(lib, "therapeutic use[sh]").pmids) == {1, 2}
    assert find(lib, "therapeutic use[sh:noexp]").pmids == (2,)


def test_a_wide_window_does_not_reach_over_two_values(made: Callable[..., Path], find: Callable[..., Found]) -> None:
    lib = made([Rec(1, keywords=("alpha one", "beta two")), Rec(2, keywords=("alpha one two three beta",))])
    assert find(lib, '"alpha beta"[tiab:~500]').pmids == (2,)
    assert find(lib, '"alpha beta"[tiab:~2]').pmids == ()


def test_one_word_does_not_stand_for_two(made: Callable[..., Path], find: Callable[..., Found]) -> None:
    lib = made([Rec(1, title="caring alone"), Rec(2, title="caring for caring")])
    assert find(lib, '"cari* caring"[ti:~5]').pmids == (2,)
    assert find(lib, '"caring caring"[ti:~0]').pmids == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Co-production's", ["co", "production", "s"]),
        ("Ångström ﬁne ½", ["angstrom", "fine", "1", "2"]),
        ("β-blocker_x", ["β", "blocker", "x"]),
    ],
)
def test_words(text: str, parts: list[str]) -> None:
    assert words(text) == parts


def test_nbib_gives_what_the_xml_gives(tmp_path: Path, find: Callable[..., Found]) -> None:
    (tmp_path / "a.nbib").write_text(
        "\nPMID- 5\nOWN - NLM\nSTAT- MEDLINE\nDCOM- 20190304\nLR  - 20201218\nIS  - 1474-547X (Electronic)\nIS  - 0140-6736 (Linking)\nVI  - 42\nIP  - 3\nDP  - 2018 Jul 1\n"
        "TI  - Healthy towns: a\n      trial.\nPG  - 123-30\nLID - 10.1/x [doi]\nAB  - About care.\nFAU - Berg, Anna\nAU  - Berg A\nAD  - Leiden.\nFAU - Oak, Bo\nAU  - Oak B\n"
        "CN  - Town Group\nLA  - eng\nPT  - Random Trial\nDEP - 20171130\nPL  - England\nTA  - Lancet\nJT  - Lancet (London, England)\nJID - 2985213R\nRN  - 059QF0KO0R (Water)\n"
        "MH  - *Mental Health\nMH  - Water/*economics/therapy\nOT  - *a key\nEDAT- 2017/12/02 06:00\nMHDA- 2018/01/01 06:00\nCRDT- 2017/12/01 06:00\n"
        "PHST- 2017/12/02 06:00 [pubmed]\nAID - 10.1/x [doi]\nPST - ppublish\n\nPMID- 6\nTI  - Second.\n"
    )
    done = build([tmp_path / "a.nbib"], tmp_path / "x.lib")
    assert done.taken[0][1].added == 2
    queries = (
        '"towns a trial"[ti]', "care[tiab]", "berg a[1au]", "oak[au]", "anna berg[fau]", "leiden[ad]", "town group[cn]", "trial[pt]", "2018/07[dp]", "2017/11/30[epdt]",
        "2017/12/01[crdt]", "2017/12/02[edat]", "health[majr]", "water/economics[majr]", "water/therapy[mh]", '"a key"[ot]', "10.1/x[doi]", "2985213R[jid]", "lancet[ta]", "medline[sb]",
        "1474-547X[ta]", "water[nm]", "england[pl]", "123[pg]", "2019[dcom]",
    )  # fmt: skip
    for text in queries:
        assert find(tmp_path / "x.lib", text).pmids == (5,), text
    assert b"<PMID" in article([("PMID", "5"), ("TI", "A < B & \x01C")])


@pytest.mark.slow
def test_real_records_are_found_by_what_they_hold(shared: Callable[[str], Path], tmp_path: Path) -> None:
    """Every real record, by its PMID, the words of its title, its headings, types, authors and journal, as a second reader sees them."""
    from defusedxml.ElementTree import parse as read

    folder = shared("imports/pubmed-xml")
    lib = tmp_path / "x.lib"
    done = build([folder, shared("imports/nbib")], lib)
    assert not done.failed
    assert not any(t.rejects for _, t in done.taken)
    seen = 0
    with Library.open(lib) as library:
        for path in sorted(folder.rglob("*.xml")):
            for entry in read(path).getroot().iter("PubmedArticle"):
                pmid = entry.findtext("MedlineCitation/PMID")
                if f">{pmid}</PMID>" not in library.entry(library.numbered([int(pmid)])[int(pmid)]).decode():
                    continue

                def text(element: Any) -> str:
                    return "".join(element.itertext()).replace('"', " ")

                asked = [f"{pmid}[pmid]"]
                asked += [f'"{" ".join(words(text(t))[:6])}"[ti]' for t in entry.iter("ArticleTitle") if words(text(t))]
                asked += [f'"{text(d)}"[mh:noexp]' for d in entry.iter("DescriptorName")]
                asked += [f'"{text(d)}"[pt:noexp]' for d in entry.iter("PublicationType")]
                asked += [f'"{text(d)}"[ta]' for d in entry.iter("MedlineTA")]
                asked += [
                    f'"{a.findtext("LastName")} {a.findtext("Initials")}"[au]'
                    for a in entry.iterfind("MedlineCitation/Article/AuthorList/Author")
                    if a.findtext("Initials") and not a.findtext("Suffix")
                ]
                asked += [f'"{text(w)}"[tiab]' for w in entry.iter("Keyword") if words(text(w))]
                found = search(library, parse(" AND ".join(asked), "pubmed"))
                assert found.pmids == (int(pmid),), (path.name, asked)
                seen += 1
    assert seen > 400


def test_made_up_xml_is_kept_as_it_came(made: Callable[..., Path]) -> None:
    rec = Rec(9, title="Kept & whole", abstract="x" * 5000)
    with Library.open(made([rec])) as library:
        assert library.entry(library.numbered([9])[9]).decode() == xml(rec).strip()
