"""Patterns that are compiled when they are first used: a command needs few of the hundreds that its modules know, and compiling all of them
takes as long as reading thousands of records."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_OWN = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer", "pattern", "flags", "groups", "groupindex")


class _Lazy:
    """Asked for anything that a compiled pattern has, it has that too. From the first time on all of it is its own, so that looking it up
    costs no more than of a compiled one."""

    __slots__ = (*_OWN, "_given")

    def __init__(self, *given: Any) -> None:
        self._given = given

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._given)
        for own in _OWN:
            setattr(self, own, getattr(compiled, own))
        return getattr(compiled, name)


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, but at the first use, which raises re.error where the pattern is none."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))
