"""Answers of the room's endpoints, errors worded as the Connector does. It decides nothing."""

from __future__ import annotations

from typing import Any

import orjson
from aiohttp import web

from rehearsal.faults import Met

CODES = {412: "PreconditionFailed", 429: "Throttled", 500: "ServiceError", 502: "BadGateway", 503: "ServiceUnavailable"}


def reply(body: Any, status: int = 200, **headers: str) -> web.Response:
    """A JSON answer."""
    data, named = orjson.dumps(body), {name.replace("_", "-"): value for name, value in headers.items()}
    return web.Response(body=data, status=status, content_type="application/json", headers=named)


def failure(status: int, code: str, why: str, after: float = 0.0) -> web.Response:
    """An error as the Connector words it; `after` is its Retry-After in seconds."""
    headers = {"Retry_After": f"{after:.0f}"} if after else {}
    return reply({"error": {"code": code, "message": why}}, status, **headers)


def struck(met: Met, request: web.Request) -> web.Response | None:
    """The answer to a call that has no effect, if a fault says so."""
    if met.broken and request.transport is not None:
        request.transport.abort()
    if met.broken or met.status:
        return failure(met.status or 503, CODES.get(met.status, "GatewayTimeout"), "on purpose", met.after)
    return None
