"""Typed words to verbs: forgiving of case, spaces, marks and slips; strict about what would change a workshop."""

from __future__ import annotations

import unicodedata

import pytest

from bot.commands import understand
from cards.help import COMMAND_WORDS
from cards.synonyms import SYNONYMS, number_words, synonyms
from locales import LANGUAGES, words

SENTENCES = ("next please", "cancel my meeting", "start a fire", "finish your lunch first", "close the window")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verb", COMMAND_WORDS)
def test_every_command_in_every_language(verb: str, language: str) -> None:
    word = COMMAND_WORDS[verb](words(language))
    for typed in (word, word.upper(), f"  {word} ", f"{word}!", unicodedata.normalize("NFD", word)):
        assert understand(typed).verb == verb, typed


@pytest.mark.parametrize("verb", COMMAND_WORDS)
def test_polish_without_polish_letters(verb: str) -> None:
    plain = COMMAND_WORDS[verb](words("pl")).translate(str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ"))
    assert understand(plain).verb == verb


@pytest.mark.parametrize("nothing", ["", "   ", "\n", "\t", "!?", "🙂", "\u200b"])
def test_nothing_asks_for_help(nothing: str) -> None:
    assert understand(nothing).verb == "help"


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("extend 5", "5"),
        ("extend 120", "120"),
        ("EXTEND   7", "7"),
        ("extend", "5"),
        ("extend 0", "0"),
    ],
)
def test_minutes(typed: str, minutes: str) -> None:
    typed_command = understand(typed)
    assert typed_command.verb == "extend"
    assert str(typed_command.data["minutes"]) == minutes


@pytest.mark.parametrize("wrong", ["-5", "5.5", "5,5", "ten", "1e3", "٣", "²", "0x10", "99999999999", "5 6", "-"])
def test_what_is_no_number_of_minutes_never_becomes_one(wrong: str) -> None:
    """The rules refuse 0 and more than 120 with a sentence; a guess would move everybody's deadline."""
    typed = understand(f"extend {wrong}")
    assert typed.verb is None or not 1 <= int(str(typed.data["minutes"])) <= 120


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_no_command(sentence: str) -> None:
    assert understand(sentence).verb is None


@pytest.mark.parametrize(
    ("typed", "near"),
    [("nxt", "next"), ("hlep", "help"), ("strat", "start"), ("Pouse", "pause"), ("moderatr", "moderator")],
)
def test_a_slip_names_what_was_meant_and_does_nothing(typed: str, near: str) -> None:
    found = understand(typed)
    assert (found.verb, found.near) == (None, near)


def test_a_slip_in_any_language_names_the_command_whose_word_the_reader_is_told() -> None:
    polish = COMMAND_WORDS["next"](words("pl"))
    assert understand(polish + "x").near == "next"


@pytest.mark.parametrize("noise", ["qwertyuiop", "123", "{0} %s", "x" * 100_000, "\u202e" + "zzzz", "../../etc"])
def test_noise_is_nothing_and_quickly(noise: str) -> None:
    found = understand(noise)
    assert (found.verb, found.near) == (None, "")


def test_no_two_commands_are_called_the_same_in_one_language() -> None:
    for language in LANGUAGES:
        said = [COMMAND_WORDS[verb](words(language)).casefold() for verb in COMMAND_WORDS]
        assert len(set(said)) == len(said), language


@pytest.mark.parametrize(
    ("typed", "group"),
    [
        ("group 2 here", "2"), ("csoport 2 itt", "2"), ("2. csoport itt", "2"), ("2 group here", "2"),
        ("  GROUP   12 here!", "12"),
        ("group2 here", "2"),
        ("grupa 3 tutaj", "3"),
        ("Grupa3tutaj", "3"),
        ("group 0 here", "0"),
        ("group 99999999999999 here", "999999999"),
    ],
)
def test_a_group_and_its_number(typed: str, group: str) -> None:
    assert (understand(typed).verb, understand(typed).data) == ("group_here", {"group": group})


@pytest.mark.parametrize(
    ("typed", "verb", "group"),
    [
        ("group two here", "group_here", "2"), ("Second group here", "group_here", "2"),
        ("grupa druga tutaj", "group_here", "2"), ("втора група тук", "group_here", "2"),
        ("otrā grupa šeit", "group_here", "2"),
        ("kettes csoport itt", "group_here", "2"), ("group twelve here", "group_here", "12"),
        ("group two next", "next", 2), ("trzecia grupa dalej", "next", 3), ("group two extend 5", "extend", 2),
    ],
)  # fmt: skip
def test_a_group_and_its_number_in_words(typed: str, verb: str, group: object) -> None:
    assert (understand(typed).verb, understand(typed).data["group"]) == (verb, group)


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_words_for_a_command_are_its_own_and_not_another_ones(language: str) -> None:
    """Of whatever language: nobody sets theirs before they type."""
    say = words(language)
    for verb in SYNONYMS:
        assert synonyms(verb, say), verb
        for word in synonyms(verb, say):
            assert understand(word).verb == verb, word
    assert set(SYNONYMS) <= set(COMMAND_WORDS)
    assert len(number_words(say)) == 12 and all(all(each) for each in number_words(say))


@pytest.mark.parametrize(
    ("typed", "data"),
    [
        ("language polski", "polski"), ("język Polish", "Polish"), ("VALODA Klingon!", "Klingon!"),
        ("nyelv zh-TW", "zh-TW"), ("nyelv " + "x" * 99, "x" * 40),
    ],
)
def test_a_language_may_be_named_behind_the_word(typed: str, data: str) -> None:
    assert (understand(typed).verb, understand(typed).data) == ("language", {"named": data})
    assert understand("language is a bridge").verb is None


@pytest.mark.parametrize(
    "typed",
    ["group here", "group twenty here", "itt a csoport", "gruop 2 here", "group 2 her", "grupa 2 tu", "group 2"],
)
def test_nearly_a_groups_conversation_is_asked_not_done(typed: str) -> None:
    assert (understand(typed).verb, understand(typed).near) == (None, "group_here")


@pytest.mark.parametrize("typed", ["group 2 3 here", "group twenty here", "2", "next 2", "group -2- hereabouts"])
def test_what_names_no_group_binds_none(typed: str) -> None:
    assert understand(typed).verb is None


def test_a_slip_amid_other_words_was_hardly_a_command() -> None:
    for typed in ("nxt time we should", "strat a fire", "nxt step please"):
        found = understand(typed)
        assert (found.verb, found.data.get("several")) == (None, True) and found.near, typed
    for typed in ("nxt", "extnd 5", "tkae over", "nxt step"):
        found = understand(typed)
        assert (found.verb, found.data.get("several")) == (None, None) and found.near, typed
