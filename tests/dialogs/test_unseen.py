"""A conversation whose members cannot be looked up: somebody is known by their id, and nobody is listed."""

from __future__ import annotations

from dialogs.turn import Who, nobody, unknown, unseen


async def test_somebody_is_known_by_their_id_alone() -> None:
    assert await unseen("p/ivan") == Who("p/ivan", "", None)
    assert list(await nobody()) == list(await unknown()) == []
