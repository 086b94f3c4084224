"""The commands, in the order of the work. Each is a module of its own, loaded when it is wanted: start-up is part of the interface."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

# Name -> its module here, and the function in it where that is not `command`. A module with an `app` is a group of commands.
COMMANDS = {
    "init": "init",
    "protocol": "protocol",
    "query": "query",
    "search": "search",
    "import": "import_",
    "run": "run",
    "status": "status",
    "dedup": "dedup",
    "pilot": "pilot",
    "screen": "screen",
    "rank": "rank",
    "stop": "stop",
    "simulate": "simulate",
    "decisions": "decisions",
    "agreement": "agreement",
    "adjudicate": "adjudicate",
    "team": "team",
    "fulltext": "fulltext",
    "link": "link",
    "extract": "extract",
    "appraise": "extract:appraise",
    "extraction": "extraction",
    "consensus": "consensus",
    "check": "check",
    "table": "table",
    "plot": "plot",
    "report": "report",
    "conduct": "conduct",
    "trace": "trace",
    "flow": "flow",
    "doctor": "doctor",
    "describe": "describe",
    "convert": "convert",
    "library": "library",
    "mesh": "mesh",
    "serve": "serve",
}
SETTINGS: Any = {"help_option_names": ["-h", "--help"]}


# What a value is called in the help; nothing, where there is none to give.
_CALLED = {
    "<str>": "TEXT",
    "<path>": "FILE",
    "<int>": "NUMBER",
    "<float>": "NUMBER",
    "<int range>": "NUMBER",
    "<float range>": "NUMBER",
    "<list[str]>": "TEXT",
    "<list[Path]>": "FILE",
    "<bool>": None,
}


class Loaded(MutableMapping[str, Any]):
    """The commands by name, each made when it is asked for. Any: their class is private to Typer."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _made(name, COMMANDS[name])
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _made(name: str, where: str) -> Any:
    file, _, function = where.partition(":")
    module = import_module(f"review.cli.{file}")
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, context_settings=SETTINGS)
    if not function and hasattr(module, "app"):
        alone.add_typer(module.app, name=name)
    else:
        alone.command(name, cls=getattr(module, "Command", None))(getattr(module, function or "command"))
    return _in_words(typer.main.get_group(alone).commands[name])


def _in_words(command: Any) -> Any:
    """The command, and those in it, with words for people where the help would name types of the language."""
    params = command.get_params
    command.get_params = lambda ctx: [_worded(param) for param in params(ctx)]
    for inner in getattr(command, "commands", {}).values():
        _in_words(inner)
    return command


def _worded(param: Any) -> Any:
    told = getattr(param, "display_type_rich", None)
    if told and getattr(told, "__name__", "") != "worded":

        def worded(ctx: Any) -> str | None:
            shown = told(ctx=ctx)
            return _CALLED.get(shown, shown)

        param.display_type_rich = worded
    return param


class InOrder(TyperGroup):
    """The group of all commands."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = Loaded()

    def get_params(self, ctx: Any) -> list[Any]:
        return [_worded(param) for param in super().get_params(ctx)]


app = typer.Typer(
    cls=InOrder,
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
    help="A systematic literature review from one protocol file: search, deduplication, dual blinded screening, evidence extraction, PRISMA 2020 report.",
    epilog="Exit codes: 0 done, 1 failed, 2 usage, 3 work remains for a person, 4 integrity failure.",
)


@app.callback()
def main(version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False) -> None:
    """The whole command line; prints the version where that is asked for."""
    if version:
        from importlib.metadata import version as of

        print(of("review"))
        raise typer.Exit
