"""In which language people are spoken to: what they chose, at whatever instance, and without the store their Teams'."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.turns import People
from tests.workshop.paper import START


@dataclass
class Known:
    language: str | None


@dataclass
class Kept:
    """The store's memory of people."""

    chosen: dict[str, str] = field(default_factory=dict)
    at: list[datetime] = field(default_factory=list)
    asked: int = 0
    fails: Exception | None = None

    async def person(self, person_id: str) -> Known | None:
        self.asked += 1
        if self.fails is not None:
            raise self.fails
        return Known(self.chosen.get(person_id))

    async def choose_language(self, person_id: str, language: str, now: datetime) -> None:
        self.chosen[person_id] = language
        self.at.append(now)


def people(kept: Kept) -> People:
    return People(kept, lambda: START, (ConnectionError,))  # type: ignore[arg-type]


async def test_what_was_chosen_elsewhere_counts_here_without_asking_again() -> None:
    kept = Kept({"ana": "en"})
    here = people(kept)
    assert await here.language("ana", "en-GB") == "en"
    here.heard({"ana": "pl", "jan": "pl"})
    assert await here.language("ana", "en-GB") == "pl"
    assert await here.language("ana", "en-GB") == "pl"
    assert kept.asked == 1
    assert await here.language("jan", "en-GB") == "en", "who was never asked for is read when they come"
    assert kept.asked == 2


async def test_who_sets_their_teams_to_another_language_is_spoken_to_in_it() -> None:
    kept = Kept({"ana": "pl"})
    here = people(kept)
    assert await here.language("ana", "pl-PL") == "pl"
    kept.chosen["ana"] = "hu"  # the store has the new locale, where nothing was chosen
    assert await here.language("ana", "pl-PL") == "pl", "nothing says that it has changed"
    assert await here.language("ana", "hu-HU") == "hu"
    assert await here.language("ana", "hu-HU") == "hu"
    assert kept.asked == 2


async def test_a_choice_is_kept_with_its_time() -> None:
    kept = Kept()
    here = people(kept)
    await here.choose_language("ana", "pl")
    assert (kept.chosen, kept.at) == ({"ana": "pl"}, [START])
    assert await here.language("ana", "en-GB") == "pl"


@pytest.mark.parametrize(("error", "said"), [
    (ConnectionError("a name"), "not remembered now: ConnectionError"), (ValueError("a name"), "ValueError at"),
])
async def test_without_the_store_their_teams_says_it_and_only_a_bug_is_one(
    error: Exception, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Kept({"ana": "en"}, fails=error)
    here = people(kept)
    assert await here.language("ana", "pl-PL") == "pl"
    assert said in caplog.text and "a name" not in caplog.text
    assert ("bug " in caplog.text) is isinstance(error, ValueError)
    kept.fails = None
    assert await here.language("ana", "pl-PL") == "en"
