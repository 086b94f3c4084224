"""review serve: a library as an E-utilities endpoint on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from review.cli.common import out, say
from review.cli.library import AllFields, Mesh


def command(
    path: Annotated[Path, typer.Argument(metavar="LIBRARY", help="A library that was built.")],
    port: Annotated[int, typer.Option("--port", help="The port on 127.0.0.1; 0 takes a free one.", min=0, max=65535)] = 8766,
    mesh: Mesh = None,
    all_fields: AllFields = False,
) -> None:
    """Answer esearch, efetch, esummary, epost and einfo from a library, on this machine only, until Ctrl-C."""
    from review.library.leaves import Options
    from review.library.mesh_file import headings
    from review.serve.server import address, make
    from review.serve.service import Service
    from review.store.library import Library

    with Library.open(path) as library:
        count = library.count()
    with make(Service(path, headings(mesh), Options(all_fields=all_fields)), port) as server:
        out(address(server))
        say(f"{count:,} records of {path}; Ctrl-C ends it.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("ended")
