"""Whatever somebody uploads or a store gives back: a plan that is whole again after storing, or a refusal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import example, given, settings, strategies as st

from templates import WrongTemplate, from_source, read, shipped
from templates.loader import FOLDER
from workshop.model import Answer, Value
from workshop.plan import Item, Plan, Prompt
from workshop.prompts import KINDS
from workshop.prompts.kind import Fields, Result
from workshop.prompts.text import TextKind
from workshop.refusals import Problem

TASTER = (FOLDER / "kolb-taster-15.yaml").read_text(encoding="utf-8")
LINES = TASTER.split("\n")

BITS = st.sampled_from(
    [
        "id: a\n",
        "languages: [en]\n",
        "stages:\n",
        "- ",
        "  ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\n",
        "\t",
        "&a ",
        "*a",
        "<<: ",
        "!!",
        "!!str ",
        "? ",
        "|",
        "-\n",
        ">+2\n",
        '"',
        "'",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "%TAG ! a\n",
        "#",
        "@",
        "`",
        "\\x",
        "\\ud800",
        "\\UFFFFFFFF",
        "\x00",
        "\x85",
        "\u2028",
        "\ufeff",
        "2026-01-01",
        "0o7",
        ".inf",
        "~",
        "null",
        "yes",
        "1e3",
        "0x1F",
        "1:30",
        "=",
    ]
)


def refused_or_whole(given: str | bytes) -> None:
    plan: Plan | None = None
    said = ""
    try:
        plan = read(given, "trial.yaml")
    except WrongTemplate as wrong:
        said = str(wrong)
    if plan is None:
        assert re.fullmatch(r"trial\.yaml:[1-9][0-9]*: .+; right would be: .+", said)
    else:
        assert from_source(plan.source) == plan


@settings(max_examples=150, deadline=None)
@given(st.text())
@example("\ud800")
@example("%YAML " + "9" * 5000 + ".1\n---\n")
@example("a: !<%FF> b")
@example('"\\U00110000"')
def test_any_text(given: str) -> None:
    refused_or_whole(given)


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_any_bytes(given: bytes) -> None:
    refused_or_whole(given)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(BITS, st.text(max_size=3)), max_size=30).map("".join))
def test_anything_that_looks_like_yaml(given: str) -> None:
    refused_or_whole(given)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(LINES) - 1),
    st.integers(1, 3),
    st.one_of(st.just(""), BITS, st.text(max_size=20), st.sampled_from(LINES)),
    st.booleans(),
)
def test_a_template_with_lines_lost_or_replaced(at: int, count: int, instead: str, within: bool) -> None:
    left = LINES[at][: len(LINES[at]) // 2] if within else ""
    refused_or_whole("\n".join([*LINES[:at], left + instead, *LINES[at + count :]]))


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(st.sampled_from(["id", "languages", "title", "about", "stages", "x"]), inner, max_size=6),
        ),
    )
)
def test_any_stored_data(data: object) -> None:
    with suppress(WrongTemplate):
        from_source(json.dumps(data))


@pytest.mark.parametrize("source", ["", "{", "[" * 100_000, '{"id": ' + "9" * 5000 + "}", '"\\ud800"'])
def test_a_damaged_store_is_said(source: str) -> None:
    with pytest.raises(WrongTemplate, match=r"^stored template:1: "):
        from_source(source)


def test_a_stored_template_with_a_part_lost_is_said() -> None:
    plan = shipped()["kolb-taster-15"]
    with pytest.raises(WrongTemplate, match="no prompt has the id “K9”"):
        from_source(plan.source.replace('"from":"K4"', '"from":"K9"'))
    assert from_source(plan.source) == replace(plan)


class Moment:
    """A kind that asks something and gives nothing on."""

    name = "moment"
    takes_items = False
    needs_items = False
    gives_items = False

    def read(self, fields: Fields) -> object:
        return TextKind().read(fields)

    def parse(
        self, prompt: Prompt, items: Sequence[Item], given: Mapping[str, str]
    ) -> Value | None | tuple[Problem, ...]:
        return None

    def unparse(self, prompt: Prompt, value: Value) -> Mapping[str, str]:
        return {}

    def entries(self, prompt: Prompt, answer: Answer) -> tuple[tuple[str, str], ...]:
        return ()

    def tally(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        answers: Sequence[Answer],
        names: Mapping[str, str],
        hidden: frozenset[str],
    ) -> Result:
        return TextKind().tally(prompt, items, answers, names, hidden)

    def carry(
        self, prompt: Prompt, items: Sequence[Item], answers: Sequence[Answer], hidden: frozenset[str]
    ) -> tuple[Item, ...]:
        return ()


def test_a_kind_that_gives_nothing_cannot_be_carried_over() -> None:
    text = TASTER.replace(
        "kind: notes\n            text:\n              en: Which good",
        "kind: moment\n            text:\n              en: Which good",
    )
    text = re.sub(r"            columns:\n              practice: \{.*\}\n            max_notes: 3\n", "", text)
    with pytest.raises(WrongTemplate) as refused:
        read(text, "trial.yaml", {**KINDS, "moment": Moment()})
    assert str(refused.value).endswith(
        "K1 is of kind moment, which gives nothing to ask about later; right would be: a prompt of another kind"
    )
