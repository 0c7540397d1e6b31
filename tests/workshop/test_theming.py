"""Themes in a workshop: who may put notes together, what the board shows then, and what a vote is on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from tests.workshop.paper import ANNA, Paper, names, opened, reason
from tests.workshop.session import DOTS, NOTES, ONE_COLUMN, asks, plan_of, step
from workshop import commands as c
from workshop.cycle import unseen
from workshop.plan import Plan, Source
from workshop.prompts.notes import NotesResult, notes_rules, written
from workshop.refusals import Refused
from workshop.themes import LONGEST, MOST, Themes
from workshop.theming import carried, notes_on, sheets, tallied, themes_in

GOOD = {"workshop": "w1", "by": ANNA, "prompt": "K1", "column": "good"}


def noted() -> Paper:
    """Ivan and Eva wrote what works; the step is open."""
    paper = opened().starts()
    paper.says("ivan", K1={"good": "time is short\nopen days\nstaff", "hard": "law"})
    paper.says("eva", K1={"good": "no time\nOpen days.", "hard": "law"})
    return paper


def board(paper: Paper, prompt: str = "K1", everything: bool = True) -> list[str]:
    """The first column: each theme as "name: its notes", then what is in none."""
    result = paper.shown(prompt, everything).result
    assert isinstance(result, NotesResult)
    column = result.columns[0]
    parts = [f"{theme.name}: {', '.join(note.words for note in theme.notes)}" for theme in column.themes]
    return [*parts, *(note.words for note in column.rest)]


def wrong(outcome: object) -> object:
    """Why the themes were left as they are."""
    assert isinstance(outcome, Refused) and outcome.reason == "wrong_theme", outcome
    return outcome.facts["why"]


# ---- what is done by those who lead


def test_notes_are_put_together_and_the_board_shows_it() -> None:
    paper = noted()
    assert names(paper.puts("K1", ["time is short", "no time"], " Time\n")) == ["ThemesChanged"]
    assert board(paper) == ["Time: time is short, no time", "open days", "staff", "Open days."]
    paper.puts("K1", ["staff"], theme=paper.theme("K1", "Time"))
    paper.puts("K1", ["open days", "no time"], "People")
    assert board(paper) == ["Time: time is short, staff", "People: open days, no time", "Open days."]
    paper.do(c.RenameTheme(**GOOD, theme=paper.theme("K1", "Time"), called="Work"))
    paper.do(c.MergeThemes(**GOOD, theme=paper.theme("K1", "People"), into=paper.theme("K1", "Work")))
    assert board(paper) == ["Work: time is short, open days, staff, no time", "Open days."]
    staff = paper.entry("K1", "ivan", "staff")
    assert names(paper.do(c.TakeOutOfTheme(**GOOD, notes=(staff,)))) == ["ThemesChanged"]
    assert board(paper) == ["Work: time is short, open days, no time", "staff", "Open days."]
    paper.do(c.UndoTheme(**GOOD, mark=themes_in(paper.w, "K1", "good").mark))
    assert "staff" in board(paper)[0]
    other = paper.shown("K1", everything=True).result
    assert isinstance(other, NotesResult) and other.columns[1].themes == (), "the other column has themes of its own"


def test_a_theme_of_the_same_name_is_the_same_theme() -> None:
    paper = noted().themes("K1", Time=["time is short"])
    paper.puts("K1", ["no time"], "  TIME.")
    assert board(paper)[0] == "Time: time is short, no time"


def test_the_second_column_has_themes_and_none_of_them_is_carried() -> None:
    paper = noted().themes("K1", Time=["no time"])
    assert not isinstance(paper.puts("K1", ["law"], "Law", column="hard"), Refused)
    result = paper.shown("K1", everything=True).result
    assert isinstance(result, NotesResult)
    assert [[theme.name for theme in column.themes] for column in result.columns] == [["Time"], ["Law"]]
    assert paper.next().items("K4") == ["Time", "open days", "time is short", "staff"]


def test_what_is_so_already_changes_nothing() -> None:
    paper = noted().themes("K1", Time=["time is short"], Days=["open days"])
    before, time = paper.w, paper.theme("K1", "Time")
    stood = themes_in(paper.w, "K1", "hard").mark
    for same in (
        c.PutIntoTheme(**GOOD, notes=(paper.entry("K1", "ivan", "time is short"),), theme=time),
        c.TakeOutOfTheme(**GOOD, notes=("0" * 16,)),
        c.MergeThemes(**GOOD, theme=time, into=time),
        c.RenameTheme(**GOOD, theme=time, called=" Time "),
        c.UndoTheme(**{**GOOD, "column": "hard"}, mark=stood),
    ):
        assert paper.do(same) == (), same
    assert paper.w is before


def test_what_cannot_be_done_says_why_and_changes_nothing() -> None:
    paper = noted().themes("K1", Time=["time is short"], Days=["open days"])
    before, time, staff = paper.w, paper.theme("K1", "Time"), (paper.entry("K1", "ivan", "staff"),)
    refused: dict[str, tuple[c.AnyCommand, ...]] = {
        "nothing": (c.PutIntoTheme(**GOOD, notes=(), called="x"), c.TakeOutOfTheme(**GOOD, notes=())),
        "missing": (
            c.PutIntoTheme(**GOOD, notes=staff, called="\u200b \n"),
            c.RenameTheme(**GOOD, theme=time, called=""),
        ),
        "long": (
            c.PutIntoTheme(**GOOD, notes=staff, called="x" * (LONGEST + 1)),
            c.RenameTheme(**GOOD, theme=time, called="ł" * (LONGEST + 1)),
        ),
        "gone": (
            c.PutIntoTheme(**GOOD, notes=staff, theme="theme:0", called="x"),
            c.RenameTheme(**GOOD, theme="Time", called="x"),
            c.MergeThemes(**GOOD, theme=time, into="theme:0"),
            c.MergeThemes(**GOOD, theme="theme:0", into=time),
        ),
        "taken": (c.RenameTheme(**GOOD, theme=time, called="days"),),
        "changed": (c.UndoTheme(**GOOD, mark=""), c.UndoTheme(**GOOD, mark=Themes().mark)),
    }
    for why, commands in refused.items():
        for command in commands:
            assert wrong(paper.do(command)) == why, command
    for prompt, column in (("K1", "none"), ("K2", "good"), ("C1", ""), ("E2", "all"), ("\x00", "good")):
        here = {**GOOD, "prompt": prompt, "column": column}
        assert reason(paper.do(c.PutIntoTheme(**here, notes=staff, called="x"))) == "unknown_prompt"
    for entry in ("", "0" * 16, paper.entry("K1", "ivan", "law"), "\ud800"):
        assert reason(paper.do(c.PutIntoTheme(**GOOD, notes=(entry,), called="x"))) == "unknown_entry"
    assert paper.w is before


def test_a_name_as_long_as_can_be_is_taken_and_an_own_name_can_be_written_otherwise() -> None:
    paper = noted()
    assert not isinstance(paper.puts("K1", ["staff"], "ł" * LONGEST), Refused)
    theme = paper.theme("K1", "ł" * LONGEST)
    paper.do(c.RenameTheme(**GOOD, theme=theme, called="people"))
    assert names(paper.do(c.RenameTheme(**GOOD, theme=theme, called="People."))) == ["ThemesChanged"]


def test_as_many_themes_as_a_form_can_list() -> None:
    plan = plan_of([step("notes", asks("N", "notes", ONE_COLUMN))], [], [], [])
    paper = Paper(plan).opens().starts()
    for number in range(3):
        paper.joins(f"p{number}").says(f"p{number}", N=[f"note {number}-{line}" for line in range(20)])
    for number in range(MOST):
        paper.themes("N", **{f"theme {number}": [f"note {number // 20}-{number % 20}"]})
    assert wrong(paper.puts("N", ["note 2-19"], "one more")) == "many"
    assert not isinstance(paper.puts("N", ["note 2-19"], "theme 7"), Refused), "an old one takes more"
    assert not isinstance(paper.puts("N", ["note 0-0"], "instead"), Refused), "the one that it empties is gone"


def test_notes_that_are_gone_do_not_stop_the_others() -> None:
    paper = noted()
    here, gone = paper.entry("K1", "ivan", "staff"), paper.entry("K1", "eva", "no time")
    paper.says("eva", K1={"good": "Open days."})
    paper.do(c.PutIntoTheme(**GOOD, notes=(gone, here), called="People"))
    assert themes_in(paper.w, "K1", "good").now[0].notes == (here,)


# ---- what is seen, and what is not


def test_what_is_hidden_changed_or_withdrawn_is_out_of_its_theme_and_comes_back_with_its_words() -> None:
    paper = noted().themes("K1", Time=["time is short", "no time"])
    paper.hides(paper.entry("K1", "ivan", "time is short"))
    paper.closes()
    assert board(paper, everything=False) == ["Time: no time", "open days", "staff", "Open days."]
    paper.allows_late().says("eva", K1={"good": "other words"})
    assert board(paper, everything=False) == ["open days", "staff", "other words"], "a theme with nothing is not shown"
    paper.restores(paper.entry("K1", "ivan", "time is short"))
    paper.says("eva", K1={"good": "other words\nno time"})
    assert board(paper, everything=False)[0] == "Time: time is short, no time"
    paper.withdraws("eva")
    paper.withdraws("ivan")
    assert board(paper, everything=False) == [] and len(themes_in(paper.w, "K1", "good").now) == 1


def test_of_a_moderated_prompt_a_theme_shows_what_a_moderator_let_through() -> None:
    moderated = replace(asks("N", "notes", ONE_COLUMN), moderated=True)
    plan = plan_of([step("notes", moderated), step("vote", asks("V", "vote", DOTS, Source("N")))], [], [], [])
    paper = Paper(plan).opens().joins("ivan", "eva").starts()
    paper.says("ivan", N=["mild", "rude"])
    paper.says("eva", N=["wild"])
    paper.themes("N", Manners=["mild", "rude"], Other=["wild"])
    paper.do(c.ApproveEntry(workshop="w1", by=ANNA, entry=paper.entry("N", "ivan", "mild")))
    paper.next()
    assert board(paper, "N", everything=False) == ["Manners: mild"]
    assert paper.items("V") == ["Manners"] and len(paper.w.items["V"][0].entries) == 1
    seen = notes_on(paper.w, plan.prompts["N"], "all", paper.answers()["N"])
    assert [(note.words, note.waiting) for note in seen] == [("mild", False), ("rude", True), ("wild", True)]


def test_of_an_anonymous_prompt_nothing_below_the_minimum_and_never_who() -> None:
    plan = plan_of([step("notes", asks("N", "notes", ONE_COLUMN, anonymous=True))], [], [], [])
    paper = Paper(plan).opens(language="pl").joins("ivan", "eva", "ola", language="en").starts()
    for who in ("ivan", "eva"):
        paper.says(who, N=["same", f"of {who}"])
    assert notes_on(paper.w, plan.prompts["N"], "all", paper.answers()["N"]) == ()
    assert reason(paper.puts("N", ["same"], "Same")) == "unknown_entry"
    paper.says("ola", N=["other"])
    notes = notes_on(paper.w, plan.prompts["N"], "all", paper.answers()["N"])
    assert [(note.words, len(note.entries)) for note in notes] == [
        ("of eva", 1), ("of ivan", 1), ("other", 1), ("same", 2),
    ]  # fmt: skip
    assert {note.language for note in notes} == {"pl"}, "whose language it is would say whose note it is"
    paper.themes("N", Same=["same"])
    assert not {"ivan", "eva", "ola"} & set(repr(paper.w.themes).split("'"))


def test_notes_are_listed_those_in_no_theme_first_and_the_same_words_once() -> None:
    paper = noted().joins("olga", language="pl")
    paper.says("olga", K1={"good": "OPEN DAYS\nczas"})
    paper.themes("K1", Time=["no time"], Days=["OPEN DAYS"])
    paper.hides(paper.entry("K1", "ivan", "staff"))
    found = notes_on(paper.w, paper.plan.prompts["K1"], "good", paper.answers()["K1"])
    themes = {theme.id: theme.name for theme in themes_in(paper.w, "K1", "good").now}
    assert [(note.words.casefold().strip("."), len(note.entries), themes.get(note.theme, "")) for note in found] == [
        ("czas", 1, ""), ("open days", 2, ""), ("time is short", 1, ""), ("no time", 1, "Time"),
        ("open days", 1, "Days"),
    ]  # fmt: skip
    assert [note.language for note in found] == ["pl", "en", "en", "en", "pl"]
    stranger = replace(paper.w, people={})
    assert {n.language for n in notes_on(stranger, paper.plan.prompts["K1"], "good", paper.answers()["K1"])} == {"en"}


def test_only_notes_that_were_asked_for_have_themes() -> None:
    paper = opened()
    assert sheets(paper.w) == ()
    paper.to_step(4)
    found = [(prompt.id, column) for prompt, column in sheets(paper.w)]
    assert found == [("E2", "all"), ("K1", "good"), ("K1", "hard")]


# ---- nothing is lost and nothing is there twice

PLAN: Plan = plan_of([step("n", asks("K1", "notes", NOTES))], [], [], [])
WORDS = ("time", "Time.", "staff", "law", "open days", "OPEN days")
ANSWER = st.lists(st.sampled_from(WORDS), unique=True, max_size=5)
ACTS = st.tuples(
    st.sampled_from(["put", "into", "take", "merge", "rename", "undo", "hide", "restore", "say"]),
    st.integers(0, 9), st.integers(0, 9), ANSWER,
)  # fmt: skip


@pytest.mark.no_cover
@settings(max_examples=80, deadline=None)
@given(st.lists(ANSWER, min_size=1, max_size=4), st.lists(ACTS, max_size=12))
def test_no_note_is_lost_or_there_twice(first: list[list[str]], acts: list[tuple[str, int, int, list[str]]]) -> None:
    people = [f"p{number}" for number in range(len(first))]
    paper = Paper(PLAN).opens().joins(*people).starts()
    prompt = PLAN.prompts["K1"]
    for who, notes in zip(people, first, strict=True):
        paper.says(who, K1=notes)
    for what, one, other, words in acts:
        written_now = [entry for answer in paper.answers().get("K1", ()) for _, entry, _ in written(prompt, answer)]
        themes = themes_in(paper.w, "K1", "good")
        ids = [theme.id for theme in themes.now] or ["theme:0"]
        entries = tuple(written_now[one : one + 3])
        match what:
            case "put":
                paper.do(c.PutIntoTheme(**GOOD, notes=entries, called=f"Theme {other}"))
            case "into":
                paper.do(c.PutIntoTheme(**GOOD, notes=entries, theme=ids[other % len(ids)]))
            case "take":
                paper.do(c.TakeOutOfTheme(**GOOD, notes=entries))
            case "merge":
                paper.do(c.MergeThemes(**GOOD, theme=ids[one % len(ids)], into=ids[other % len(ids)]))
            case "rename":
                paper.do(c.RenameTheme(**GOOD, theme=ids[one % len(ids)], called=f"Theme {other}"))
            case "undo":
                paper.do(c.UndoTheme(**GOOD, mark=themes.mark))
            case "say":
                paper.says(people[one % len(people)], K1=words)
            case _ if entries:
                (paper.hides if what == "hide" else paper.restores)(entries[0])
        answers = paper.answers().get("K1", ())
        hidden = unseen(paper.w, prompt, answers)
        there = sorted(entry for answer in answers for _, entry, _ in written(prompt, answer) if entry not in hidden)
        items = carried(paper.w, prompt, (), answers, hidden)
        assert sorted(entry for one in items for entry in one.entries) == there, "each note is carried once"
        assert len({one.key for one in items}) == len(items)
        result = tallied(paper.w, prompt, (), answers, {}, hidden)
        assert isinstance(result, NotesResult)
        column = result.columns[0]
        shown = [note.entry for part in (*(theme.notes for theme in column.themes), column.rest) for note in part]
        assert sorted(shown) == there, "each note is shown once"
        listed = [entry for note in notes_on(paper.w, prompt, "good", answers) for entry in note.entries]
        assert sorted(listed) == there, "each note is listed once"
        names_now = [theme.name for theme in themes_in(paper.w, "K1", "good").now]
        assert len(set(names_now)) == len(names_now)
    assert notes_rules(prompt).columns[0][0] == "good"
