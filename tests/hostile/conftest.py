"""How much is thrown at the bot: a part of it with every test run, all of it with `pytest tests/hostile --full`."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="10,000 mutated activities, other ones each time")


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--full", default=False))
