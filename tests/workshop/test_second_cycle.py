"""From one cycle to the next: what comes along, what stays behind, and that the earlier answers are not needed then."""

from __future__ import annotations

from dataclasses import replace

from tests.workshop.paper import Paper
from tests.workshop.session import DOTS, NOTES, ONE_COLUMN, asks, plan_of, step
from workshop import commands as c
from workshop.brought import Brought, Promise
from workshop.plan import COMMITMENTS, PRACTICES, QUESTIONS, Item, Output, OutputType, Plan, Source, as_written
from workshop.prompts.commitment import CommitmentRules
from workshop.prompts.scale import ScaleRules
from workshop.second_cycle import MOST, brought_from

DAY = "2026-01-31"


def first(anonymous: bool = False, moderated: bool = False) -> Plan:
    """Questions that stay open, and commitments."""
    plan = plan_of(
        [
            step(
                "ask",
                replace(asks("Q", "notes", ONE_COLUMN, anonymous=anonymous), moderated=moderated),
                asks("C", "commitment", CommitmentRules(2, 0, False), anonymous=anonymous),
            )
        ]
    )
    outputs = (Output("open_questions", Source("Q", 2), OutputType.QUESTIONS), Output("rest", Source("Q")))
    return replace(plan, stages=(replace(plan.stages[0], outputs=outputs),))


def commits(paper: Paper, who: str, what: str, shown: bool = True) -> None:
    paper.says(who, C={"1.what": what, "1.by": DAY, "1.with": "Ola", "shown": "true" if shown else "false"})


def left(paper: Paper) -> Brought:
    return brought_from(paper.w, paper.answers())


def words(items: tuple[Item, ...]) -> list[str]:
    return [item.label[""] for item in items]


def test_open_commitments_and_questions_come_along() -> None:
    paper = Paper(first()).opens().joins("ivan", "eva", "ola").starts()
    paper.says("ivan", Q=["why", "how"], C={"1.what": "alpha", "1.by": DAY, "shown": "true"})
    paper.says("eva", Q=["how", "who"], C={"1.what": "beta", "1.by": DAY, "shown": "false"})
    brought = left(paper.finishes())
    assert words(brought.commitments) == ["alpha"], "Eva keeps hers to herself"
    assert [item.label[""] for item in brought.questions][:1] == ["how"]
    assert {(item.origin, item.entries) for item in (*brought.commitments, *brought.questions)} == {
        (COMMITMENTS, ()),
        (QUESTIONS, ()),
    }
    assert brought.promises == {"ivan": (Promise("alpha", DAY),), "eva": (Promise("beta", DAY),)}
    assert set(brought.profiles) == {"ivan", "eva", "ola"} and brought.title == "Learning"


def test_hidden_and_unapproved_stay_behind() -> None:
    paper = Paper(first(moderated=True)).opens().joins("ivan").starts()
    paper.says("ivan", Q=["seen", "waits"], C={"1.what": "rude", "1.by": DAY, "shown": "true"})
    paper.do(c.ApproveEntry(workshop="w1", by="anna", entry=paper.entry("Q", "ivan", "seen")))
    board = paper.shown("C", True)
    paper.do(c.HideEntry(workshop="w1", by="anna", entry=board.result.shown[0].entry))  # type: ignore[union-attr]
    brought = left(paper.finishes())
    assert (words(brought.questions), brought.commitments) == (["seen"], ())
    assert brought.promises["ivan"][0].what == "rude", "to their author they are still their own"


def test_of_an_anonymous_question_nothing_below_the_minimum_and_never_whose() -> None:
    paper = Paper(first(anonymous=True)).opens().joins("ivan", "eva", "ola").starts()
    for number, who in enumerate(("ivan", "eva")):
        paper.says(who, Q=[f"q{number}"], C={"1.what": f"c{number}", "1.by": DAY, "shown": "true"})
    few = replace(left(paper), profiles={})
    assert few == Brought("Learning")
    paper.says("ola", Q=["q2"], C={"1.what": "c2", "1.by": DAY, "shown": "true"})
    brought = left(paper.finishes())
    assert len(brought.commitments) == 3 and brought.promises == {}


def test_no_more_than_so_many_come_along() -> None:
    paper = Paper(first()).opens()
    people = [f"p{number}" for number in range(MOST // 2 + 1)]
    paper.joins(*people).starts()
    for who in people:
        given = {"1.what": f"{who} a", "1.by": DAY, "2.what": f"{who} b", "2.by": DAY, "shown": "true"}
        paper.says(who, C=given)
    assert len(left(paper).commitments) == MOST


def second(brought: Brought | None) -> Paper:
    """A workshop that asks about what it brought, then about what was written there."""
    plan = plan_of(
        [
            step("became", asks("R", "scale", ScaleRules((), 3), Source(COMMITMENTS))),
            step("open", asks("V", "vote", DOTS, Source(QUESTIONS, 1))),
            step("write", asks("K", "notes", NOTES)),
        ]
    )
    return Paper(plan).opens(brought=brought).joins("ivan").starts()


def test_a_second_cycle_asks_about_what_it_brought_and_a_first_one_passes_it_over() -> None:
    items = tuple(Item(f"k{n}", as_written(f"q{n}"), QUESTIONS, 3 - n) for n in range(3))
    given = Brought("Earlier", (Item("c", as_written("alpha"), COMMITMENTS, 1),), items, apart=(frozenset({"a", "b"}),))
    paper = second(given)
    assert paper.items("R") == ["alpha"] and paper.w.apart == given.apart
    paper.says("ivan", R={"c": "3"})
    assert paper.shown("R", True).changed == ""
    assert paper.next().items("V") == ["q0"], "the strongest"
    assert paper.w.plan.places[second(None).at].step.id == "write"
    assert second(Brought("Nothing left")).w.skipped == {0, 1}


def test_a_prompt_of_that_name_comes_first() -> None:
    plan = plan_of(
        [step("one", asks(PRACTICES, "notes", NOTES)), step("two", asks("V", "vote", DOTS, Source(PRACTICES)))]
    )
    paper = Paper(plan).opens().joins("ivan").starts()
    paper.says("ivan", **{PRACTICES: ["alpha"]})
    assert paper.next().items("V") == ["alpha"]
