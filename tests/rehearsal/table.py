"""A small workshop on the echo bot, for the tests of the simulated people. It knows none of the real one's rules."""

from __future__ import annotations

from typing import Any

from rehearsal.people import PEER_LEARNING
from tests.rehearsal.echo import EchoBot, card_message, card_of, dialog, opens, text_block

PLACE = PEER_LEARNING.id
Body = dict[str, Any]


class Table:
    """A small workshop on the echo bot: Join, then steps with a note, a text and a vote. All in dicts."""

    def __init__(self, bot: EchoBot) -> None:
        self.bot = bot
        self.step = 0
        self.joined: dict[str, Body] = {}
        self.kept: dict[tuple[str, int], Body] = {}
        self.refusals = 0
        self.longest = 280
        self.wrong = 0
        self.doubtful = 0
        self.card = ""
        bot.on_invoke = self.hears

    async def opens(self, step: int) -> None:
        """Posts the card of the first step and edits it for the others."""
        self.step = step
        card = card_of(
            text_block(f"Step {step}"),
            actions=[opens("Join", verb="join", w="w1"), opens("Answer", verb="answer", w="w1", step=step)],
        )
        if not self.card:
            self.card = await self.bot.post_card(PLACE, card)
        else:
            path = f"conversations/{PLACE}/activities/{self.card}"
            status, body = await self.bot.call("PUT", path, card_message(card))
            assert status == 200, body

    def hears(self, activity: Body) -> Body | None:
        who, data = activity["from"]["id"], activity["value"]["data"]
        if self.wrong:
            self.wrong -= 1
            self.bot.status = 500
            return None
        self.bot.status = 200
        if activity["name"] == "task/fetch":
            return self.form() if data["verb"] == "answer" and who in self.joined else self.notice()
        if data["verb"] == "joined":
            if not data.get("institution"):
                return self.notice("Where do you work?")
            self.joined[who] = data
            return self.form() if data.get("step") else self.says("You are in.")
        return self.takes(who, data)

    def takes(self, who: str, data: Body) -> Body:
        answer = {name: value for name, value in data.items() if name.startswith("a.")}
        dots = sum(int(number) for name, number in answer.items() if name.startswith("a.vote."))
        problem = next((name for name, value in answer.items() if len(value) > self.longest), None)
        if data["step"] != self.step:
            problem = "step"
        if problem is not None or dots > 3:
            self.refusals += 1
            return self.form("Too much", answer)
        self.kept[(who, data["step"])] = answer
        if self.doubtful:
            self.doubtful -= 1
            form = self.form("Not confirmed yet", answer)
            form["task"]["value"]["card"]["content"]["body"].append({**text_block("Press again"), "id": "unconfirmed"})
            return form
        return dialog("Thank you", card_of({"type": "Container", "id": "receipt", "items": [text_block("Kept")]}))

    def notice(self, refusal: str = "") -> Body:
        body = [self.refused(refusal)] if refusal else []
        body += [
            {"type": "Input.Text", "id": "institution", "label": "Institution", "maxLength": 120},
            {"type": "Input.Text", "id": "challenge", "label": "Challenge", "isMultiline": True, "maxLength": 280},
            {"type": "Input.Toggle", "id": "read", "title": "I have read it", "label": "Notice", "isRequired": True,
             "errorMessage": "Please read it"},
        ]
        data = {"verb": "joined", "w": "w1", "step": self.step}
        return dialog("Join", card_of(*body, actions=[{"type": "Action.Submit", "title": "Join", "data": data}]))

    def form(self, refusal: str = "", answer: Body | None = None) -> Body:
        given = answer or {}
        body = [self.refused(refusal)] if refusal else []
        for name, label in (("a.notes.what", "What it is, one per line"), ("a.board.", "One sentence")):
            body.append({
                "type": "Input.Text", "id": name, "label": label, "isMultiline": True, "maxLength": 900,
                "value": given.get(name, ""),
            })
        for number in range(4):
            name = f"a.vote.{number}"
            body.append({
                "type": "Input.ChoiceSet", "id": name, "label": f"Item {number}", "style": "compact",
                "value": given.get(name, "0"),
                "choices": [{"title": str(dots), "value": str(dots)} for dots in range(3)],
            })
        data = {
            "verb": "submit", "w": "w1", "step": self.step, "stage": "knowledge", "prompts": [
                {"id": "notes", "kind": "notes", "required": True, "columns": ["what"], "max_chars": 280},
                {"id": "board", "kind": "text", "required": True, "max_chars": 140},
                {"id": "vote", "kind": "vote", "dots": 3, "per_item": 2},
            ],
        }
        send = {"type": "Action.Submit", "title": "Send", "data": data}
        take_back = {"type": "Action.Submit", "title": "Withdraw", "data": {"verb": "withdraw", "w": "w1"}}
        return dialog("Answer", card_of(*body, actions=[take_back, send]))

    def refused(self, sentence: str) -> Body:
        return {"type": "Container", "id": "refusal", "style": "attention", "items": [text_block(sentence)]}

    def says(self, sentence: str) -> Body:
        return {"task": {"type": "message", "value": sentence}}
