"""A strategy in Ovid's syntax is translated for PubMed, and the record of the search keeps what became broader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sources.services import Eutils
from support import Small

from review.search.live import LiveSearch
from review.workspace import MANIFEST, read_manifest

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

OVID = "1. exp Asthma/\n2. (child$ adj3 wheez*).tw.\n3. or/1-2\n"


def test_what_became_broader_is_in_the_record_of_the_search(serve: Callable[..., Any], search: Callable[..., LiveSearch]) -> None:
    live = search(serve(Eutils(7)), OVID)
    assert live.query == '("Asthma"[mh]) OR (child*[tiab] AND wheez*[tiab])'
    done = live.run(live.preview())
    run = read_manifest(done.folder / MANIFEST).run
    assert run is not None
    assert run.strategy == OVID
    assert run.translated.splitlines()[0] == '#1 "Asthma"[mh]'
    assert {change[:2] for change in run.changes} == {("2", "broader")}
    assert run == done.search.run
    assert [line.text for line in run.lines] == ['"Asthma"[mh]', "child*[tiab] AND wheez*[tiab]", "#1 OR #2"]


def test_it_is_not_sent_to_a_source_with_a_language_of_its_own(small: Small) -> None:
    (small.root / "queries").mkdir()
    (small.root / "queries" / "a.txt").write_text(OVID)
    small.protocol.write_text(
        small.protocol.read_text().replace(
            "name: Alpha, kind: database", "name: Europe PMC, platform: Europe PMC, kind: database, strategy: queries/a.txt"
        )
    )
    told = small("search", "--source", "alpha", "--base-url", "http://127.0.0.1:9/", code=1).stderr
    assert "queries/a.txt is written for Ovid" in told
