"""review dedup: find duplicates in any files, or say what is the same report in a review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from review.cli import dedup_words as words
from review.cli.common import AsJson, Plain, Review, member, next_step, say, workspace
from review.cli.dedup_files import deduplicate
from review.cli.dedup_lists import Lists
from review.cli.files import Columns
from review.errors import UsageError
from review.model.related import RELATIONS

FILES, BOTH, REVIEW = "Of files", "Of files, or of a review", "Of a review"  # headings of the help


class Command(TyperCommand):
    """`--review` with a name chooses a review, as it does for every command; bare, or before a file, it is the screen."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        bare = [
            n
            for n, word in enumerate(args)
            if word == "--review" and (not (rest := args[n + 1 :]) or rest[0][:1] == "-" or Path(rest[0]).is_file())
        ]
        return super().parse_args(ctx, ["--side-by-side" if n in bare else word for n, word in enumerate(args)])


def command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files to deduplicate outside a review, in any format that 'review import' reads, .gz and .zip too, - for standard input; or: explain A B [FILES], why two records are, or are not, the same report; with -o, by what was said beside that output. A, B: keys, DOIs, PMIDs or words of a title.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="A .ris, .nbib, .bib, .xml (EndNote), .json (CSL), .tsv or .xlsx: the references, each report once, as --keep; for other programs, so without notes for what the format has no place for, which is named. A .csv: record_id,report_id for every record.",
            rich_help_panel=FILES,
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep",
            metavar="FILE",
            help="Write the references here, each report once, with the best of each field: .ris, .nbib, .bib, .csv …",
            rich_help_panel=FILES,
        ),
    ] = None,
    removed: Annotated[
        Path | None,
        typer.Option(
            "--removed",
            metavar="FILE",
            help="Write the removed records here: .csv or .xlsx, each beside the one that stays, and why; or whole, as references: .ris, .nbib, .bib …",
            rich_help_panel=FILES,
        ),
    ] = None,
    related: Annotated[
        Path | None,
        typer.Option(
            "--related",
            metavar="FILE",
            help="Write the pairs of reports here that belong together without being one (an erratum, a preprint, a meeting's abstract, a reply …): .csv or .xlsx.",
            rich_help_panel=FILES,
        ),
    ] = None,
    collisions: Annotated[
        Path | None,
        typer.Option(
            "--doi-collisions",
            metavar="FILE",
            help="Write the reports here that share a DOI without being one: .csv or .xlsx.",
            rich_help_panel=FILES,
        ),
    ] = None,
    unsure: Annotated[
        Path | None,
        typer.Option(
            "--unsure",
            help="Write the ids of the pairs that a person should decide here: record_id_a,record_id_b,probability. To decide them: --review, or --sheet.",
            rich_help_panel=FILES,
        ),
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--sheet",
            metavar="FILE",
            help="Write the unsure pairs as a sheet to fill in: .xlsx (with drop-downs) or .csv.",
            rich_help_panel=BOTH,
        ),
    ] = None,
    take: Annotated[
        Path | None,
        typer.Option(
            "--take",
            metavar="FILE",
            readable=False,
            help="Follow a filled-in sheet: in a review its words are kept as yours; of FILES, give the same files with it.",
            rich_help_panel=BOTH,
        ),
    ] = None,
    look: Annotated[
        bool,
        typer.Option(
            "--side-by-side",
            help="Decide the unsure pairs side by side; also take merged ones apart. Of FILES: what you say is kept beside -o, and followed by every later run. Or: --review, bare.",
            rich_help_panel=BOTH,
        ),
    ] = False,
    same: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--same",
            metavar="A B",
            help="Say that two records are the same report. A, B: keys, DOIs, PMIDs or words of a title.",
            rich_help_panel=REVIEW,
        ),
    ] = None,
    different: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--different", metavar="A B", help="Say that two records are not: merged ones are taken apart.", rich_help_panel=REVIEW
        ),
    ] = None,
    relation: Annotated[
        str,
        typer.Option(
            "--relation",
            metavar="NAME",
            help=f"With --different, what A is to B: {', '.join(RELATIONS)}.",
            rich_help_panel=REVIEW,
        ),
    ] = "",
    columns: Columns = None,
    why: Annotated[str, typer.Option("--why", help="Why, for --same and --different.", rich_help_panel=REVIEW)] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take back your last word.", rich_help_panel=REVIEW)] = False,
    said: Annotated[
        bool, typer.Option("--said", help="List what people said, who and when, also what was taken back.", rich_help_panel=REVIEW)
    ] = False,
    who: Annotated[
        str,
        typer.Option(
            "--as",
            help="Your id, for --review, --same, --different, --sheet, --take and --undo. Of FILES: your login name, where you give none.",
            rich_help_panel=BOTH,
        ),
    ] = "",
    plain: Plain = False,
    as_json: AsJson = False,
    review: Review = "",
) -> None:
    """Group records that are the same report.

    With FILES: anywhere, without a review. Without: lists the review's unsure pairs, or records your word on them.

    Of files: review dedup a.ris b.nbib -o clean.ris --removed gone.csv --review

    Of a review: review dedup --review --as AB
    """
    for name, pair in (("--same", same), ("--different", different)):
        if pair and any(record.startswith("-") for record in pair):
            raise UsageError(f"{name} takes two records.", f"{name} A B: keys, DOIs, PMIDs or words of a title.")
    files = files or []
    explains = files[:1] == [Path("explain")]
    lists = Lists(removed, related, collisions)
    beside = {"--removed": removed, "--related": related, "--doi-collisions": collisions}
    written = {"-o": output, "--keep": keep, **beside, "--unsure": unsure}
    sheets = {"--sheet": sheet, "--take": take}
    spoken = {"--same": same, "--different": different, "--undo": undo, "--said": said}
    from review.cli.import_ import pairs

    mapping = pairs(columns or [])
    if look and as_json:
        raise UsageError("--review is for a person, --json for a script.", "Decide first; then run it again with --json.")
    if files and not explains:
        _check_files(files, [name for name, value in spoken.items() if value], why=why, relation=relation)
        beyond = None
        if keep or any(lists.written) or sheet or take or look:
            from review.cli.dedup_outside import Beyond

            beyond = Beyond(files, keep, lists, sheet, take, look=look, who=who, plain=plain)
        deduplicate(files, output, unsure, beyond, columns=mapping, as_json=as_json)
        return
    given = [name for name, value in ({"--review": look} | spoken | sheets).items() if value]
    if files[3:]:
        del written["-o"], written["--keep"]  # here they name the words to be followed
    if mapping and not files[3:]:
        raise UsageError("--map is of tables that are read.", "Name them; in a review, give it with import.")
    _check(given, explains=explains, why=why, relation=relation, written=[name for name, value in written.items() if value])
    if explains:
        from review.cli.dedup_explain import explain_pair

        explain_pair([str(f) for f in files[1:3]], files[3:], output or keep, as_json, review, mapping)
    elif look:
        _look(who, plain, review)
    elif same or different:
        words.say_pair(same or different or ("", ""), same is not None, relation, why, who, review, as_json=as_json)
    elif sheet:
        from review.cli.dedup_sheet import write_sheet

        write_sheet(sheet, who, review, as_json=as_json)
    elif take:
        from review.cli.dedup_sheet import take_sheet

        take_sheet(take, who, review, as_json=as_json)
    elif undo:
        words.undo(who, review, as_json=as_json)
    elif said:
        words.list_said(as_json, review)
    else:
        from review.cli.dedup_list import list_pairs

        list_pairs(as_json, review, who)


def _check(given: list[str], *, explains: bool, why: str, relation: str, written: list[str]) -> None:
    """Raises UsageError where the options don't go together. given: those that say what is to be done; written: those that name files that
    are written outside a review."""
    if explains and given:
        raise UsageError(f"explain and {given[0]} are two things to do.", "Do one, then the other.")
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} are two things to do.", "Do one, then the other.")
    if relation and given != ["--different"]:
        raise UsageError("--relation says what two different records are to each other.", "Give --different A B with it.")
    if why and given not in (["--same"], ["--different"]):
        raise UsageError("--why is the reason of --same or --different.", "Give one of them with it.")
    if written:
        raise UsageError(
            f"{written[0]} goes with files that are deduplicated outside a review.",
            "In a review: --sheet FILE.xlsx writes the unsure pairs, 'review table reports -o FILE.ris' the references; what was merged stands in reports/NAME/excluded_duplicates.csv, what is linked in related_reports.csv, shared DOIs in doi_collisions.csv.",
        )


def _check_files(files: list[Path], given: list[str], *, why: str, relation: str) -> None:
    """Raises UsageError where a word of the review stands beside files. given: those."""
    if relation and not given:
        raise UsageError("--relation says what two different records are to each other.", "Give --different A B with it.")
    if given := [*given, *(["--why"] if why else ()), *(["--relation"] if relation else ())]:
        raise UsageError(
            f"{given[0]} speaks of a review, not of files.",
            "Leave the files out; or decide their unsure pairs: --review, or in a sheet, --sheet PAIRS.xlsx, then --take PAIRS.xlsx.",
        )
    options = (
        "--review",
        "--same",
        "--different",
        "--sheet",
        "--take",
        "--undo",
        "--said",
        "--keep",
        "--removed",
        "--related",
        "--doi-collisions",
        "--unsure",
    )
    if not files[0].exists() and f"--{files[0]}" in options:
        raise UsageError(f"{files[0]}: there is no such file.", f"Did you mean --{files[0]}?")


def _look(who: str, plain: bool, review: str) -> None:
    """The screen over the unsure pairs, or the same line by line."""
    from review.cli.dedup_pairs import asked, side_by_side, wished
    from review.dedup.sitting import Pairs

    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    own = wished(plain=plain, hint="One pair: --same A B, or --different A B.")
    links, records, crowd, told = asked(space)
    with space.dedup_ledger().session(who) as ledger:
        events = [line.event for line in ledger.read().lines]
        session = Pairs(links, records, ledger, who, events, space.digest, crowd, told)
        side_by_side(session, own, space.protocol.review.notice, space.shown(ledger.path) if ledger.torn else "")
    say(f"Next: {next_step(space, 'review run')}")
