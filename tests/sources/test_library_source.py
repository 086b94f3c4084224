"""A strategy on a library on disk, by the same command and into the same archive."""

from __future__ import annotations

import json

import pytest
from sources.services import article
from support import Small

from review.workspace import MANIFEST, read_manifest


@pytest.fixture
def review(small: Small) -> Small:
    small.root.joinpath("xml").mkdir()
    page = "".join(article(str(n)) for n in range(1, 601)).replace("&eacute;", "é")
    small.root.joinpath("xml", "a.xml").write_text(f"<PubmedArticleSet>{page}</PubmedArticleSet>")
    small("library", "build", "xml", "--into", "pubs.library")
    small.root.joinpath("queries").mkdir()
    small.root.joinpath("queries", "a.txt").write_text("#1 town*[ti]\n#2 1:550[uid]\n#3 #1 AND #2\n")
    small.protocol.write_text(
        small.protocol.read_text().replace(
            "name: Alpha, kind: database", "name: Alpha, kind: database, strategy: queries/a.txt, library: pubs.library"
        )
    )
    return small


@pytest.mark.slow
def test_the_whole_way(review: Small) -> None:
    done = review("search")
    assert "#1           600  town*[ti]" in done.stderr
    assert "alpha: 550 announced = 550 fetched" in done.stdout
    (folder,) = review.root.glob("queries/*/alpha/*")
    run = read_manifest(folder / MANIFEST).run
    assert run is not None
    assert (run.endpoint, run.retrieved, [line.hits for line in run.lines]) == ("pubs.library", 550, [600, 550, 550])
    assert run.source_version.startswith("600 records from 1 files, sha256 ")
    assert str(review.root) not in (folder / MANIFEST).read_text()
    assert "550 records from 1 source" in review("run").stdout
    assert "searched today with this very strategy" in review("search").stdout
    assert json.loads(review("search", "--dry-run", "--json").stdout)[0]["hits"] == 550


def test_what_the_library_refuses_is_named(review: Small) -> None:
    review.root.joinpath("queries", "a.txt").write_text("towns and villages")
    told = review("search", code=1).stderr
    assert "has no field" in told
    assert not list(review.root.glob("queries/*/alpha"))


def test_no_library_there(review: Small) -> None:
    review.root.joinpath("pubs.library").unlink()
    assert "review library build FOLDER --into" in review("search", code=2).stderr


def test_a_field_that_came_later_changes_no_digest_unless_it_is_used(small: Small) -> None:
    before = json.loads(small("protocol", "check", "--json").stdout)["sha256"]
    text = small.protocol.read_text()
    small.protocol.write_text(text.replace("name: Alpha, kind: database", "name: Alpha, kind: database, library: ''"))
    assert json.loads(small("protocol", "check", "--json").stdout)["sha256"] == before
    small.protocol.write_text(text.replace("name: Alpha, kind: database", "name: Alpha, kind: database, library: x.library"))
    assert json.loads(small("protocol", "check", "--json").stdout)["sha256"] != before
