"""An invoke echo of the Microsoft 365 Agents SDK that checks its tokens. Runs in .venv-bench."""

from __future__ import annotations

import logging
import sys
from typing import Any

from aiohttp import web
from microsoft_agents.activity import InvokeResponse
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware
from microsoft_agents.hosting.core import ActivityHandler, AgentAuthConfiguration
from microsoft_agents.hosting.core.authorization import _entra_issuers

PORT, ROOM, APP_ID = int(sys.argv[1]), sys.argv[2], sys.argv[3]
logging.disable(logging.WARNING)

# The one difference from the public cloud: the signing keys come from loopback.
_entra_issuers.BOTFRAMEWORK_JWKS_URIS["https://api.botframework.com"] = f"{ROOM}/v1/.well-known/keys"

configuration = AgentAuthConfiguration(client_id=APP_ID, client_secret="unused", tenant_id="common")  # noqa: S106
configuration._connections = {"SERVICE_CONNECTION": configuration}


class Tokens:
    """The bot's own token, at no cost: what is measured is the way in."""

    configuration = configuration

    async def get_access_token(self, resource_url: str, scopes: list[str], force_refresh: bool = False) -> str:
        return "bench"


class OneConnection:
    """Every connection is the one that costs nothing."""

    def __init__(self) -> None:
        self._tokens = Tokens()

    def get_token_provider(self, claims_identity: Any, service_url: str) -> Tokens:
        return self._tokens

    def get_connection(self, connection_name: str) -> Tokens:
        return self._tokens

    def get_default_connection(self) -> Tokens:
        return self._tokens

    def get_default_connection_configuration(self) -> AgentAuthConfiguration:
        return configuration


class Echo(ActivityHandler):
    """A dialog's answer, for whatever was sent."""

    async def on_invoke_activity(self, turn_context: Any) -> InvokeResponse:
        answer = {"task": {"type": "message", "value": f"echo {turn_context.activity.id}"}}
        return InvokeResponse(status=200, body=answer)


adapter, agent = CloudAdapter(connection_manager=OneConnection()), Echo()


async def messages(request: web.Request) -> web.StreamResponse:
    """One activity."""
    answer = await adapter.process(request, agent)
    assert answer is not None
    return answer


app = web.Application(middlewares=[jwt_authorization_middleware])
app["agent_configuration"] = configuration
app.add_routes([web.post("/api/messages", messages)])
web.run_app(app, host="127.0.0.1", port=PORT, access_log=None, print=None)
