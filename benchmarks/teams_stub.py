"""What the servers need of "Teams" on loopback: keys, a token, messages taken and edited. It checks nothing."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from benchmarks.scene import HOST, ISSUER, Signer

PATH = "/v1/.well-known"


class TeamsStub:
    """Runs in the load's process, and so on the load's core."""

    def __init__(self, signer: Signer) -> None:
        self._jwks = signer.jwks()
        self._runner: web.AppRunner | None = None
        self.url = ""
        self.posted = 0
        self.edited = 0

    async def start(self) -> None:
        app = web.Application()
        app.add_routes(
            [
                web.get(f"{PATH}/openidconfiguration", self._metadata),
                web.get(f"{PATH}/keys", self._keys),
                web.post("/oauth2/v2.0/token", self._token),
                web.post("/v3/conversations/{name}/activities", self._post),
                web.put("/v3/conversations/{name}/activities/{id}", self._edit),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        self.url = f"http://{HOST}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _metadata(self, request: web.Request) -> web.Response:
        known: dict[str, Any] = {"issuer": ISSUER, "jwks_uri": f"{self.url}{PATH}/keys"}
        return web.json_response({**known, "id_token_signing_alg_values_supported": ["RS256"]})

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response(self._jwks)

    async def _token(self, request: web.Request) -> web.Response:
        return web.json_response({"access_token": "bench", "expires_in": 3600, "token_type": "Bearer"})

    async def _post(self, request: web.Request) -> web.Response:
        await request.read()
        self.posted += 1
        return web.json_response({"id": f"posted-{self.posted}"}, status=201)

    async def _edit(self, request: web.Request) -> web.Response:
        await request.read()
        self.edited += 1
        return web.json_response({"id": request.match_info["id"]})
