"""The built manifest: what it says and claims, and that its rules and translations hold for every language."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.commands import understand
from cards.help import COMMAND_WORDS
from locales import LANGUAGES, words
from teams_app import texts
from teams_app.manifest import manifest
from teams_app.package import files_of
from teams_app.validate import faults_of_files
from tests.teams_app.sample import APP, OURS


def built() -> dict[str, Any]:
    return dict(manifest(OURS))


def test_the_built_package_is_right() -> None:
    assert faults_of_files(files_of(OURS)) == []


def test_every_language_with_a_catalogue_has_its_file() -> None:
    others = {f"{language}.json" for language in LANGUAGES} - {"en.json"}
    assert set(files_of(OURS)) == {"manifest.json", "color.png", "outline.png", "color32x32.png", *others}
    assert {each["file"] for each in built()["localizationInfo"]["additionalLanguages"]} == others


def test_the_bot_is_offered_in_teams_chats_and_alone() -> None:
    (bot,) = built()["bots"]
    assert bot["botId"] == APP
    assert bot["scopes"] == ["team", "groupChat", "personal"]
    assert bot["commandLists"][0]["triggers"] == ["mention"]
    assert built()["supportsChannelFeatures"] == "tier1"


def test_nothing_is_claimed_that_the_bot_does_not_do() -> None:
    assert built()["bots"][0]["supportsTargetedMessages"] is False, "no slash commands: only-you messages are not read"
    assert built()["bots"][0]["supportsFiles"] is True
    assert {"composeExtensions", "authorization"} & set(built()) == set()


def test_the_tab_is_offered_in_teams_chats_and_alone() -> None:
    own = {
        "entityId": "workshops",
        "name": "Workshops",
        "contentUrl": "https://bot.example.org/pages/tab/mine?language={locale}&theme={theme}",
        "websiteUrl": "https://bot.example.org/pages/tab/mine",
        "scopes": ["personal"],
    }
    added = {
        "configurationUrl": "https://bot.example.org/pages/tab/configure?language={locale}&theme={theme}",
        "scopes": ["team", "groupChat"],
        "canUpdateConfiguration": False,
    }
    assert (built()["staticTabs"], built()["configurableTabs"]) == ([own], [added])
    assert json.loads(files_of(OURS)["pl.json"])["staticTabs[0].name"] == "Warsztaty"


def test_where_no_pages_are_served_there_is_no_tab() -> None:
    without = replace(OURS, pages="")
    assert {"staticTabs", "configurableTabs"} & set(manifest(without)) == set()
    assert faults_of_files(files_of(without)) == []
    said = dict(manifest(without))
    said.pop("webApplicationInfo")
    assert faults_of_files(files_of(without) | {"manifest.json": json.dumps(said).encode()}) == []


def test_signing_in_names_the_bot_and_its_domain() -> None:
    assert built()["webApplicationInfo"] == {"id": APP, "resource": f"api://bot.example.org/botid-{APP}"}
    assert built()["validDomains"] == ["bot.example.org"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_proposed_command_is_one_that_the_bot_understands(language: str) -> None:
    say = words(language)
    for verbs in (texts.ROOM, texts.ALONE):
        assert len(verbs) <= 12
        for verb, (word, does) in zip(verbs, texts.commands(verbs, say), strict=True):
            assert understand(word).verb == verb
            assert word == COMMAND_WORDS[verb](say)
            assert does


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_a_translation_says_it_in_its_own_language(language: str) -> None:
    said = json.loads(files_of(OURS)[f"{language}.json"])
    assert said["description.full"] == texts.long(words(language)) != texts.long(words("en"))
    assert said["bots[0].commandLists[0].commands[0].title"] == COMMAND_WORDS["new"](words(language))


def test_another_name_is_used_in_every_language() -> None:
    other = files_of(replace(OURS, name="Kolbot (test)"))
    assert faults_of_files(other) == []
    assert json.loads(other["manifest.json"])["name"]["short"] == "Kolbot (test)"
    assert json.loads(other["pl.json"])["name.full"].startswith("Kolbot (test)")
