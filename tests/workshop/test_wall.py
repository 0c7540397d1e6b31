"""What hangs in the conversation: which cards, in which order, in every status, posted again, at the end."""

from __future__ import annotations

from tests.workshop.paper import Paper, opened
from tests.workshop.session import (
    CLOSING,
    DOTS as VOTE_RULES,
    NOTES as NOTES_RULES,
    PLAN,
    SESSION,
    STORY,
    TEXT as TEXT_RULES,
    VOTE,
    asks,
    plan_of,
    step,
)
from workshop import commands as c
from workshop.model import Status
from workshop.plan import Source
from workshop.prompts.kind import PAGE
from workshop.prompts.text import TextRules
from workshop.prompts.words import WordsRules
from workshop.said import Said, Spoken
from workshop.tally import Progress, pages
from workshop.views import BoardCard, LobbyCard, Notice, NudgeCard, Pointer, StageCard, Summary
from workshop.wall import PICTURE, instead, wall

LOBBY = ("stage:lobby:0", "LobbyCard")
KNOWLEDGE = ("stage:knowledge:0", "StageCard")
ACTION = ("stage:action:0", "StageCard")
BOARD = ("board:0", "BoardCard")


def hung(paper: Paper) -> list[tuple[str, str]]:
    return list(paper.hung().items())


def post(paper: Paper, kind: type[c.PostStageAgain] | type[c.PostBoardAgain], who: str = "ivan") -> int:
    """How many events it took."""
    happened = paper.do(kind(workshop="w1", by=who))
    assert isinstance(happened, tuple)
    return len(happened)


def test_in_the_lobby_hangs_the_lobby_only_and_follows_slowly_because_people_join_in_a_stream() -> None:
    paper = opened()
    assert hung(paper) == [LOBBY]
    assert not wall(paper.board())[0].urgent
    assert wall(paper.starts().board())[0].urgent


def test_while_a_step_is_open_paused_or_closed_the_same_cards_hang() -> None:
    paper = opened().starts()
    for verb in (None, paper.pauses, paper.resumes, paper.closes):
        if verb is not None:
            verb()
        assert hung(paper) == [LOBBY, KNOWLEDGE, BOARD]
        assert [card.urgent for card in wall(paper.board())] == [True, True, False]


def test_each_stage_adds_its_card_when_its_first_step_opens() -> None:
    paper = opened().to_step(VOTE)
    assert hung(paper) == [LOBBY, KNOWLEDGE, BOARD]
    paper.to_step(PLAN)
    assert hung(paper) == [LOBBY, KNOWLEDGE, ACTION, BOARD]
    paper.to_step(CLOSING)
    assert [slot for slot, _ in hung(paper)] == [
        "stage:lobby:0",
        "stage:knowledge:0",
        "stage:action:0",
        "stage:experience:0",
        "stage:conclusions:0",
        "board:0",
    ]


def test_a_stage_that_was_gone_back_from_stays_so_that_its_card_tells_the_truth() -> None:
    paper = opened().to_step(PLAN).back()
    assert paper.at == VOTE
    assert hung(paper) == [LOBBY, KNOWLEDGE, ACTION, BOARD]
    stages = paper.board().stages
    assert [stage.progress for stage in stages[:2]] == [Progress.NOW, Progress.AHEAD]


def test_the_stage_cards_know_their_stage() -> None:
    views = [card.view for card in wall(opened().to_step(STORY).board())]
    assert [view.stage for view in views if isinstance(view, StageCard)] == [0, 1, 2]


def test_posted_again_the_old_one_points_and_the_new_one_lives() -> None:
    paper = opened()
    assert post(paper, c.PostStageAgain) == 1
    assert hung(paper) == [("stage:lobby:0", "Pointer"), ("stage:lobby:1", "LobbyCard")]
    paper.to_step(PLAN).later(minutes=1)
    for _ in range(2):
        assert post(paper, c.PostStageAgain) == 1
        paper.later(seconds=5)
    assert post(paper, c.PostBoardAgain) == 1
    assert hung(paper) == [
        ("stage:lobby:0", "Pointer"),
        ("stage:lobby:1", "LobbyCard"),
        KNOWLEDGE,
        ("stage:action:0", "Pointer"),
        ("stage:action:1", "Pointer"),
        ("stage:action:2", "StageCard"),
        ("board:0", "Pointer"),
        ("board:1", "BoardCard"),
    ]
    pointers = [card.view for card in wall(paper.board()) if isinstance(card.view, Pointer)]
    assert [(pointer.what, pointer.stage) for pointer in pointers] == [
        ("stage", 0),
        ("stage", 1),
        ("stage", 1),
        ("board", 0),
    ]


def test_a_card_that_many_ask_for_at_once_is_posted_again_once() -> None:
    paper = opened().starts()
    assert [post(paper, c.PostBoardAgain, who) for who in ("ivan", "eva", "ola", "stranger")] == [1, 0, 0, 0]
    paper.later(seconds=5)
    assert post(paper, c.PostBoardAgain) == 1
    assert paper.w.board_posts == 2


def test_a_nudge_of_an_anonymous_step_hangs_for_ever_and_only_the_newest_is_about_a_step() -> None:
    paper = opened().to_step(PLAN).later(minutes=1)
    before = hung(paper)
    paper.course(c.Nudge)
    assert hung(paper) == [*before[:-1], ("nudge:0", "NudgeCard"), before[-1]]
    paper.next().later(minutes=5).course(c.Nudge)
    nudges = [card.view for card in wall(paper.board()) if isinstance(card.view, NudgeCard)]
    assert [nudge.step for nudge in nudges] == [-1, STORY]


def test_at_the_end_the_picture_and_the_board_hang_below_and_the_old_board_points_there() -> None:
    paper = opened().to_step(CLOSING)
    paper.says("ivan", C1="One desk for all.")
    paper.finishes()
    assert hung(paper)[-3:] == [("board:0", "Pointer"), (PICTURE, "Summary"), ("board:end", "BoardCard")]
    assert [stage.progress for stage in paper.board().stages] == [Progress.DONE] * 4
    summary = next(card.view for card in wall(paper.board()) if isinstance(card.view, Summary))
    assert summary.picture is None and summary.text == "", "it is drawn only when it is to be posted"


def test_finished_in_the_first_step_only_what_was_opened_hangs() -> None:
    paper = opened().starts().finishes()
    assert [slot for slot, _ in hung(paper)] == ["stage:lobby:0", "stage:knowledge:0", "board:0", PICTURE, "board:end"]
    assert [stage.progress for stage in paper.board().stages] == [Progress.DONE] + [Progress.AHEAD] * 3


def test_cancelled_the_same_cards_hang_and_no_picture() -> None:
    assert hung(opened().cancels()) == [LOBBY]
    paper = opened().to_step(VOTE).cancels()
    assert paper.status is Status.CANCELLED
    assert hung(paper) == [LOBBY, KNOWLEDGE, BOARD]
    view = wall(paper.board())[0].view
    assert isinstance(view, LobbyCard) and view.workshop.status is Status.CANCELLED


def test_a_message_beside_the_one_that_counts_points_to_it() -> None:
    w = opened().w
    assert instead("board:0", w) == Pointer("board", w)
    assert instead("stage:lobby:0", w) == Pointer("stage", w)


def test_no_slot_hangs_twice_whatever_happened() -> None:
    paper = opened().to_step(PLAN).back().back()
    post(paper.later(minutes=1), c.PostStageAgain)
    post(paper.later(minutes=1), c.PostBoardAgain)
    paper.course(c.Nudge)
    paper.finishes()
    slots = [card.slot for card in wall(paper.board())]
    assert len(slots) == len(set(slots))


# ---- what the board says besides


def test_the_board_counts_people_and_knows_the_step() -> None:
    paper = opened()
    assert (paper.board().now, paper.board().people, paper.board().revision) == (None, 3, paper.w.revision)
    paper.starts().says("ivan", K1=["alpha"])
    now = paper.board().now
    assert now is not None and (now.place.number, now.answered, now.progress) == (0, 1, Progress.NOW)
    paper.to_step(2)
    rest = paper.board().now
    assert rest is not None and rest.answered == 0, "nobody answers a break"
    paper.finishes()
    assert [one.progress for one in paper.board().stages[0].steps] == [Progress.DONE] * 3


def test_every_view_of_the_wall_is_a_board_s_own() -> None:
    paper = opened().to_step(VOTE)
    board = paper.board()
    assert all(card.view.board is board for card in wall(board) if isinstance(card.view, BoardCard | StageCard))


def test_the_board_in_pages_however_much_was_said() -> None:
    plan = plan_of(
        [
            step("one", asks("K1", "notes", NOTES_RULES), asks("T", "text", TEXT_RULES)),
            step("two", asks("V", "vote", VOTE_RULES, Source("K1"))),
            step("three", asks("A", "choice", SESSION.prompts["E3"].rules), asks("W", "words", WordsRules(3, 60))),
        ],
        [step("four", asks("L", "text", TEXT_RULES))],
    )
    paper = Paper(plan).opens().starts()
    for number in range(PAGE + 1):
        paper.joins(f"p{number}").says(f"p{number}", T=f"words {number}", K1={"hard": f"money {number}"})
    paper.next().says("p0", W="trust")
    paper.closes()
    found = [(page.prompt.prompt.id, page.start, page.most) for page in pages(paper.board())]
    columns = PAGE // 2
    assert found == [
        ("K1", 0, columns),
        ("K1", columns, columns),
        ("K1", 2 * columns, columns),
        ("T", 0, PAGE),
        ("T", PAGE, PAGE),
        ("A", 0, PAGE),
        ("W", 0, 3 * PAGE),
    ], "two columns halve a page; what was skipped or is ahead is not there"


def test_long_texts_are_fewer_on_a_page_and_a_vote_is_on_one() -> None:
    plan = plan_of(
        [step("one", asks("K1", "notes", NOTES_RULES), asks("T", "text", TextRules(4000, True)))],
        [step("two", asks("V", "vote", VOTE_RULES, Source("K1")))],
    )
    paper = Paper(plan).opens().joins("ivan", "eva").starts()
    paper.says("ivan", K1=["alpha"], T="x" * 4000)
    paper.next().dots("eva", "V", alpha=1)
    paper.finishes()
    most = {page.prompt.prompt.id: page.most for page in pages(paper.board())}
    assert most == {"K1": PAGE // 2, "T": 300 * PAGE // 4000, "V": PAGE}


def test_who_took_over_is_announced_to_everybody() -> None:
    paper = opened().names_moderator("moni").later(minutes=6)
    paper.do(c.TakeOver(workshop="w1", by="moni"))
    notice = {one.slot: one.view for one in wall(paper.board())}["takeover:0"]
    assert isinstance(notice, Notice)
    assert notice.sentence == Spoken(Said.TAKEN_OVER, {"who": paper.w.people["moni"].name})
    paper.names_facilitator("ivan")
    assert "takeover:1" not in paper.hung(), "naming is no taking over"
