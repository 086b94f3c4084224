"""Reports with all that their records say: what has no field of ours is not in the index, and is read from the archive again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from review.model.record import Record, Report, record_key
from review.search.admit import plain
from review.search.stage import format_of
from review.workspace import Workspace


def whole(workspace: Workspace, reports: Sequence[Report], tell: Callable[[str, int, int], None]) -> list[Report]:
    """The reports, each record with what its entry in the archive holds beside the fields. Raises IntegrityError where a file is no more as it
    was archived."""
    wanted = {(r.source, r.searched, r.file) for report in reports for r in report.records}
    files = [(s, f) for s in workspace.searches() for f in s.files if (s.source, s.date, f.sha256) in wanted]
    beside: dict[tuple[str, str, str, int, str], tuple[tuple[str, str], ...]] = {}
    for n, (search, file) in enumerate(files):
        tell("reading", n, len(files))
        for entry in format_of(file.format).read(workspace.archived(search, file), dict(file.columns)):
            if isinstance(entry, Record) and entry.extra:
                beside.setdefault((search.source, search.date, file.sha256, entry.line, record_key(search.source, entry)), entry.extra)

    def of(record: Record) -> Record:
        extra = beside.get((record.source, record.searched, record.file, record.line, plain(record.key)), ())
        return replace(record, extra=(*record.extra, *extra)) if extra else record

    return [replace(report, records=tuple(map(of, report.records))) for report in reports]
