"""Entries of registers of trials as the Cochrane Library has them, and libraries that were filled from it: the register's page in the place of the
journal, the register's name in that of the authors."""

from __future__ import annotations

from dataclasses import replace

from review.formats.values.kinds import kind_of
from review.model.identifiers import REGISTERED, REGISTERS
from review.model.patterns import lazy
from review.model.record import Record

_PAGE = lazy(rf"(?i:{REGISTERS}|{REGISTERED})")
# As it stands there, a number behind it or not, and parted as a person's name would be: `Nct`, `Euctr, G. B.`, `Jprn, Umin`, `Chi, C. T. R.`
_NAME = lazy(
    r"(?i)(?:nct|isrctn|actrn|anzctr|eu-?ctr|eudract|jprn|umin|jrct|chi-?ctr|chi(?=, ?c)|ctri|irct|kct|tctr|pactr|drks|rbr|slctr|lbctr|rpcec|prospero|ictrp)"
    r"(?:-?\d\w{0,24})?(?:[-,/ ].{0,24})?|(?:ctis|ntr|nl|per)(?:-?\d[\w-]{0,24})?"  # which people may be called
)


def registered(record: Record, tag: str) -> Record:
    """The record with the register's page as its address, before any other, and without the author that is the register's name, which goes to `extra`
    under the tag; a record of anything else as it is."""
    if record.journal:
        if record.journal[:4] != "http" or " " in record.journal or not _PAGE.search(record.journal):
            return record
        others = (("url", record.url),) if record.url not in ("", record.journal) else ()
        record = replace(record, journal="", url=record.journal, extra=(*others, *record.extra))
    if len(record.authors) == 1 and _NAME.fullmatch(record.authors[0]) and _PAGE.search(record.url):
        record = replace(record, authors=(), extra=(*record.extra, (tag, record.authors[0])))
    elif record.type == "":  # as of most that stand in no journal
        return record
    # `Trial registry record`, beside a type for what stands in journals
    if kind_of(record.type).name == "journal" and (
        told := [pair for pair in record.extra if pair[0] == "genre" and kind_of(pair[1]).name == "registration"]
    ):
        return replace(record, type=told[0][1], extra=tuple([pair for pair in record.extra if pair not in told]))
    return record
