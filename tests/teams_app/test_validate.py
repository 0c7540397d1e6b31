"""Broken manifests and translations, each with the words of its refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from teams_app.validate import faults_of_files
from tests.teams_app.sample import APP, files

Json = dict[str, Any]


def put(path: str, value: object) -> Callable[[Json], None]:
    """Set what stands at a path: names and indices with dots between."""

    def breaking(content: Json) -> None:
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        at: Any = content
        for part in way:
            at = at[part]
        at[last] = value

    return breaking


def drop(path: str) -> Callable[[Json], None]:
    def breaking(content: Json) -> None:
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        at: Any = content
        for part in way:
            at = at[part]
        del at[last]

    return breaking


BOT = "bots.0"
LIST = "bots.0.commandLists.0"
COMMAND = {"title": "new", "description": "Something"}

TAB = {"entityId": "workshops", "name": "Again", "contentUrl": "https://bot.example.org/x", "scopes": ["personal"]}


def put_in(path: str, value: object) -> Callable[[Json], None]:
    """Add to the list that stands at a path."""
    return lambda content: content[path].append(value)


BROKEN = [
    (put("staticTabs.0.contentUrl", "https://evil.example/"), "staticTabs[0].contentUrl is at “evil.example”, which"),
    (put("staticTabs.0.websiteUrl", "https://evil.example/"), "staticTabs[0].websiteUrl is at “evil.example”, which"),
    (put("configurableTabs.0.configurationUrl", "https://other.bot.example.org/"), "“other.bot.example.org”, which"),
    (put("configurableTabs.0.configurationUrl", "http://bot.example.org/"), "it has to be an https address"),
    (drop("configurableTabs.0.configurationUrl"), "configurableTabs[0].configurationUrl is missing; it is required."),
    (put("configurableTabs.0.scopes", ["personal"]), "configurableTabs[0].scopes[0] is “personal”; it has to be"),
    (put("configurableTabs.0.scopes", ["groupchat"]), "configurableTabs[0].scopes[0] is “groupchat”; it has to be"),
    (put("staticTabs.0.scopes", ["team"]), "staticTabs[0].scopes[0] is “team”; it has to be “personal”."),
    (put("staticTabs.0.name", "W" * 33), "staticTabs[0].name has 33 characters; at most 32 are allowed"),
    (put("staticTabs.0.entityId", "w" * 65), "staticTabs[0].entityId has 65 characters; at most 64 are allowed."),
    (put_in("staticTabs", TAB), "staticTabs has the entityId “workshops” 2 times; each tab needs one of its own."),
    (put_in("configurableTabs", {"configurationUrl": "https://bot.example.org/", "scopes": ["team"]}), "exactly"),
    (drop("webApplicationInfo"), "webApplicationInfo is missing; without it a tab cannot ask Teams who has opened it."),
    (put("permissions", ["messageTeamMembers"]), "permissions has no “identity”; a tab asks Teams who has opened it."),
    (drop("version"), "version is missing; it is required."),
    (drop("developer.privacyUrl"), "developer.privacyUrl is missing; it is required."),
    (put("manifestVersion", "1.25"), "manifestVersion is “1.25”; it has to be “1.29”."),
    (put("manifestVersion", 1.29), "manifestVersion is a number; it has to be “1.29”."),
    (put("$schema", "https://example.org/"), "$schema is “https://example.org/”; it has to be “https://developer.mic"),
    (put("version", "1.0"), "version is “1.0”; it has to be three whole numbers with dots between, as 1.0.0."),
    (put("version", "01.0.0"), "version is “01.0.0”; it has to be three whole numbers"),
    (put("version", "1.0.0-beta"), "version is “1.0.0-beta”; it has to be three whole numbers"),
    (put("version", "1.0.0\n"), "version is “1.0.0�”; it has to be three whole numbers"),
    (put("version", 1), "version is a number; it has to be three whole numbers"),
    (put("version", f"1.{'1' * 300}.1"), "version has 304 characters; at most 256 are allowed."),
    (put("id", "kolbot"), "id is “kolbot”; it has to be a GUID"),
    (put("id", f"{{{APP}}}"), "it has to be a GUID"),
    (put("id", "00000000-0000-0000-0000-000000000000"), "id is the empty GUID; it has to be that of a registration."),
    (put("id", "00000000-0000-0000-0000-0000000000AB"), "id is the id reserved for rehearsals, which Teams never"),
    (put("name.short", "K" * 31), "name.short has 31 characters; at most 30 are allowed."),
    (put("name.short", " "), "name.short is empty; it needs 1 to 30 characters."),
    (put("name.short", "NULL"), "name.short is the word “null”, which Teams takes for nothing; say it in other words."),
    (put("name.short", "Kol\nbot"), "name.short holds a control character; only letters and signs on one line are"),
    (put("name.short", "\u202etoblok"), "name.short holds a control character"),
    (put("name.short", None), "name.short is null; it has to be text."),
    (put("name.full", "K" * 101), "name.full has 101 characters; at most 100 are allowed."),
    (put("description.short", "K" * 81), "description.short has 81 characters; at most 80 are allowed."),
    (put("description.full", "K" * 4001), "description.full has 4001 characters; at most 4000 are allowed."),
    (put("description.full", "a\x1bb"), "description.full holds a control character; only letters, signs and line bre"),
    (put("developer.name", "K" * 33), "developer.name has 33 characters; at most 32 are allowed."),
    (put("developer.websiteUrl", "http://example.org"), "developer.websiteUrl is “http://example.org”; it has to be a"),
    (put("developer.termsOfUseUrl", "https://u:p@example.org"), "developer.termsOfUseUrl is “https://u:p@example.org”"),
    (put("developer.termsOfUseUrl", "https://example.org:x/"), "it has to be an https address"),
    (put("developer.termsOfUseUrl", "https://exam ple.org/"), "it has to be an https address"),
    (put("developer.termsOfUseUrl", f"https://example.org/{'x' * 2048}"), "has 2068 characters; at most 2048 are"),
    (put("developer.termsOfUseUrl", []), "developer.termsOfUseUrl is a list; it has to be an https address"),
    (put("accentColor", "blue"), "accentColor is “blue”; it has to be a colour as #4F52B2."),
    (put("icons.outline", "icons/outline.png"), "icons.outline is “icons/outline.png”; it has to be the name of a fil"),
    (put("icons.color", "other.png"), "icons.color names “other.png”, which is not in the package"),
    (put("bots", []), "bots has 0 entries; it has to have exactly 1."),
    (put("bots", {}), "bots is an object; it has to be a list."),
    (put(f"{BOT}.botId", "x"), "bots[0].botId is “x”; it has to be a GUID"),
    (put(f"{BOT}.scopes", ["team", "groupchat"]), "bots[0].scopes[1] is “groupchat”; it has to be “team” or “groupCha"),
    (put(f"{BOT}.scopes", ["team", "team"]), "bots[0].scopes[1] stands there twice; name it once."),
    (put(f"{BOT}.scopes", ["team"]), "bots[0].commandLists[0] is for “groupChat”; the bot itself has no such scope."),
    (put(f"{BOT}.supportsFiles", "yes"), "bots[0].supportsFiles is text; it has to be true or false."),
    (put(f"{LIST}.triggers", ["mention", "slash"]), "bots[0].commandLists[0].triggers has “slash”; that needs bots[0]"),
    (put(f"{BOT}.supportsWishes", True), "bots[0].supportsWishes has no business there; bots[0] may have only botId,"),
    (put(f"{LIST}.commands", [COMMAND | {"title": f"new {n}"} for n in range(13)]), "commands has 13 entries; it has"),
    (put(f"{LIST}.commands.0.title", "K" * 33), "has 33 characters; at most 32 are allowed (the schema has 128, but"),
    (put(f"{LIST}.commands.1.title", "New"), "bots[0].commandLists[0] has the command “new” 2 times; each needs a wor"),
    (drop(f"{LIST}.commands.0.description"), "bots[0].commandLists[0].commands[0].description is missing; it is"),
    (put(f"{LIST}.commands.0", "new"), "bots[0].commandLists[0].commands[0] is text; it has to be an object."),
    (put(f"{LIST}.triggers", ["shout"]), "bots[0].commandLists[0].triggers[0] is “shout”; it has to be “mention” or"),
    (put("bots.0.commandLists.1.scopes", ["team"]), "bots[0].commandLists[1] is for “team” as another list is; a scop"),
    (drop("supportsChannelFeatures"), "supportsChannelFeatures is missing; Teams refuses a bot of scope team without"),
    (put("supportsChannelFeatures", "tier2"), "supportsChannelFeatures is “tier2”; it has to be “tier1”."),
    (put("defaultInstallScope", "meetings"), "defaultInstallScope is “meetings”; it has to be “team” or"),
    (put(f"{BOT}.scopes", ["personal"]), "defaultInstallScope is “team”; it has to be one of"),
    (put("defaultGroupCapability.groupChat", "bot"), "defaultGroupCapability.groupChat has no business there; default"),
    (put("permissions", ["identity", "camera"]), "permissions[1] is “camera”; it has to be “identity” or “message"),
    (put("validDomains", []), "validDomains has 0 entries; it has to have 1 to 100."),
    (put("validDomains", [7]), "validDomains[0] is a number; it has to be a host name, as bot.example.org."),
    (put("validDomains", ["bot.example.com"]), "webApplicationInfo.resource is “api://bot.example.org/botid-6f1c9a4e-"),
    (put("webApplicationInfo.id", "0d7e1c55-91a4-4f0b-8c43-5a1e0f3b7d29"), "webApplicationInfo.id is another than bot"),
    (put("webApplicationInfo.resource", f"api://botid-{APP}"), "it has to be api://, a domain of validDomains, /botid"),
    (put("staticTabs", []), "staticTabs has 0 entries; it has to have 1 to 16."),
    (put("authorization", {}), "authorization has no business there; the file may have only"),
    (put("localizationInfo.defaultLanguageTag", "english"), None),
    (put("localizationInfo.defaultLanguageTag", "english language"), "it has to be a language tag, as en or pt-br."),
    (put("localizationInfo.defaultLanguageTag", "PL"), "additionalLanguages[0] is “pl” again; a language can have one"),
    (put("localizationInfo.additionalLanguages.0.file", "../pl.json"), "it has to be the name of a file beside the"),
    (put("localizationInfo.additionalLanguages.0.file", "de.json"), "localizationInfo names “de.json” for pl, which i"),
    (put("localizationInfo.additionalLanguages.0.file", "manifest.json"), "is not in the package as a file of its own"),
    (drop("localizationInfo.additionalLanguages"), "“pl.json” is in the package, and nothing in the manifest names it"),
]

DOMAINS = [
    ("https://bot.example.org", "holds a scheme or a path; it has to be a host name alone"),
    ("bot.example.org/tab", "holds a scheme or a path"),
    ("*.example.org", "holds a wildcard"),
    ("*.azurewebsites.net", "everything below a shared domain would be trusted"),
    ("bot.example.org:3978", "holds a port, a user or a blank"),
    ("bot.example.org ", "holds a port, a user or a blank"),
    ("Bot.Example.org", "has capital letters; write bot.example.org"),
    ("bót.example.org", "holds letters beyond ASCII; write it in its xn-- form"),
    ("localhost", "is no name that Teams can reach"),
    ("kolbot.localhost", "is no name that Teams can reach"),
    ("127.0.0.1", "is no name that Teams can reach"),
    ("bot..example.org", "is no host name: its parts are 1 to 63 of a-z, 0-9 and inner hyphens"),
    ("bot_1.example.org", "is no host name"),
    (f"{'a' * 64}.example.org", "is no host name"),
    (f"{'a.' * 126}example.org", "is no host name"),
]

TRANSLATIONS = [
    (drop("description.full".replace(".", "\0")), "pl.json: description.full is missing; people of that language"),
    (put("name.short".replace(".", "\0"), "K" * 31), "pl.json: name.short has 31 characters; at most 30 are allowed."),
    (put("name.short".replace(".", "\0"), "null"), "pl.json: name.short is the word “null”"),
    (put("$schema", "x"), "pl.json: $schema has to be https://developer.microsoft.com/"),
    (put("greeting", "x"), "pl.json: “greeting” names nothing in the manifest that is translated; leave it out."),
    (put("bots[0]\0commandLists[0]\0commands[12]\0title", "x"), "names nothing in the manifest that is translated"),
    (put("bots[0]\0commandLists[0]\0commands[0]\0title", "dołącz"), "pl.json: bots[0].commandLists[0] has the command"),
    (drop("bots[0]\0commandLists[1]\0commands[5]\0title"), "pl.json: bots[0].commandLists[1].commands[5].title is mis"),
]


def real_dots(breaking: Callable[[Json], None]) -> Callable[[Json], None]:
    """The keys of a translation hold dots themselves: in the table they are written as NUL."""

    def on_flat(content: Json) -> None:
        flat = {key.replace(".", "\0"): value for key, value in content.items()}
        breaking(flat)
        content.clear()
        content.update({key.replace("\0", "."): value for key, value in flat.items()})

    return on_flat


@pytest.mark.parametrize(("breaking", "words"), BROKEN)
def test_a_broken_manifest_is_refused_with_the_reason(breaking: Callable[[Json], None], words: str | None) -> None:
    faults = faults_of_files(files(breaking))
    if words is None:
        assert faults == []
    else:
        assert any(words in fault for fault in faults), faults


@pytest.mark.parametrize(("domain", "words"), DOMAINS)
def test_what_is_no_host_name_is_refused(domain: str, words: str) -> None:
    (fault,) = faults_of_files(files(put("validDomains", [domain])))
    assert fault.startswith("validDomains[0] is “")
    assert words in fault


@pytest.mark.parametrize(("breaking", "words"), TRANSLATIONS)
def test_a_broken_translation_is_refused_with_the_reason(breaking: Callable[[Json], None], words: str) -> None:
    faults = faults_of_files(files(real_dots(breaking), "pl.json"))
    assert any(words in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no JSON (line 1, column 1); it has to be one object."),
        (b"{", "is no JSON (line 1, column 2)"),
        (b'{"a":' * 200_000, "is no JSON; it has to be one object."),
        (b"\xff\xfe{}", "is not UTF-8; save it as UTF-8."),
        (b"\xef\xbb\xbf{}", "begins with a byte order mark; save it as UTF-8 without one."),
        (b'{"id": 1, "id": 2}', "“id” stands twice in one object; one of them has to go."),
    ],
)
@pytest.mark.parametrize("name", ["manifest.json", "pl.json"])
def test_what_cannot_be_read_is_refused(name: str, content: bytes, words: str) -> None:
    faults = faults_of_files(files() | {name: content})
    assert any(fault.startswith(name) and words in fault for fault in faults), faults


@pytest.mark.parametrize("content", [[], "text", 1, None, True])
def test_what_is_no_object_is_refused(content: object) -> None:
    assert "it has to be an object." in faults_of_files({"manifest.json": json.dumps(content).encode()})[0]
    assert "it has to map paths" in faults_of_files(files() | {"pl.json": json.dumps(content).encode()})[0]


def test_without_a_manifest_there_is_no_package() -> None:
    assert faults_of_files({}) == ["manifest.json is missing; it has to lie at the root of the zip."]


def test_all_that_is_wrong_is_said_at_once() -> None:
    def breaking(content: Json) -> None:
        content["version"] = "1"
        content["name"]["short"] = ""
        del content["icons"]

    assert len(faults_of_files(files(breaking))) == 3


def test_what_a_manifest_says_cannot_write_to_the_terminal() -> None:
    (fault,) = faults_of_files(files(put("accentColor", "\x1b[2J" + "x" * 500)))
    assert fault.isprintable()
    assert len(fault) < 140
