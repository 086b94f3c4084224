"""Our own client of PubMed against the endpoint: what was announced is what is fetched, past the limit too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from library.made import Rec, write

from review.errors import SourceError
from review.formats.pubmed_xml import read
from review.library.build import build
from review.serve import service as service_module
from review.serve.server import running
from review.serve.service import Service
from review.sources import pubmed
from review.sources.base import Settings
from review.sources.registry import by_name

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


class Notes(dict[str, Any]):
    def put(self, key: str, value: Any) -> None:
        self[key] = value


def test_our_client_gets_every_record_across_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lib = tmp_path / "x.lib"
    build([write(tmp_path / "a.xml", [Rec(n * 7, title=f"Town {n}") for n in range(1, 701)])], lib)
    monkeypatch.setattr(service_module, "LIMIT", 99)
    monkeypatch.setattr(pubmed, "MOST", 99)
    with running(Service(lib)) as base:
        source = by_name("pubmed").make(
            Settings(email="a@example.org", base_url=base, rate=0.0, folder=tmp_path / "rate", sleep=lambda seconds: None)
        )
        counted = source.count("town[ti] NOT 7[uid]")
        assert counted.hits == 699
        listing = source.listing("town[ti] NOT 7[uid]", counted, Notes(), lambda done: None)
        assert listing.ids is not None
        assert len(set(listing.ids)) == 699
        assert sum(n for _, n in listing.parts) == 699
        pages = list(source.fetch("town[ti] NOT 7[uid]", listing, frozenset(), ""))
        assert {i for page in pages for i in page.ids} == set(listing.ids)
        assert sum(1 for page in pages for _ in read(page.data)) == 699
        with pytest.raises(SourceError, match="no field tag"):
            source.count("towns")
