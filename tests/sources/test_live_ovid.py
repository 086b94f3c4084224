"""A strategy in another service's language is not sent."""

from __future__ import annotations

from support import Small


def test_an_ovid_strategy_is_not_sent_to_pubmed(small: Small) -> None:
    (small.root / "queries").mkdir()
    (small.root / "queries" / "a.txt").write_text("1. exp Asthma/\n2. (child$ adj3 wheez*).tw.\n3. or/1-2\n")
    small.protocol.write_text(
        small.protocol.read_text().replace(
            "name: Alpha, kind: database", "name: PubMed, platform: PubMed, kind: database, strategy: queries/a.txt"
        )
    )
    told = small("search", "--source", "alpha", "--email", "a@example.org", "--base-url", "http://127.0.0.1:9/", code=1).stderr
    assert "written for Ovid" in told
    assert "review query translate" in told
