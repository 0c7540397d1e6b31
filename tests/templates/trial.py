"""A small template that is right, which the tables of wrong ones start from."""

from __future__ import annotations

import pytest

from templates import WrongTemplate, read

RIGHT = """\
id: trial
languages: [en, pl]
title: {en: Trial, pl: Próba}
about: {en: To try, pl: Na próbę}
lobby_minutes: 5
stages:
  - id: knowledge
    aim: {en: Know, pl: Wiedzieć}
    steps:
      - id: remember
        title: {en: Remember, pl: Pamięć}
        minutes: 5
        prompts:
          - id: K1
            kind: notes
            text: {en: Which, pl: Które}
            columns:
              what: {en: What, pl: Co}
              where: {en: Where, pl: Gdzie}
      - id: pause
        title: {en: Break, pl: Przerwa}
        minutes: 10
        break: true
  - id: action
    aim: {en: Act, pl: Działać}
    steps:
      - id: vote
        title: {en: Vote, pl: Głosowanie}
        minutes: 5
        prompts:
          - id: A1
            kind: vote
            text: {en: Which first, pl: Które najpierw}
            from: K1
            top: 5
            dots: 3
            per_item: 2
          - id: A2
            kind: choice
            text: {en: When, pl: Kiedy}
            options:
              now: {en: Now, pl: Teraz}
              later: {en: Later, pl: Później}
  - id: experience
    aim: {en: Live, pl: Przeżyć}
    steps:
      - id: story
        title: {en: Story, pl: Historia}
        minutes: 5
        prompts:
          - id: E1
            kind: text
            text: {en: Tell, pl: Opowieść}
            reveal: by_facilitator
            anonymous: true
  - id: conclusions
    aim: {en: End, pl: Koniec}
    steps:
      - id: sentence
        title: {en: Sentence, pl: Zdanie}
        minutes: 5
        prompts:
          - id: C1
            kind: text
            text: {en: I take, pl: Zabieram}
            max_chars: 140
            on_summary: true
"""


def refusal(given: str | bytes) -> str:
    """What is said of a template that has to be refused."""
    with pytest.raises(WrongTemplate) as refused:
        read(given, "trial.yaml")
    return str(refused.value)
