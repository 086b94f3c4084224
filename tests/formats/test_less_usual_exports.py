"""What exporters write that most files do not have: a small export in their shape, with what a careful librarian would have of it."""

from __future__ import annotations

from one_file import only

EUROPEPMC = """<?xml version="1.0"?><responseWrapper><resultList><result><id>1234567</id><source>MED</source><title>Walks</title>
<journalInfo><journal><title>Journal of Walks</title><ISSN>0277-9536</ISSN><ESSN>1873-5347</ESSN></journal></journalInfo></result></resultList>
</responseWrapper>"""


def test_europe_pmc_writes_its_issns_in_capitals() -> None:
    assert only(EUROPEPMC).issn == "0277-9536; 1873-5347"
