"""Settings: every wrong value is named with what would be right, all at once; a rehearsal stays on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings import REHEARSAL_APP_ID, Settings, WrongSetting, load, load_database_url

GUID = "01234567-89ab-cdef-0123-456789abcdef"
GOOD = {
    "MICROSOFT_APP_ID": GUID,
    "MICROSOFT_APP_PASSWORD": "s3cret",
    "PUBLIC_URL": "https://kolbot.example.org/",
}
REHEARSAL = {
    "CLOUD": "rehearsal",
    "MICROSOFT_APP_ID": REHEARSAL_APP_ID,
    "REHEARSAL_URL": "http://127.0.0.1:3979/",
}


def wrong(environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(WrongSetting) as error:
        Settings.read(environ)
    assert str(error.value).splitlines() == list(error.value.sentences)
    return error.value.sentences


def test_what_is_not_set_has_a_value() -> None:
    assert Settings.read(GOOD) == Settings(
        port=3978, host="0.0.0.0", public_url="https://kolbot.example.org", database_url="sqlite:///kolbot.db",
        app_id=GUID, app_password="s3cret", app_tenant="", allowed_tenants=frozenset(), may_open=frozenset(),
        log_level="INFO", retention_days=60, cloud="public", rehearsal_url="",
    )


def test_a_rehearsal_is_all_on_this_machine() -> None:
    read = Settings.read({**REHEARSAL, "PORT": "4000"})
    assert (read.host, read.public_url) == ("127.0.0.1", "http://127.0.0.1:4000")
    assert (read.rehearsal_url, read.app_password) == ("http://127.0.0.1:3979", "")


@pytest.mark.parametrize("cloud", ["public", "gcc", "gcch", "dod", "china"])
def test_every_cloud_can_be_chosen(cloud: str) -> None:
    assert Settings.read({**GOOD, "CLOUD": cloud}).cloud == cloud


def test_values_are_tidied() -> None:
    read = Settings.read({
        **GOOD, "MICROSOFT_APP_ID": f" {GUID.upper()} ", "ALLOWED_TENANTS": f"{GUID.upper()}, ,{REHEARSAL_APP_ID},",
        "MAY_OPEN": GUID, "LOG_LEVEL": "debug", "HOST": "[::1]", "PORT": "", "RETENTION_DAYS": "0090",
        "DATABASE_URL": "postgresql+psycopg://u:p@db/kolbot", "MICROSOFT_APP_TENANT_ID": GUID.upper(),
    })
    assert read.app_id == read.app_tenant == GUID
    assert read.allowed_tenants == {GUID, REHEARSAL_APP_ID}
    assert read.may_open == {GUID}
    assert (read.log_level, read.host, read.port, read.retention_days) == ("DEBUG", "::1", 3978, 90)


@pytest.mark.parametrize(("name", "value"), [
    *(("PORT", value) for value in ("0", "65536", "-1", "http", "3978.0", "３９７８", "9" * 5000)),
    *(("HOST", value) for value in ("http://x", "a b", "1.2.3", "256.1.1.1", "x:80", "-x")),
    *(("PUBLIC_URL", value) for value in (
        "kolbot.example.org", "ftp://x", "https://", "https://u:p@x/", "https://x/?a", "https://x/#a", "https://x y/",
        "https://x:99999/", "https://x\\y/", "https://[::1/", "http://kolbot.example.org",
    )),
    *(("DATABASE_URL", value) for value in ("kolbot.db", "mysql://x/y", "sqlite:///", "postgresql://")),
    *(("MICROSOFT_APP_ID", value) for value in ("", "   ", "abc", GUID + "0", REHEARSAL_APP_ID)),
    *(("MICROSOFT_APP_PASSWORD", value) for value in ("", "  ")),
    *(("MICROSOFT_APP_TENANT_ID", value) for value in ("common", "contoso.example")),
    *(("ALLOWED_TENANTS", value) for value in ("contoso.example", f"{GUID};{GUID}", f"{GUID},*")),
    *(("MAY_OPEN", value) for value in ("anna@example.org", "everybody")),
    *(("LOG_LEVEL", value) for value in ("LOUD", "10")),
    *(("PAGES", value) for value in ("yes", "0")),
    *(("RETENTION_DAYS", value) for value in ("0", "-5", "ten", "3651", "1.5")),
    ("TEMPLATES", "/nowhere/at/all"),
    *(("CLOUD", value) for value in ("mars", "Public", "rehearsal ,", "none")),
    ("REHEARSAL_URL", "http://127.0.0.1:3979"),
])
def test_a_wrong_value_is_named_once_with_what_would_be_right(name: str, value: str) -> None:
    [sentence] = wrong({**GOOD, name: value})
    assert sentence.startswith(f"{name} ")
    assert sentence.endswith(".")
    assert "; " in sentence or ". " in sentence
    assert "s3cret" not in sentence


@pytest.mark.parametrize(("name", "value"), [
    *(("HOST", value) for value in ("0.0.0.0", "::", "192.168.1.5", "localhost.evil.example", "kolbot")),
    *(("PUBLIC_URL", value) for value in ("https://kolbot.example.org", "http://10.0.0.1:3978", "http://127.0.0.1.nip.io")),
    *(("REHEARSAL_URL", value) for value in (
        "", "http://192.168.1.5:3979", "https://smba.trafficmanager.net", "http://127.0.0.1:3979/v1", "127.0.0.1:3979",
        "http://127.0.0.1:3979@evil.example", "http://localhost.evil.example", "file:///etc/passwd",
    )),
    *(("MICROSOFT_APP_ID", value) for value in ("", GUID)),
    ("MICROSOFT_APP_PASSWORD", "s3cret"),
])
def test_a_rehearsal_that_could_leave_this_machine_does_not_start(name: str, value: str) -> None:
    [sentence] = wrong({**REHEARSAL, name: value})
    assert sentence.startswith(f"{name} ")
    assert "s3cret" not in sentence


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.5", "::1", "[::1]", "localhost"])
def test_a_rehearsal_may_use_any_loopback_address(host: str) -> None:
    address = "[::1]" if ":" in host else host
    read = Settings.read({**REHEARSAL, "HOST": host, "REHEARSAL_URL": f"http://{address}:3979"})
    assert read.rehearsal_url == f"http://{address}:3979"


def test_all_wrong_values_are_said_at_once() -> None:
    sentences = wrong({"CLOUD": "mars", "PORT": "x", "LOG_LEVEL": "loud", "MAY_OPEN": "a", "REHEARSAL_URL": "x"})
    assert [sentence.partition(" ")[0] for sentence in sentences] == [
        "CLOUD", "PORT", "MICROSOFT_APP_ID", "MAY_OPEN", "LOG_LEVEL",
    ]
    assert len(wrong({})) == 3  # a new installation: app id, password, public address


def test_secrets_are_not_in_the_repr() -> None:
    read = Settings.read({**GOOD, "DATABASE_URL": "postgresql://kolbot:hunter2@db/kolbot"})
    assert "s3cret" not in repr(read)
    assert "hunter2" not in repr(read)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"CLOUD=rehearsal\nMICROSOFT_APP_ID={REHEARSAL_APP_ID}\nREHEARSAL_URL='http://127.0.0.1:3979'\nHOST\n"
    )
    assert load(tmp_path, {"REHEARSAL_URL": "http://127.0.0.1:4444"}).rehearsal_url == "http://127.0.0.1:4444"
    with pytest.raises(WrongSetting):
        load(tmp_path / "nowhere", {})


def test_the_example_names_every_setting_and_asks_only_for_what_is_missing() -> None:
    text = (Path(__file__).parents[1] / ".env.example").read_text(encoding="utf-8")
    for name in (
        "PORT", "HOST", "PUBLIC_URL", "DATABASE_URL", "MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD",
        "MICROSOFT_APP_TENANT_ID", "ALLOWED_TENANTS", "MAY_OPEN", "LOG_LEVEL", "RETENTION_DAYS", "CLOUD",
        "REHEARSAL_URL", "TEMPLATES", "PAGES",
    ):
        assert f"{name}=" in text
    filled = dict(line.split("=", 1) for line in text.splitlines() if line and not line.startswith("#"))
    assert [sentence.partition(" ")[0] for sentence in wrong(filled)] == [
        "MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD",
    ]


def test_the_database_alone_needs_no_other_setting(tmp_path: Path) -> None:
    """For backups; what else is wrong or missing does not matter."""
    assert load_database_url(tmp_path, {}) == "sqlite:///kolbot.db"
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:///from-file.db\nPORT=wrong\n")
    assert load_database_url(tmp_path, {}) == "sqlite:///from-file.db"
    assert load_database_url(tmp_path, {"DATABASE_URL": "postgresql://db/kolbot"}) == "postgresql://db/kolbot"
    with pytest.raises(WrongSetting, match=r"^DATABASE_URL is not a database; use sqlite:///"):
        load_database_url(tmp_path, {"DATABASE_URL": "kolbot.db"})
