"""The protocol file: YAML 1.2 text to a Protocol, with a place for every error; and rewrites that keep comments."""

from __future__ import annotations

import io
import re
import types
import typing
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from review.errors import ProtocolError
from review.model.protocol import Protocol
from review.model.protocol_checks import doubtful, references, repeated, unfit
from review.model.words import nearest

MOST_SHOWN = 20
SPACING = "YAML: indent by spaces, and put text with ': ' or ' #' in quotes."
DATE = "write a date as 2026-01-31"

Path = tuple[str | int, ...]


def load(text: str, name: str) -> Protocol:
    """Read and check a protocol file.

    text: the file; name: how to call it in messages. Raises ProtocolError that lists every error as
    `name:line:column: where: found, allowed, nearest`.
    """
    tree = _tree(text, name)
    if not isinstance(tree, CommentedMap):
        raise ProtocolError(
            f"{name}:1:1: a protocol is a mapping of sections (review, team, questions …)", "Run 'review init NAME' for a commented one."
        )
    try:
        protocol = Protocol.model_validate(_plain(tree))
    except ValidationError as error:
        raise _error(name, [_describe(tree, name, e) for e in _own(error)]) from None
    found = [
        f"{_place(tree, name, path)}: {_dotted(path)}: found '{used}', which nothing is called; {_choose(used, allowed)}"
        for path, used, allowed in references(protocol)
        if used not in allowed
    ]
    found += [
        f"{_place(tree, name, path)}: {_dotted(path)}: '{used}' is used twice; each needs its own" for path, used in repeated(protocol)
    ]
    found += [f"{_place(tree, name, path)}: {_dotted(path)}: {words}" for path, words in unfit(protocol)]
    if found:
        raise _error(name, found)
    return protocol


def warnings(protocol: Protocol, text: str, name: str) -> list[str]:
    """What is likely a slip in a protocol that holds: `name:line:column: where: what, nearest`. text: of its file."""
    tree = _tree(text, name)
    return [f"{_place(tree, name, path)}: {_dotted(path)}: {words}" for path, words in doubtful(protocol)]


Model = TypeVar("Model", bound=BaseModel)


def load_as(text: str, name: str, model: type[Model]) -> Model:
    """Read another file of the review by its model, with the same errors: each with its line, what is allowed, the nearest."""
    tree = _tree(text, name)
    try:
        return model.model_validate(_plain(tree) if tree is not None else {})
    except ValidationError as error:
        found = [_describe(tree, name, e, model) for e in _own(error)]
        raise ProtocolError("\n".join(found[:MOST_SHOWN]), f"Mend {name}.") from None


def with_lock(text: str, name: str, lock: dict[str, Any]) -> str:
    """The text with its lock set; comments and order stay."""
    tree = _tree(text, name)
    tree["lock"] = lock
    return _dump(tree, text)


def with_amendment(text: str, name: str, amendment: dict[str, Any]) -> str:
    """The text with one more amendment; comments and order stay."""
    tree = _tree(text, name)
    if not tree.get("amendments"):
        tree["amendments"] = CommentedSeq()
    tree["amendments"].append(amendment)
    return _dump(tree, text)


class _Constructor(RoundTripConstructor):
    """Tells where a date stands that the calendar has not (2026-11-31), which the library's own error does not."""

    def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            raise ConstructorError(None, None, f"'{node.value}' is not a date of the calendar", node.start_mark) from None


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")  # YAML 1.2: `no` and `off` are words
    yaml.Constructor = _Constructor
    yaml.preserve_quotes = True
    yaml.width = 100_000  # never re-wrap what a person wrote
    return yaml


def _tree(text: str, name: str) -> Any:
    try:
        return _yaml().load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        problem = re.sub(r"\s+", " ", str(error.problem or error.context or "not YAML")).strip()
        mend = f"{DATE.capitalize()}." if isinstance(error, ConstructorError) and "date" in problem else SPACING
        raise ProtocolError(f"{place}: {problem}", mend) from None
    except YAMLError as error:
        raise ProtocolError(f"{name}: {error}") from None


def _dump(tree: Any, text: str) -> str:
    yaml = _yaml()
    # Keep the author's way of indenting lists.
    if re.search(r"^\w[^\n]*:\s*(#[^\n]*)?\n+(\s*#[^\n]*\n)*- ", text, re.MULTILINE):
        yaml.indent(mapping=2, sequence=2, offset=0)
    else:
        yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(k): _plain(v) for k, v in node.items()}
    if isinstance(node, list):
        return [_plain(v) for v in node]
    if isinstance(node, str):
        return str(node)
    return node


def _place(tree: Any, name: str, path: Path, key_itself: bool = False) -> str:
    """`name:line:column` of the deepest node of `path` that the file has."""
    line = column = 0
    node = tree
    for depth, step in enumerate(path):
        try:
            last = depth == len(path) - 1
            if isinstance(node, CommentedMap) and step in node:
                where = node.lc.key(step) if (key_itself and last) else node.lc.value(step)
            elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
                where = node.lc.item(step)
            else:
                break
        except (KeyError, AttributeError, TypeError):
            break
        line, column = where
        node = node[step]
    return f"{name}:{line + 1}:{column + 1}"


def _dotted(path: Sequence[str | int]) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".")


def _model_at(path: Path, root: type[BaseModel]) -> type[BaseModel] | None:
    """The model class whose keys stand at `path`, for listing them."""
    here: Any = root
    for step in path:
        if isinstance(step, int):
            continue
        if not (isinstance(here, type) and issubclass(here, BaseModel)):
            return None
        field = next((f for n, f in here.model_fields.items() if step in (n, f.alias)), None)
        if field is None:
            return None
        here = _inner(field.annotation)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _inner(annotation: Any) -> Any:
    """The model within tuple[X, ...] or X | None."""
    while typing.get_origin(annotation) in (tuple, list, typing.Union, types.UnionType):
        annotation = next((a for a in typing.get_args(annotation) if a not in (type(None), Ellipsis)), None)
    return annotation


def _choose(found: str, allowed: Sequence[str]) -> str:
    text = "allowed: " + ", ".join(allowed)
    near = nearest(found, allowed)
    return f"{text}; did you mean '{near}'?" if near else text


def _own(error: ValidationError) -> list[dict[str, Any]]:
    """The errors, without lists that are called empty only because each item has an error of its own."""
    found = error.errors()
    places = [e["loc"] for e in found]

    def within(place: Path) -> bool:
        return any(len(other) > len(place) and other[: len(place)] == place for other in places)

    return [dict(e) for e in found if e["type"] != "too_short" or not within(e["loc"])]


def _describe(tree: Any, name: str, error: dict[str, Any], root: type[BaseModel] = Protocol) -> str:
    path: Path = tuple(error["loc"])
    kind, found = error["type"], error.get("input")
    where = _dotted(path) or "the file"
    if kind == "extra_forbidden":
        model = _model_at(path[:-1], root)
        keys = [f.alias or n for n, f in model.model_fields.items()] if model else []
        return f"{_place(tree, name, path, key_itself=True)}: {where}: there is no key '{path[-1]}' here; {_choose(str(path[-1]), keys)}"
    if kind == "missing":
        return f"{_place(tree, name, path[:-1])}: {where}: is missing"
    place = _place(tree, name, path)
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        return f"{place}: {where}: found {found!r}; {_choose(str(found), allowed)}"
    if kind == "string_type":
        return f"{place}: {where}: found {found!r}, a {type(found).__name__}; text is wanted: put it in quotes"
    if kind == "too_short" and not found:
        return f"{place}: {where}: is empty; at least one is needed"
    if kind.startswith("date"):
        return f"{place}: {where}: found {found!r}; {DATE}"
    message = error["msg"].removeprefix("Value error, ")
    shown = "" if isinstance(found, dict | list) or found is None else f"found {found!r}; "
    return f"{place}: {where}: {shown}{message[0].lower() + message[1:]}"


def _error(name: str, found: list[str]) -> ProtocolError:
    more = f"\n… and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
    return ProtocolError("\n".join(found[:MOST_SHOWN]) + more, f"Mend {name} and run 'review protocol check'.")
