"""One person's window in the rehearsal room: what tests do in it is what a hand with a mouse and keys does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from locales import LANGUAGES, words


def either(english: str) -> re.Pattern[str]:
    """A button's or sentence's beginning in any of Kolbot's languages: who reads which is not what a test is about."""
    return re.compile("^(" + "|".join(re.escape(words(language)(english)) for language in LANGUAGES) + ")")


class Window:
    """The pane of one person in a page."""

    def __init__(self, page: Page, person: str) -> None:
        self.page = page
        self.person = person
        self.node = page.locator(f'[data-testid="pane"][data-person="{person}"]')
        self.compose = self.node.get_by_test_id("compose")
        self.messages = self.node.get_by_test_id("message")
        self.cards = self.messages.get_by_test_id("card")
        self.dialog = self.node.get_by_test_id("dialog")
        self.receipt = self.dialog.get_by_text(either("✓ Your answer is recorded. This is what is stored:"))

    def says(self, text: str) -> None:
        """Types into the box below the conversation and sends with Enter."""
        self.compose.click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def button(self, english: str) -> Locator:
        """The newest card's button of this name."""
        return self.cards.get_by_role("button", name=either(english)).last

    def opens(self, english: str) -> Locator:
        """Presses the newest card's button, and waits for its dialog."""
        self.button(english).click()
        expect(self.dialog).to_be_visible()
        return self.dialog

    def presses(self, english: str) -> None:
        """Presses a button of the open dialog."""
        self.dialog.get_by_role("button", name=either(english)).click()

    def closes(self) -> None:
        """Closes the dialog."""
        self.dialog.get_by_test_id("dialog-close").click()
        expect(self.dialog).to_have_count(0)

    def joins(self) -> None:
        """Reads the notice and joins."""
        self.opens("Join")
        self.presses("Join")
        expect(self.dialog.get_by_test_id("dialog-message").or_(self.dialog)).to_be_visible()

    def answers(self, *sentences: str) -> None:
        """Opens the answer dialog, fills it, sends, reads the receipt, closes."""
        self.opens("Answer")
        self.fills(sentences)
        self.presses("Send")
        expect(self.receipt).to_be_visible()
        for sentence in sentences:
            for line in sentence.splitlines():
                expect(self.dialog).to_contain_text(line)
        self.closes()

    def fills(self, sentences: Sequence[str]) -> None:
        """One sentence a text field, in their order; the first choice of each question; a dot for the first items."""
        fields = self.dialog.locator("textarea, input[type=text]")
        expect(fields).to_have_count(len(sentences))
        for number, sentence in enumerate(sentences):
            fields.nth(number).fill(sentence)
