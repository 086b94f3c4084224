"""What `describe` says of a file in memory."""

from __future__ import annotations

import io

from review.formats.base import Format
from review.formats.describe import Description, describe


def describe_bytes(data: bytes, form: Format) -> Description:
    return describe(io.BytesIO(data), form, {})
