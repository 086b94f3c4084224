"""review rank: the order of screening, inside a review and for a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import AsJson, Review, out, out_json, say
from review.cli.threads import one_thread
from review.errors import ReviewError, UsageError

if TYPE_CHECKING:
    from review.screening.ranking import Ranker
    from review.screening.simulation import Table

Questions = Annotated[
    Path | None,
    typer.Option(
        "--questions",
        help="A text file with the review’s questions and criteria; left out, DATA.questions.txt or questions.txt beside the data, where there is one.",
        show_default=False,
    ),
]
Seed = Annotated[int, typer.Option("--seed", help="Breaks ties. The same seed and decisions give the same order.")]


def command(
    data: Annotated[Path | None, typer.Argument(help="A CSV with record_id, title, abstract; without it: the review here.")] = None,
    who: Annotated[str, typer.Option("--as", help="Whose records, by whose decisions (in a review).", show_default=False)] = "",
    phase_name: Annotated[str, typer.Option("--phase", help="title-abstract or full-text (in a review).")] = "title-abstract",
    by: Annotated[str, typer.Option("--by", help="prioritised, random or date (in a review); what the protocol says where left out.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=0, help="Show so many records; 0: all.")] = 20,
    priors: Annotated[Path | None, typer.Option("--priors", help="A CSV with record_id and label: what is known beforehand.")] = None,
    questions: Questions = None,
    seed: Seed = 0,
    oracle: Annotated[
        bool,
        typer.Option("--oracle", help="Print one id, read back 'id<TAB>0|1', print the next, until the input ends or nothing is left."),
    ] = False,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Show which records come next. It changes the order and nothing else: no record is ever left out.

    In a review it learns from your own decisions only, and at the start from the protocol’s questions and criteria.
    """
    if data is None:
        if oracle or priors or questions:
            raise UsageError("--oracle, --priors and --questions belong to a table.", "Name the CSV, or leave them out.")
        from review.cli.rank_review import show

        show(who, phase_name, by, limit, review, as_json=as_json)
        return
    if who or by:
        raise UsageError("--as and --by belong to a review, not to a table.", "Leave out the file, or the option.")
    table, ranker, known = ready(data, priors, questions, seed)
    if oracle:
        _speak(table, ranker, known)
        return
    seen = {place for place, _ in known}
    unread = [n for n in range(len(table.ids)) if n not in seen]
    order: list[int] = ranker.order(known, unread).tolist() if unread else []
    wanted = order[: limit or None]
    if as_json:
        out_json([{"place": k, "record_id": table.ids[n], "title": table.texts[n].title} for k, n in enumerate(wanted, 1)])
        return
    for n in wanted:
        out(f"{table.ids[n]}\t{table.texts[n].title}")


def ready(data: Path, priors: Path | None, questions: Path | None, seed: int) -> tuple[Table, Ranker, list[tuple[int, bool]]]:
    """The table, its ranker, and what is known beforehand. Raises ReviewError where a file can't be read."""
    from review.formats.characters.text import decode
    from review.formats.tables.rows import read_rows
    from review.screening.features import embed
    from review.screening.ranking import Ranker
    from review.screening.simulation import priors_of, table_of

    one_thread()

    header, rows = read_rows(_bytes(data), str(data))
    table = table_of(header, rows, str(data))
    del rows
    known: list[tuple[int, bool]] = []
    if priors is not None:
        header, rows = read_rows(_bytes(priors), str(priors))
        known = priors_of(header, rows, table, str(priors))
    questions = questions or _beside(data)
    question = decode(_bytes(questions)).text if questions else ""
    return table, Ranker(embed(table.texts, question), seed), known


def _beside(data: Path) -> Path | None:
    """The questions that lie beside a table, told of where they are taken."""
    for name in (data.with_suffix(".questions.txt"), data.with_name("questions.txt")):
        if name.is_file() and name != data:
            say(f"The questions: {name}")
            return name
    return None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReviewError(f"{path}: {error.strerror or error}.", "Check the name of the file.") from None


def _speak(table: Table, ranker: Ranker, known: list[tuple[int, bool]]) -> None:
    """The line protocol. Raises ReviewError at a line that is no answer to what was asked."""
    import numpy as np

    seen = np.zeros(len(table.ids), dtype=bool)
    seen[[place for place, _ in known]] = True
    decided = list(known)
    while not seen.all():
        place = ranker.next(decided, np.flatnonzero(~seen))
        print(table.ids[place], flush=True)
        line = sys.stdin.readline()
        if not line.strip():
            return
        own, _, label = line.rstrip("\r\n").partition("\t")
        if own != table.ids[place] or label not in ("0", "1"):
            raise ReviewError(f"The answer was {line.strip()!r}.", f"Asked was {table.ids[place]}: answer with it, a tab, and 0 or 1.")
        seen[place] = True
        decided.append((place, label == "1"))
    say("Nothing is left to show.")
