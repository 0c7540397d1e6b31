"""What is said of figures beside their own cards: who sees them, and what an item gathered that is carried over."""

from __future__ import annotations

from cards import phrases as ph
from locales import words
from tests.cards.test_figured import CHECK, MATRIX, RATING, SCALE
from tests.workshop.session import plan_of, step
from workshop.plan import Item

EN = words("en")


def test_who_sees_what_is_said_of_counting_kinds_as_they_count() -> None:
    for prompt in (SCALE, CHECK, MATRIX, RATING):
        assert ph.privacy(prompt, EN).startswith("Kept with your name; the board shows only how many.")


def test_what_an_item_gathered_is_said_where_its_weight_is_a_figure_that_people_know() -> None:
    plan = plan_of([step("one", SCALE, CHECK, MATRIX)])
    for origin, told in (("S", "median 4.5"), ("L", ""), ("M", "")):
        assert ph.gathered(Item("k", {}, origin, 9), plan, EN) == told
