"""What axe-core says of every card there is, as Microsoft's renderer draws it: in light and dark, large, and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.drawn import DRAW, awaited, cards_on_a_page
from tests.cards.every_card import Sample, every_card
from tools.places import PAGE
from workshop.views import View

AXE = """async only => {
    const found = await axe.run("#all", {resultTypes: ["violations"], ...(only ? {runOnly: only} : {})});
    return found.violations.flatMap(({id, impact, help, nodes}) => nodes.map(node => {
        const section = document.querySelector(node.target[0])?.closest("section");
        return {id, impact, help, card: section?.getAttribute("aria-label"), html: node.html.slice(0, 300),
                why: (node.any[0] || node.all[0] || node.none[0])?.message};
    }));
}"""
TOO_WIDE = """() => [...document.querySelectorAll("section")].flatMap(section => {
    const card = section.querySelector(".card");
    const wide = [card, ...card.querySelectorAll("*")].filter(node => {
        const {right} = node.getBoundingClientRect();
        return right > document.documentElement.clientWidth + 1 && getComputedStyle(node).position !== "absolute";
    });
    return wide.length ? [`${section.getAttribute("aria-label")}: ${wide.at(-1).outerHTML.slice(0, 200)}`] : [];
})"""


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return awaited(every_card("pl"))


@pytest.fixture(scope="module")
def page(browser: Browser, samples: list[Sample]) -> Iterator[Page]:
    """All of them on one page of the rehearsal room's looks."""
    with cards_on_a_page(browser, [vars(sample) for sample in samples]) as page:
        page.add_script_tag(path=PAGE / "node_modules" / "axe-core" / "axe.min.js")
        yield page


def serious(page: Page, *only: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(AXE, list(only) or None)
    return [one for one in found if one["impact"] in ("serious", "critical")]


def test_every_view_that_can_be_drawn_is_there(samples: list[Sample]) -> None:
    missing = {view.__name__ for view in get_args(View)} - {sample.name for sample in samples}
    assert not missing, "tests/cards/every_card.py has no sample of these"


def test_axe_finds_nothing_serious_on_any_card_in_light_and_in_dark(page: Page) -> None:
    assert serious(page) == []
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert serious(page, "color-contrast") == []


def test_what_is_wrong_is_found(page: Page) -> None:
    wrong = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Input.Text", "id": "nameless"}]}
    page.evaluate(DRAW, [{"name": "wrong", "card": wrong, "dialog": True}])
    assert {one["id"] for one in serious(page, "label")} == {"label"}
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate("document.querySelector('section:last-of-type input').style.minWidth = '900px'")
    assert ["wrong" in line for line in page.evaluate(TOO_WIDE)] == [True]
    page.evaluate("document.querySelector('section:last-of-type').remove()")


def test_no_card_is_wider_than_a_narrow_window_or_with_large_text(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate("document.documentElement.style.zoom = '2'")
    page.set_viewport_size({"width": 640, "height": 800})
    assert page.evaluate(TOO_WIDE) == []
