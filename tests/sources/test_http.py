"""The transport: how long it waits, whom it obeys, when it gives up. No test here waits: the clock is made up."""

from __future__ import annotations

import copy
import logging
import pickle
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import pytest
from sources.helpers import KEY, Clock
from sources.services import Eutils

from review.errors import SourceError
from review.sources.base import Policy, Secret, Settings
from review.sources.http import Answer, Transport, words
from review.sources.rate import Pace

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture
def transport(settings: Callable[..., Settings], clock: Clock, tmp_path: Any) -> Callable[..., Transport]:
    def make(service: Any, interval: float = 0.0, **more: Any) -> Transport:
        told = settings(service, **more)
        return Transport(
            "PubMed",
            Pace("x", interval, tmp_path / "rate", clock=clock, sleep=clock.sleep),
            settings=told,
            secret=told.api_key,
            chance=lambda: 1.0,
        )

    return make


def ask(transport: Transport, service: Any) -> Answer:
    return transport.post(f"{service.base_url}einfo.fcgi", {"db": "pubmed"}, lambda answer: answer, what="version")


def test_pauses_double_and_end(serve: Callable[..., Any], transport: Callable[..., Transport], clock: Clock) -> None:
    service = serve(Eutils())
    service.always = "500"
    with pytest.raises(SourceError, match=r"asked 6 times in 31 s"):
        ask(transport(service), service)
    assert clock.slept == [1, 2, 4, 8, 16]
    assert len(service.log) == 6


@pytest.mark.parametrize("status", ["429", "503"])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_obeyed(
    status: str, form: str, serve: Callable[..., Any], transport: Callable[..., Transport], clock: Clock
) -> None:
    service = serve(Eutils())
    service.faults = [status]
    service.retry_after = "37" if form == "seconds" else formatdate(clock.now + 37, usegmt=True)
    assert ask(transport(service), service).status == 200
    assert sum(clock.slept) == pytest.approx(37)


def test_a_retry_after_that_is_nonsense_or_short_leaves_the_backoff(
    serve: Callable[..., Any], transport: Callable[..., Transport], clock: Clock
) -> None:
    service = serve(Eutils())
    for value in ("soon", "-5", "0", "", "Fri, 99 Foo 2026"):
        service.faults, service.retry_after, clock.slept = ["503"], value, []
        ask(transport(service), service)
        assert sum(clock.slept) == 1


def test_a_retry_after_of_hours_is_told_and_not_waited_for(
    serve: Callable[..., Any], transport: Callable[..., Transport], clock: Clock
) -> None:
    service = serve(Eutils())
    service.faults, service.retry_after = ["429"], "7200"
    with pytest.raises(SourceError, match=r"asks to wait for 7,200 s"):
        ask(transport(service), service)
    assert clock.slept == []


def test_a_429_slows_every_process_down(
    serve: Callable[..., Any], transport: Callable[..., Transport], clock: Clock, tmp_path: Any
) -> None:
    service = serve(Eutils())
    service.faults, service.retry_after = ["429"], "20"
    first = transport(service, interval=0.35)
    begun = clock.now
    ask(first, service)
    assert clock.now - begun >= 20
    begun = clock.now
    first.pace.pause(50)
    Pace("x", 0.35, tmp_path / "rate", clock=clock, sleep=clock.sleep).wait()
    assert clock.now - begun == pytest.approx(50)


def test_what_can_not_be_reached_is_said(transport: Callable[..., Transport], clock: Clock) -> None:
    service = Eutils()  # nobody listens at port 9
    with pytest.raises(SourceError) as error:
        ask(transport(service, policy=Policy(tries=2, connect=1)), service)
    assert error.value.kind == "unreachable"
    assert "HTTPS_PROXY" in error.value.hint


def test_an_answer_without_end_is_refused(serve: Callable[..., Any], transport: Callable[..., Transport]) -> None:
    service = serve(Eutils())
    service.answer = lambda tool, form: (200, "text/xml", b"x" * 3_000_000)
    with pytest.raises(SourceError, match="larger than 1 MB"):
        ask(transport(service, policy=Policy(size=1 << 20)), service)


def test_the_key_stays_where_it_is(
    serve: Callable[..., Any], transport: Callable[..., Transport], caplog: pytest.LogCaptureFixture
) -> None:
    secret = Secret(f" {KEY} ")
    assert (secret.reveal(), repr(secret), str(secret), f"{secret}") == (KEY, "***", "***", "***")
    assert KEY not in repr(Settings(api_key=secret))
    for way in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            way(secret)
    service = serve(Eutils())
    service.always = "429"
    told: list[str] = []
    caplog.set_level(logging.DEBUG)
    made = transport(service, tell=told.append)
    with pytest.raises(SourceError) as error:
        ask(made, service)
    assert all(form["api_key"] == KEY for form in service.asked())
    assert KEY not in "".join([caplog.text, *told, repr(error.value), str(error.value.__dict__), repr(vars(made))])
    service.always = ""
    service.answer = lambda tool, form: (200, "text/xml", f"<x>{form['api_key']}</x>".encode())
    assert ask(made, service).body == b"<x>***</x>"


def test_netrc_and_redirects_send_nothing_anywhere(
    serve: Callable[..., Any], transport: Callable[..., Transport], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    service = serve(Eutils())
    seen: list[Any] = []
    made = transport(service)
    made._session.hooks["response"] = [lambda response, *a, **k: seen.append(response.request.headers)]
    ask(made, service)
    assert "Authorization" not in seen[0]
    service.always = "302"
    with pytest.raises(SourceError) as error:
        ask(made, service)
    assert error.value.kind == "moved"


def test_the_first_words_of_an_answer() -> None:
    assert words(b"<html><body>\n Bad <b>gate</b>way </body>") == "Bad gate way"
    assert words(b"word " * 100).endswith(" …")
