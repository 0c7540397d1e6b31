"""A group's own conversation, as rules: who binds it, what ends that, and what hangs where meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workshop.paper import ANNA, HOME, TENANT, Paper, names, opened, reason
from tests.workshop.session import PLAN
from workshop import commands as c
from workshop.binding import current, hook_of
from workshop.model import Binding, Course, Ended, Holder, Status
from workshop.rules import Facts, decide
from workshop.views import NudgeCard, Pointer, StageCard
from workshop.wall import bare, binding_of, instead, walls

TWO = "19:two@thread.v2"
THREE = "19:three@thread.tacv2;messageid=17"


def grouped() -> Paper:
    return opened().joins(ANNA).grouped((ANNA, "ivan"), ("eva", "ola"))


def bound() -> Paper:
    paper = grouped()
    assert names(paper.binds(2, TWO)) == ["GroupBound"]
    return paper


def test_a_group_has_a_conversation_of_its_own() -> None:
    paper = bound()
    assert [group.place for group in paper.w.groups] == ["", TWO]
    assert paper.w.bindings == (Binding(2, TWO, paper.now, -1),)
    assert paper.w.group_at(TWO) == paper.w.groups[1]
    assert paper.w.group_at("") is None and paper.w.group_at(HOME) is None
    assert (current(paper.w, 2), current(paper.w, 1)) == (0, None)
    assert (hook_of(paper.w, 2), hook_of(paper.w, 1), hook_of(paper.w, 0)) == ("g2:0:", None, "")


def test_twice_is_once_for_both() -> None:
    paper = bound()
    assert paper.binds(2, TWO) == ()
    assert names(paper.unbinds(2)) == ["GroupUnbound"]
    assert paper.unbinds(2) == ()
    assert paper.unbinds(9) == ()
    assert [one.ended for one in paper.w.bindings] == [Ended.LEFT]


@pytest.mark.parametrize(
    ("change", "why", "facts"),
    [
        ({"tenant": "another"}, "other_tenant", {"title": "Learning"}),
        ({"group": 7}, "unknown_group", {"groups": "1, 2"}),
        ({"group": 0}, "unknown_group", {"groups": "1, 2"}),
        ({"place": HOME}, "place_taken", {"group": 0, "title": "Learning"}),
        ({"place": TWO, "group": 1}, "place_taken", {"group": 2, "title": "Learning"}),
        ({"by": "ivan"}, "only_facilitators", {"who": "Anna"}),
        ({"by": "stranger"}, "only_facilitators", {"who": "Anna"}),
    ],
)
def test_what_is_refused_and_why(change: dict[str, object], why: str, facts: dict[str, object]) -> None:
    paper = bound()
    before = paper.w
    command = c.BindGroup(workshop="w1", by=ANNA, tenant=TENANT, place=THREE, group=2)
    outcome = paper.do(replace(command, **change))  # type: ignore[arg-type]
    assert reason(outcome) == why
    assert outcome.facts == facts  # type: ignore[union-attr]
    assert paper.w is before


def test_without_groups_there_is_none_to_bind() -> None:
    assert reason(opened().binds(2, TWO)) == "no_groups"


def test_another_workshops_conversation_is_refused_without_its_title() -> None:
    command = c.BindGroup(workshop="w1", by=ANNA, tenant=TENANT, place=THREE, group=1)
    paper = bound()
    outcome = decide(paper.w, command, Facts(holder=Holder("w9", 3)), paper.now)
    assert reason(outcome) == "place_taken"
    assert outcome.facts == {"group": 3, "title": ""}  # type: ignore[union-attr]


def test_no_workshop_opens_in_a_groups_conversation() -> None:
    paper = bound()
    command = c.Open(
        workshop="w2", by="eva", tenant=TENANT, home=TWO, plan=paper.plan, title="", language="en", secret="5e" * 32
    )
    refused = decide(None, command, Facts(holder=Holder("w1", 2)), paper.now)
    assert reason(refused) == "place_taken"
    assert refused.facts == {"group": 2}  # type: ignore[union-attr]


def test_a_conversation_elsewhere_takes_the_place_of_the_first() -> None:
    paper = bound()
    paper.starts()
    names(paper.binds(2, THREE))
    assert [(one.place, one.ended, one.step) for one in paper.w.bindings] == [(TWO, Ended.LEFT, -1), (THREE, None, 0)]
    names(paper.binds(2, TWO))
    assert paper.w.groups[1].place == TWO
    assert [one.ended for one in paper.w.bindings] == [Ended.LEFT, Ended.LEFT, None], "the third, not the first again"
    assert hook_of(paper.w, 2) == "g2:2:"


@pytest.mark.parametrize("how", ["dissolved", "formed anew", "emptied"])
def test_whose_group_is_no_more_whose_conversation_is_nobodys(how: str) -> None:
    paper = bound()
    if how == "dissolved":
        paper.do(c.DissolveGroups(workshop="w1", by=ANNA))
    elif how == "formed anew":
        paper.grouped((ANNA, "eva"), ("ivan", "ola"))
    else:
        paper.moves_to("eva", 1)
        assert paper.w.bindings[0].ended is None, "somebody is left in it"
        paper.moves_to("ola", 1)
    assert [one.ended for one in paper.w.bindings] == [Ended.LEFT]
    assert paper.w.group_at(TWO) is None
    assert {type(hung.view) for hung in walls(paper.w, ())[1].hung} == {Pointer}


def test_who_moves_or_joins_late_ends_nothing() -> None:
    paper = bound()
    paper.joins("late")
    assert names(paper.moves_to("ivan", 2)) == ["PersonPlaced"]
    assert paper.w.groups[1].place == TWO
    assert paper.w.bindings[0].ended is None


@pytest.mark.parametrize(
    ("ever", "ended", "said"), [(True, Ended.GONE, "place_gone"), (False, Ended.REFUSED, "place_refused")]
)
def test_a_conversation_that_takes_nothing_is_told_of_at_home_once(ever: bool, ended: Ended, said: str) -> None:
    paper = bound()
    assert names(paper.loses(0, ever)) == ["PlaceLost"]
    assert paper.loses(0, ever) == (), "twice is once"
    assert paper.w.bindings[0].ended is ended
    assert paper.w.groups[1].place == ""
    assert [each.place for each in walls(paper.w, ())] == [HOME], "nothing is posted there"
    notice = next(hung.view for hung in walls(paper.w, ())[0].hung if hung.slot == "lost:0")
    assert notice.sentence.said.value == said  # type: ignore[union-attr]
    assert notice.sentence.facts == {"group": 2}  # type: ignore[union-attr]
    assert names(paper.binds(2, TWO)) == ["GroupBound"], "it may be tried again, where the app was added meanwhile"


def test_only_the_clock_loses_a_conversation_and_only_one_that_there_is() -> None:
    paper = bound()
    assert reason(paper.loses(0, by=ANNA)) == "only_facilitators"
    assert paper.loses(-1) == () and paper.loses(1) == ()


def test_nobody_is_told_of_what_is_lost_after_the_end() -> None:
    paper = bound()
    paper.starts().finishes()
    paper.loses(0)
    assert paper.w.bindings[0].ended is Ended.OVER
    assert not any(slot.startswith("lost") for slot in paper.hung())
    assert [each.place for each in walls(paper.w, ())] == [HOME]


def test_what_hangs_in_the_groups_conversation() -> None:
    """Bound in the second stage: the first does not hang there."""
    paper = grouped().to_step(4)
    assert paper.w.place is not None and paper.w.place.stage_number > 0
    stage = paper.w.place.stage.id
    names(paper.binds(2, TWO))
    assert paper.walls()[TWO] == {
        "g2:0:here": "GroupPlaceCard",
        f"g2:0:stage:{stage}:0": "StageCard",
        "g2:0:board:0": "BoardCard",
    }
    home = {slot.partition(":")[0] for slot in paper.walls()[HOME]}
    assert {"stage", "board", "groups"} <= home and not any(slot.startswith("g2") for slot in home)
    own = next(wall for wall in walls(paper.w, ()) if wall.place == TWO)
    assert own.board.group == 2
    assert own.board.people == 2
    assert (own.binding, own.living) == (0, 0)
    assert own.has("g2:0:here") and not own.has("board:0") and not own.has("g2:1:here")


def test_in_the_lobby_only_the_first_card_hangs_there() -> None:
    assert bound().walls()[TWO] == {"g2:0:here": "GroupPlaceCard"}


def test_a_stage_that_was_gone_back_to_hangs_there_too() -> None:
    paper = grouped().to_step(4)
    assert paper.w.place is not None
    stage = paper.w.place.stage.id
    names(paper.binds(2, TWO))
    while paper.w.place is not None and paper.w.place.stage.id == stage:
        paper.later(minutes=1).back()
    assert paper.w.place is not None
    assert f"g2:0:stage:{paper.w.place.stage.id}:0" in paper.walls()[TWO]


def test_cards_are_posted_again_where_they_are_asked_for() -> None:
    paper = bound()
    paper.starts()
    for command in (c.PostStageAgain, c.PostBoardAgain):
        assert names(paper.do(command(workshop="w1", by="eva", group=2)))
        assert paper.do(command(workshop="w1", by="ola", group=2)) == (), "asked for by two at once: once"
        assert names(paper.do(command(workshop="w1", by="eva"))), "at home it is another card"
        assert paper.do(command(workshop="w1", by="eva", group=1)) == (), "which has no conversation"
    there = paper.walls()[TWO]
    stage = paper.w.plan.stages[0].id
    assert there[f"g2:0:stage:{stage}:0"] == "Pointer" and there[f"g2:0:stage:{stage}:1"] == "StageCard"
    assert there["g2:0:board:0"] == "Pointer" and there["g2:0:board:1"] == "BoardCard"
    assert paper.walls()[HOME]["board:1"] == "BoardCard"


def nudges(paper: Paper, place: str) -> dict[str, tuple[int, list[str]]]:
    """The reminders in a conversation: about which step, and who is mentioned."""
    hung = next(each for each in walls(paper.w, ()) if each.place == place).hung
    views = {one.slot: one.view for one in hung if isinstance(one.view, NudgeCard)}
    return {slot: (view.step, [person.id for person in view.unreached]) for slot, view in views.items()}


def nudge(paper: Paper, group: int) -> object:
    return paper.do(c.Nudge(workshop="w1", by=ANNA, moves=paper.w.for_group(group).moves, group=group))


def report(paper: Paper, number: int, *unreached: str) -> object:
    return paper.do(c.ReportNudge(workshop="w1", by=c.SYSTEM, number=number, reached=1, unreached=unreached))


def test_of_an_anonymous_step_a_group_is_reminded_where_it_works_and_all_are_everywhere() -> None:
    paper = bound().to_step(PLAN)
    assert names(nudge(paper, 2)) == ["Nudged"]  # type: ignore[arg-type]
    assert nudges(paper, TWO) == {"g2:0:nudge:0": (PLAN, [])} and nudges(paper, HOME) == {}
    assert reason(nudge(paper, 2)) == "nudged_lately"
    paper.later(minutes=1)
    assert names(nudge(paper, 0)) == ["Nudged"]  # type: ignore[arg-type]
    assert nudges(paper, TWO) == {"g2:0:nudge:0": (-1, []), "g2:0:nudge:1": (PLAN, [])}
    assert nudges(paper, HOME) == {"nudge:1": (PLAN, [])}
    paper.later(minutes=4, seconds=30)
    assert reason(nudge(paper, 2)) == "nudged_lately", "all were, a moment ago"
    paper.later(minutes=2)
    names(paper.binds(1, THREE))
    assert nudges(paper, THREE) == {}, "what was said before it was bound is not said again"


def test_otherwise_whoever_could_not_be_reached_is_mentioned_once_where_they_work() -> None:
    paper = bound()
    paper.starts()
    assert names(nudge(paper, 2)) == ["Nudged"]  # type: ignore[arg-type]
    assert nudges(paper, TWO) == {} == nudges(paper, HOME), "each is written to first"
    assert names(report(paper, 0, "eva", "nobody")) == ["NudgeReported"]  # type: ignore[arg-type]
    assert report(paper, 0) == () == report(paper, 7), "told twice, or of none, it is so already"
    assert nudges(paper, TWO) == {"g2:0:nudge:0": (0, ["eva"])} and nudges(paper, HOME) == {}
    paper.later(minutes=1)
    assert names(nudge(paper, 0)) == ["Nudged"]  # type: ignore[arg-type]
    assert paper.w.nudges[1].people == 1, "those of group 2 were reminded a minute ago, and Anna asked for it"
    assert names(report(paper, 1, "ivan")) == ["NudgeReported"]  # type: ignore[arg-type]
    assert nudges(paper, HOME) == {"nudge:1": (0, ["ivan"])}
    assert nudges(paper, TWO) == {"g2:0:nudge:0": (-1, ["eva"])}, "a mention stands in one conversation only"
    paper.later(minutes=6)
    for who in ("ivan", "eva", "ola", ANNA):
        paper.says(who, K1=["done"])
    assert reason(nudge(paper, 0)) == "nobody_silent"
    paper.closes()
    assert reason(nudge(paper, 0)) == "not_now"


def test_the_cards_of_a_conversation_that_was_left_point_away() -> None:
    paper = bound().to_step(PLAN)
    paper.do(c.Nudge(workshop="w1", by=ANNA, moves=paper.w.moves))
    hung = set(paper.walls()[TWO])
    names(paper.unbinds(2))
    left = walls(paper.w, ())[1]
    assert hung <= {one.slot for one in left.hung}
    assert all(isinstance(one.view, Pointer) and (one.view.what, one.view.group) == ("group", 2) for one in left.hung)
    assert (left.binding, left.living) == (0, None)


def test_where_a_group_stands_elsewhere_its_cards_say_so() -> None:
    """A group with a course of its own is at its own step."""
    paper = bound().to_step(1)
    held = paper.w.opened_steps[:1]
    w = replace(paper.w, courses={2: Course(0, Status.OPEN, opened=frozenset({0}), opened_steps=held)})
    own = next(each for each in walls(w, ()) if each.place == TWO)
    assert own.board.workshop.at == 0 and walls(w, ())[0].board.workshop.at == 1
    stage = next(one.view for one in own.hung if isinstance(one.view, StageCard))
    assert stage.board.workshop.seen_by == 2


def test_slots_tell_whose_they_are() -> None:
    assert binding_of("g2:13:stage:knowledge:0") == 13
    assert binding_of("stage:knowledge:0") is None and binding_of("groups") is None
    assert bare("g2:13:board:0") == "board:0"
    paper = bound()
    assert instead("g2:0:board:0", paper.w) == Pointer("board", paper.w)
    assert instead("g2:0:here", paper.w) == Pointer("stage", paper.w)
