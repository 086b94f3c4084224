"""Files into a library: once each, whole or not at all, the newest of each PMID, nothing lost without a word."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from library.made import Rec, article_set, replace, write, xml

from review.errors import ReviewError, UsageError
from review.library import cut
from review.library.build import build, rank_of
from review.library.crew import Crew
from review.library.evaluate import Found
from review.library.reading import worked
from review.store.library import Library

A, B, C = Rec(1, title="Alpha"), Rec(2, title="Beta"), Rec(3, title="Gamma")
Find = Callable[..., Found]


def pmids(path: Path, find: Find, text: str = "all[sb]") -> list[int]:
    return sorted(find(path, text).pmids)


def test_a_file_comes_in_once(tmp_path: Path, find: Find) -> None:
    lib = tmp_path / "x.lib"
    one = write(tmp_path / "a.xml", [A, B])
    assert build([one], lib).taken[0][1].added == 2
    again = write(tmp_path / "renamed.xml", [A, B])
    done = build([one, again, write(tmp_path / "b.xml.gz", [C])], lib)
    assert done.skipped == [one, again]
    assert pmids(lib, find) == [1, 2, 3]
    with Library.open(lib) as library:
        assert [f.name for f in library.files()] == ["a.xml", "b.xml.gz"]


def test_update_files_are_followed_in_the_order_of_their_numbers(tmp_path: Path, find: Find) -> None:
    """Baseline after update, in another run: the update stays."""
    lib = tmp_path / "x.lib"
    update = write(tmp_path / "pubmed25n1201.xml.gz", [replace(B, title="Beta mended")], deleted=[1])
    base = write(tmp_path / "pubmed25n0001.xml.gz", [A, B, C])
    for order in ([base, update], [update, base]):
        lib.unlink(missing_ok=True)
        for path in order:
            build([path], lib)
        assert pmids(lib, find) == [2, 3], order
        assert pmids(lib, find, "mended[ti]") == [2], order
    lib.unlink()
    done = build([tmp_path], lib)
    assert [p.name for p, _ in done.taken] == [base.name, update.name]
    assert (done.taken[1][1].replaced, done.taken[1][1].deleted) == (1, 1)
    assert pmids(lib, find, "alpha[ti] OR mended[ti]") == [2]


def test_a_withdrawn_record_may_come_back(tmp_path: Path, find: Find) -> None:
    lib = tmp_path / "x.lib"
    files = [
        write(tmp_path / "pubmed25n0001.xml", [A]),
        write(tmp_path / "pubmed25n0002.xml", [], deleted=[1, 99]),
        write(tmp_path / "pubmed25n0003.xml", [replace(A, title="Again")]),
    ]
    for n, there in ((1, [1]), (2, []), (3, [1])):
        build(files[:n], lib)
        assert pmids(lib, find) == there


def test_the_highest_version_stays(tmp_path: Path, find: Find) -> None:
    two, one = replace(A, title="Second", version=2), replace(A, title="First", version=1)
    for n, order in enumerate(([one, two], [two, one])):
        lib = tmp_path / f"{n}.lib"
        taken = build([write(tmp_path / f"{n}.xml", order)], lib).taken[0][1]
        assert taken.added + taken.replaced + taken.older == 2
        assert pmids(lib, find, "second[ti]") == [1]
        assert pmids(lib, find, "first[ti]") == []


def test_an_older_revision_does_not_replace_a_newer_one(tmp_path: Path, find: Find) -> None:
    lib = tmp_path / "x.lib"
    build([write(tmp_path / "new.xml", [replace(A, title="New", revised=20240101)])], lib)
    assert build([write(tmp_path / "old.xml", [replace(A, title="Old", revised=20200101)])], lib).taken[0][1].older == 1
    assert pmids(lib, find, "new[ti]") == [1]


@pytest.mark.parametrize("name", ["cut.xml.gz", "cut.xml", "between.xml", "text.xml", "html.xml", "other.xml", "bomb.xml", "external.xml"])
def test_a_bad_file_is_named_and_loses_nothing_else(tmp_path: Path, find: Find, name: str) -> None:
    whole = article_set([A, B])
    entity = whole.replace("<PubmedArticleSet>", '<!DOCTYPE x [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>\n<PubmedArticleSet>', 1)
    data, says = {
        "cut.xml.gz": (gzip.compress(whole.encode() * 50)[:-40], "cut off"),
        "cut.xml": (whole.encode()[: len(whole) // 2], "cut off"),
        "between.xml": (whole.encode().removesuffix(b"</PubmedArticleSet>\n"), "cut off"),
        "text.xml": (b"no XML at all\n", "neither PubMed XML nor NBIB"),
        "html.xml": (b"<!doctype html><html><body>Error 500</body></html>", "neither PubMed XML nor NBIB"),
        "other.xml": (b"<?xml version='1.0'?><records/>", "neither PubMed XML nor NBIB"),
        "bomb.xml": (entity.encode(), "entities of its own"),
        "external.xml": (whole.replace("<PubmedArticleSet>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><PubmedArticleSet>', 1).encode(), "entities of its own"),
    }[name]  # fmt: skip
    (tmp_path / name).write_bytes(data)
    good = write(tmp_path / "good.xml", [C])
    lib = tmp_path / "x.lib"
    done = build([tmp_path / name, good], lib)
    ((path, error),) = done.failed
    assert path.name == name
    assert says in error.message
    assert name in error.message
    assert error.hint
    assert pmids(lib, find) == [3]
    write(tmp_path / name, [A])  # mended: it comes in
    assert not build([tmp_path / name], lib).failed
    assert pmids(lib, find) == [1, 3]


def test_bad_entries_are_counted_with_their_line_and_the_rest_comes_in(tmp_path: Path, find: Find) -> None:
    text = article_set([A]).replace("</PubmedArticleSet>", "")
    text += "<PubmedArticle><MedlineCitation><Article><ArticleTitle>None</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n"
    text += "<PubmedArticle><MedlineCitation><PMID>8</PMID><a></b></MedlineCitation></PubmedArticle>\n"
    text += (
        "<PubmedArticle><MedlineCitation><PMID>9</PMID>\n"
        + xml(B)
        + "<!-- <PubmedArticle> in a comment -->\n"
        + xml(C)
        + "</PubmedArticleSet>"
    )
    (tmp_path / "a.xml").write_text(text)
    taken = build([tmp_path / "a.xml"], tmp_path / "x.lib").taken[0][1]
    assert [(line, why.split(":")[0]) for line, why, _ in taken.rejects] == [
        (5, "the entry has no PMID"),
        (6, "not well-formed XML"),
        (7, "the entry is broken"),
    ]
    assert taken.added == 3
    assert pmids(tmp_path / "x.lib", find) == [1, 2, 3]
    with Library.open(tmp_path / "x.lib") as library:
        assert [line for _, line, _ in library.rejects()] == [5, 6, 7]


def test_an_empty_set_is_no_error(tmp_path: Path, find: Find) -> None:
    for name, text in (("a.xml", "<PubmedArticleSet></PubmedArticleSet>"), ("b.xml", "<?xml version='1.0'?><PubmedArticleSet/>")):
        (tmp_path / name).write_text(text)
    done = build([tmp_path / "a.xml", tmp_path / "b.xml"], tmp_path / "x.lib")
    assert not done.failed
    assert find(tmp_path / "x.lib", "all[sb]").of == 0


def test_latin_1_utf_16_and_names_of_characters(tmp_path: Path, find: Find) -> None:
    lib = tmp_path / "x.lib"
    text = article_set([replace(A, title="Café in Århus")])
    (tmp_path / "latin.xml").write_bytes(text.replace("utf-8", "iso-8859-1").encode("latin-1"))
    (tmp_path / "wide.xml").write_bytes(
        text.replace("utf-8", "utf-16").replace('<PMID Version="1">1<', '<PMID Version="1">2<').encode("utf-16")
    )
    (tmp_path / "named.xml").write_text(article_set([replace(C, title="XX")]).replace("XX", "Caf&eacute; &amp; more"))
    assert not build([tmp_path], lib).failed
    assert pmids(lib, find, "cafe[ti]") == [1, 2, 3]
    with Library.open(lib) as library:
        assert "Café &amp; more" in library.entry(library.numbered([3])[3]).decode()


@pytest.mark.parametrize("chunk", [7, 64, 4096])
def test_entries_are_cut_the_same_whatever_the_chunk(tmp_path: Path, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    recs = [Rec(n, title=f"T {n}") for n in range(1, 40)]
    path = write(tmp_path / "a.xml", recs, deleted=[7])
    with cut.opened(path) as stream:
        whole = [(p.kind, p.raw, p.line) for p in cut.articles(stream, "a.xml")]
    monkeypatch.setattr(cut, "CHUNK", chunk)
    with cut.opened(path) as stream:
        assert [(p.kind, p.raw, p.line) for p in cut.articles(stream, "a.xml")] == whole
    assert len(whole) == 40
    assert [line for _, _, line in whole[:3]] == [3, 4, 5]


@pytest.mark.slow
def test_a_killed_build_has_each_file_whole_or_not_at_all(tmp_path: Path, find: Find) -> None:
    for n in range(4):
        write(tmp_path / f"f{n}.xml", [Rec(n * 1000 + i + 1, title=f"W{n}") for i in range(900)])
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom review.library.build import build\nfrom review.store.library_write import FileWriter\n"
        "add, seen = FileWriter.add, []\n"
        "def counted(self, row):\n    seen.append(1)\n    if len(seen) == 2500: os.kill(os.getpid(), signal.SIGKILL)\n    add(self, row)\n"
        "FileWriter.add = counted\nbuild([Path(sys.argv[1])], Path(sys.argv[2]))\n"
    )
    lib = tmp_path / "x.lib"
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path), str(lib)], check=False).returncode == -9
    assert find(lib, "all[sb]").of == 1800
    assert [line.hits for line in find(lib, "1. w0[ti]\n2. w1[ti]\n3. w2[ti]\n4. #1 OR #2 OR #3").lines] == [900, 900, 0, 1800]
    done = build([tmp_path], lib)
    assert len(done.skipped) == 2
    assert find(lib, "all[sb]").of == 3600


def test_what_is_no_library_is_not_touched(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    source = write(tmp_path / "a.xml", [A])
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE x(y)")
        db.commit()
    (tmp_path / "text.lib").write_text("not a database, and long enough to be looked at " * 4)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    for name in ("other.db", "text.lib"):
        with pytest.raises(ReviewError, match="not a library"):
            build([source], tmp_path / name)
        with pytest.raises(ReviewError, match="not a library"):
            Library.open(tmp_path / name)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before
    with pytest.raises(UsageError, match="There is no library"):
        Library.open(tmp_path / "none.lib")
    with pytest.raises(UsageError, match="is not there"):
        build([tmp_path / "none.xml"], tmp_path / "new.lib")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no file to take in"):
        build([tmp_path / "empty"], tmp_path / "new.lib")
    assert not (tmp_path / "new.lib").exists()


def test_nlm_names_are_ranked() -> None:
    assert rank_of("pubmed25n0002.xml.gz") > rank_of("pubmed25n0001.xml.gz") > rank_of("pubmed24n1500.xml.gz") > rank_of("mine.xml") == 0


def test_the_prologue_of_a_gzip_may_name_a_file(tmp_path: Path, find: Find) -> None:
    with gzip.open(tmp_path / "a.gz", "wb") as file:  # a name that a folder would not take
        file.write(article_set([A]).encode())
    build([tmp_path / "a.gz"], tmp_path / "x.lib")
    assert pmids(tmp_path / "x.lib", find) == [1]


def batches(count: int) -> list[list[tuple[int, bytes]]]:
    return [[(n * 10 + i, xml(Rec(n * 10 + i + 1, title=f"T {i}")).encode()) for i in range(10)] for n in range(count)] + [
        [(0, b"<broken")]
    ]


def test_other_processes_give_the_same_in_the_same_order() -> None:
    here = [worked(b) for b in batches(20)]
    with Crew(worked, size=2) as crew:
        assert list(crew.map(batches(20), many=True)) == here
        assert list(crew.map(batches(3), many=True)) == here[:3] + here[-1:]  # the same processes again
        processes = [hand._process for hand in crew._hands]
    assert [p.poll() for p in processes] == [0, 0]


def test_what_a_dead_process_had_is_done_here() -> None:
    with Crew(worked, size=2) as crew:
        found = []
        for n, result in enumerate(crew.map(batches(30), many=True)):
            found.append(result)
            if n == 5:
                crew._hands[0]._process.kill()
    assert found == [worked(b) for b in batches(30)]


def test_readers_go_on_while_a_file_comes_in(tmp_path: Path, find: Find) -> None:
    from contextlib import closing

    from review.store.library_write import Row, Writer

    lib = tmp_path / "x.lib"
    build([write(tmp_path / "a.xml", [A])], lib)

    def fail() -> None:
        with writer.file("f" * 64, "b.xml", 1, "xml", 0) as file:
            for line in worked([(1, xml(Rec(n, title="W " * 300)).encode()) for n in range(2, 4000)]):
                file.add(Row(*line))
            file.flush()
            assert pmids(lib, find) == [1]
            raise ZeroDivisionError

    with closing(Writer(lib)) as writer, pytest.raises(ZeroDivisionError):
        fail()
    assert pmids(lib, find) == [1]


def test_two_builds_at_once_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3
    from contextlib import closing

    lib = tmp_path / "x.lib"
    build([write(tmp_path / "a.xml", [A])], lib)
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **(k | {"timeout": 0.05})))
    with closing(real(lib, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ReviewError, match="another build"):
            build([write(tmp_path / "b.xml", [B])], lib)
