"""Activities and invoke answers between our code and JSON."""

from __future__ import annotations

from botbuilder.schema import Activity, ActivityTypes, Attachment, ChannelAccount, ConversationAccount

from bot import invokes
from bot.activities import read_activity, wire
from tests.bot.fake_teams import FakeTeams


def test_an_activity_goes_to_the_wire_as_it_would_through_msrest() -> None:
    activity = Activity(type=ActivityTypes.message, text="ł", attachments=[Attachment(content={"a": None})])
    assert wire(activity) == {"type": "message", "text": "ł", "attachments": [{"content": {"a": None}}]}
    assert wire({"anything": [1]}) == {"anything": [1]}


def test_an_activity_read_by_hand_equals_one_that_msrest_reads() -> None:
    body = FakeTeams().activity(serviceUrl="https://smba.trafficmanager.net/emea/", value={"a": 1}, replyToId="3")
    by_hand, by_msrest = read_activity(body), Activity().deserialize(body)
    for name in ("type", "id", "text", "locale", "service_url", "channel_id", "value", "reply_to_id", "channel_data"):
        assert getattr(by_hand, name) == getattr(by_msrest, name), name
    for name in ("from_property", "recipient"):
        for part in ("id", "name", "aad_object_id"):
            assert getattr(getattr(by_hand, name), part) == getattr(getattr(by_msrest, name), part)


def test_an_activity_read_by_hand_has_everything_that_the_constructor_gives_and_shares_nothing() -> None:
    body = FakeTeams().activity()
    one, other = read_activity(body), read_activity(body)
    parts = [(one, other, Activity()), (one.from_property, other.from_property, ChannelAccount())]
    parts.append((one.conversation, other.conversation, ConversationAccount()))
    for made, again, blank in parts:
        unsaid = vars(blank).keys() - vars(made).keys()
        assert vars(made).keys() < vars(blank).keys()
        assert {name: getattr(made, name) for name in unsaid} == dict.fromkeys(unsaid)
        made.additional_properties["left by"] = "somebody"
        assert again.additional_properties == {}


def test_the_shapes_of_answers() -> None:
    card = {"type": "AdaptiveCard"}
    assert invokes.task_card(card, "Title", height=400) == {"task": {"type": "continue", "value": {
        "title": "Title", "height": 400, "width": "medium",
        "card": {"contentType": "application/vnd.microsoft.card.adaptive", "content": card},
    }}}
    page = invokes.task_page("https://kolbot.example.org/x", "Title", fallback_url="https://kolbot.example.org/y")
    assert page["task"]["value"]["fallbackUrl"] == "https://kolbot.example.org/y"
    assert "fallbackUrl" not in invokes.task_page("https://kolbot.example.org/x", "Title")["task"]["value"]
    assert invokes.task_message("Done") == {"task": {"type": "message", "value": "Done"}}
    assert invokes.execute_card(card) == {
        "statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": card,
    }
    assert invokes.execute_error("Closed", "The step is closed") == {
        "statusCode": 400, "type": "application/vnd.microsoft.error",
        "value": {"code": "Closed", "message": "The step is closed"},
    }
