"""The team that a channel belongs to, as an activity says it; whatever else stands there is none."""

from __future__ import annotations

import pytest

from bot.turns import team_of


@pytest.mark.parametrize(
    ("data", "team"),
    [
        ({"team": {"id": "19:team@thread.tacv2"}}, "19:team@thread.tacv2"),
        ({"team": {"id": 7}}, ""),
        ({"team": {"id": "19:\x00"}}, ""),
        ({"team": {"id": "\ud800"}}, ""),
        ({"team": {}}, ""),
        ({"team": "19:team"}, ""),
        ({}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_the_team_of_a_channel(data: object, team: str) -> None:
    assert team_of({"channelData": data}) == team


def test_an_activity_without_data_of_its_channel() -> None:
    assert team_of({}) == ""
