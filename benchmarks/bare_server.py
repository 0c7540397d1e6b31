"""An aiohttp echo that checks nothing: what is left to win, since nothing on aiohttp can be faster."""

from __future__ import annotations

import sys

import orjson
from aiohttp import web


async def messages(request: web.Request) -> web.Response:
    """A dialog's answer, for whatever was sent."""
    activity = orjson.loads(await request.read())
    answer = {"task": {"type": "message", "value": f"echo {activity['id']}"}}
    return web.Response(body=orjson.dumps(answer), content_type="application/json")


app = web.Application()
app.add_routes([web.post("/api/messages", messages)])
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
