"""The tally is what counting everything anew would find, after any acts in any order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review.model.events import Decision, Event, Note, Retrieval, Tags, Undo, standing
from review.screening.tally import Tally
from review.screening.votes import notes_of, taken_back, votes_of

OF = {"a": "a", "b": "a", "c": "c", "d": "d"}  # a and b were merged
PHASE = "full-text"
acts = st.one_of(
    st.builds(
        Decision,
        record=st.sampled_from("abcdx"),
        phase=st.sampled_from([PHASE, "title-abstract"]),
        verdict=st.sampled_from(["include", "exclude"]),
    ),
    st.builds(Note, record=st.sampled_from("abc"), phase=st.just(PHASE), note=st.sampled_from(["", "n", "m"])),
    st.builds(Tags, record=st.sampled_from("abc"), phase=st.just(PHASE), tags=st.sampled_from([(), ("x",), ("x", "y")])),
    st.builds(Retrieval, record=st.sampled_from("abc"), status=st.just("not retrieved"), why=st.just("w")),
    st.integers(0, 9),  # an undo of the nth event, which may be an undo
)


@given(st.lists(acts, max_size=12), st.integers(0, 12))
def test_event_by_event_is_as_all_at_once(given_: list[Event | int], at_once: int) -> None:
    events: list[Event] = []
    for n, act in enumerate(given_):
        if isinstance(act, int):
            if events:
                events.append(Undo(id=f"{n:03}", undoes=events[act % len(events)].id))
        else:
            from dataclasses import replace

            event = replace(act, id=f"{n:03}", by="A")
            events.append(replace(event, records=(event.record,)))  # type: ignore[call-arg]
    tally = Tally(PHASE, OF, events[:at_once])
    for report in ("a", "c", "d"):
        tally.on(report)  # remembered, and to be worked out anew where something comes to it
    for event in events[at_once:]:
        tally.add(event)
    lost = taken_back(standing(events))
    votes = votes_of([e for e in events if e.id not in lost], PHASE, OF)
    assert {report: said.votes for report, said in tally.everything() if said.votes} == votes
    stands = [
        e
        for e in standing(events)
        if isinstance(e, Decision | Note | Tags | Retrieval) and e.record in OF and getattr(e, "phase", PHASE) == PHASE
    ]
    for report in ("a", "c", "d"):
        said = tally.on(report)
        assert said.votes == votes.get(report, ())
        assert said.note == notes_of(events, PHASE, OF).get(report, "")
        words = [e for e in stands if OF[e.record] == report and isinstance(e, Decision | Retrieval) and e.id not in lost]
        last_word = words[-1] if words else None
        if isinstance(last_word, Retrieval) and last_word.status == "not retrieved":
            last_word = next((e for e in reversed(words) if isinstance(e, Decision)), last_word)
        assert said.word == last_word
        assert tally.decided(report) == (len(said.votes) == 1 and isinstance(last_word, Decision))
        tags = [e.tags for e in stands if OF[e.record] == report and isinstance(e, Tags)]
        assert said.tags == (tags[-1] if tags else ())
    last = tally.last()
    if not any(isinstance(e, Undo) for e in events):
        assert last == (stands[-1] if stands else None)
    assert (last is None) == (not stands)
    assert last is None or last in stands
