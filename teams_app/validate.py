"""Are these files a package that Teams takes? A sentence for each thing that is wrong. Does not know who made them.

Beyond the schema's table (teams_app/table.py): what has to agree between the manifest, its translations and its icons.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from teams_app.addresses import NOBODY, REHEARSAL
from teams_app.pictures import faults_of_icon
from teams_app.shapes import quoted
from teams_app.table import DESCRIPTION, LOCAL_SCHEMA, MANIFEST, TAB, TITLE, TRANSLATION

MANIFEST_NAME = "manifest.json"

Manifest = dict[str, Any]
"""A manifest whose shape MANIFEST has found right: its parts can be read without asking what they are."""


def faults_of_files(files: Mapping[str, bytes]) -> list[str]:
    """What is wrong with the files of a package, by name; empty for one that is right."""
    if MANIFEST_NAME not in files:
        return [f"{MANIFEST_NAME} is missing; it has to lie at the root of the zip."]
    manifest, faults = _read(MANIFEST_NAME, files[MANIFEST_NAME])
    if not faults:
        faults = list(MANIFEST.faults(manifest, ""))
    if faults or not isinstance(manifest, dict):
        return faults  # what has to agree can only be compared in a manifest of the right shape
    return [
        *_ids(manifest),
        *_bot(manifest),
        *_sign_in(manifest),
        *_tabs(manifest),
        *_icons(manifest, files),
        *_translations(manifest, files),
        *_strangers(manifest, files),
    ]


def _read(name: str, content: bytes) -> tuple[object, list[str]]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None, [f"{name} is not UTF-8; save it as UTF-8."]
    if text.startswith("\ufeff"):
        return None, [f"{name} begins with a byte order mark; save it as UTF-8 without one."]
    twice: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        twice.extend(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        return dict(pairs)

    try:
        read = json.loads(text, object_pairs_hook=once)
    except (json.JSONDecodeError, RecursionError) as broken:
        where = f" (line {broken.lineno}, column {broken.colno})" if isinstance(broken, json.JSONDecodeError) else ""
        return None, [f"{name} is no JSON{where}; it has to be one object."]
    return read, [f"{name}: {quoted(key)} stands twice in one object; one of them has to go." for key in twice]


def _ids(manifest: Manifest) -> Iterator[str]:
    places = {"id": manifest["id"], "bots[0].botId": _the_bot(manifest)["botId"]}
    for where, value in places.items():
        if str(value) == NOBODY:
            yield f"{where} is the empty GUID; it has to be that of a registration."
        if str(value).lower() == REHEARSAL:
            yield f"{where} is the id reserved for rehearsals, which Teams never calls; it has to be a registration's."


def _bot(manifest: Manifest) -> Iterator[str]:
    bot = _the_bot(manifest)
    scopes = bot["scopes"]
    if "team" in scopes and manifest.get("supportsChannelFeatures") != "tier1":
        yield "supportsChannelFeatures is missing; Teams refuses a bot of scope team without “tier1”."
    default = manifest.get("defaultInstallScope")
    if default is not None and default not in scopes:
        yield f"defaultInstallScope is {quoted(default)}; it has to be one of bots[0].scopes."
    listed: set[str] = set()
    for at, each in enumerate(bot["commandLists"]):
        where = f"bots[0].commandLists[{at}]"
        for scope in each["scopes"]:
            if scope not in scopes:
                yield f"{where} is for {quoted(scope)}; the bot itself has no such scope."
            if scope in listed:
                yield f"{where} is for {quoted(scope)} as another list is; a scope can have one list."
            listed.add(scope)
        if "slash" in each.get("triggers", ()) and bot.get("supportsTargetedMessages") is not True:
            yield f"{where}.triggers has “slash”; that needs bots[0].supportsTargetedMessages true."
        yield from _titles(where, [command["title"] for command in each["commands"]])


def _titles(where: str, titles: list[str]) -> Iterator[str]:
    for title, count in Counter(title.casefold() for title in titles).items():
        if count > 1:
            yield f"{where} has the command {quoted(title)} {count} times; each needs a word of its own."


def _sign_in(manifest: Manifest) -> Iterator[str]:
    app, bot_id = manifest.get("webApplicationInfo"), _the_bot(manifest)["botId"]
    if app is None:
        return
    if app["id"].lower() != bot_id.lower():
        yield "webApplicationInfo.id is another than bots[0].botId; both have to be the bot's app id."
    if app["resource"] not in [f"api://{domain}/botid-{app['id']}" for domain in manifest["validDomains"]]:
        yield (
            f"webApplicationInfo.resource is {quoted(app['resource'])}; it has to be api://, a domain of validDomains, "
            "/botid- and the app id."
        )


def _tabs(manifest: Manifest) -> Iterator[str]:
    """A tab is shown only from a domain that the manifest names, and knows people only by the sign-in that it names."""
    links = []
    for kind in ("staticTabs", "configurableTabs"):
        for at, each in enumerate(manifest.get(kind, ())):
            names = ("contentUrl", "websiteUrl", "configurationUrl")
            links += [(f"{kind}[{at}].{name}", str(each[name])) for name in names if name in each]
    for where, link in links:
        host = urlsplit(link).hostname or ""
        if host not in manifest["validDomains"]:
            yield f"{where} is at {quoted(host)}, which is not in validDomains; Teams would show nothing."
    if links and "webApplicationInfo" not in manifest:
        yield "webApplicationInfo is missing; without it a tab cannot ask Teams who has opened it."
    if links and "identity" not in manifest.get("permissions", ()):
        yield "permissions has no “identity”; a tab asks Teams who has opened it."
    ids = Counter(str(each["entityId"]) for each in manifest.get("staticTabs", ()))
    for name, count in ids.items():
        if count > 1:
            yield f"staticTabs has the entityId {quoted(name)} {count} times; each tab needs one of its own."


def _icons(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[str]:
    icons = manifest["icons"]
    for role, name in icons.items():
        if name in files:
            yield from (f"{name} (icons.{role}) {fault}" for fault in faults_of_icon(role, files[name]))
        else:
            yield f"icons.{role} names {quoted(name)}, which is not in the package; put it beside the manifest."


def _translations(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[str]:
    localisation = manifest["localizationInfo"]
    seen = {localisation["defaultLanguageTag"].lower()}
    for at, each in enumerate(localisation.get("additionalLanguages", ())):
        tag, name = each["languageTag"], each["file"]
        if tag.lower() in seen:
            yield f"localizationInfo.additionalLanguages[{at}] is {quoted(tag)} again; a language can have one file."
        seen.add(tag.lower())
        if name == MANIFEST_NAME or name not in files:
            yield f"localizationInfo names {quoted(name)} for {tag}, which is not in the package as a file of its own."
            continue
        said, faults = _read(name, files[name])
        if not isinstance(said, dict):
            yield from faults or [f"{name} is not an object; it has to map paths of the manifest to words."]
            continue
        yield from faults
        yield from _translation(name, said, manifest)


def _translation(name: str, said: dict[str, object], manifest: Manifest) -> Iterator[str]:
    if said.get("$schema") != LOCAL_SCHEMA:
        yield f"{name}: $schema has to be {LOCAL_SCHEMA}, of the same edition as the manifest's."
    wanted = dict(TRANSLATION)
    wanted |= {f"staticTabs[{at}].name": TAB for at in range(len(manifest.get("staticTabs", ())))}
    for at, each in enumerate(_the_bot(manifest)["commandLists"]):
        where = f"bots[0].commandLists[{at}]"
        paths = [f"{where}.commands[{number}]" for number in range(len(each["commands"]))]
        wanted |= {f"{path}.title": TITLE for path in paths} | {f"{path}.description": DESCRIPTION for path in paths}
        titles = [str(said.get(f"{path}.title", path)) for path in paths]
        yield from _titles(f"{name}: {where}", titles)
    for key, shape in wanted.items():
        if key in said:
            yield from shape.faults(said[key], f"{name}: {key}")
        else:
            yield f"{name}: {key} is missing; people of that language would read English there."
    for key in said:
        if key not in wanted and key != "$schema":
            yield f"{name}: {quoted(key)} names nothing in the manifest that is translated; leave it out."


def _strangers(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[str]:
    icons, localisation = manifest["icons"], manifest["localizationInfo"]
    named = {MANIFEST_NAME, *icons.values(), *(each["file"] for each in localisation.get("additionalLanguages", ()))}
    for name in files:
        if name not in named:
            yield f"{quoted(name)} is in the package, and nothing in the manifest names it; leave it out."


def _the_bot(manifest: Manifest) -> Manifest:
    bot: Manifest = manifest["bots"][0]
    return bot
