"""Tables and runs whose size is their point say it at the end; and which tests count for the coverage."""

from __future__ import annotations

import functools
import gc
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from locales import LANGUAGES
from tests import compiled, memory

TESTS = Path(__file__).parent
HOLDS_TESTS = re.compile(r"test_\w+\.py|[a-z]\w*")
BROWSER = "browser"

NOT_WATCHED = (
    "bot", "browser", "drawings", "faults", "hostile", "locales", "rehearsal", "stories", "store", "teams_app", "web",
    *("test_new_kind", "test_rehearsal_cloud", "dialogs/every_verb"),
    *("templates/hostile", "templates/refusals", "templates/shipped", "templates/wrong_around"),
    *("templates/wrong_links", "templates/wrong_outputs", "templates/wrong_values", "templates/wrong_yaml"),
    *("workshop/every_kind", "workshop/groups_best", "workshop/hostile", "workshop/paces", "workshop/roles"),
)  # fmt: skip
"""Folders and files whose tests do not count for the coverage, nor do those on PostgreSQL and those that bear the mark
`no_cover`: the others, of one layer at a time, have to reach every branch. Being watched costs as much again as
running."""

BUT_WATCHED = ("stories/bad_input",)
"""Files of such folders that do count."""

WATCHED_LANGUAGES = frozenset({"en", "pl"})
"""What is tried in every language counts in these."""

UNWATCHED = pytest.StashKey[bool]()
"""Whether the last test was one that does not count."""

COUNTED = "counted"
"""What such a test calls its sentence: `record_property("counted", "…")`."""


TEMPORARY = "PYTEST_DEBUG_TEMPROOT"
"""Tells pytest where to keep the folders of `tmp_path`."""


LITTER = 20_000
"""New objects after which Python looks for garbage that holds itself: by itself it would after 700, which is a sixth of
the computing of a story. What has gone wrong out of sight may be told a few tests later, but it is."""


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault(TEMPORARY, str(memory.folder()))
    gc.set_threshold(LITTER)
    if hasattr(config, "workerinput"):
        watch_once(config)
    compiled.share()
    if hasattr(config, "workerinput") and config.args == [TESTS.name]:
        config.args[:] = read_from(config.workerinput)


def watch_once(config: pytest.Config) -> None:
    """In a worker pytest-cov begins to watch twice, as a run by itself and then as a worker. `no_cover` ends only the
    second; the first, of which nothing is kept, went on, and every test that is not watched took twice as long."""
    watching = config.pluginmanager.getplugin("_cov")
    if watching is not None and watching.cov_controller is not None:
        watching.cov_controller.cov.stop()


def read_from(worker: Mapping[str, Any]) -> list[str]:
    """Where one of several workers finds the tests: each begins at another folder, so that none compiles what another
    has compiled already. Then they agree on one order (`pytest_collection_modifyitems`)."""
    there = sorted(one.name for one in TESTS.iterdir() if HOLDS_TESTS.fullmatch(one.name) and one.name != BROWSER)
    first = int(worker["workerid"].removeprefix("gw")) * len(there) // worker["workercount"]
    return [f"{TESTS.name}/{name}" for name in (*there[first:], *there[:first])]


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()  # what is loaded need not be looked at again


@pytest.hookimpl(tryfirst=True)  # so that `-m "not no_cover"` runs those that count
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not counts(item):
            item.add_marker("no_cover")
    items.sort(key=lambda item: (is_unwatched(item), item.path.relative_to(TESTS).parts[0]))


def counts(item: pytest.Item) -> bool:
    """Whether a test counts for the coverage."""
    folder, *_ = item.path.relative_to(TESTS).with_suffix("").parts
    file = f"{folder}/{item.path.stem.removeprefix('test_')}"
    given = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    others = {*LANGUAGES} - WATCHED_LANGUAGES
    foreign = any(isinstance(value, str) and value in others for value in given)
    watched = file in BUT_WATCHED or not {folder, file} & {*NOT_WATCHED}
    return watched and not foreign and "postgresql" not in item.name


def is_unwatched(item: pytest.Item) -> bool:
    return item.get_closest_marker("no_cover") is not None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Before a test that is watched what others have left in caches is forgotten: else nothing would be seen of it."""
    kept = item.config.stash
    if not is_unwatched(item) and kept.get(UNWATCHED, False):
        for name, module in [*sys.modules.items()]:
            if name.partition(".")[0] in ("cards", "dialogs", "workshop"):
                for value in vars(module).values():
                    if isinstance(value, functools._lru_cache_wrapper):
                        value.cache_clear()
    kept[UNWATCHED] = is_unwatched(item)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    sentences = [
        str(sentence)
        for ending in ("passed", "failed")
        for report in terminalreporter.stats.get(ending, [])
        for name, sentence in report.user_properties
        if name == COUNTED
    ]
    for sentence in sorted(sentences):
        terminalreporter.write_line(f"counted: {sentence}")
