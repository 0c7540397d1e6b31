"""An invoke echo of the Teams SDK for Python that checks its tokens. Runs in .venv-bench."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import replace
from typing import Any

import uvicorn
from fastapi import FastAPI
from microsoft_teams.api import TaskModuleMessageResponse, TaskModuleResponse
from microsoft_teams.api.auth.cloud_environment import PUBLIC
from microsoft_teams.apps import App
from microsoft_teams.apps.http.fastapi_adapter import FastAPIAdapter

PORT, ROOM, APP_ID = int(sys.argv[1]), sys.argv[2], sys.argv[3]
logging.disable(logging.WARNING)


def quiet(app: FastAPI) -> uvicorn.Server:
    """The SDK's own server without its line in the log for every request."""
    return uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=PORT, log_level="warning", access_log=False))


# The one difference from the public cloud: the signing keys come from loopback.
cloud = replace(PUBLIC, openid_metadata_url=f"{ROOM}/v1/.well-known/openidconfiguration")
app = App(
    client_id=APP_ID,
    token=lambda scope, tenant=None: "bench",
    cloud=cloud,
    http_server_adapter=FastAPIAdapter(server_factory=quiet),
)


@app.on_dialog_submit
async def submit(context: Any) -> TaskModuleResponse:
    """A dialog's answer, for whatever was sent."""
    return TaskModuleResponse(task=TaskModuleMessageResponse(value=f"echo {context.activity.id}"))


asyncio.run(app.start(PORT))
