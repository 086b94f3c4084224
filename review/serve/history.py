"""The history server: sets of PMIDs under a WebEnv and a query key. In memory, and forgotten in time, as NCBI's is."""

from __future__ import annotations

import secrets
import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

KEPT = 200  # environments at a time
IDLE = 8 * 3600  # seconds: NCBI forgets after eight hours


@dataclass(slots=True)
class _Environment:
    used: float
    sets: dict[int, array[int]] = field(default_factory=dict)


class History:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._environments: OrderedDict[str, _Environment] = OrderedDict()

    def put(self, pmids: Sequence[int], web_env: str = "") -> tuple[str, int]:
        """Keep a set; gives its WebEnv and query key. In an environment that is there already, it is the next key."""
        with self._lock:
            self._forget()
            name = web_env if web_env in self._environments else f"MCID_{secrets.token_hex(12)}"
            environment = self._environments.setdefault(name, _Environment(self._clock()))
            environment.used = self._clock()
            self._environments.move_to_end(name)
            key = max(environment.sets, default=0) + 1
            environment.sets[key] = array("q", pmids)
            return name, key

    def get(self, web_env: str, key: str) -> array[int] | None:
        """The set, None where it is unknown or forgotten."""
        with self._lock:
            self._forget()
            environment = self._environments.get(web_env)
            if environment is None or not key.isdecimal():
                return None
            environment.used = self._clock()
            self._environments.move_to_end(web_env)
            return environment.sets.get(int(key))

    def all(self, web_env: str) -> dict[int, array[int]]:
        """All sets of an environment."""
        with self._lock:
            environment = self._environments.get(web_env)
            return dict(environment.sets) if environment else {}

    def _forget(self) -> None:
        late = self._clock() - IDLE
        while self._environments and (len(self._environments) > KEPT or next(iter(self._environments.values())).used < late):
            self._environments.popitem(last=False)
