"""Cards of groups' own conversations: the first one there, stage and board of a group, links, the form, sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards import draw, title_of
from cards.elements import card
from cards.links import conversation_link
from cards.phrases import of_groups
from cards.prompts.form import _block
from cards.sentences import sentence
from locales import LANGUAGES, words
from tests.cards.lint import lint
from tests.cards.staging import BEN, HOSTILE, Staged, buttons_of, opened, walk, words_of
from workshop import commands as c
from workshop.model import Case, Consent, Group
from workshop.plan import Cases, Item, Source
from workshop.prompts.form import Block, Filled
from workshop.prompts.kind import Signed
from workshop.refusals import Reason, Refused
from workshop.said import Said, Spoken
from workshop.tally import board_of
from workshop.views import (
    BindForm,
    BoardCard,
    GroupPlaceCard,
    GroupsCard,
    GroupsForm,
    Help,
    Notice,
    NudgeCard,
    Opener,
    Pointer,
    StageCard,
    View,
)

CHANNEL = "19:two@thread.tacv2;messageid=1700000000001"


def staged() -> Staged:
    """The first step is open; Ben in group 1, Cyd in group 2, which has a conversation of its own."""
    held = opened().does(c.FormGroups, groups=((BEN,), ("t/cyd",)))
    held.does(c.BindGroup, tenant="t", place=CHANNEL, group=2)
    return held.does(c.SubmitAnswers, "t/cyd", step=0, given={"notes": {"all": "Of Cyd"}})


def verbs(card: object) -> list[str]:
    return [button["data"]["verb"] for button in buttons_of(card).values() if "data" in button]


def views() -> list[View]:
    held = staged()
    w = held.workshop
    ended = replace(w, groups=())
    board = board_of(w, held.answers, group=2)
    return [
        GroupPlaceCard(w, 2),
        GroupPlaceCard(ended, 2),
        GroupPlaceCard(staged().does(c.Finish, moves=None).workshop, 2),
        GroupPlaceCard(staged().does(c.Cancel, moves=None).workshop, 2),
        StageCard(board, 0),
        BoardCard(board),
        NudgeCard(board, 0),
        Pointer("group", w, group=2),
        GroupsCard(w),
        Notice(Spoken(Said.PLACE_REFUSED, {"group": 2}), w),
        Notice(Spoken(Said.PLACE_GONE, {"group": 2}), w),
    ]


DIALOGS: list[View] = [
    BindForm((staged().workshop,)),
    BindForm((staged().workshop, replace(staged().workshop, id="w2")), 2, "w2/2", Refused(Reason.UNKNOWN_GROUP)),
    GroupsForm(staged().workshop),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_is_one_that_teams_takes(language: str) -> None:
    for view in views():
        assert not lint(draw(view, language), user_words=(HOSTILE,), edited=True, dialog=False), view
    for view in DIALOGS:
        assert not lint(draw(view, language), user_words=(HOSTILE,), edited=False, dialog=True), view
        assert title_of(view, language)


def test_the_first_card_says_whose_conversation_it_is() -> None:
    said = words_of(draw(GroupPlaceCard(staged().workshop, 2), "en"))
    assert said.startswith("Group 2") and "cyd" in said and "come here" in said
    assert "Facilitate" in buttons_of(draw(GroupPlaceCard(staged().workshop, 2), "en"))
    over = draw(GroupPlaceCard(staged().does(c.Finish, moves=None).workshop, 2), "en")
    assert "The workshop is finished." in words_of(over) and not buttons_of(over)
    gone = draw(GroupPlaceCard(staged().does(c.Cancel, moves=None).workshop, 2), "en")
    assert "The workshop was cancelled." in words_of(gone)


def test_stage_and_board_of_one_group() -> None:
    held = staged()
    own = board_of(held.workshop, held.answers, group=2)
    stage = draw(StageCard(own, 0), "en")
    assert "Group 2" in words_of(stage)
    assert buttons_of(stage)["Board"]["data"]["group"] == 2
    everybody = draw(StageCard(board_of(held.workshop, held.answers), 0), "en")
    assert "Group 2" not in words_of(everybody) and "group" not in buttons_of(everybody)["Board"]["data"]
    held.does(c.Close, moves=None)
    board = draw(BoardCard(board_of(held.workshop, held.answers, group=2)), "en")
    assert words_of(board).startswith("The board · Group 2")
    assert "Of Cyd" in words_of(board) and "Another" not in words_of(board)
    assert "1 person" in words_of(board)
    nudge = words_of(draw(NudgeCard(board_of(staged().workshop, held.answers, group=2), 0), "en"))
    assert "1 person has answered so far. 1 is in the workshop." in nudge


def test_only_the_groups_own_case_and_items_stand_on_its_stage_card() -> None:
    held = staged()
    w = held.workshop
    one = Case("one", {"": "Of one"}, BEN, 1, Consent.AGREED)
    cases = (one, Case("two", {"": "Of two"}, "t/cyd", 2, Consent.AGREED))
    place = w.plan.places[0]
    prompt = replace(place.step.prompts[0], source=None)
    step = replace(place.step, case=True, prompts=(prompt,))
    first, helped = w.plan.stages[0], Cases(Source("notes"), 2)
    plan = replace(w.plan, stages=(replace(first, steps=(step, *first.steps[1:]), cases=helped), *w.plan.stages[1:]))
    w = replace(w, plan=plan, cases=cases, queue=("one", "two"))
    own = words_of(draw(StageCard(board_of(w, (), group=2), 0), "en"))
    assert "Of two" in own and "Of one" not in own
    everybody = words_of(draw(StageCard(board_of(w, ()), 0), "en"))
    assert "Of two" in everybody and "Of one" in everybody


def test_what_the_group_brings_along_is_its_own() -> None:
    w = staged().workshop
    items = {"later": (Item("a", {"": "Of all"}, "notes"),), "later@2": (Item("b", {"": "Of two"}, "notes"),)}
    w = replace(w, items=items)
    own = words_of(draw(StageCard(board_of(w, (), group=2), 0), "en"))
    assert "Of two" in own and "Of all" not in own


def test_who_is_where_links_to_the_conversation() -> None:
    card = draw(GroupsCard(staged().workshop), "en")
    (action,) = [part for part in walk(card) if part.get("type") == "Action.OpenUrl"]
    assert action["url"] == (
        "https://teams.microsoft.com/l/message/19%3Atwo%40thread.tacv2/1700000000001"
        "?tenantId=t&parentMessageId=1700000000001"
    )
    odd = replace(staged().workshop, groups=(Group(1, (BEN,), "a:strange"), Group(2, ("t/cyd",))))
    card = draw(GroupsCard(odd), "en")
    assert "its own conversation" in words_of(card)
    assert not [part for part in walk(card) if part.get("type") == "Action.OpenUrl"]


@pytest.mark.parametrize(
    ("place", "link"),
    [
        ("19:a_b-c=@thread.tacv2", "https://teams.microsoft.com/l/channel/19%3Aa_b-c%3D%40thread.tacv2/?tenantId=t%26t"),
        ("19:a@thread.v2", "https://teams.microsoft.com/l/chat/19%3Aa%40thread.v2/conversations?tenantId=t%26t"),
        ("19:meeting_a@thread.v2", "https://teams.microsoft.com/l/chat/19%3Ameeting_a%40thread.v2/conversations?tenantId=t%26t"),
        ("19:a@thread.tacv2;messageid=x", ""),
        ("19:a@thread.tacv2;messageid=1&x=2", ""),
        ("19:a/../b@thread.v2", ""),
        ("19:a?b@thread.v2", ""),
        ("javascript:alert(1)", ""),
        ("a:1personal", ""),
        ("", ""),
    ],
)
def test_links_are_made_of_teams_own_ids_only(place: str, link: str) -> None:
    assert conversation_link(place, "t&t") == link


def test_the_groups_form_says_how_and_offers_the_end() -> None:
    card = draw(GroupsForm(staged().workshop), "en")
    assert "@Kolbot group 1 here" in words_of(card)
    assert "unbind" in verbs(card)
    none = draw(GroupsForm(replace(staged().workshop, groups=(Group(3, (BEN,)),))), "pl")
    assert "@Kolbot grupa 3 tutaj" in words_of(none)
    assert "unbind" not in verbs(none)


def test_the_form_names_the_workshop_only_where_there_are_several() -> None:
    def choices(view: View) -> list[str]:
        card = draw(view, "en")
        (field,) = [part for part in walk(card) if part.get("type") == "Input.ChoiceSet"]
        return [choice["value"] for choice in field["choices"]]

    first, other = DIALOGS[0], DIALOGS[1]
    assert choices(first) == ["w1/1", "w1/2"]
    assert choices(other) == ["w1/2", "w2/2"], "the group is known already"
    (field,) = [part for part in walk(draw(other, "en")) if part.get("type") == "Input.ChoiceSet"]
    assert field["value"] == "w2/2"


def test_buttons_that_lead_there() -> None:
    opener = draw(Opener("group_here", group=2), "en")
    assert buttons_of(opener)["Choose"]["data"] == {"msteams": {"type": "task/fetch"}, "verb": "group_here", "group": 2}
    helped = draw(Help(("group_here", "help"), None), "en")
    assert "group 2 here" in words_of(helped)
    assert buttons_of(helped)["A group's own conversation"]["data"]["verb"] == "group_here"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_stands_with_and_without_its_facts(language: str) -> None:
    say = words(language)
    whole: dict[str, str | int] = {"group": 2, "title": "Learning"}
    for reason in (Reason.PLACE_TAKEN, Reason.PLACE_PRIVATE, Reason.OTHER_TENANT, Reason.LEADS_NONE):
        for facts in ({}, whole, {"group": 2}, {"title": "Learning"}):
            assert "{" not in sentence(Refused(reason, facts), say)
    for said in (Said.GROUP_BOUND, Said.GROUP_UNBOUND, Said.PLACE_REFUSED, Said.PLACE_GONE):
        for facts in ({}, whole):
            assert "{" not in sentence(Spoken(said, facts), say)
    assert "Learning" in sentence(Refused(Reason.PLACE_TAKEN, whole), say)
    assert "⚠" in words_of(draw(Notice(Spoken(Said.PLACE_GONE, whole)), language)), "no good news"


def test_on_the_board_of_all_each_entry_says_its_group() -> None:
    """At home, under the words of whoever works in a group; in the group's own there is no need."""
    held = staged().does(c.SubmitAnswers, "t/cyd", step=0, given={"notes": {"all": "Of Cyd\nAnother"}})
    held.does(c.Close, moves=None)
    everybody = words_of(draw(BoardCard(board_of(held.workshop, held.answers)), "en")).split("\n")
    assert everybody[everybody.index("Of Cyd ×2") + 1 :][:2] == [" — cyd", " · Group 2"]
    assert everybody[everybody.index("Another ×2") + 2] == " · Group 1, Group 2"
    own = words_of(draw(BoardCard(board_of(held.workshop, held.answers, group=2)), "en")).split("\n")
    assert own[own.index("Of Cyd ×2") + 1] == " — cyd" and " · Group 2" not in own
    alone = replace(held.workshop, groups=())
    assert " · Group" not in words_of(draw(BoardCard(board_of(alone, held.answers)), "en"))


def test_of_many_groups_three_are_told() -> None:
    names = [Signed("same", number) for number in (4, 2, 9, 3, 0)]
    assert of_groups([*names, "nobody's"], words("en")) == " · Group 2, Group 3, Group 4 …"
    assert of_groups([*names[:2], "x"], words("pl")) == " · Grupa 2, Grupa 4"
    assert of_groups(["plain"], words("en")) == "" and names[0] == "same"


@pytest.mark.parametrize("group", [0, 2])
def test_a_form_says_the_group_too(group: int) -> None:
    """One block a person, under their name."""
    block = Block(Signed("Ben", group), (Filled("why", "e", "because"),))
    drawn = card([_block(block, {"why": {"en": "Why"}}, words("en"), "en", 100)])
    assert "Ben" in words_of(drawn) and (" · Group 2" in words_of(drawn)) == (group == 2)
