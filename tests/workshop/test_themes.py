"""Themes: notes put together by people, undone by people; and what is proposed to them, which changes nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings, strategies as st

from workshop.themes import ALIKE, UNDONE, Noted, Suggestion, Theme, Themes, suggest


def noted(*texts: str) -> list[Noted]:
    """A note of the words of each text, named a, b, c …"""
    return [Noted("abcdefghijklmnop"[n], dict.fromkeys(text.split(), 1.0)) for n, text in enumerate(texts)]


def proposed(notes: Sequence[Noted], **themes: Sequence[str]) -> list[str]:
    """Each proposal as "notes>middle", with the theme in front where there is one."""
    return [
        f"{each.theme}{':' if each.theme else ''}{''.join(each.notes)}>{each.middle}" for each in suggest(notes, themes)
    ]


# ---- by people


def test_notes_are_put_together_moved_named_merged_and_it_is_undone() -> None:
    start = Themes()
    time = start.put("t1", "Time", ["a", "b", "a"])
    assert time.now == (Theme("t1", "Time", ("a", "b")),)
    both = time.put("t2", "Money", ["c", "b"])
    assert both.now == (Theme("t1", "Time", ("a",)), Theme("t2", "Money", ("c", "b")))
    more = both.put("t1", "is there already", ["d"])
    assert more.now[0] == Theme("t1", "Time", ("a", "d"))
    named = more.rename("t2", "Budget")
    merged = named.merge("t1", "t2")
    assert merged.now == (Theme("t2", "Budget", ("c", "b", "a", "d")),)
    back = merged
    for expected in (named, more, both, time, start, start):
        back = back.undo()
        assert back == expected


def test_a_theme_that_loses_its_last_note_is_gone_and_comes_back() -> None:
    themes = Themes().put("t1", "Time", ["a"]).put("t2", "Money", ["b", "c"])
    without = themes.take_out(["a", "c", "never there"])
    assert without.now == (Theme("t2", "Money", ("b",)),)
    assert without.undo() == themes


def test_what_changes_nothing_is_nothing_to_undo() -> None:
    themes = Themes().put("t1", "Time", ["a"])
    for same in (
        themes.put("t1", "Other", ["a"]), themes.put("t2", "Empty", []), themes.take_out(["z"]),
        themes.rename("t1", "Time"), themes.merge("t1", "t1"),
    ):  # fmt: skip
        assert same is themes


def test_a_theme_that_is_not_there_is_neither_renamed_nor_merged() -> None:
    themes = Themes().put("t1", "Time", ["a"])
    for theme, into in (("t1", "t2"), ("t2", "t1")):
        with pytest.raises(KeyError):
            themes.merge(theme, into)
    with pytest.raises(KeyError):
        themes.rename("t2", "Money")


def test_as_many_changes_are_kept_as_can_be_undone() -> None:
    themes = Themes()
    for number in range(UNDONE + 5):
        themes = themes.put("t", "Theme", [f"n{number}"])
    assert len(themes.before) == UNDONE
    for _ in range(UNDONE + 5):
        themes = themes.undo()
    assert [len(theme.notes) for theme in themes.now] == [5]


@pytest.mark.no_cover
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["put", "merge", "rename", "take"]), st.integers(0, 3), st.integers(0, 7))))
def test_a_note_is_never_in_two_themes(steps: list[tuple[str, int, int]]) -> None:
    themes = Themes()
    for what, theme, note in steps:
        names = [each.id for each in themes.now]
        if what == "put":
            themes = themes.put(f"t{theme}", "name", [f"n{note}", f"n{note // 2}"])
        elif what == "take":
            themes = themes.take_out([f"n{note}"])
        elif names and what == "merge":
            themes = themes.merge(names[note % len(names)], names[theme % len(names)])
        elif names:
            themes = themes.rename(names[theme % len(names)], f"name {note}")
        seen = [id for each in themes.now for id in each.notes]
        assert len(seen) == len(set(seen)) and all(each.notes for each in themes.now)


# ---- proposals


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], []),
        (["time"], []),
        (["", ""], []),
        (["time money", "law"], []),
        (["time", "time"], ["ab>a"]),
        (["law", "staff time", "budget", "time"], ["bd>b"]),
        # The larger first, then whose note came first; the middle is what the others are most like.
        (["x y", "time", "staff", "y x", "staff time", "time staff late"], ["bcef>e", "ad>a"]),
        (["law", "budget cut", "law", "cut budget"], ["ac>a", "bd>b"]),
        # A word that everybody wrote makes no cluster of the others.
        (["we time staff", "we time train", "we law act", "we law court"], ["ab>a", "cd>c"]),
    ],
)
def test_what_is_proposed(texts: list[str], expected: list[str]) -> None:
    assert proposed(noted(*texts)) == expected


def test_likeness_on_paper() -> None:
    """Three notes; "time" is in two of them, each other word in one."""
    notes = noted("time staff", "time money", "law")
    rare, common = math.log(1 + 3 / 1), math.log(1 + 3 / 2)
    cosine = common**2 / (common**2 + rare**2)
    assert suggest(notes) == (Suggestion(("a", "b"), "a", round(cosine, 9)),)
    assert cosine > ALIKE


@pytest.mark.parametrize(("cosine", "found"), [(0.14, 0), (0.16, 1)])
def test_from_which_likeness_on_notes_are_proposed(cosine: float, found: int) -> None:
    """Two notes share one word and have one each of their own, just heavy enough."""
    heavy = math.log(1 + 2 / 2) / math.log(1 + 2 / 1) * math.sqrt(1 / cosine - 1)
    notes = [Noted("a", {"time": 1, "staff": heavy}), Noted("b", {"time": 1, "law": heavy})]
    assert len(suggest(notes)) == found


def test_who_is_like_one_note_of_a_cluster_has_to_be_like_the_cluster() -> None:
    """c is like a (0.2), and not like b at all: it is not like the two together (0.1)."""
    notes = [Noted("a", {"time": 5, "staff": 1}), Noted("b", {"time": 5}), Noted("c", {"staff": 1})]
    assert [each.notes for each in suggest(notes)] == [("a", "b")]
    assert 1 / math.hypot(5, 1) > ALIKE, "the two alone would do: both words are in two notes and weigh alike"


def test_the_likeness_of_three_is_the_mean_of_their_pairs() -> None:
    (found,) = suggest(noted("time", "time", "time staff"))
    rare, common = math.log(1 + 3 / 1), math.log(1 + 3 / 3)
    cosine = common / math.hypot(common, rare)
    assert found.likeness == pytest.approx((1 + 2 * cosine) / 3)


def test_a_weight_says_how_much_a_word_counts() -> None:
    strong = [Noted("a", {"time": 1, "staff": 1}), Noted("b", {"time": 1, "law": 1}), Noted("c", {"act": 1})]
    weak = [Noted(note.id, {word: 0.1 if word == "time" else 1.0 for word in note.words}) for note in strong]
    assert len(suggest(strong)) == 1
    assert suggest(weak) == ()


def test_a_chain_of_notes_is_no_theme() -> None:
    """Each is like the next, and the ends have nothing in common: the mean of the pairs keeps them apart."""
    chain = noted(*(f"w{n} w{n + 1}" for n in range(12)))
    found = suggest(chain)
    assert found and max(len(each.notes) for each in found) <= 4
    assert all(each.likeness >= ALIKE for each in found)


def test_notes_are_proposed_for_the_themes_that_there_are() -> None:
    notes = noted("time staff", "time train", "law act", "law court", "time staff train", "cloud")
    assert proposed(notes, Time=["b", "a", "gone"], Law=["c"]) == ["Law:d>c", "Time:e>e"]
    assert proposed(notes, Time=["b", "a", "e"], Law=["c", "d"]) == [], "nothing is left to propose"
    assert proposed(notes, Gone=["never"]) == proposed(notes)
    assert proposed(noted("time staff", "law", "time staff"), Time=["c"]) == ["Time:a>a"], "earlier notes too"


def test_themes_are_never_proposed_as_one() -> None:
    notes = noted("time staff", "time staff", "time staff", "staff time")
    found = proposed(notes, One=["a"], Other=["d"])
    assert found in (["One:bc>a"], ["Other:bc>b"], ["One:b>a", "Other:c>c"])
    assert proposed(notes, One=["a", "b"], Other=["c", "d"]) == []


def test_an_id_twice_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="twice"):
        suggest([Noted("a", {}), Noted("a", {})])


WORDS = st.dictionaries(st.sampled_from(["time", "staff", "law", "act", "money", "train"]), st.just(1.0), max_size=4)


@pytest.mark.no_cover
@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=14), st.data())
def test_every_proposal_holds_what_it_says(words: list[dict[str, float]], data: st.DataObject) -> None:
    notes = [Noted(f"n{number:02}", each) for number, each in enumerate(words)]
    ids = [note.id for note in notes]
    shuffled = data.draw(st.permutations(ids))
    themes = {"One": shuffled[:2], "Two": shuffled[2:3]}
    found = suggest(notes, themes)
    new = [id for each in found for id in each.notes]
    assert len(new) == len(set(new)), "nobody's note is proposed twice"
    assert not set(new).intersection(shuffled[:3]), "what is in a theme stays there"
    assert all(each.middle in (*each.notes, *themes.get(each.theme, ())) for each in found)
    assert all(0 <= each.likeness <= 1 + 1e-9 and (each.theme or each.likeness >= ALIKE) for each in found)
    assert all(each.notes == tuple(sorted(each.notes)) for each in found)
    alone = [note for note in notes if not note.words]
    assert not {note.id for note in alone}.intersection(new), "a note that says nothing is like no other"
    assert suggest(notes, themes) == found


@pytest.mark.no_cover
def test_five_hundred_notes() -> None:
    subjects = ["time staff", "money budget", "law act", "citizen service", "training course"]
    notes = [Noted(f"n{n:03}", {**dict.fromkeys(subjects[n % 5].split(), 1.0), f"own{n}": 0.3}) for n in range(500)]
    found = suggest(notes)
    assert [len(each.notes) for each in found] == [100] * 5
    assert all(len({int(id[1:]) % 5 for id in each.notes}) == 1 for each in found)
