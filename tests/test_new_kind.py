"""The worked example of docs/adding-a-kind.md, written into a copy of Kolbot: it works from template to board."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "adding-a-kind.md"
FILES = re.compile(r"^```python (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PACKAGES = ("workshop", "cards", "drawings", "dialogs", "locales", "templates", "rehearsal", "tests")

TEMPLATE = """\
id: session
languages: [en]
title: Trial
about: To try
stages:
  - id: knowledge
    aim: To know
    steps:
      - id: how
        title: How are you
        minutes: 5
        prompts: [{id: M1, kind: mood, text: "How are you?", required: true}]
  - {id: action, aim: a, steps: [{id: b1, title: Break, minutes: 1, break: true}]}
  - {id: experience, aim: a, steps: [{id: b2, title: Break, minutes: 1, break: true}]}
  - {id: conclusions, aim: a, steps: [{id: b3, title: Break, minutes: 1, break: true}]}
"""

PLAYED = '''
import asyncio

from cards import draw
from drawings.prompt import prompt_picture
from locales import words
from templates import read
from tests.cards.walk import inputs_of, text_of
from tests.dialogs.talk import Talk, shown, why
from workshop.tally import board_of
from workshop.views import AnswerForm, BoardCard, Receipt
from rehearsal.samples import SAMPLES


async def played():
    talk = await Talk(read(open("trial.yaml").read(), "trial.yaml")).starts()
    form = shown(await talk.turn("ivan", "answer"), AnswerForm)
    choices = inputs_of(draw(form, "en"))["a.M1."]["choices"]
    assert [choice["value"] for choice in choices] == ["well", "middling", "badly"]
    refused = shown(await talk.turn("ivan", "submit", **{"a.M1.": "angry"}), AnswerForm)
    assert why(refused) == "wrong_answers" and "not one of the options" in text_of(draw(refused, "en"))
    for who, mood in (("ivan", "well"), ("eva", "badly"), ("ola", "well"), ("eva", "middling")):
        receipt = shown(await talk.turn(who, "submit", **{"a.M1.": mood}), Receipt)
    assert "It could be better" in text_of(draw(receipt, "en"))
    again = shown(await talk.turn("eva", "answer"), AnswerForm)
    assert inputs_of(draw(again, "en"))["a.M1."]["value"] == "middling"
    await talk.turn("anna", "close", moves=talk.w.moves)
    workshop, answers = await talk.memory.answers(talk.w.id)
    board = board_of(workshop, answers)
    print(text_of(draw(BoardCard(board), "en")))
    print(prompt_picture(board.stages[0].steps[0].prompts[0], stage=0, say=words("en"), otherwise="en").text)


asyncio.run(played())
assert SAMPLES["mood"].kind == "mood"
'''


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kolbot with the files of the page, each where the page says."""
    folder = tmp_path_factory.mktemp("kolbot")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    found = FILES.findall(DOCS.read_text("utf-8"))
    assert [name for name, _ in found] == [
        "workshop/prompts/mood.py", "cards/prompts/mood.py", "drawings/prompts/mood.py", "rehearsal/samples/mood.py"
    ]  # fmt: skip
    for name, code in found:
        assert not (folder / name).exists(), "the example is of a kind that there is not"
        (folder / name).write_text(code, encoding="utf-8")
    (folder / "trial.yaml").write_text(TEMPLATE, encoding="utf-8")
    return folder


def test_a_new_kind_works_from_the_template_to_the_board(copied: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PLAYED], cwd=copied, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    board = done.stdout.splitlines()
    assert "How are you?" in board and "3 answers" in board
    bars = [line for line in board if line.startswith(("I am well", "It could be better", "I am not well"))]
    assert bars[:3] == ["I am well  2", "It could be better  1", "I am not well  0"]
    assert bars[3:] == ["I am well: 2", "It could be better: 1", "I am not well: 0"], "the drawing says the same"


def test_without_its_looks_the_kind_is_not_there(copied: Path) -> None:
    """What the test above would say if one of the files did nothing."""
    (copied / "cards/prompts/mood.py").rename(copied / "mood.away")
    try:
        done = subprocess.run([sys.executable, "-c", PLAYED], cwd=copied, capture_output=True, text=True, check=False)
    finally:
        (copied / "mood.away").rename(copied / "cards/prompts/mood.py")
    assert done.returncode != 0 and "mood" in done.stderr
