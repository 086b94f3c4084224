"""What the index holds of reports and links, kept beside it: only what differs is asked of it, and written.

The index names the file by its digest, in the transaction that writes what the file tells: one that is torn, changed, of another run or of
another index is not the one that is named.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from review.atomic import write
from review.dedup.keeping import arrow
from review.errors import ReviewError
from review.workspace import sha256

if TYPE_CHECKING:
    from review.store.db import Store

_HASH = "hash"
_SEED = 2
Kept = dict[str, pl.DataFrame]  # table -> its primary key, and the hash of each row


def save_reports(store: Store, kept: Path, members: pl.DataFrame, links: pl.DataFrame) -> str:
    """Make these the reports and links of the index: see `Store.save_reports`. kept: the file. A digest of them."""
    now = {"member": _hashed(members, ["record"]), "link": _hashed(links, ["a", "b"])}
    before = _before(store, kept)
    if before is None:
        store.save_reports(members, links)
    else:
        gone = {name: table.filter(~table[_HASH].is_in(now[name][_HASH].implode())).drop(_HASH).rows() for name, table in before.items()}
        more = {
            name: rows.filter(~now[name][_HASH].is_in(before[name][_HASH].implode()))
            for name, rows in (("member", members), ("link", links))
        }
        store.change_reports(members, gone["member"], more["member"], gone["link"], more["link"])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, table in now.items():
            file.writestr(zipfile.ZipInfo(name), arrow(table))
    data = packed.getvalue()
    named = ""
    with suppress(ReviewError):  # only to be quicker next time
        write(kept, data)
        named = sha256(data)
    store.save_result("written", {"sha256": named})
    return sha256(b"".join(table[_HASH].to_numpy().tobytes() for table in now.values()))


def _hashed(rows: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    return rows.select(*key, rows.hash_rows(_SEED).alias(_HASH))


def _before(store: Store, kept: Path) -> Kept | None:
    """What the index holds; None where the file is not there, or not the one that the index names."""
    try:
        data = kept.read_bytes()
    except OSError:
        return None
    if sha256(data) != store.result("written").get("sha256"):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: pl.read_ipc(io.BytesIO(file.read(name))) for name in ("member", "link")}
