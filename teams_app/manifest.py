"""The manifest and its translations, from what an operator decides.

Claims nothing that the bot does not do: no resource-specific permissions, and tabs only where pages are served.
"""

from __future__ import annotations

from dataclasses import dataclass

from locales import LANGUAGES, words
from teams_app import table, texts
from teams_app.icons import ACCENT

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Installation:
    """What differs between two installations. Nothing here is checked: teams_app/validate.py checks what came of it.

    `app_id` is the bot's (MICROSOFT_APP_ID), `teams_app_id` the package's own in the organisation's catalogue; the last
    three are https addresses of pages.
    """

    app_id: str
    teams_app_id: str
    domain: str
    version: str
    name: str
    developer: str
    website: str
    privacy: str
    terms: str
    pages: str = ""
    """Where the pages are, as an https address without a slash at its end; empty where there shall be no tab."""


def manifest(of: Installation) -> Json:
    """manifest.json, its words in English."""
    say = words("en")
    others = [{"languageTag": language, "file": f"{language}.json"} for language in LANGUAGES if language != "en"]
    localisation: Json = {"defaultLanguageTag": "en"} | ({"additionalLanguages": others} if others else {})
    return _tabs(of) | {
        "$schema": table.SCHEMA,
        "manifestVersion": table.EDITION,
        "version": of.version,
        "id": of.teams_app_id,
        "localizationInfo": localisation,
        "developer": {
            "name": of.developer,
            "websiteUrl": of.website,
            "privacyUrl": of.privacy,
            "termsOfUseUrl": of.terms,
        },
        "name": {"short": of.name, "full": texts.full_name(of.name, say)},
        "description": {"short": texts.brief(say), "full": texts.long(say)},
        "icons": {"color": "color.png", "outline": "outline.png", "color32x32": "color32x32.png"},
        "accentColor": ACCENT,
        "supportsChannelFeatures": "tier1",
        "defaultInstallScope": "team",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot", "meetings": "bot"},
        "bots": [
            {
                "botId": of.app_id,
                "scopes": ["team", "groupChat", "personal"],
                "supportsFiles": True,
                "isNotificationOnly": False,
                "supportsTargetedMessages": False,
                "commandLists": [
                    {
                        "scopes": ["team", "groupChat"],
                        "triggers": ["mention"],
                        "commands": _commands(texts.ROOM),
                    },
                    {"scopes": ["personal"], "commands": _commands(texts.ALONE)},
                ],
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [of.domain],
        "webApplicationInfo": {"id": of.app_id, "resource": f"api://{of.domain}/botid-{of.app_id}"},
    }


def _tabs(of: Installation) -> Json:
    """The tab that people add to a channel or chat, and the one of their own. Teams fills the braces in."""
    if not of.pages:
        return {}
    look = "?language={locale}&theme={theme}"
    mine = f"{of.pages}/tab/mine"
    own = {"entityId": "workshops", "name": texts.own_tab(words("en")), "contentUrl": mine + look, "websiteUrl": mine}
    add = {"configurationUrl": f"{of.pages}/tab/configure{look}", "scopes": ["team", "groupChat"]}
    return {
        "staticTabs": [own | {"scopes": ["personal"]}],
        "configurableTabs": [add | {"canUpdateConfiguration": False}],
    }


def _commands(verbs: tuple[str, ...]) -> list[Json]:
    return [{"title": word, "description": does} for word, does in texts.commands(verbs, words("en"))]


def translation(of: Installation, language: str) -> Json:
    """The translation file of a language: flat, with the path of each translated value as its key."""
    say = words(language)
    said: Json = {
        "$schema": table.LOCAL_SCHEMA,
        "name.short": of.name,
        "name.full": texts.full_name(of.name, say),
        "description.short": texts.brief(say),
        "description.full": texts.long(say),
    }
    if of.pages:
        said["staticTabs[0].name"] = texts.own_tab(say)
    for at, verbs in enumerate((texts.ROOM, texts.ALONE)):
        for number, (word, does) in enumerate(texts.commands(verbs, say)):
            said[f"bots[0].commandLists[{at}].commands[{number}].title"] = word
            said[f"bots[0].commandLists[{at}].commands[{number}].description"] = does
    return said
