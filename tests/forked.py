"""The command in a forked child, where its faults can be chosen: quick, since the libraries are loaded already."""

from __future__ import annotations

import functools
import importlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from support import Small

from review.__main__ import main

TOO_LONG = 60.0
HEAVY = """
    review.cli.app review.pipeline review.store.db numpy rapidfuzz review.search.archive review.formats.registry review.formats.rows
    review.screening.imports review.extraction.imports review.report.counts review.report.render review.report.view
    sqlalchemy.dialects.sqlite ruamel.yaml.mergevalue importlib.readers
"""
for name in HEAVY.split():
    importlib.import_module(name)
# Compiling the templates is most of a run; the children share what the first has compiled.
COMPILED = tempfile.TemporaryDirectory()
jinja2.Environment.__init__ = functools.partialmethod(
    jinja2.Environment.__init__, bytecode_cache=jinja2.FileSystemBytecodeCache(COMPILED.name)
)  # type: ignore[method-assign]


class Forked(Small):
    """Like Small. fault: called in the child before the command; kill_after: seconds until SIGKILL."""

    def __call__(  # type: ignore[override]  # the same, with more to choose
        self,
        *words: str,
        code: int | None = 0,
        env: dict[str, str] | None = None,
        fault: Callable[[], None] | None = None,
        kill_after: float = TOO_LONG,
        **kwargs: Any,
    ) -> subprocess.CompletedProcess[str]:
        if "polars" in sys.modules and not fault and kill_after == TOO_LONG:
            # The threads of polars do not live on in a child, which would wait for them for ever.
            return super().__call__(*words, code=code, env=env, **kwargs)
        out, err = os.pipe(), os.pipe()
        pid = os.fork()
        if pid == 0:
            _child(self.root, words, env or {}, fault, out, err)
        os.close(out[1])
        os.close(err[1])
        killer = threading.Timer(kill_after, os.kill, (pid, signal.SIGKILL))
        killer.start()
        with os.fdopen(out[0], encoding="utf-8") as o, os.fdopen(err[0], encoding="utf-8") as e:
            stdout, stderr = o.read(), e.read()
        _, status = os.waitpid(pid, 0)
        killer.cancel()
        killer.join()
        done = subprocess.CompletedProcess(words, os.waitstatus_to_exitcode(status), stdout, stderr)
        assert "Traceback" not in stderr, f"{words}\n{stderr}"
        assert code is None or done.returncode == code, f"{words}: exit {done.returncode}\n{stdout}\n{stderr}"
        return done


def _child(
    root: Path, words: tuple[str, ...], env: dict[str, str], fault: Callable[[], None] | None, out: tuple[int, int], err: tuple[int, int]
) -> None:
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out[1], 1)
        os.dup2(err[1], 2)
        for fd in (*out, *err):
            os.close(fd)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        os.environ.update({"NO_COLOR": "1", "COLUMNS": "200", **env})
        time.tzset()
        os.chdir(root)
        sys.argv = ["review", *words]
        if fault:
            fault()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
