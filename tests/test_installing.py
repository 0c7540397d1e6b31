"""uv is told what this machine tells pip, or does not install."""

from __future__ import annotations

import pytest

from tools.packages import read_settings
from tools.places import Trouble


@pytest.mark.parametrize(
    ("listed", "told", "constraints"),
    [
        ("", {}, []),
        ("global.index-url='https://a.example/simple'", {"UV_INDEX_URL": "https://a.example/simple"}, []),
        (
            "global.extra-index-url='\\nfile:///one\\nfile:///two'\nglobal.find-links='/one /two'",
            {"UV_EXTRA_INDEX_URL": "file:///one file:///two", "UV_FIND_LINKS": "/one,/two"},
            [],
        ),
        (  # a variable wins over what stands for `pip install`, and that over what stands for every command
            ":env:.index-url='https://c.example'\nglobal.index-url='https://a.example'\ninstall.index-url='https://b.example'",
            {"UV_INDEX_URL": "https://c.example"},
            [],
        ),
        (
            "install.cert='/b.pem'\nglobal.cert='/a.pem'\ndownload.cert='/z.pem'\nlist.format='columns'",
            {"SSL_CERT_FILE": "/b.pem"},
            [],
        ),
        ("global.constraint='/etc/one.txt /etc/two.txt'\nglobal.no-input='true'", {}, ["/etc/one.txt", "/etc/two.txt"]),
        (":env:.default-timeout='180'\nglobal.retries='9'", {"UV_HTTP_TIMEOUT": "180", "UV_HTTP_RETRIES": "9"}, []),
    ],
)
def test_what_pip_is_told_is_said_in_words_of_uv(listed: str, told: dict[str, str], constraints: list[str]) -> None:
    assert read_settings(listed) == (told, constraints)


@pytest.mark.parametrize("setting", ["global.keyring-provider='import'", "install.constraint='https://me:word@a.example/c'"])
def test_a_setting_that_uv_may_not_know_leaves_it_to_pip(setting: str) -> None:
    with pytest.raises(Trouble) as trouble:
        read_settings(setting)
    assert "not known to be possible for uv" in str(trouble.value)
    assert "word" not in str(trouble.value)
