"""One person's window in the rehearsal room: what tests do in it is what a hand with a mouse and keys does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from locales import LANGUAGES, words

OPENED = "The workshop is open. Its card is in the conversation: people join there, and Facilitate takes you on."


def either(*english: str, first: bool = True) -> re.Pattern[str]:
    """The beginning of one of these sentences, up to its first place to fill, in any of Kolbot's languages; the
    whole where a language begins with the place.

    Who reads which language is not what these tests are about.
    """
    said = (words(language)(one) for one in english for language in LANGUAGES)
    words_or_words = "|".join(dict.fromkeys(_beginning(one) for one in said))
    return re.compile(f"^({words_or_words})" if first else words_or_words)


def _beginning(sentence: str) -> str:
    before, *after = re.split(r"\{[a-z_]+\}", sentence)
    return re.escape(before) or ".+".join(["", *map(re.escape, after)])


def appears(what: Locator) -> None:
    """Waits until it is to be seen.

    Each time that `expect` looks in vain it describes the whole page, for the words of a failure: in a long
    conversation that is a third of a second.
    """
    what.wait_for()


def buttons(where: Page | Locator, *english: str) -> Locator:
    """Those whose words begin like this. That what is read is also the name that a screen reader says, is what axe-core
    looks at on every card: to ask Playwright for names in a long conversation costs more than all that people do in it.
    """
    return where.locator("button").filter(has_text=either(*english))


class Window:
    """The pane of one person in a page."""

    def __init__(self, page: Page, person: str) -> None:
        self.page = page
        self.person = person
        self.node = page.locator(f'[data-testid="pane"][data-person="{person}"]')
        # The newest post of a channel, all of a chat.
        self.thread = self.node.locator(".feed-frame.channel [data-testid=post]:last-child, .feed-frame.chat")
        self.compose = self.node.get_by_test_id("compose")
        self.posts = self.node.get_by_test_id("post")
        self.messages = self.node.get_by_test_id("message")
        self.dialog = self.node.get_by_test_id("dialog")
        self.said = self.dialog.get_by_test_id("dialog-message")
        self.told = self.dialog.locator('[id="said"]')
        self.receipt = self.dialog.locator('[id="receipt"]')
        self.refusal = self.dialog.locator('[id="refusal"]')

    def says(self, text: str) -> None:
        """Types into the box below the conversation and sends with Enter."""
        self.compose.click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def card(self, english: str) -> Locator:
        """The newest card with a button of this name, in the newest post or chat."""
        return self.thread.get_by_test_id("card").filter(has=buttons(self.page, english)).last

    def button(self, english: str) -> Locator:
        """A button of the newest card that has it."""
        return buttons(self.card(english), english)

    def opens(self, english: str) -> Locator:
        """Presses the newest card's button, and waits for its dialog."""
        self.button(english).click()
        appears(self.dialog)
        return self.dialog

    def presses(self, *english: str) -> None:
        """Presses the button of the open dialog that has one of these names."""
        buttons(self.dialog, *english).click()

    def goes_on(self) -> None:
        """Next, as the open console offers it; after the last step it asks first, and is told yes."""
        self.presses("Next", "Next: {step}", "Finish the workshop")
        sure = buttons(self.dialog, "Yes, finish it")
        appears(self.told.or_(sure).first)
        if sure.count():
            sure.click()
        appears(self.told)

    def closes(self) -> None:
        """Closes the dialog."""
        self.dialog.get_by_test_id("dialog-close").click()
        expect(self.dialog).to_have_count(0)

    def opens_a_workshop(self, plan: str, language: str, title: str = "") -> None:
        """Says `@Kolbot new` in a channel and fills the form that its card opens."""
        appears(self.posts.first)  # what stands there already is loaded
        before = self.posts.count()
        self.says("@Kolbot new")
        expect(self.posts).to_have_count(before + 1)
        appears(self.posts.last.get_by_test_id("card"))
        self.opens("Open a workshop")
        self.dialog.locator(f'input[value="{plan}"]').check()
        self.dialog.locator('[id="language"] select').select_option(language)
        if title:
            self.dialog.locator('[id="title"] input').fill(title)
        self.presses("Open the workshop")
        expect(self.said).to_contain_text(either(OPENED))
        self.closes()

    def joins(self) -> None:
        """Reads the notice and joins."""
        self.opens("Join")
        self.presses("Join")
        appears(self.said)
        self.closes()

    def answers(self, *sentences: str, which: int = 0) -> None:
        """Opens the answer dialog, fills it, sends it, reads the receipt, closes."""
        self.opens("Answer")
        self.fills(sentences, which)
        self.sends()
        for line in filter(None, "\n".join(sentences).splitlines()):
            expect(self.dialog).to_contain_text(line)
        self.closes()

    def sends(self) -> None:
        """Sends the form, for the first time or again, and waits for its receipt."""
        self.presses("Send", "Replace my answer")
        appears(self.receipt)

    def fills(self, sentences: Sequence[str], which: int = 0) -> None:
        """A sentence for each field for words, a choice for each question, two dots of a vote: from `which` on."""
        fields = self.dialog.locator("textarea, input[type=text]")
        expect(fields).to_have_count(len(sentences))
        for number, sentence in enumerate(sentences):
            fields.nth(number).fill(sentence)
        for group in self.dialog.locator(".ac-choiceSetInput-expanded").all():
            choices = group.locator("input")
            choices.nth(which % choices.count()).check()
        dots = self.dialog.locator("select")
        for number in range(min(2, dots.count())):
            dots.nth((which + number) % dots.count()).select_option("1")

    def courses(self, english: str) -> None:
        """Opens the console and presses one of its buttons; stays in it."""
        self.opens("Facilitate")
        self.presses(english)
        appears(self.told)
