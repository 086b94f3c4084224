"""The command in a forked child, where its faults can be chosen: quick, since the libraries are loaded already."""

from __future__ import annotations

import functools
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from sqlalchemy.orm import configure_mappers
from support import PATIENCE, PROTOCOL, Small, surroundings, threaded

from review.__main__ import main
from review.cli.app import Loaded
from review.model.protocol_yaml import load

HEAVY = """
    review.cli.app review.pipeline review.store.db numpy rapidfuzz review.search.archive review.formats.registry review.formats.tables.rows
    review.screening.imports review.extraction.imports review.extraction.verifying review.fulltext.shelf
    review.cli.sitting review.cli.taking review.report.counts review.report.render review.report.view
    sqlalchemy.dialects.sqlite ruamel.yaml.mergevalue importlib.readers
"""
for name in HEAVY.split():
    importlib.import_module(name)
list(Loaded().values())  # every command: a child loads none of its own while its disk fails
load(PROTOCOL, "small.yaml")  # what a first use makes, of the models and the tables, need not be made again in each child
configure_mappers()
# Compiling the templates is most of a run; the children share what the first has compiled.
COMPILED = tempfile.TemporaryDirectory()
jinja2.Environment.__init__ = functools.partialmethod(
    jinja2.Environment.__init__, bytecode_cache=jinja2.FileSystemBytecodeCache(COMPILED.name)
)  # type: ignore[method-assign]


class Forked(Small):
    """Like Small. typed: what stands on standard input; fault: called in the child before the command; kill_after: seconds until SIGKILL."""

    def __call__(  # type: ignore[override]  # the same, with more to choose
        self,
        *words: str,
        code: int | None = 0,
        env: dict[str, str] | None = None,
        typed: str = "",
        fault: Callable[[], None] | None = None,
        kill_after: float = PATIENCE,
        **kwargs: Any,
    ) -> subprocess.CompletedProcess[str]:
        if kwargs:
            return super().__call__(*words, code=code, env=env, **kwargs)
        if threaded() and not fault and kill_after == PATIENCE:
            return _told(_nursery().run(self.root, words, surroundings(env), typed), code)
        out, err = os.pipe(), os.pipe()
        with tempfile.TemporaryFile() as file:
            file.write(typed.encode())
            file.seek(0)
            pid = os.fork()
            if pid == 0:
                for fd in (out[0], err[0]):
                    os.close(fd)
                _child(self.root, words, surroundings(env), fault, file.fileno(), out[1], err[1])
        os.close(out[1])
        os.close(err[1])
        killer = threading.Timer(kill_after, os.kill, (pid, signal.SIGKILL))
        killer.start()
        with os.fdopen(out[0], encoding="utf-8") as o, os.fdopen(err[0], encoding="utf-8") as e:
            stdout, stderr = o.read(), e.read()
        _, status = os.waitpid(pid, 0)
        killer.cancel()
        killer.join()
        return _told(subprocess.CompletedProcess(words, os.waitstatus_to_exitcode(status), stdout, stderr), code)


class Nursery:
    """A process of its own that loads what the commands use, does nothing with polars, and forks a child for each."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": PATHS}
        )

    def run(self, root: Path, words: tuple[str, ...], env: Mapping[str, str], typed: str) -> subprocess.CompletedProcess[str]:
        assert self._process.stdin
        assert self._process.stdout
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "in").write_text(typed, encoding="utf-8")
            asked = {"root": str(root), "words": words, "env": dict(env), "folder": folder}
            self._process.stdin.write(f"{json.dumps(asked)}\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            stdout, stderr = ((Path(folder) / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return subprocess.CompletedProcess(words, code, stdout, stderr)


PATHS = os.pathsep.join((str(Path(__file__).parent), str(Path(__file__).parent.parent)))
_nursery = functools.cache(Nursery)


def _told(done: subprocess.CompletedProcess[str], code: int | None) -> subprocess.CompletedProcess[str]:
    assert "Traceback" not in done.stderr, f"{done.args}\n{done.stderr}"
    assert code is None or done.returncode == code, f"{done.args}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def _serve() -> None:
    """What the process of a Nursery does: a line of JSON in for each command, its exit code out."""
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            typed = os.open(Path(asked["folder"]) / "in", os.O_RDONLY)
            out, err = (os.open(Path(asked["folder"]) / name, os.O_CREAT | os.O_WRONLY) for name in ("out", "err"))
            os.environ.clear()
            signal.alarm(int(PATIENCE))
            _child(Path(asked["root"]), tuple(asked["words"]), asked["env"], None, typed, out, err)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _child(
    root: Path, words: tuple[str, ...], env: Mapping[str, str], fault: Callable[[], None] | None, typed: int, out: int, err: int
) -> None:
    code = 1
    try:
        os.dup2(typed, 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        for fd in (typed, out, err):
            os.close(fd)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        os.environ.update(env)
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


if __name__ == "__main__":
    _serve()
