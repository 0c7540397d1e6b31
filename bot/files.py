"""Fetches a file that somebody sent to the bot in a personal chat. It reads none, and sends no token for it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
from yarl import URL

from bot.clouds import Cloud

LARGEST = 1_000_000
"""Bytes of a file at most: a template has some ten thousand, a table of 500 people a hundred thousand."""
SECONDS = 5.0
"""For the whole of it; Teams delivers the message again after 15."""
KIND = "application/vnd.microsoft.teams.file.download.info"
"""How a file comes to a bot (Microsoft Learn, "Send and receive files"): in personal chats only, with an address that
needs no token and is good for minutes."""

log = logging.getLogger("kolbot.bot")


class Files:
    """One `aiohttp` session for all; `seconds` for one file."""

    def __init__(self, cloud: Cloud, session: aiohttp.ClientSession, seconds: float = SECONDS) -> None:
        self.cloud = cloud
        self.session = session
        self._wait = aiohttp.ClientTimeout(total=seconds)

    async def of(self, activity: Mapping[str, Any]) -> Mapping[str, object] | None:
        """What a turn is told of the one file of a message: its name, and `content` (bytes) or `why` there is none
        ("many", "large", "away"). None where no file came with it."""
        sent = _sent(activity.get("attachments"))
        if not sent:
            return None
        name, address = sent[0]
        if len(sent) > 1:
            return {"file": name, "why": "many"}
        if not self.cloud.holds_files_at(address):
            log.warning("a file is offered from an address that is not of this cloud")
            return {"file": name, "why": "away"}
        return {"file": name, **await self._fetched(str(address))}

    async def _fetched(self, address: str) -> Mapping[str, object]:
        # `encoded`: the address is signed, every letter of it counts.
        url = URL(address, encoded=True)
        try:
            # A redirect could lead anywhere.
            async with self.session.get(url, timeout=self._wait, allow_redirects=False) as response:
                if response.status != 200:
                    log.warning("a file was not given: %d", response.status)
                    return {"why": "away"}
                content = bytearray()
                async for part in response.content.iter_chunked(65_536):
                    content += part
                    if len(content) > LARGEST:
                        return {"why": "large"}
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            log.warning("a file could not be fetched: %s", type(error).__name__)
            return {"why": "away"}
        return {"content": bytes(content)}


def _sent(attachments: object) -> Sequence[tuple[str, object]]:
    """Name and address of each file among the attachments."""
    listed = attachments if isinstance(attachments, list) else []
    found = [each for each in listed if isinstance(each, dict) and each.get("contentType") == KIND]
    return [(_name(each.get("name")), _address(each.get("content"))) for each in found]


def _name(name: object) -> str:
    return name if isinstance(name, str) else ""


def _address(content: object) -> object:
    return content.get("downloadUrl") if isinstance(content, dict) else None
