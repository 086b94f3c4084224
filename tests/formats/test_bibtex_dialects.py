"""BibTeX and BibLaTeX of theses, publication lists and services: what people leave out, and what programs put in."""

from __future__ import annotations

import pytest

from review.formats.bibtex.bibtex import FORMAT, read
from review.formats.bibtex.bibtex_names import names, written
from review.formats.characters.latex import from_latex, to_latex
from review.formats.registry import detect
from review.formats.tagged import wos
from review.model.record import Record, Reject


def records(text: str) -> list[Record]:
    found = list(read(text.encode(), {}))
    assert all(isinstance(r, Record) for r in found), found
    return [r for r in found if isinstance(r, Record)]


def only(text: str) -> Record:
    (found,) = records(text)
    return found


@pytest.mark.parametrize(
    ("value", "people"),
    [
        (r"Jos\'e Mu\~noz and \'Angel Ib\'a\~nez", ["Muñoz, José", "Ibáñez, Ángel"]),
        (r"A.\,B. Weir and J.\ P. Lock", ["Weir, A. B.", "Lock, J. P."]),
        ("Weir, John and ", ["Weir, John"]),
        (r"Jos\'e Garc\'\i a and Mart\'\i n, Ana", ["García, José", "Martín, Ana"]),
        (r"Fran\c cois Weir and Ji\v r\'{\i} Mill and Karel \v {C}apek", ["Weir, François", "Mill, Jiří", "Čapek, Karel"]),
        (r"{\AA}se \O stby and \L ukasz Weir and Ren\' e Mill", ["Østby, Åse", "Weir, Łukasz", "Mill, René"]),
        ("Weir, John et al.", ["Weir, John", "others"]),
        ("Weir et. al.", ["Weir", "others"]),
        ("Weir, John, et al.", ["Weir, John", "others"]),
        ("Weir, John and others.", ["Weir, John", "others"]),
        ("de Mill", ["de Mill"]),
        ("Weir,, Jane and Lock,, John", ["Weir, Jane", "Lock, John"]),
        (r"Jane Weir \& John Lock", ["Weir, Jane", "Lock, John"]),
        ("Weir, J. & Lock, J. and Roe, R.", ["Weir, J.", "Lock, J.", "Roe, R."]),
        ("Weir & Lock", ["Weir & Lock"]),
        ("Jane Weir, John Lock, Kim Mill, and Ann Roe", ["Weir, Jane", "Lock, John", "Mill, Kim", "Roe, Ann"]),
        ("Weir J, Lock RA, Roe R", ["Weir J", "Lock RA", "Roe R"]),
        ("Weir M.F., Lock T.", ["Weir M.F.", "Lock T."]),
        ("Mill Weir, Jane Ann", ["Mill Weir, Jane Ann"]),
        ("van der Weir, Jr., Jane Ann", ["van der Weir, Jane Ann, Jr."]),
        ("Ponds and Rivers Organization", ["Ponds and Rivers Organization"]),
        ("Department of Ponds and Rivers", ["Department of Ponds and Rivers"]),
        ("Department of Ponds and PONDS", ["Department of Ponds", "PONDS"]),
        ("Ponds Council and Rivers Council", ["Ponds Council", "Rivers Council"]),
        ("PONDS and World Rivers Organization", ["PONDS", "World Rivers Organization"]),
        ("Ministry of Ponds, Rivers and Lakes", ["Ministry of Ponds, Rivers and Lakes"]),
        (
            "Weir, Jane and Institute for\n  Ponds and River Care and Lock, John and PONDS",
            ["Weir, Jane", "Institute for Ponds and River Care", "Lock, John", "PONDS"],
        ),
        (r"{\DJ}{\d{\u a}}ng, Tr{\uhorn}{\ohorn}ng and L\'{\ohorn} H{\h{a}}i, D\uhorn ng", ["Đặng, Trương", "Lớ Hải, Dưng"]),
        ("Weir, John$^{1,*}$ and Lock, Jane\\textsuperscript{b}", ["Weir, John", "Lock, Jane"]),
        (r"{\relax Ch}arlotte Weir", ["Weir, Charlotte"]),
        ("{Weir, J and Lock, R}", ["Weir, J", "Lock, R"]),
        ("{Weir J. and Lock R.} and Mill, Ann", ["Weir J.", "Lock R.", "Mill, Ann"]),
        ("{Department of Ponds and Rivers}", ["Department of Ponds and Rivers"]),
        ("{Ministry of Ponds, Rivers and Council of Lakes, Mills}", ["Ministry of Ponds, Rivers and Council of Lakes, Mills"]),
        ("Weir, Jane and WEIR Trial Grp", ["Weir, Jane", "WEIR Trial Grp"]),
    ],
)
def test_names_as_people_write_them(value: str, people: list[str]) -> None:
    assert names(value) == people
    assert names(" and ".join(map(written, people))) == people


def test_a_name_of_three_parts_gives_bibtex_no_suffix_that_is_none() -> None:
    assert written("van Dijk, Joris, D.") == "van Dijk, {Joris, D.}"
    assert written("Doe, Jane, Jr.") == "Doe, Jr., Jane"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"10$^6$, 5$\times$10$^{-3}$, $10^{6}$, 10\textsuperscript{12}, 10 m$^{-2}$, R$^2$", "10⁶, 5×10⁻³, 10⁶, 10¹², 10 m⁻², R2"),
        (r"CO$_2$, H$_{2}$O, $^{13}$C, $H_2O$ and Ca$^{2+}$", "CO2, H2O, 13C, H2O and Ca2+"),
        (r"at $-5^\circ$C or 30$^{\circ}$C", "at -5°C or 30°C"),
        (r"$\beta_1$ in $\mathcal{O}(n \log n)$ with $\mathrm{CO}_2$", "β1 in O(n log n) with CO2"),
        (r"$\frac{a}{b_{1}}$ and $\sum_{i=1}^{n} x_i$ stay", r"$\frac{a}{b_{1}}$ and $\sum_{i=1}^{n} x_i$ stay"),
        (r"for $5 or $6_7", "for $5 or $6_7"),
        (r"see \cite{weir} and \citep[p.~3]{lock}", r"see \cite{weir} and \citep[p.~3]{lock}"),
        (r"\underline{Low} {\small water} {\noopsort{b}}{\relax X} \LaTeX{} A\@. x", "Low water X LaTeX A. x"),
        (r"\url{http://x.org/~a\_b\%20c} ~ \nolinkurl{a~b}", "http://x.org/~a_b%20c a~b"),
        (r"one \\ two \newline three", "one two three"),
        (r"~5 km, (~10~m) or ~ 20 %, see Fig.~2", "~5 km, (~10 m) or ~ 20 %, see Fig. 2"),
        (r"\~{} and \^{} and \dag{}", "~ and ^ and †"),
        (r"Garc\'\i a in Med\'\i, \'\i{} x", "García in Medí, í x"),
        (r"\og a\fg{} \glqq b\grqq{}", "«a» „b“"),
        (r"Eyes/{$\ast$}surgery, {\textasteriskcentered} and $p$ {$\lt$} 0.05", "Eyes/*surgery, * and p < 0.05"),
        (r"10 M$_{\ensuremath{\odot}}$, \ensuremath{_2} and \ensuremath{\geq}5", "10 M⊙, 2 and ≥5"),
        (r"\textcommabelow{s}i \textcommabelow{t}a{\textogonekcentered{e}}", "și țaę"),
        (r"\u\i{} {\v\i} \k{\i}", "ĭ ǐ į"),
        (r"Boats {\&} R$\mathplus$D, $\less$i$\greater$in situ$\less$/i$\greater$$\mathsemicolon$", "Boats & R+D, <i>in situ</i>;"),
        (r"Gel{\cprime}fand, {\Dbar}a\polhk{e}\soft{l}", "Gelʹfand, Đaęľ"),
        (r"1\bibrangedash 5, meta$-$analysis", "1–5, meta-analysis"),
        (r"{\fontencoding{T1}\selectfont\dj}ak a\linebreak b \(\alpha\)-x", "đak a b α-x"),
        (r"$\upbeta$ and \upmu{}m", "β and μm"),
    ],
)
def test_latex_as_text(latex: str, text: str) -> None:
    found = " ".join(from_latex(latex, ligatures=True).split())
    assert found == text
    assert from_latex(to_latex(found), ligatures=True) == found


@pytest.mark.parametrize(
    ("fields", "field", "value"),
    [
        ("url = {https://x.org/a https://x.org/b}", "url", "https://x.org/a"),
        ("url = {https://x.org/a\n   https://x.org/b}", "extra", ("url", "https://x.org/b")),
        ("url = {https://doi.org/10.1000/x https://x.org/b}", "doi", "10.1000/x"),
        ("address = {New York}, location = {Oban, Scotland}", "extra", ("event-place", "Oban, Scotland")),
        ("location = {Oban}", "extra", ("place", "Oban")),
        ("journal = {\\apjl}", "journal", "Astrophysical Journal Letters"),
        ("journal = {\\nobodys}", "journal", "\\nobodys"),
        ("abstract = {BACKGROUND: We did.\nMETHODS: It is\nlong.}", "abstract", "BACKGROUND: We did.\nMETHODS: It is long."),
        ("abstract = {We did.\n   It is wrapped.}", "abstract", "We did. It is wrapped."),
        ("type = {Conference paper}", "type", "Conference paper"),
        ("note = {doi:10.1000/x}", "doi", "10.1000/x"),
        ("note = {In print. DOI: 10.1000/x.}", "doi", "10.1000/x"),
        ("note = {A reply to Roe, doi: 10.1000/x}", "doi", ""),
        ("eprint = {10.1000/X}, eprinttype = {doi}", "doi", "10.1000/x"),
    ],
)
def test_a_field_as_programs_fill_it(fields: str, field: str, value: object) -> None:
    """EndNote's and Mendeley's addresses, ACM's places, ADS's journals, EndNote's lines, Scopus's @CONFERENCE."""
    found = getattr(only(f"@CONFERENCE{{k, title = {{A}}, {fields}}}\n"), field)
    assert value in found if field == "extra" else found == value


QUOTES = r"""@article{a,
  title = "The "Old" Mill, and "others"",
  abstract = "He said "yes", and went.",
  author = "M\"uller, J. and Roe, R.",
  year = "2003"
}
@article{b, title = "One", odd, note = "two", year = 2004}
"""


def test_quotation_marks_in_quotation_marks() -> None:
    a, b = records(QUOTES)
    assert (a.title, a.abstract, a.year) == ('The "Old" Mill, and "others"', 'He said "yes", and went.', 2003)
    assert a.authors == ("Müller, J.", "Roe, R.")
    assert (b.title, b.year) == ("One", 2004)
    assert ("note", "two") in b.extra


LEFT_OUT = """@article{mill2001
  title = {No comma behind the key},
  author = {Mill, A.},
  year = 2001
}
@article{k two author = {Mill, B.}, title = {Nor here}, year = 2002}
@article{k3, title = {No brace at the end}, year = {2003}

@article{k4,
  % title = {Old},
  title = {New}, year = {2004} % a remark
}
@article{k5, title = {Semicolons}; year = {2005}; month = 5 may, pages = 12 -- 15}
%@article{out, title = {Out}, year = 2006}
% @article{out2,
%   title = {Out},
% }
@article{k7, title = {Last}, year = 2007}
"""


def test_what_is_left_out_or_made_a_remark() -> None:
    found = records(LEFT_OUT)
    assert [(r.title, r.year, dict(r.extra).get("citation-key")) for r in found] == [
        ("No comma behind the key", 2001, "mill2001"),
        ("Nor here", 2002, "k two"),
        ("No brace at the end", 2003, "k3"),
        ("New", 2004, "k4"),
        ("Semicolons", 2005, "k5"),
        ("Last", 2007, "k7"),
    ]
    assert found[1].authors == ("Mill, B.",)
    assert ("month", "5 may") in found[4].extra
    assert found[4].pages == "12-15"
    kept = " ".join(text for name, text in found[-1].extra if not name)
    assert "%@article{out, title = {Out}, year = 2006}" in kept
    assert "%   title = {Out}," in kept


@pytest.mark.parametrize("mark", ["1. ", "[1] ", "- ", "> ", "\xa0", "\u200b", "\f"])
def test_entries_copied_with_what_stood_before_them(mark: str) -> None:
    text = f"{mark}@book{{a, title = {{One}}}}\n{mark}@book{{b, title = {{Two}}}}\n"
    assert detect(text.encode()) is FORMAT
    assert [r.title for r in records(text)] == ["One", "Two"]


def test_a_value_that_takes_other_fields_in_is_no_entry_without_its_last_brace() -> None:
    first, second = read(b"@article{a, title = {One { two}, author = {Doe}, year = {2001}}\n@article{b, title = {Two}}\n")
    assert isinstance(first, Reject)
    assert isinstance(second, Record)


INHERITED = """@xdata{press, publisher = {Mill Press}, location = {Oban}}
% between
@xdata{series, series = {Rivers}, xdata = {press, none}, year = 2004}
@book{mill, title = {Mills}, xdata = {series}, location = {Rome}}
@mvcollection{weirs, title = {Weirs}, editor = {Weir, Jo}, publisher = {Lock House}, date = {1999/2003}}
@collection{locks, crossref = {weirs}, title = {Locks}, volume = 2}
@incollection{paper, crossref = {locks}, title = {A lock}}
@xdata{self, xdata = {self}, title = {Nobody asks for it}}
"""


def test_what_containers_and_parents_of_parents_give() -> None:
    mill, weirs, locks, paper = records(INHERITED)[:4]
    assert (mill.title, mill.year) == ("Mills", 2004)
    assert {("publisher", "Mill Press"), ("place", "Rome"), ("series", "Rivers"), ("", "% between")} <= set(mill.extra)
    assert ("place", "Oban") not in mill.extra
    assert ("", "@xdata{press, publisher = {Mill Press}, location = {Oban}}") in mill.extra
    assert (weirs.year, locks.journal, paper.journal, paper.volume) == (1999, "Weirs", "Locks", "2")
    assert {("editor", "Weir, Jo"), ("publisher", "Lock House")} <= set(paper.extra)
    assert FORMAT.write
    again = records(b"".join(FORMAT.write([mill, paper])).decode())
    assert [r.extra for r in again] == [mill.extra, paper.extra]


def test_the_first_page_of_the_astrophysics_data_system() -> None:
    assert only("@article{a, title = {A}, pages = {131104-+}}").pages == "131104"
    assert only("@article{a, title = {A}, pages = {101+}}").pages == "101+"


def test_keywords_of_bibsonomy_are_words() -> None:
    r = only("@misc{a, title = {A}, interhash = {1}, keywords = {ponds rivers-and-lakes}}")
    assert r.keywords == ("ponds", "rivers-and-lakes")
    assert only("@misc{a, title = {A}, keywords = {ponds and lakes}}").keywords == ("ponds and lakes",)


def test_the_abstract_of_a_journals_own_page() -> None:
    text = "&lt;p&gt;We &lt;em&gt;looked&lt;/em&gt; &amp;amp; saw.&lt;/p&gt;\n&lt;p&gt;If p &amp;lt; 1.&lt;/p&gt;"
    assert only(f"@article{{Mill_2016, title={{A}}, abstractNote={{{text}}}}}").abstract == "We looked & saw.\nIf p < 1."


def test_an_isbn_that_says_more_is_no_issn() -> None:
    r = only("@book{a, title = {A}, isbn = {978-3-86680-192-9 (hbk.)}, issn = {1752-8062 (Electronic)}}")
    assert (r.isbn, r.issn) == ("978-3-86680-192-9", "1752-8062")
    assert ("isbn", "978-3-86680-192-9 (hbk.)") in r.extra
    assert ("issn", "1752-8062 (Electronic)") in r.extra


MENDELEY = r"""@article{Mill1998,
abstract = {A mill that can evolve$\backslash$nwheels.$\backslash$n$\backslash$nIt turns.},
file = {:C$\backslash$:/mills/notes.pdf:pdf},
isbn = {1539-3755 (Print)$\backslash$r1539-3756 (Linking)},
author = {M.J. Berger et.al.},
publisher={\" O'Mill Media, Inc.\"},
title = {{A mill}},
url = {\url{http://mill.example/~a_b}},
volume = {Volume 22, Issue 2}
}
"""


def test_what_mendeley_scholar_and_episciences_write() -> None:
    r = only(MENDELEY)
    assert (r.abstract, r.authors, r.url) == ("A mill that can evolve wheels.\nIt turns.", ("Berger, M.J.",), "http://mill.example/~a_b")
    assert (r.volume, r.issue, r.issn) == ("22", "2", "1539-3755; 1539-3756")
    assert {("publisher", "O'Mill Media, Inc."), ("author", "others"), ("file", r":C$\backslash$:/mills/notes.pdf:pdf")} <= set(r.extra)


def test_a_formula_that_never_ends_is_left_at_once() -> None:
    endless = "$" + r"\alpha " * 60 + "\N{SECTION SIGN}"
    assert from_latex(endless, ligatures=True) == "$" + "\N{GREEK SMALL LETTER ALPHA}" * 60 + "\N{SECTION SIGN}"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Mills,Databases; Genetic,Humans,Models; Wheels", ("Mills", "Databases, Genetic", "Humans", "Models, Wheels")),
        ("Mills;  Long view, short view;  Water", ("Mills", "Long view, short view", "Water")),
        ("Mills,Water", ("Mills", "Water")),
        ("a,b; c", ("a,b", "c")),
    ],
)
def test_keywords_by_the_sign_between_them(value: str, words: tuple[str, ...]) -> None:
    assert only(f"@misc{{a, title = {{A}}, keywords = {{{value}}}}}").keywords == words


def test_two_years_are_kept() -> None:
    found = only("@article{k, title={On kerbs}, year={2021}, year={2022}, date={2020}}")
    assert (found.year, found.extra) == (2021, (("citation-key", "k"), ("date", "2022"), ("date", "2020")))


def test_a_name_of_several_words() -> None:
    found = only("@article{k,\nTitle = {{On kerbs}},\nEarly Access Date = {{APR 2021}},\nDOI = {{10.1000/a}},\n}")
    assert (found.year, found.doi, found.extra) == (2021, "10.1000/a", (("citation-key", "k"), ("date", "APR 2021")))


@pytest.mark.parametrize(
    ("told", "text", "issue"),
    [
        ("1, SI", "IS 1\nSI SI", "1"),
        ("4, S", "IS 4\nSU S", "4 Suppl"),
        ("4, S2, SI", "IS 4\nSU S2\nSI SI", "4 Suppl 2"),
        ("3, 2", "IS 3\nPN 2", "3"),
        ("S", "SU S", "Suppl"),
        ("SI", "SI SI", ""),
        ("7-8", "IS 7-8", "7-8"),
        ("S1", "IS S1", "S1"),
    ],
)
def test_the_issue_of_web_of_science_is_that_of_its_text(told: str, text: str, issue: str) -> None:
    (plain,) = (r for r in wos.read(f"FN Clarivate\nVR 1.0\nPT J\nTI On kerbs\nVL 4\n{text}\nER\n\nEF\n".encode()) if isinstance(r, Record))
    found = only(
        f"@article{{ WOS:1,\nTitle = {{{{On kerbs}}}},\nVolume = {{{{4}}}},\nNumber = {{{{{told}}}}},\nUnique-ID = {{{{WOS:1}}}},\n}}"
    )
    assert found.issue == plain.issue == issue
    assert {pair for pair in found.extra if pair[0] in ("SI", "PN")} == {pair for pair in plain.extra if pair[0]}


def test_a_doi_whose_signs_a_program_wrote_as_formulas_and_the_year_of_scholarly() -> None:
    found = only(r"@article{a, title={Walks}, doi={10.1002/1097(1998)17:15\ensuremath{<}16::AID\ensuremath{>}3.0}, pub_year={2020}}")
    assert (found.doi, found.year, found.extra) == ("10.1002/1097(1998)17:15<16::aid>3.0", 2020, (("citation-key", "a"),))
