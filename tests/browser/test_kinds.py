"""Every kind of prompt answered with the keyboard alone, and what the board then shows of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Look
from tests.browser.test_session import Take, everybody_answered, simulate_in, take  # noqa: F401 - a fixture
from tests.browser.window import Window, appears, either

PLAN = "every-kind"
CROWD = 8
MOST_TABS = 80

ACTIVE = """() => {
    const node = document.activeElement;
    const group = node.closest('[role="group"], [role="radiogroup"], .ac-choiceSetInput-expanded');
    return {
        tag: node.tagName.toLowerCase(), type: node.type || "", words: (node.textContent || "").trim(),
        inside: !!node.closest('[data-testid="dialog"]'), checked: !!node.checked,
        label: node.labels && node.labels.length ? node.labels[0].textContent : (node.getAttribute("aria-label") || ""),
        named: !!(node.labels && node.labels.length || node.getAttribute("aria-label")
                  || node.getAttribute("aria-labelledby") || (group && group.getAttribute("aria-labelledby"))
                  || (group && group.getAttribute("aria-label"))),
    };
}"""
"""What has the focus, as a screen reader would want to know it."""

Plan = Mapping[str, tuple[str, ...]]
KINDS = (
    *("text", "notes", "words", "choice", "choices", "scale", "ranking"),
    *("points", "matrix", "vote", "checklist", "form", "commitment", "rating"),
)
"""In the order in which the template asks."""
TITLES = ("In your own words", "Choose and rate", "Put in order", "Votes and conditions", "Commit and rate")
TYPED: tuple[tuple[str, Plan], ...] = (
    ("written", {"text": ("We all write in passive voice", "One desk", "The head comes too", "One desk")}),
    ("chosen", {"text": ("A phone line",), "select": ("4", "5")}),
    ("ordered", {"number": ("60", "40"), "select": ("1", "3", "2", "4", "3", "2", "5")}),
    ("conditions", {"text": ("A new office", "Nobody has time"), "select": ("1", "3"), "dots": ("1", "1")}),
    (
        "promised",
        {
            "text": ("Ask for one swapped shift", "The two heads", "The rota says so"),
            "date": ("12242026",),
            "select": ("8",),
        },
    ),
)
"""For each step what is typed into its fields, in their order; for lists, how often the arrow key is pressed."""


def test_every_kind_is_answered_with_the_keyboard_alone(look: Look, take: Take) -> None:  # noqa: F811 - the fixture
    page = look("?as=james", viewport={"width": 1280, "height": 2800}, locale="en-US")
    facilitator = Window(page, "james")
    facilitator.opens_a_workshop(PLAN, "en")
    facilitator.joins()
    simulate_in(page, "en", CROWD)
    facilitator.courses("Start")
    facilitator.closes()
    for number, (step, typed) in enumerate(TYPED, 1):
        appears(facilitator.card("Facilitate").get_by_text(TITLES[number - 1], exact=True))
        facilitator.button("Answer").press("Enter")
        appears(facilitator.dialog)
        fill_with_keys(page, typed)
        take(f"kinds-{step}", card(facilitator).screenshot(animations="disabled"))
        page.keyboard.press("Enter")
        appears(facilitator.receipt)
        page.keyboard.press("Escape")
        expect(facilitator.dialog).to_have_count(0)
        everybody_answered(page, CROWD * number)
        facilitator.opens("Facilitate")
        facilitator.goes_on()
        facilitator.closes()
    results(page, facilitator, take)


def card(window: Window) -> Locator:
    """What the open dialog shows, without its frame."""
    return window.dialog.locator(".ac-adaptiveCard").first


def fill_with_keys(page: Page, typed: Plan) -> None:
    """Tab from field to field: type into those for words and numbers, choose with arrows and Space, stop at Send."""
    words = {kind: iter(sentences) for kind, sentences in typed.items()}
    sending = either("Send", "Replace my answer")
    for _ in range(MOST_TABS):  # a dialog opens with its first field ready to be typed into
        active = page.evaluate(ACTIVE)
        if active["tag"] == "button" and re.match(sending, active["words"]):
            return
        if active["inside"] and active["tag"] in ("input", "textarea", "select"):
            assert active["named"], f"a field that a screen reader has no name for: {active}"
            _answer(page, active, words)
        page.keyboard.press("Tab")
    raise AssertionError("there is no Send that the keyboard reaches")


def _answer(page: Page, active: Mapping[str, Any], words: Mapping[str, Iterator[str]]) -> None:
    nothing: Iterator[str] = iter(())
    if active["tag"] == "select":
        steps = words.get("dots" if "dot" in active["words"] else "select", nothing)
        for _ in range(int(next(steps, "0"))):
            page.keyboard.press("ArrowDown")
    elif active["type"] == "checkbox":
        page.keyboard.press("Space")
    elif active["type"] == "radio":
        for _ in range(int(next(words.get("radio", nothing), "0"))):
            page.keyboard.press("ArrowDown")
    elif active["type"] in ("number", "date"):
        page.keyboard.type(next(words[active["type"]], ""))  # a date has a stop for its calendar too
    else:
        page.keyboard.type(next(words["text"]))


def results(page: Page, facilitator: Window, take: Take) -> None:  # noqa: F811 - the fixture
    """The board, page by page: one picture of each kind's result."""
    facilitator.opens("Board")
    shown = re.search(rf"page (\d+) of {len(KINDS)}", facilitator.dialog.inner_text())
    assert shown, "the board says which page it is"
    for number in range(int(shown[1]) - 1, 0, -1):
        facilitator.dialog.get_by_role("button", name=either("Previous page")).click()
        expect(facilitator.dialog).to_contain_text(f"page {number} of {len(KINDS)}")
    seen: set[str] = set()
    following = facilitator.dialog.get_by_role("button", name=either("Next page"))
    for number, kind in enumerate(KINDS, 1):
        expect(facilitator.dialog).to_contain_text(f"page {number} of {len(KINDS)}")
        take(f"result-{kind}", card(facilitator).screenshot(animations="disabled"))
        seen.add(facilitator.dialog.inner_text())
        if kind != KINDS[-1]:
            following.click()
    assert len(seen) == len(KINDS)
    everything = "\n".join(seen)
    for words in ("We all write in passive voice", "A phone line", "Ask for one swapped shift", "A new office"):
        assert words in everything
