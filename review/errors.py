"""The one tree of errors: each says what is wrong, how to mend it, and with which exit code the program ends.

Exit codes: 0 done, 1 failed, 2 usage, 3 work remains for a person, 4 integrity failure.
"""

from __future__ import annotations

DONE = 0
FAILED = 1
USAGE = 2
WORK_REMAINS = 3
INTEGRITY = 4


class ReviewError(Exception):
    """Something that the user must know of. `hint` says what to do about it."""

    exit_code = FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ReviewError):
    """The command was called with words that do not fit."""

    exit_code = USAGE


class ProtocolError(ReviewError):
    """The protocol file can't be used; the message names file, line and column."""


class FormatError(ReviewError):
    """A file as a whole can't be read as bibliographic records."""


class RowsRefusedError(ReviewError):
    """What was asked is done, but for rows or entries that a person must look at."""

    exit_code = WORK_REMAINS


class SourceError(ReviewError):
    """A source could not be asked, or did not answer as it should; `kind` tells the failures apart (review.sources.http)."""

    def __init__(self, message: str, hint: str = "", kind: str = "") -> None:
        super().__init__(message, hint)
        self.kind = kind


class Incomplete(SourceError):
    """A source gave fewer records than it announced. What it did give is kept, and the same command goes on."""

    exit_code = INTEGRITY


class IntegrityError(ReviewError):
    """What is on disk contradicts what was recorded: an edited ledger, a changed protocol, a broken count."""

    exit_code = INTEGRITY


class FlowError(IntegrityError):
    """The counts of a flow do not add up; nothing is drawn from them."""


def unreadable(path: object, error: OSError) -> ReviewError:
    """What a person is told of a file that can't be opened or read: one wording for all commands."""
    if isinstance(error, IsADirectoryError):
        return UsageError(f"{path} is a folder.", "Name its files.")
    if isinstance(error, FileNotFoundError):
        pattern = any(sign in str(path) for sign in "*?[")
        return UsageError(f"{path}: there is no such file.", "No name here fits that pattern." if pattern else "Check the name.")
    return ReviewError(f"{path}: can't be read: {error.strerror or error}", "Check its permissions.")
