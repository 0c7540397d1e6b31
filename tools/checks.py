"""What `dev.py test` and `dev.py lint` check, in which order, and whether it all passed.

Never changes a file of the project.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Set as AnySet

from tools import browsers
from tools.places import ROOT, Trouble
from tools.stages import Result, call, pytest_stage, quiet_stage, stopped_words

TYPED = (
    *(
        "app.py",
        "settings.py",
        "workshop",
        "dialogs",
        "cards",
        "drawings",
        "bot",
        "store",
        "locales",
        "templates",
        "teams_app",
        "web",
    ),
    *("rehearsal", "dev.py", "tools"),
)
"""Everything but the tests is checked by mypy --strict."""

RUFF = ["-m", "ruff", "check", "--no-fix", "."]
MYPY = ["-m", "mypy", "--strict", *TYPED]
IMPORTS = ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
"""import-linter cannot be started by `python -m`; its contracts are in pyproject.toml."""

TESTS = ROOT / "tests"
BROWSER_TESTS = TESTS / "browser"
BROWSER_VARIABLE = "KOLBOT_CHROMIUM"
"""Tells the browser tests which Chromium to start."""

UNIT_LIMIT = 1500.0
BROWSER_LIMIT = 600.0
TYPES_LIMIT = 300.0
"""Seconds after which a hanging run is ended.

Far above what either takes: pytest itself shows where a test hangs, sooner.
"""


def lint(began: float) -> int:
    """Lint, types and import borders; `began` (monotonic) is when the command did. Returns the exit code."""
    return summed_up(reading_stages(), began)


def test(began: float, *, excuse_browser: bool) -> int:
    """All that CI runs; every stage runs, whatever came of those before it. Returns the exit code."""
    print("Checks (mypy runs beside the tests):", flush=True)
    results = [quiet_stage("ruff", RUFF), quiet_stage("imports", IMPORTS)]
    if (ROOT / "locales" / "check.py").is_file():
        results.append(quiet_stage("catalogues", ["-m", "locales.check"]))
    covered = ["--cov", "--cov-report=term-missing:skip-covered"]
    unit = [
        "-n",
        "3",  # on two cores: some tests wait for programs that they have started
        "--dist",
        "worksteal",
        "--ignore",
        str(BROWSER_TESTS.relative_to(ROOT)),
        *covered,
        "tests",
    ]
    results += beside_each_other(unit)
    excused = {"browser"} if excuse_browser else set()
    return summed_up(results, began, excused)


def beside_each_other(unit: list[str]) -> list[Result]:
    """The tests, and what needs one core or mostly waits: types and browser; what these wrote is shown at the end."""
    stop, others = threading.Event(), dict[str, Result]()

    def run(name: str, stage: Callable[[threading.Event], Result]) -> None:
        others[name] = stage(stop)

    stages = {"mypy": types_stage, "browser": browser_stage}
    threads = [threading.Thread(target=run, args=each) for each in stages.items()]
    try:
        for thread in threads:
            thread.start()
        tests = pytest_stage("tests", unit, UNIT_LIMIT)
        for thread in threads:
            thread.join()
    except BaseException:
        stop.set()
        for thread in threads:
            thread.join()
        raise
    for name in stages:
        print("\n".join(others[name].words), flush=True)
    return [others["mypy"], tests, others["browser"]]


def reading_stages() -> list[Result]:
    """The checks that only read the code."""
    return [quiet_stage("ruff", RUFF), quiet_stage("mypy", MYPY), quiet_stage("imports", IMPORTS)]


def types_stage(beside: threading.Event) -> Result:
    """mypy beside another stage; its words are kept where it finds something. It is ended when `beside` is set."""
    began = time.monotonic()
    code, words = call(MYPY, TYPES_LIMIT, show=False, stop=beside)
    said = () if code == 0 else ("\n  mypy:", *words, *stopped_words(code, TYPES_LIMIT))
    return Result("mypy", "passed" if code == 0 else "FAILED", time.monotonic() - began, words=said)


def browser_stage(beside: threading.Event) -> Result:
    """The tests in a real browser; NOT RUN where no Chromium can be had. It is ended when `beside` is set."""
    began = time.monotonic()
    try:
        chromium = browsers.chromium()
    except Trouble as trouble:
        words = (f"\n  browser: NOT RUN. {trouble}",)
        return Result("browser", "NOT RUN", time.monotonic() - began, words=words)
    arguments = [str(BROWSER_TESTS.relative_to(ROOT))]
    return pytest_stage("browser", arguments, BROWSER_LIMIT, beside, **{BROWSER_VARIABLE: chromium})


def only_pytest(arguments: list[str]) -> int:
    """Only pytest, with these arguments: one process, no coverage, no limit.

    Without a path among them, everything but the browser tests.
    """
    asked = [ROOT / argument.split("::")[0] for argument in arguments]
    paths = [path for path in asked if path.exists() and path.is_relative_to(TESTS)]
    chosen = arguments if paths else [*arguments, "--ignore", str(BROWSER_TESTS.relative_to(ROOT)), "tests"]
    browser = any(BROWSER_TESTS.is_relative_to(path) or path.is_relative_to(BROWSER_TESTS) for path in paths)
    more = {BROWSER_VARIABLE: browsers.chromium()} if browser else {}
    return 0 if pytest_stage("tests", chosen, 24 * 3600, **more).ending == "passed" else 1


def summed_up(results: list[Result], began: float, excused: AnySet[str] = frozenset()) -> int:
    """Print a line per stage, pytest's closing lines and the verdict; returns the exit code.

    A stage in `excused` may be NOT RUN.
    """
    bad = [
        each for each in results if each.ending == "FAILED" or (each.ending == "NOT RUN" and each.name not in excused)
    ]
    print("\nSummary:", *(each.line() for each in results), sep="\n")
    for each in results:
        if each.closing:
            print(each.closing)
    verdict = "FAILED: " + ", ".join(each.name for each in bad) if bad else "Everything passed"
    unrun = [each.name for each in results if each.ending == "NOT RUN" and each not in bad]
    left_out = f", but {', '.join(unrun)} was NOT RUN (excused)" if unrun else ""
    print(f"{verdict}{left_out}. {time.monotonic() - began:.1f} s in all.", flush=True)
    return 1 if bad else 0
