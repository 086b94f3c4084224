"""A protocol that was read and holds, remembered beside the index: to read YAML takes longer than most commands do.

It can be deleted at any time. Nothing is believed that is of another text or of other code, or is not whole.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from review import model
from review.atomic import write
from review.digests import code_of
from review.errors import ReviewError
from review.model.protocol import Protocol


def protocol(text: str, name: str, kept: Path) -> Protocol:
    """The protocol in a text, as `protocol_yaml.load` gives it. name: how to call its file in messages; kept: the file to remember it in,
    need not exist. Raises ProtocolError that lists every error."""
    with suppress(OSError, ValueError):
        head, told = kept.read_bytes().split(b"\n", 1)
        if head == _head(text, told):
            return Protocol.model_validate_json(told)
    from review.model.protocol_yaml import load  # takes its time, as does what it needs

    found = load(text, name)
    # Only to be quicker next time: where it can't be kept, or would not come back as it is, nothing is lost.
    with suppress(ReviewError, ValueError):
        told = found.model_dump_json(by_alias=True, exclude_unset=True).encode()
        if kept.parent.is_dir() and Protocol.model_validate_json(told) == found:
            write(kept, _head(text, told) + b"\n" + told)
    return found


def _head(text: str, told: bytes) -> bytes:
    """What tells that `told` is whole, and of this text, read by this code."""
    return hashlib.sha256(b"\0".join((code_of(model).encode(), text.encode(), told))).hexdigest().encode()
