"""Which properties the manifest and its translations have, and which shape each has.

Source: Microsoft's manifest schema 1.29 (2026-06-19). Only what Kolbot uses is listed, so that nothing else slips in:
resource-specific permissions get their lines here when the bot needs them.
"""

from __future__ import annotations

import re

from teams_app.addresses import GUID, VERSION, Domain, Link
from teams_app.shapes import Form, Many, OneOf, Text, Thing, Truth

EDITION = "1.29"
SCHEMA = f"https://developer.microsoft.com/en-us/json-schemas/teams/v{EDITION}/MicrosoftTeams.schema.json"
LOCAL_SCHEMA = (
    f"https://developer.microsoft.com/en-us/json-schemas/teams/v{EDITION}/MicrosoftTeams.Localization.schema.json"
)
COMMANDS = 12
"""Commands that one list may hold."""

_LANGUAGE = Form(re.compile(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,2}"), "a language tag, as en or pt-br")
_SCOPE = OneOf(("team", "groupChat", "personal"))
_CAPABILITY = OneOf(("bot",))
_PNG = Form(re.compile(r"[a-z0-9]+\.png"), "the name of a file beside the manifest, as color.png")
_JSON = Form(re.compile(r"[A-Za-z0-9-]+\.json"), "the name of a file beside the manifest, as pl.json")
_SHORT, _FULL = Text(30), Text(100)
_BRIEF, _LONG = Text(80), Text(4000, lines=True)
TITLE = Text(32, why="the schema has 128, but Teams cuts what is longer")
DESCRIPTION = Text(4000)

_COMMAND = Thing({"title": TITLE, "description": DESCRIPTION})
_COMMAND_LIST = Thing(
    {"scopes": Many(_SCOPE, 3), "commands": Many(_COMMAND, COMMANDS)},
    {"triggers": Many(OneOf(("mention", "slash")), 2)},
)
_BOT = Thing(
    {"botId": GUID, "scopes": Many(_SCOPE, 3), "commandLists": Many(_COMMAND_LIST, 3)},
    {"supportsFiles": Truth(), "isNotificationOnly": Truth(), "supportsTargetedMessages": Truth()},
)

TAB = Text(32, why="the schema has 128, but Teams cuts what is longer")
_OWN_TAB = Thing(
    {"entityId": Text(64), "name": TAB, "contentUrl": Link(), "scopes": Many(OneOf(("personal",)), 1)},
    {"websiteUrl": Link()},
)
_TAB = Thing(
    {"configurationUrl": Link(), "scopes": Many(OneOf(("team", "groupChat")), 2)}, {"canUpdateConfiguration": Truth()}
)

MANIFEST = Thing(
    {
        "$schema": OneOf((SCHEMA,)),
        "manifestVersion": OneOf((EDITION,)),
        "version": VERSION,
        "id": GUID,
        "localizationInfo": Thing(
            {"defaultLanguageTag": _LANGUAGE},
            {"additionalLanguages": Many(Thing({"languageTag": _LANGUAGE, "file": _JSON}), 100)},
        ),
        "developer": Thing({"name": Text(32), "websiteUrl": Link(), "privacyUrl": Link(), "termsOfUseUrl": Link()}),
        "name": Thing({"short": _SHORT, "full": _FULL}),
        "description": Thing({"short": _BRIEF, "full": _LONG}),
        "icons": Thing({"color": _PNG, "outline": _PNG}, {"color32x32": _PNG}),
        "accentColor": Form(re.compile(r"#[0-9a-fA-F]{6}"), "a colour as #4F52B2"),
        "bots": Many(_BOT, 1),
        "validDomains": Many(Domain(), 100),
    },
    {
        "staticTabs": Many(_OWN_TAB, 16),
        "configurableTabs": Many(_TAB, 1),
        "supportsChannelFeatures": OneOf(("tier1",)),
        "defaultInstallScope": _SCOPE,
        "defaultGroupCapability": Thing({}, {"team": _CAPABILITY, "groupchat": _CAPABILITY, "meetings": _CAPABILITY}),
        "permissions": Many(OneOf(("identity", "messageTeamMembers")), 2),
        "webApplicationInfo": Thing({"id": GUID, "resource": Text(2048)}),
    },
)

TRANSLATION = {
    "name.short": _SHORT,
    "name.full": _FULL,
    "description.short": _BRIEF,
    "description.full": _LONG,
}
"""What every translation has; the commands' own keys come from the manifest."""
