"""Hand a file or a link to the program that the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def open_outside(target: str) -> bool:
    """Open a path or link beside the terminal. False where there is no program to do it, as over ssh."""
    if sys.platform == "win32":
        os.startfile(target)  # noqa: S606  # what a double click does
        return True
    name = "open" if sys.platform == "darwin" else "xdg-open"
    program = os.environ.get("REVIEW_VIEWER") or (name if sys.platform == "darwin" or _display() else "")
    found = shutil.which(program) if program else None
    if not found:
        return False
    subprocess.Popen(  # noqa: S603  # a program of the system, with one argument and no shell
        [found, target], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    return True


def _display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
