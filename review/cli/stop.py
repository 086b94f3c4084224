"""review stop: what can be said about stopping, the sample of a certificate, and the stop itself, which is a person's act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import As, AsJson, PhaseName, Review, member, out, out_json, phase, say, workspace
from review.errors import ReviewError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from review.cli.sitting import Here
    from review.model.protocol_phases import PhasePlan
    from review.screening.stop_state import Reading
    from review.workspace import Workspace


def command(
    who: As = "",
    phase_name: PhaseName = "title-abstract",
    why: Annotated[
        str, typer.Option("--why", help="Stop, for this reason: it is kept in your ledger, and the report gives it.", show_default=False)
    ] = "",
    sample: Annotated[
        bool, typer.Option("--sample", help="Draw the random sample of a certificate: it is what you are shown from now on.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Take the stop back.")] = False,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Tell how sure it is that enough has been found, by your own decisions; draw a certificate’s sample; or stop.

    Without --why, --sample or --resume nothing is changed. What is not screened is counted in the flow as not screened.
    """
    from review.cli.sitting import offered, phase_here
    from review.screening.stop_state import reading

    if sum((bool(why), sample, resume)) > 1:
        raise UsageError("--why, --sample and --resume are three acts.", "Do one at a time.")
    space = workspace(review)
    plan = phase(space, phase_name)
    member(space, who, plan.reviewers, f"{phase_name} reviewer")
    with phase_here(space, plan) as here:
        keys = offered(space, plan, here, who)
        now = reading(space.ledger(phase_name, who).events(), phase_name, here.shelf.report_of, keys)
        if why or sample or resume:
            _act(space, plan, who, now, why.strip(), sample=sample)
            now = reading(space.ledger(phase_name, who).events(), phase_name, here.shelf.report_of, keys)
        _tell(space, plan, who, here, keys, now, as_json=as_json)


def _act(space: Workspace, plan: PhasePlan, who: str, now: Reading, why: str, *, sample: bool) -> None:
    """Append the act. Raises ReviewError where it can't be."""
    from review.model.events import Event, SampleDrawn, Stop, Undo
    from review.screening.stopping import certificate, hypergeometric_p

    act: Event
    if sample:
        if now.sample is not None:
            raise ReviewError("A sample has been drawn already.", f"Go on: review screen --as {who} --phase {plan.name}")
        if not now.left:
            raise ReviewError("Nothing is unread.", "")
        act = SampleDrawn(phase=plan.name, unread=now.left, found=now.relevant, protocol=space.digest)
    elif why:
        if now.stop:
            raise ReviewError(f"{who} has stopped already, on {now.stop.at[:10]}.", "To take it back: review stop --resume")
        if not now.left:
            raise ReviewError("Everything has been read: there is nothing to stop.", "")
        certified = (
            now.sample is not None and certificate(now.sample, now.before, now.unread, plan.stop.recall, plan.stop.confidence).certified
        )
        act = Stop(
            phase=plan.name, why=why, read=len(now.found), found=now.relevant, left=now.left, recall=f"{plan.stop.recall:g}",
            p=f"{hypergeometric_p(now.found, now.records, plan.stop.recall):.3g}", certified=certified, protocol=space.digest,
        )  # fmt: skip
    elif now.stop:
        act = Undo(undoes=now.stop.id, protocol=space.digest)
    else:
        raise ReviewError(f"{who} has not stopped in this phase.", "")
    with space.ledger(plan.name, who).session() as ledger:
        ledger.append(act)


def _tell(space: Workspace, plan: PhasePlan, who: str, here: Here, keys: Sequence[str], now: Reading, *, as_json: bool) -> None:
    from review.screening import stop_words
    from review.screening.stopping import hypergeometric_p, price

    recall, confidence = plan.stop.recall, plan.stop.confidence
    suggested, suggestion = stop_words.suggestion(now, recall)
    certificate = stop_words.certificate_sentences(now, recall, confidence)
    controls = _controls(space, here, keys, who, plan)
    if as_json:
        out_json({
            "phase": plan.name, "who": who, "records": now.records, "read": len(now.found), "relevant": now.relevant, "left": now.left,
            "recall": recall, "confidence": confidence, "p": hypergeometric_p(now.found, now.records, recall), "suggested": suggested,
            "price": price(now.relevant, now.left, recall, confidence) if now.left else 0,
            "sample": None if now.sample is None else {"unread": now.unread, "read": len(now.sample), "relevant": sum(now.sample)},
            "certificate": certificate, "controls": controls, "stopped": now.stop.why if now.stop else None,
        })  # fmt: skip
        return
    out(f"{who}, {plan.name}: {len(now.found):,} of {now.records:,} read, {now.relevant:,} relevant (a maybe counts), {now.left:,} left")
    for line in (stop_words.p_sentence(now, recall), suggestion, *certificate):
        out(line)
    if controls:
        out(stop_words.control_sentence(controls["known"], controls["found"], recall, confidence))
    out(stop_words.RECORD)
    if now.stop:
        out(f"Stopped on {now.stop.at[:10]}: {now.stop.why}")
    elif now.sample is None and now.left:
        say(f"To stop:        review stop --as {who} --phase {plan.name} --why REASON")
        say(f"A certificate:  review stop --as {who} --phase {plan.name} --sample")


def _controls(space: Workspace, here: Here, keys: Sequence[str], who: str, plan: PhasePlan) -> dict[str, int] | None:
    """The protocol's known items among the reports of the phase: how many there are, and how many this reviewer found relevant."""
    from review.screening.guide import relevant
    from review.screening.votes import votes_of

    ids = {i.strip().casefold() for i in space.protocol.search.known_items}
    if not ids:
        return None
    known = set()
    for key in keys:
        for record in here.shelf.report(key).records:
            if ids & {record.key.casefold(), record.pmid.casefold(), record.doi.casefold(), f"pmid:{record.pmid}", f"doi:{record.doi}"}:
                known.add(key)
    votes = votes_of(space.ledger(plan.name, who).events(), plan.name, here.shelf.report_of)
    return {"known": len(known), "found": sum(len(v) == 1 and relevant(v[0].verdict) for k in known if (v := votes.get(k, ())))}
