"""The login server: metadata, keys, tokens for the bot. It knows the one reserved app, never a password."""

from __future__ import annotations

from aiohttp import web

from rehearsal.connector import Call
from rehearsal.faults import Faults, Op
from rehearsal.keys import APP_ID, BOT_FRAMEWORK, LIFETIME, Keys
from rehearsal.replies import reply, struck

SCOPE = "https://api.botframework.com/.default"


def login_routes(keys: Keys, faults: Faults) -> list[web.RouteDef]:
    """The paths of the metadata, of the keys and of the token endpoint."""

    def faulty(op: Op, work: Call) -> Call:
        async def handle(request: web.Request) -> web.Response:
            met = await faults.meets(op)
            if (response := struck(met, request)) is not None:
                return response
            response = await work(request)
            if met.lost and request.transport is not None:
                request.transport.abort()
            return response

        return handle

    async def metadata(request: web.Request) -> web.Response:
        return reply({
            "issuer": BOT_FRAMEWORK, "authorization_endpoint": "https://invalid.botframework.com",
            "jwks_uri": f"{request.scheme}://{request.host}/v1/.well-known/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        })

    async def published(_: web.Request) -> web.Response:
        return reply(keys.jwks())

    async def of_people(request: web.Request) -> web.Response:
        issuer = f"{request.scheme}://{request.host}/{{tenantid}}/v2.0"
        return reply({"keys": [{**key, "issuer": issuer} for key in keys.jwks()["keys"]]})

    async def token(request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("grant_type") != "client_credentials":
            return reply({"error": "unsupported_grant_type", "error_description": "client_credentials only"}, 400)
        if form.get("client_id") != APP_ID:
            return reply({"error": "unauthorized_client", "error_description": "no such app here"}, 400)
        if form.get("scope") != SCOPE:
            return reply({"error": "invalid_scope", "error_description": f"the scope has to be {SCOPE}"}, 400)
        return reply({
            "token_type": "Bearer", "expires_in": LIFETIME, "ext_expires_in": LIFETIME,
            "access_token": keys.for_connector(APP_ID),
        })

    return [
        web.get("/v1/.well-known/openidconfiguration", faulty("keys", metadata)),
        web.get("/v1/.well-known/keys", faulty("keys", published)),
        web.get("/{tenant}/discovery/v2.0/keys", faulty("keys", of_people)),
        web.post("/oauth2/v2.0/token", faulty("token", token)),
        web.post("/{tenant}/oauth2/v2.0/token", faulty("token", token)),
    ]
