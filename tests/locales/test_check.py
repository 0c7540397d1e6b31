"""The check of the catalogues finds each fault that is planted, and an update keeps what was translated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from locales.check import ROOT, main, sentences

CODE = """
def card(say, n):
    return say("Join {who}", who="x") + say.plural("{n} answer", "{n} answers", n) + say.number(n)
"""
RIGHT = """msgid ""
msgstr ""
"Language: pl\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

#: cards/card.py
msgid "Join {who}"
msgstr "Dołącz, {who}"

#: cards/card.py
msgid "{n} answer"
msgid_plural "{n} answers"
msgstr[0] "{n} odpowiedź"
msgstr[1] "{n} odpowiedzi"
msgstr[2] "{n} odpowiedzi"
"""


def project(folder: Path, code: str = CODE, catalogue: str | None = RIGHT) -> Path:
    (folder / "cards").mkdir()
    (folder / "cards" / "card.py").write_text(code, encoding="utf-8")
    if catalogue is not None:
        po(folder).parent.mkdir(parents=True)
        po(folder).write_text(catalogue, encoding="utf-8")
    return folder


def po(folder: Path) -> Path:
    return folder / "locales" / "pl" / "LC_MESSAGES" / "kolbot.po"


def test_a_right_catalogue_passes_and_updating_changes_nothing(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert main([], root, ["pl"]) == 0
    assert main(["--update"], root, ["pl"]) == 0
    assert po(root).read_text(encoding="utf-8") == RIGHT


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('msgid "Join {who}"', 'msgid "Leave {who}"', "'Join {who}': missing"),
        ('msgid "Join {who}"', 'msgid "Leave {who}"', "'Leave {who}': obsolete"),
        ('#: cards/card.py\nmsgid "Join', '#, fuzzy\nmsgid "Join', "'Join {who}': fuzzy"),
        ('"Dołącz, {who}"', '""', "'Join {who}': empty"),
        ('msgstr[1] "{n} odpowiedzi"', 'msgstr[1] ""', "'{n} answer': empty"),
        ("Dołącz, {who}", "Dołącz, {kto}", "wrong places in 'Dołącz, {kto}', they have to be: {who}"),
        ('msgstr[2] "{n} odpowiedzi"', 'msgstr[2] "odpowiedzi"', "'{n} answer': wrong places in 'odpowiedzi'"),
        ('msgstr[2] "{n} odpowiedzi"\n', "", "'{n} answer'"),
        ("nplurals=3; plural=(n==1 ? 0 : n", "nplurals=2; plural=(n==1 ? 0 : n", "cannot be read"),
        ("nplurals=3", "nplurals=4", "Plural-Forms has to be: nplurals=3;"),
        ("n%10>=2", "n%10>=3", "Plural-Forms has to be: nplurals=3;"),
        ('msgid_plural "{n} answers"', 'msgid_plural "{n} replies"', "'{n} answer': its plural form is another one"),
        ('#: cards/card.py\nmsgid "Join', '#~ msgid "Old"\n#~ msgstr "Stare"\n\nmsgid "Join', "'Old': obsolete"),
        ('msgid "Join {who}"', '"Join {who}"', "cannot be read"),
    ],
)
def test_a_planted_fault_is_found(
    before: str, after: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert before in RIGHT
    root = project(tmp_path, catalogue=RIGHT.replace(before, after))
    assert main([], root, ["pl"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(said in line for line in lines), lines
    assert all(line.startswith("locales/pl/LC_MESSAGES/kolbot.po: ") for line in lines)


def test_a_sentence_without_places_says_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = project(tmp_path, 'say("Yes")', RIGHT.split("#:")[0] + 'msgid "Yes"\nmsgstr "Tak {n}"\n')
    assert main([], root, ["pl"]) == 1
    assert "they have to be: none" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("say(words)", "cards/card.py:1: what is said has to be a literal sentence"),
        ('say(f"Hello {name}")', "cards/card.py:1: what is said has to be a literal sentence"),
        ('say.plural("{n} a", many, n)', "cards/card.py:1: what is said has to be a literal sentence"),
        ('say("{n} a")\nsay.plural("{n} a", "{n} b", n)', "cards/card.py:2: '{n} a' is said elsewhere"),
    ],
)
def test_sentences_are_literal_and_have_one_plural(code: str, said: str, tmp_path: Path) -> None:
    _, wrong = sentences(project(tmp_path, code))
    assert [line for line in wrong if line.startswith(said)] == wrong
    assert wrong


def test_an_update_adds_what_is_new_drops_what_is_old_and_keeps_the_rest(tmp_path: Path) -> None:
    code = CODE + 'say("New") + say("Join {who}") + say.plural("{n} old", "{n} olds", 3)\n'
    old = RIGHT.replace('#: cards/card.py\nmsgid "Join', '#, fuzzy\nmsgid "Join') + '\nmsgid "Gone"\nmsgstr "Nie ma"\n'
    root = project(tmp_path, code, old + '\nmsgid "{n} old"\nmsgstr "było pojedyncze"\n')
    assert main(["--update"], root, ["pl"]) == 1
    text = po(root).read_text(encoding="utf-8")
    assert 'msgid "New"\nmsgstr ""' in text
    assert '#, fuzzy\nmsgid "Join {who}"\nmsgstr "Dołącz, {who}"' in text
    assert 'msgstr[1] "{n} odpowiedzi"' in text
    assert 'msgid "{n} old"\nmsgid_plural "{n} olds"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""' in text
    assert "Gone" not in text


def test_an_update_makes_a_catalogue_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = project(tmp_path, catalogue=None)
    assert main([], root, ["pl"]) == 1
    assert "there is no such file" in capsys.readouterr().out
    assert main(["--update"], root, ["pl"]) == 1
    assert 'msgid "Join {who}"\nmsgstr ""' in po(root).read_text(encoding="utf-8")


def test_other_arguments_are_refused(tmp_path: Path) -> None:
    assert main(["--help"], tmp_path) == 2


def test_every_sentence_of_kolbot_is_a_literal() -> None:
    said, wrong = sentences(ROOT)
    assert wrong == []
    assert "Join" in said


def test_it_is_a_program() -> None:
    done = subprocess.run([sys.executable, "-m", "locales.check", "--what"], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == 2
