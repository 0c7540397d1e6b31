"""Commands typed wrong: misspelt, at the wrong moment, by the wrong person, with mentions in odd places."""

from __future__ import annotations

from locales import words
from tests.chat import Session, label
from tests.stories.acts import leads, says, stored

UNKNOWN = "Kolbot does not know this command. Type “help” to see what you can do here."
DO_NOT_KNOW = tuple(
    words(code)("Kolbot does not know this command. Did you mean “{command}”?", command="").partition(".")[0]
    for code in ("en", "pl")
)
ONLY = "Only a facilitator can do this. Facilitators here: Anna Kowalska."


def meant(word: str) -> list[str]:
    """The sentence; beside it the button of what can be done now, by whoever typed it."""
    return [f"Kolbot does not know this command. Did you mean “{word}”?"]


MISSPELT = {
    "nxt": "next",
    "nextt": "next",
    "hlep": "help",
    "stat": "start",
    "moderatr": "moderator",
    "pouse": "pause",
    "fnish": "finish",
    "takeover": "take over",
    "extnd 5": "extend",
}


async def test_misspelt(room: Session) -> None:
    await room.opens()
    revision = (await stored(room))[0].revision
    for typed, word in MISSPELT.items():
        button = ["What can I do?"] if word == "help" else []
        assert await says(room, "james", f"@Kolbot {typed}") == [*meant(word), *button], typed
    assert (await stored(room))[0].revision == revision, "a guess does nothing"


async def test_what_was_meant_is_a_button_too(room: Session) -> None:
    assert await says(room, "james", "@Kolbot nwe") == [*meant("new"), "New"]
    answer = await room.clicks("james", "New")
    assert answer.dialog is not None and label("Open the workshop", "en") in answer.dialog.buttons()
    await room.opens()
    assert await says(room, "anna", "@Kolbot strat") == [*meant("start"), "Start"]
    await room.clicks("anna", "Start")
    assert (await stored(room))[0].status == "open"
    assert await says(room, "anna", "@Kolbot nxt") == [*meant("next"), "Next"]
    assert await says(room, "anna", "@Kolbot nxt time we should") == meant("next")


async def test_what_is_no_command(room: Session) -> None:
    await room.opens()
    for typed in ("what can you do?", "{0}", "x" * 5000, "(╯°□°)╯ 7"):
        assert await says(room, "james", f"@Kolbot {typed}") == [UNKNOWN], typed


async def test_case_spaces_and_signs_do_not_matter(room: Session) -> None:
    await room.opens()
    for typed in ("NEXT", "  next  ", "Next!", "next.", "„next”", "nEXt"):
        assert await says(room, "james", f"@Kolbot {typed}") == [ONLY], typed


async def test_a_sentence_that_begins_like_a_command_is_none(room: Session) -> None:
    """Nobody's workshop goes on because somebody chatted with the bot."""
    await room.opens()
    await leads(room, label("Start", "pl"))
    before = (await stored(room))[0]
    for typed in ("next please do not", "finish your lunch first", "cancel my meeting", "start a fire"):
        (answered,) = await says(room, "anna", f"@Kolbot {typed}")
        assert answered.startswith(DO_NOT_KNOW), typed
    assert (await stored(room))[0] == before


async def test_an_empty_mention_is_help(room: Session) -> None:
    assert (await says(room, "james", "@Kolbot"))[0] == "What you can do here"
    for nothing in ("   @Kolbot   ", "@Kolbot 🙂", "@Kolbot ???"):
        assert (await says(room, "james", nothing))[0] == "What you can do here", nothing


async def test_the_mention_stands_anywhere(room: Session) -> None:
    await room.opens()
    assert await says(room, "james", "next @Kolbot") == [ONLY]
    assert await says(room, "james", "take @Kolbot over") != [UNKNOWN]


async def test_mentioned_twice(room: Session) -> None:
    """Teams names each mention of its own."""
    await room.opens()
    await room.person("james").says("@Kolbot next", root=room.root)
    once = room.room.sent[-1].activity
    mention = next(entity for entity in once["entities"] if entity["type"] == "mention")
    twice = {**once, "id": "1700000000009", "text": "<at>Kolbot</at> <at>Kolbot</at> next"}
    await room.room.redeliver({**twice, "entities": [mention, *once["entities"]]})
    assert room.person("james").messages(root=room.root)[-1].texts() == [ONLY]


async def test_another_person_mentioned_too(room: Session) -> None:
    """The other's name is no part of the command."""
    await room.opens()
    assert await says(room, "james", "@Kolbot @Anna Kowalska next") == [ONLY]
    assert await says(room, "anna", "@Anna Kowalska @Kolbot moderator @Līga Ozola") == [
        "Moderating from now on: Anna Kowalska, Līga Ozola."
    ]


async def test_kolbots_name_without_a_mention_is_for_people(room: Session) -> None:
    await room.opens()
    before = len(room.room.world.messages)
    delivered = len(room.room.sent)
    for text in ("Kolbot next", "kolbot, help!", "I think Kolbot is nice"):
        await room.person("anna").says(text, root=room.root)
    assert len(room.room.world.messages) == before + 3, "no answer"
    assert len(room.room.sent) == delivered, "Teams does not even tell the bot"


async def test_heard_without_being_mentioned_it_stays_silent(room: Session) -> None:
    """With the permission to read a channel the bot hears everything, and answers only what is for it."""
    await room.opens()
    await room.person("anna").says("@Kolbot help", root=room.root)
    heard = room.room.sent[-1].activity
    before = len(room.room.world.messages)
    plain = {**heard, "id": "1700000000001", "text": "Kolbot next", "entities": []}
    other = {**heard, "id": "1700000000002", "text": "<at>Kolbot</at> next", "entities": []}
    for activity in (plain, other):
        assert (await room.room.redeliver(activity)).taken
    assert len(room.room.world.messages) == before
    assert (await stored(room))[0].status == "lobby"


async def test_polish_help(room: Session) -> None:
    for typed in ("pomoc", "POMOC", "Pomoc "):
        assert (await says(room, "anna", f"@Kolbot {typed}"))[0] == label("What you can do here", "pl"), typed


POLISH = ("start", "next", "close", "reopen", "pause", "resume", "nudge")


async def test_the_course_in_polish_with_and_without_marks(room: Session) -> None:
    """Each command in Polish; then, in another workshop, as somebody without a Polish keyboard types it."""
    plain = str.maketrans("ąćęłńóśźż", "acelnoszz")
    for change in (str, lambda word: word.translate(plain).upper()):
        await room.opens(language="pl")
        await room.joins("james")
        for english in POLISH:
            word = change(label(english, "pl"))
            before = (await stored(room))[0].revision
            answered = await says(room, "anna", f"@Kolbot {word}")
            assert (await stored(room))[0].revision > before, (word, answered)
            await room.settles()
        await says(room, "anna", f"@Kolbot {change(label('cancel', 'pl'))}")
        await room.clicks("anna", label("Yes, cancel it", "pl"))
        assert (await stored(room))[0].status == "cancelled"


async def test_a_polish_slip_is_answered_in_polish(room: Session) -> None:
    assert await says(room, "anna", f"@Kolbot {label('help', 'pl')}x") == [
        words("pl")("Kolbot does not know this command. Did you mean “{command}”?", command=label("help", "pl")),
        label("What can I do?", "pl"),
    ]


async def test_too_early(room: Session) -> None:
    await room.opens()
    before = (await stored(room))[0]
    for typed in ("next", "pause", "board", "finish"):
        assert await says(room, "anna", f"@Kolbot {typed}") == [
            "The workshop has not started yet: this can be done once a facilitator has pressed Start. "
            "Possible now: start, cancel, and help."
        ], typed
    assert (await stored(room))[0] == before


NOW = "Possible now: next, back, close, extend, pause, and help."
AT_AN_OPEN_STEP = {
    "start": f"The workshop has started already. Press Next to go on. {NOW}",
    "resume": f"The workshop is not paused. {NOW}",
    "reopen": f"The step is open already. {NOW}",
    "back": "There is no earlier step to go back to.",
}


async def test_at_an_open_step(room: Session) -> None:
    await room.opens()
    await leads(room, label("Start", "pl"))
    before = (await stored(room))[0]
    for typed, sentence in AT_AN_OPEN_STEP.items():
        assert await says(room, "anna", f"@Kolbot {typed}") == [sentence], typed
    assert (await stored(room))[0] == before


async def test_after_the_end(room: Session) -> None:
    await room.opens()
    await says(room, "anna", "@Kolbot cancel")
    await room.clicks("anna", "Yes, cancel it")
    before = (await stored(room))[0]
    for typed in ("next", "answer", "pause", "join", "stage", "nudge", "extend 5"):
        (said,) = await says(room, "anna", f"@Kolbot {typed}")
        assert said.startswith("The workshop was cancelled."), typed
    assert (await stored(room))[0] == before


async def test_cancel_after_the_end_does_not_ask(room: Session) -> None:
    await room.opens()
    await says(room, "anna", "@Kolbot cancel")
    await room.clicks("anna", "Yes, cancel it")
    assert await says(room, "anna", "@Kolbot cancel") == [
        "The workshop was cancelled. Nothing about its course can be changed any more. "
        "Possible now: new, board, facilitate, summary, and help."
    ]


async def test_where_there_is_no_workshop(room: Session) -> None:
    none = ["There is no workshop here. To open one, type in a channel or group chat: @Kolbot new"]
    for typed in ("next", "start", "board", "stage", "answer", "join", "summary", "facilitate", "take over"):
        assert await says(room, "james", f"@Kolbot {typed}") == none, typed
        assert await says(room, "james", typed, "personal") == none, typed


async def test_the_wrong_person(room: Session) -> None:
    await room.opens()
    await room.joins("james")
    await leads(room, label("Start", "pl"))
    before = (await stored(room))[0]
    for typed in (
        *("next", "back", "close", "reopen", "pause", "resume", "extend 5", "nudge", "finish", "cancel", "start"),
        *("facilitator @James Carter", "moderator @James Carter"),
    ):
        for who in ("james", "zsofi"):
            assert await says(room, who, f"@Kolbot {typed}") == [ONLY], typed
    assert (await stored(room))[0] == before
