"""How a refusal of a template reads, whatever is wrong with it; and files that are no template at all."""

from __future__ import annotations

import pytest

from templates import Fault, WrongTemplate, read
from tests.templates import (
    test_wrong_around,
    test_wrong_cases,
    test_wrong_groups,
    test_wrong_links,
    test_wrong_outputs,
    test_wrong_shape,
    test_wrong_values,
    test_wrong_yaml,
)
from tests.templates.trial import RIGHT

MODULES = (
    *(test_wrong_around, test_wrong_cases, test_wrong_groups, test_wrong_links, test_wrong_outputs),
    *(test_wrong_shape, test_wrong_values, test_wrong_yaml),
)
TABLES = tuple(module.WRONG for module in MODULES)
ELSEWHERE = {
    *(Fault.EMPTY, Fault.NOT_UTF8, Fault.TOO_BIG, Fault.NOT_JSON),
    *(Fault.CASES_TWICE, Fault.CASES_APART, Fault.CASES_FROM, Fault.CASES_NAMELESS, Fault.OWNER_ANONYMOUS),
    Fault.PER_BY,
}
"""What takes more than another line in the small template: here, in test_hostile and in test_wrong_cases."""


def test_what_the_tables_start_from_is_right() -> None:
    assert read(RIGHT, "trial.yaml").minutes == 35


def test_the_tables_have_everything_that_can_be_wrong() -> None:
    codes = set()
    for before, after, _, _ in (row for table in TABLES for row in table.values()):
        with pytest.raises(WrongTemplate) as refused:
            read(RIGHT.replace(before, after, 1), "trial.yaml")
        codes.add(refused.value.code)
    assert codes == set(Fault) - ELSEWHERE


@pytest.mark.parametrize(
    ("given", "line", "words"),
    [
        ("", 1, "there is nothing in it; right would be: a template, beginning with “id:”"),
        (" \n\n", 1, "there is nothing in it"),
        ("# only a remark\n", 1, "there is nothing in it"),
        ("---\n...\n", 1, "there is nothing in it"),
        ("~", 1, "there is nothing in it"),
        (
            "- id: trial\n",
            1,
            "the template is a list; right would be: keys with values (id, languages, title, about, stages)",
        ),
        ("\ntrial", 2, "the template is “trial”; right would be: keys with values"),
        ("{}", 1, "the template lacks “id”; right would be: “id:” with a short name"),
        (RIGHT.encode("cp1250"), 3, "the file is not UTF-8 text; right would be: the file saved as UTF-8"),
        (RIGHT.encode("utf-16"), 1, "the file is not UTF-8 text"),
        ("#" * (256 * 1024 + 1), 1, "the file has 262145 bytes; right would be: at most 262144"),
        ("ą" * (128 * 1024 + 1), 1, "the file has 262146 bytes"),
    ],
)
def test_a_file_that_is_no_template_is_refused(given: str | bytes, line: int, words: str) -> None:
    with pytest.raises(WrongTemplate) as refused:
        read(given, "trial.yaml")
    assert str(refused.value).startswith(f"trial.yaml:{line}: {words}")


def test_a_refusal_can_be_said_in_another_language() -> None:
    with pytest.raises(WrongTemplate) as refused:
        read(RIGHT.replace("minutes: 10", "minutes: 4321"), "trial.yaml")
    wrong = refused.value
    assert (wrong.file, wrong.line, wrong.code) == ("trial.yaml", 22, Fault.OUT_OF_RANGE)
    assert wrong.params == {"name": "“minutes” of step pause", "got": "4321", "low": 1, "high": 4320}
    assert wrong.what == "“minutes” of step pause is 4321"
    assert wrong.right == "a whole number from 1 to 4320"


def test_what_a_refusal_quotes_is_short_and_visible() -> None:
    with pytest.raises(WrongTemplate) as refused:
        read('"\\u202e\\e[31m<at>everyone</at>\\n' + "x" * 90 + '": 1\nid: a', "trial.yaml")
    assert "[31m<at>everyone</at> xxx" in refused.value.what
    assert len(refused.value.what) < 100
    assert refused.value.what.isprintable()
