"""Each cloud believes its own service addresses, and none that only looks like one."""

from __future__ import annotations

import pytest

from bot.clouds import cloud_named


@pytest.mark.parametrize(("cloud", "url"), [
    ("public", "https://smba.trafficmanager.net/emea/"),
    ("public", "https://smba.trafficmanager.net/emea/11111111-2222-3333-4444-555555555555/"),
    ("public", "https://SMBA.trafficmanager.net:443/teams"),
    ("gcc", "https://smba.infra.gcc.teams.microsoft.com/teams"),
    ("gcch", "https://smba.infra.gov.teams.microsoft.us/teams"),
    ("dod", "https://smba.infra.dod.teams.microsoft.us/teams"),
    ("china", "https://api.botframework.azure.cn/"),
    ("rehearsal", "http://127.0.0.1:3979/connector/"),
])
def test_a_cloud_believes_its_own_service_addresses(cloud: str, url: str) -> None:
    assert cloud_named(cloud, "http://127.0.0.1:3979").believes(url)
    others = [name for name in ("public", "gcc", "gcch", "dod", "china", "rehearsal") if name != cloud]
    assert not any(cloud_named(name, "http://127.0.0.1:3979").believes(url) for name in others)


@pytest.mark.parametrize("url", [
    None, 5, "", "smba.trafficmanager.net", "http://smba.trafficmanager.net/", "ftp://smba.trafficmanager.net/",
    "https://smba.trafficmanager.net.evil.example/", "https://evil.example/smba.trafficmanager.net/",
    "https://evil-smba.trafficmanager.net/", "https://evil.trafficmanager.net/", "https://xbotframework.azure.cn/",
    "https://smba.trafficmanager.net@evil.example/", "https://evil.example#@smba.trafficmanager.net/",
    "https://evil.example\\@smba.trafficmanager.net/", "https://smba.trafficmanager.net\\.evil.example/",
    "https://smba.trafficmanager.net:444/", "https://smba.trafficmanager.net/?to=x", "https://smba.trafficmanager.net/../x",
    "https://smba.trafficmanager.net/ ", " https://smba.trafficmanager.net/", "https://smba.trafficmanager.net/\n",
    "https://smba.trafficmanager.net/%2e%2e/", "https://smba.trafficmanager.net/" + "a" * 600,
    "http://127.0.0.1:3978/", "http://127.0.0.1:39790/", "https://127.0.0.1:3979/", "http://localhost:3979/",
    "http://127.0.0.1:3979@evil.example/", "http://127.0.0.1/", "http://0.0.0.0:3979/",
])
def test_no_cloud_believes_an_address_that_looks_like_its_own(url: object) -> None:
    for name in ("public", "gcc", "gcch", "dod", "china", "rehearsal"):
        assert not cloud_named(name, "http://127.0.0.1:3979").believes(url)


def test_a_rehearsal_needs_the_rooms_address_and_a_cloud_a_known_name() -> None:
    with pytest.raises(ValueError, match="address"):
        cloud_named("rehearsal")
    with pytest.raises(KeyError):
        cloud_named("mars")
