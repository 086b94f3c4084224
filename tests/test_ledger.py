"""Ledgers under attack: every edit shows, nothing that was appended is lost, and branches merge."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from forked import Forked
from hypothesis import example, given
from hypothesis import strategies as st
from support import TITLES, Small

from review.errors import IntegrityError, ReviewError
from review.ledger import FileLedger, uuid7
from review.model.event_json import KINDS
from review.model.events import Decision, Event, Note, Opened, Undo, standing
from review.model.lines import ID, line_hash, parse

OPENED = Opened(by="AB", review="small", ledger="title-abstract/AB", notice="Ours — all of it")


class Clock:
    """A clock that goes on a second at each look."""

    def __init__(self, now: float = 1_750_000_000.0, step: float = 1.0) -> None:
        self.now, self.step = now, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def at(path: Path, clock: Any = None, lock: Path | None = None) -> FileLedger:
    return FileLedger(path, opened=OPENED, clock=clock or Clock(), lock=lock)


def decision(n: int, **more: Any) -> Decision:
    return Decision(record=f"alpha:A-{n}", records=(f"alpha:A-{n}", f"beta:B-{n}"), phase="title-abstract", verdict="include", **more)


def filled(path: Path, n: int = 3) -> tuple[FileLedger, list[Event]]:
    ledger = at(path)
    done: list[Event] = [ledger.append(decision(i, note=f"“{i}” é\u2028\x85")) for i in range(n)]
    return ledger, done


def verify(data: bytes) -> Any:
    return parse(data, "AB.jsonl", at(Path("AB.jsonl")).root)


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a ledger of four lines."""
    path = tmp_path_factory.mktemp("four") / "AB.jsonl"
    filled(path)
    return path.read_bytes()


def rehashed(line: bytes, **changes: Any) -> bytes:
    content = {**json.loads(line), **changes}
    content["hash"] = line_hash(content)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.fixture
def begun(small: Small) -> Forked:
    """A review at the terminal, with its records in."""
    review = Forked(small.root)
    review("protocol", "lock")
    review.bring_in()
    return review


# -- what goes in comes out ---------------------------------------------------------------------------------------


def test_what_is_appended_is_read(tmp_path: Path) -> None:
    ledger, done = filled(tmp_path / "new" / "folders" / "AB.jsonl")
    first, *rest = ledger.events()
    assert isinstance(first, Opened)
    assert (first.by, first.ledger, first.notice) == ("AB", "title-abstract/AB", "Ours — all of it")
    assert rest == done
    assert [e.id for e in done] == sorted(e.id for e in done)
    assert {e.by for e in done} == {"AB"}
    assert done[0].at == "2025-06-15T15:06:42.000Z"


texts = st.text(st.characters(), max_size=30)  # half characters (surrogates) too


@st.composite
def events(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(sorted(set(KINDS) - {"opened"})))
    values: dict[str, Any] = {}
    for name, type_ in KINDS[kind].__annotations__.items():
        if "ClassVar" not in str(type_):
            plain = {"bool": st.booleans(), "int": st.integers(0, 99)}.get(str(type_), texts)
            values[name] = draw(st.lists(texts, max_size=2).map(tuple) if "tuple" in str(type_) else plain)
    return KINDS[kind](**values)


@given(st.lists(events(), min_size=1, max_size=4))
@example([Note(record="a", note="typed \ud800 and \ud83d\ude00 and \udce9\x00")])
def test_any_event_comes_back_as_append_gave_it(tmp_path_factory: pytest.TempPathFactory, given: list[Event]) -> None:
    ledger = at(tmp_path_factory.mktemp("any") / "AB.jsonl")
    done = [ledger.append(given[0]), *ledger.append_all(given[1:])]
    assert at(ledger.path).events()[1:] == done
    for before, after in zip(given, done, strict=True):
        kept = replace(after, id=before.id, at=before.at, by=before.by)
        assert kept == before or r"\ud" in repr(before)


def test_half_a_character_is_kept_as_its_sign_and_the_sitting_goes_on(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "AB.jsonl")
    done = ledger.append(Note(record="a", note="x\ud800y\ud83d\ude00\udce9"))
    assert done.note == "x\ufffdy\U0001f600\ufffd"
    ledger.append(decision(9))
    assert len(ledger.events()) == 6


def test_an_event_that_can_not_be_written_leaves_the_chain_whole(tmp_path: Path) -> None:
    """Where making a line fails, the next one goes on from what is on disk."""
    ledger, done = filled(tmp_path / "AB.jsonl")
    with pytest.raises(TypeError):
        ledger.append_all([decision(7), replace(decision(8), note=b"bytes")])  # type: ignore[list-item]
    ledger.append(decision(9))
    assert len(at(ledger.path).events()) == len(done) + 2


def test_big_lines_and_deep_ones(tmp_path: Path, four: bytes) -> None:
    ledger, _ = filled(tmp_path / "AB.jsonl")
    note = "é" * 5_000_000
    ledger.append(Note(record="a", note=note))
    assert [e.note for e in at(ledger.path).events() if isinstance(e, Note)] == [note]
    for deep in (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, b"[" * 10_000_000 + b"]" * 10_000_000):
        with pytest.raises(IntegrityError, match=r"AB\.jsonl:5: not a ledger line \(nested too deeply\)"):
            verify(four + deep + b"\n")


# -- every edit shows ---------------------------------------------------------------------------------------------


@given(st.data())
def test_every_edit_of_one_character_shows(four: bytes, data: st.DataObject) -> None:
    lines = four.decode().split("\n")[:-1]
    number = data.draw(st.integers(0, len(lines) - 1), label="line")
    line = lines[number]
    place = data.draw(st.integers(0, len(line)), label="place")
    how = data.draw(st.sampled_from(("put in", "take out", "change")), label="how")
    # A line end is not an edit of a line: git may turn it, and an empty line is no line.
    new = data.draw(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n") | st.sampled_from(' "0a,\\'), label="new")
    if how == "put in":
        edited = line[:place] + new + line[place:]
    elif place == len(line):
        return
    else:
        edited = line[:place] + (new if how == "change" else "") + line[place + 1 :]
    if edited == line:
        return
    lines[number] = edited
    with pytest.raises(IntegrityError) as caught:
        verify("".join(f"{line}\n" for line in lines).encode())
    assert caught.value.message.startswith(f"AB.jsonl:{number + 1}: ")
    assert caught.value.exit_code == 4


def test_a_space_put_in_anywhere_shows(four: bytes) -> None:
    """Between two values it changes nothing that JSON means, but the bytes."""
    start = four.index(b"\n") + 1
    for place in range(start, four.index(b"\n", start)):
        with pytest.raises(IntegrityError, match=r"^AB\.jsonl:2: "):
            verify(four[:place] + b" " + four[place:])


@given(st.data())
def test_every_edit_of_one_byte_shows(four: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(four) - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b not in (four[place], 10, 13)))
    with pytest.raises(IntegrityError):
        verify(four[:place] + bytes([byte]) + four[place + 1 :])


def test_no_last_line_end_is_no_torn_line_unless_the_line_is_not_whole(four: bytes) -> None:
    assert len(verify(four[:-1]).lines) == 4
    assert not verify(four[:-1]).torn
    edited = four[:-1].replace(b'"include"', b'"exclude"')
    with pytest.raises(IntegrityError, match=r"AB\.jsonl:4: was edited"):
        verify(edited)
    with pytest.raises(IntegrityError, match=r"AB\.jsonl:4: not a ledger line"):
        verify(four[:-1] + b"x")


def test_a_key_given_twice_shows(four: bytes) -> None:
    with pytest.raises(IntegrityError, match=":2: was edited"):
        verify(four.replace(b'"verdict":"include"', b'"verdict":"exclude","verdict":"include"', 1))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_line_taken_out_shows_at_the_next(four: bytes, number: int) -> None:
    lines = four.splitlines(keepends=True)
    del lines[number - 1]
    with pytest.raises(IntegrityError, match=rf"^AB\.jsonl:{number}: the line before it is missing or was edited$"):
        verify(b"".join(lines))


def test_lines_that_change_places_are_the_same_ledger(four: bytes) -> None:
    """The order of lines in a file says nothing, so that a merge may lay them as it likes."""
    assert verify(b"".join(reversed(four.splitlines(keepends=True)))).lines[-1].event == verify(four).lines[-1].event


def test_contents_that_change_places_show(four: bytes) -> None:
    lines = [json.loads(line) for line in four.splitlines()]
    lines[1]["record"], lines[2]["record"] = lines[2]["record"], lines[1]["record"]
    data = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines).encode()
    with pytest.raises(IntegrityError, match=r"AB.jsonl:2: was edited .*\nAB.jsonl:3: was edited"):
        verify(data)


def test_a_forged_line_with_its_hash_made_anew_breaks_the_chain(four: bytes) -> None:
    lines = four.splitlines()
    lines[2] = rehashed(lines[2], verdict="exclude")
    with pytest.raises(IntegrityError, match=r"AB.jsonl:4: the line before it is missing or was edited"):
        verify(b"\n".join(lines) + b"\n")


def test_of_a_ledger_that_was_written_anew_not_every_line_is_named(four: bytes) -> None:
    written = b"".join(line.replace(b":", b": ", 1) + b"\n" for line in four.splitlines() for _ in range(3))
    with pytest.raises(IntegrityError) as error:
        verify(written)
    told = error.value.message.splitlines()
    assert told[-1] == "AB.jsonl: … and 7 more lines"
    assert len(told) == 6


def test_the_ledger_of_another_person_does_not_verify_here(four: bytes) -> None:
    other = FileLedger(Path("CD.jsonl"), opened=replace(OPENED, by="CD", ledger="title-abstract/CD"))
    with pytest.raises(IntegrityError, match=r"CD.jsonl:1: is the ledger of small/title-abstract/AB, so it does not belong here") as error:
        parse(four, "CD.jsonl", other.root)
    assert "at the ledger's end" in error.value.hint  # who deleted it would lose what it alone holds


@pytest.mark.parametrize(
    "bad",
    [
        b"\xff\xfe\x00garbage",
        b"\0" * 50,
        b"[]",
        b"1",
        b'"text"',
        b"null",
        b"{}",
        b'{"hash":1}',
        b'{"note":"\\ud800","hash":""}',
        b"9" * 5000,
    ],
)
def test_rubbish_is_named_by_file_and_line(four: bytes, bad: bytes) -> None:
    with pytest.raises(IntegrityError, match=r"^AB\.jsonl:5: "):
        verify(four + bad + b"\n")
    with pytest.raises(IntegrityError, match=r"^AB\.jsonl:1: "):
        verify(bad + b"\n" + four)


def test_a_line_without_a_good_id_or_with_a_field_of_another_type_shows(four: bytes) -> None:
    last = four.splitlines()[-1]
    with pytest.raises(IntegrityError, match=r":5: has no valid id \('x'\)"):
        verify(four + rehashed(last, id="x") + b"\n")
    with pytest.raises(IntegrityError, match=r":5: 'records' is 'x', which is not a list of text"):
        verify(four + rehashed(last, records="x") + b"\n")


def test_a_newer_kind_of_event_asks_for_the_newer_program(tmp_path: Path, four: bytes) -> None:
    last = json.loads(four.splitlines()[-1])
    new = rehashed(four.splitlines()[-1], id=uuid7(1_760_000_000, last["id"]), prev=last["hash"], kind="poem")
    after = rehashed(
        four.splitlines()[-1], id=uuid7(1_760_000_001), prev=json.loads(new)["hash"], mood="a key that only newer versions know"
    )
    path = tmp_path / "AB.jsonl"
    path.write_bytes(four + new + b"\n" + after + b"\n")
    for act in (at(path).events, lambda: at(path).append(decision(9))):
        with pytest.raises(ReviewError, match=r"AB\.jsonl:5: unknown kind 'poem'; this ledger may be from a newer version$") as caught:
            act()
        assert "newer version" in caught.value.hint
        assert caught.value.exit_code == 1
    path.write_bytes(four + rehashed(after, prev=last["hash"]) + b"\n")
    assert len(at(path).events()) == 5  # a newer key is passed over


# -- torn lines ---------------------------------------------------------------------------------------------------


def test_a_line_torn_anywhere_is_set_aside_and_nothing_else_is_lost(tmp_path: Path, four: bytes) -> None:
    path = tmp_path / "AB.jsonl"
    start = four[:-1].rindex(b"\n") + 1
    for cut in range(start + 1, len(four) - 1):
        path.write_bytes(four[:cut])
        path.with_suffix(".torn").unlink(missing_ok=True)
        state = at(path).read()
        assert (len(state.lines), state.torn) == (3, four[start:cut])
        done = at(path).append(decision(9))
        after = at(path).read()
        assert [line.event for line in after.lines] == [*(line.event for line in state.lines), done]
        assert not after.torn
        assert path.with_suffix(".torn").read_bytes() == four[start:cut] + b"\n"


def test_a_first_line_torn(tmp_path: Path, four: bytes) -> None:
    path = tmp_path / "AB.jsonl"
    path.write_bytes(four[:20])
    at(path).append(decision(1))
    assert [e.kind for e in at(path).events()] == ["opened", "decision"]


def test_zeros_after_a_power_cut_are_set_aside(tmp_path: Path, four: bytes) -> None:
    path = tmp_path / "AB.jsonl"
    path.write_bytes(four + b"\0" * 4000)
    at(path).append(decision(9))
    assert len(at(path).events()) == 5
    assert path.with_suffix(".torn").read_bytes() == b"\0" * 4000 + b"\n"


def test_torn_lines_gather_in_the_torn_file(tmp_path: Path, four: bytes) -> None:
    path = tmp_path / "AB.jsonl"
    for _ in range(2):
        path.write_bytes(four[:-30])
        at(path).append(decision(9))
    assert path.with_suffix(".torn").read_bytes().count(b"\n") == 2


def test_where_the_torn_bytes_can_not_be_kept_nothing_is_changed(tmp_path: Path, four: bytes) -> None:
    path = tmp_path / "AB.jsonl"
    path.write_bytes(four[:-30])
    path.with_suffix(".torn").mkdir()
    with pytest.raises(ReviewError, match="not saved: Is a directory"):
        at(path).append(decision(9))
    assert path.read_bytes() == four[:-30]


@pytest.mark.slow
def test_the_run_warns_of_a_torn_line(begun: Forked) -> None:
    begun.decide("AB", {TITLES[0]: "include", TITLES[1]: "exclude"})
    path = begun.root / "screening/small/title-abstract/AB.jsonl"
    data = path.read_bytes()
    path.write_bytes(data + data[:40])
    done = begun("run")
    assert (
        "warning: screening/small/title-abstract/AB.jsonl: the last line is torn and was left out (40 bytes); nothing else is lost"
        in done.stderr
    )
    assert "note  ledger: screening/small/title-abstract/AB.jsonl: a torn last line is left out" in begun("doctor").stdout
    begun.decide("AB", {TITLES[2]: "include"})
    assert "torn" not in begun("run").stderr
    assert path.with_suffix(".torn").read_bytes() == data[:40] + b"\n"
    assert path.read_bytes().startswith(data)


# -- git ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verified", [0, 1])
def test_a_line_of_white_space_is_no_line_before_or_after_it_was_verified(four: bytes, tmp_path: Path, verified: int) -> None:
    data = four.replace(b"\n", b"\r\n \t\r\n")
    found = parse(data, "AB.jsonl", at(tmp_path / "AB.jsonl").root, verified=verified * len(data))
    assert [line.number for line in found.lines] == [1, 3, 5, 7]


def test_a_mark_that_an_editor_put_first_is_no_line(tmp_path: Path, four: bytes) -> None:
    path = tmp_path / "AB.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + four)
    assert [line.id for line in at(path).read().lines] == [line.id for line in verify(four).lines]
    assert len(parse(b"\xef\xbb\xbf" + four, "AB.jsonl", at(path).root, verified=len(four) + 3).lines) == 4
    at(path).append(decision(9))
    assert len(at(path).read().lines) == 5


def test_line_ends_turned_by_git(tmp_path: Path, four: bytes) -> None:
    path = tmp_path / "AB.jsonl"
    path.write_bytes(four.replace(b"\n", b"\r\n"))
    assert at(path).events() == [line.event for line in verify(four).lines]
    done = at(path).append(decision(9))
    assert at(path).events()[-1] == done
    assert len(at(path).read().heads) == 1
    path.write_bytes(path.read_bytes()[:-3] + b"\r")
    assert at(path).read().torn.endswith(b"\r")


class Repository:
    def __init__(self, root: Path) -> None:
        self.root = root
        self("init", "-q", "-b", "main")

    def __call__(self, *words: str, code: int = 0) -> None:
        env = {"PATH": os.environ["PATH"], "HOME": str(self.root), "GIT_CONFIG_NOSYSTEM": "1"}
        for role in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{role}_NAME": "A", f"GIT_{role}_EMAIL": "a@example.org"}
        done = subprocess.run(["git", *words], cwd=self.root, env=env, capture_output=True, text=True)
        assert done.returncode == code, done.stderr + done.stdout

    def commit(self) -> None:
        self("add", "-A")
        self("commit", "-q", "-m", "x")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    if not shutil.which("git"):
        pytest.skip("needs git")
    return Repository(tmp_path)


def branch_out(repository: Repository, shared: int = 3) -> tuple[FileLedger, set[str]]:
    """A ledger to which both branches appended, their clocks apart; gives it back with all ids."""
    path = repository.root / "AB.jsonl"
    common = filled(path, shared)[1] if shared else []
    (repository.root / "other").write_text("")
    repository.commit()
    repository("switch", "-q", "-c", "laptop")
    there = at(path, Clock(1_750_000_100))
    theirs = [there.append(decision(n)) for n in (10, 11)]
    repository.commit()
    repository("switch", "-q", "main")
    here = at(path, Clock(1_750_000_050, 40))
    ours = [here.append(decision(n)) for n in (20, 21, 22)]
    repository.commit()
    return at(path, Clock(1_750_001_000)), {e.id for e in [*common, *theirs, *ours]}


def check_merged(ledger: FileLedger, ids: set[str], heads: int = 2) -> None:
    state = ledger.read()
    found = [line.event.id for line in state.lines]
    assert found == sorted(found)
    assert {line.event.id for line in state.lines if not isinstance(line.event, Opened)} == ids
    assert len(state.heads) == heads
    done = ledger.append(decision(30))
    assert ledger.events()[-1] == done
    assert ledger.read().lines[-1].prev == state.lines[-1].hash


@pytest.mark.parametrize("shared", [3, 0])
def test_branches_merge_by_union(repository: Repository, shared: int) -> None:
    (repository.root / ".gitattributes").write_text("*.jsonl merge=union\n")
    ledger, ids = branch_out(repository, shared)
    repository("merge", "-q", "laptop", "-m", "merge")
    check_merged(ledger, ids)


def test_branches_merge_by_hand(repository: Repository) -> None:
    ledger, ids = branch_out(repository)
    repository("merge", "-q", "laptop", "-m", "merge", code=1)
    marked = ledger.path.read_bytes()
    with pytest.raises(
        IntegrityError, match=r"AB\.jsonl:5: a merge conflict marker; keep the lines of both sides and delete only the markers"
    ):
        ledger.read()
    with pytest.raises(IntegrityError, match="a merge conflict marker"):
        ledger.append(decision(30))
    # A marker left as the last bytes of the file is no torn line.
    with pytest.raises(IntegrityError, match="a merge conflict marker"):
        parse(marked.rstrip(b"\n"), "AB.jsonl", ledger.root)
    lines = [line for line in marked.splitlines(keepends=True) if line[:1] == b"{"]
    ledger.path.write_bytes(b"".join(lines + lines[3:6]))  # some lines twice, as a careless hand leaves them
    check_merged(ledger, ids)


def test_a_fork_verifies_branch_by_branch(repository: Repository) -> None:
    """A line that is missing in the midst of one branch shows, although the other is whole."""
    (repository.root / ".gitattributes").write_text("*.jsonl merge=union\n")
    ledger, _ = branch_out(repository)
    repository("merge", "-q", "laptop", "-m", "merge")
    lines = ledger.path.read_bytes().splitlines(keepends=True)
    victim = next(i for i, line in enumerate(lines) if b'"alpha:A-10"' in line)
    ledger.path.write_bytes(b"".join(lines[:victim] + lines[victim + 1 :]))
    with pytest.raises(IntegrityError, match="the line before it is missing"):
        ledger.read()


# -- ids ----------------------------------------------------------------------------------------------------------


def test_ids_are_uuid7_of_the_time() -> None:
    id_ = uuid7(1_645_557_742.0)  # the time of the example in RFC 9562, appendix A.6
    assert id_.startswith("017f22e2-79b0-7")
    assert ID.fullmatch(id_)


@given(st.lists(st.floats(-1e6, 1e11), min_size=1, max_size=60))
@example([1e9] * 60)
@example([2e9, 1e9, 0, -5, 2e9])
def test_ids_go_up_whatever_the_clock_does(times: list[float]) -> None:
    last = ""
    for now in times:
        id_ = uuid7(now, last)
        assert id_ > last
        assert ID.fullmatch(id_)
        last = id_


@given(st.floats(0, 1e11), st.floats(0, 1e11))
def test_ids_sort_by_time(a: float, b: float) -> None:
    if int(a * 1000) < int(b * 1000):
        assert uuid7(a) < uuid7(b)


@pytest.mark.parametrize(
    ("after", "least"),
    [
        ("01000000-0000-7000-bfff-ffffffffffff", "01000000-0000-7001-8000-000000000000"),
        ("01000000-0000-7fff-bfff-ffffffffffff", "01000000-0001-7000-8000-000000000000"),
    ],
)
def test_a_full_count_runs_over_into_the_next_field(after: str, least: str) -> None:
    id_ = uuid7(0, after)
    assert least <= id_ < f"{least[:-8]}ffffffff"
    assert ID.fullmatch(id_)


def test_a_clock_that_went_back_keeps_the_order(tmp_path: Path) -> None:
    ledger = at(tmp_path / "AB.jsonl", Clock(1_750_000_000, -3600))
    done = [ledger.append(decision(n)) for n in range(5)]
    assert ledger.events()[1:] == done
    assert at(ledger.path, lambda: 0.0).append(decision(6)).id > done[-1].id


# -- several at once ----------------------------------------------------------------------------------------------


def test_who_holds_the_teams_ledger_is_told_to_others(tmp_path: Path) -> None:
    lock = tmp_path / "locks" / "dedup.lock"
    first, second = (at(tmp_path / "dedup.jsonl", lock=lock) for _ in range(2))
    with first.session("AB"):
        with pytest.raises(ReviewError, match=r"in use by another session, AB’s, since \d\d:\d\d\.") as caught, second.session("CD"):
            pass
        assert "ask them to close it" in caught.value.hint
        with pytest.raises(ReviewError, match=r"in use by another session\.$"), second.session("AB"):
            pass
    with second.session("CD"), pytest.raises(ReviewError, match="CD’s"), first.session("AB"):
        pass
    assert not list(lock.parent.iterdir())  # beside a list of references they would only be in the way


def test_a_second_session_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "locks" / "AB.lock"
    with at(tmp_path / "AB.jsonl", lock=lock).session() as ledger:
        ledger.append(decision(1))
        with pytest.raises(ReviewError, match=r"AB\.jsonl is in use by another session"), at(tmp_path / "AB.jsonl", lock=lock).session():
            pass
        ledger.append(decision(2))
    with at(tmp_path / "AB.jsonl", lock=lock).session() as ledger:
        assert len(ledger.events()) == 3


def test_a_second_session_is_refused_at_the_terminal(begun: Forked) -> None:
    begun("run")
    name = begun.table("more.csv", [{"title": TITLES[0], "verdict": "include"}])
    lock = begun.root / ".review/locks/small-title-abstract-AB.lock"
    with at(begun.root / "screening/small/title-abstract/AB.jsonl", lock=lock).session():
        assert "in use by another session" in begun("decisions", "import", name, "--as", "AB", code=1).stderr
        begun("decisions", "import", name, "--as", "CD")
    begun("decisions", "import", name, "--as", "AB")


def test_an_append_goes_on_from_what_another_process_appended(tmp_path: Path) -> None:
    mine, _ = filled(tmp_path / "AB.jsonl")
    other = at(mine.path, Clock(1_750_000_500))
    for n in range(4):
        other.append(decision(100 + n))
        mine.append(decision(200 + n))
    state = mine.read()
    assert len(state.lines) == 12
    assert len(state.heads) == 1


def test_an_append_goes_on_after_the_file_was_put_in_place_anew(tmp_path: Path) -> None:
    """As git does on another branch: here a file of the very same size."""
    mine, _ = filled(tmp_path / "AB.jsonl")
    start = mine.path.read_bytes()
    mine.append(decision(1))
    size = mine.path.stat().st_size
    other = tmp_path / "other.jsonl"
    other.write_bytes(start)
    at(other, Clock(1_750_000_500)).append(decision(2))
    assert other.stat().st_size == size
    os.replace(other, mine.path)
    mine.append(decision(3))
    assert len(mine.events()) == 6


def test_many_writers_without_a_session_lose_nothing(tmp_path: Path) -> None:
    """Nobody takes another's half written line for a torn one."""
    path = tmp_path / "AB.jsonl"
    filled(path, 1)
    done: list[Event] = []

    def write(n: int) -> None:
        ledger = at(path, Clock(1_750_000_000 + n))
        done.extend(ledger.append(decision(n * 100 + i)) for i in range(8))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {e.id for e in at(path).events()} >= {e.id for e in done}
    assert len(done) == 32


# -- disks that fail ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_takes_nothing_but_that_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    ledger, done = filled(tmp_path / "AB.jsonl")
    before = ledger.path.read_bytes()
    real = os.write

    def fail(fd: int, data: bytes = b"") -> int:
        if len(data) > 10:
            return real(fd, data[:10])  # ten bytes fit, then the disk is full
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        for new in (ledger, at(ledger.path)):
            with pytest.raises(ReviewError, match="not saved: No space left on device"):
                new.append(decision(9))
        assert ledger.path.read_bytes() == before
        with pytest.raises(ReviewError, match="not saved"):
            at(tmp_path / "CD.jsonl").append(decision(1))
        assert not (tmp_path / "CD.jsonl").exists()
    ledger.append(decision(9))
    assert len(ledger.events()) == len(done) + 2


def test_our_half_line_does_not_take_anothers_whole_one_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, done = filled(tmp_path / "AB.jsonl")
    real = os.fsync

    def fail(fd: int) -> None:
        monkeypatch.setattr(os, "fsync", real)
        at(ledger.path, Clock(1_750_000_500)).append(decision(5))  # another process, just now
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ReviewError, match="not saved: Input/output error"):
        ledger.append(decision(4))
    assert "alpha:A-5" in ledger.path.read_text()
    assert len(ledger.events()) >= len(done) + 2


# -- undo ---------------------------------------------------------------------------------------------------------


def test_an_undo_of_an_undo(tmp_path: Path) -> None:
    ledger, done = filled(tmp_path / "AB.jsonl", 2)
    first = ledger.append(Undo(undoes=done[1].id))
    assert standing(ledger.events())[1:] == done[:1]
    second = ledger.append(Undo(undoes=first.id))
    assert standing(ledger.events())[1:] == done
    ledger.append(Undo(undoes=second.id))
    assert standing(ledger.events())[1:] == done[:1]


@given(st.lists(st.integers(0, 12), max_size=12))
def test_what_stands_after_any_undos(choices: list[int]) -> None:
    """Against the plainest reading: go back in time, an undo that stands takes its event away."""
    made: list[Event] = [decision(n, id=f"{n:03}") for n in range(3)]
    for n, choice in enumerate(choices, 3):
        made.append(Undo(id=f"{n:03}", undoes=made[choice % len(made)].id))

    def stands(event: Event) -> bool:
        return not any(isinstance(e, Undo) and e.undoes == event.id and stands(e) for e in made)

    assert standing(made) == [e for e in made if not isinstance(e, Undo) and stands(e)]


# -- at the terminal ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_edit_ends_the_run_with_code_4_and_names_the_line(begun: Forked) -> None:
    begun.decide("AB", dict.fromkeys(TITLES, "include"))
    path = begun.root / "screening/small/title-abstract/AB.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"include"', b'"exclude"', 1))
    for words in (("run",), ("decisions", "import", "AB-title-abstract.csv", "--as", "AB")):
        done = begun(*words, code=4)
        assert "title-abstract/AB.jsonl:2: was edited after it was written (decision 0" in done.stderr
        assert "Restore the file" in done.stderr
    assert "title-abstract/AB.jsonl:2: was edited" in begun("doctor", code=4).stdout
