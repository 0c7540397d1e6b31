"""A small session with all that a facilitator prepares: practices, groups, and cases by their owners' consent."""

from __future__ import annotations

from pathlib import Path

from rehearsal.agendas import Agenda
from rehearsal.play import Options, play, summary

PLAN = """\
id: small-cases
languages: [en]
title: Small cases
about: What a facilitator prepares
stages:
  - id: knowledge
    aim: Know
    steps:
      - {id: known, title: Known, minutes: 5, prompts: [
          {id: K1, kind: choices, text: "Which do you know?", from: practices}]}
  - id: action
    aim: Act
    in_groups: true
    steps:
      - {id: obstacles, title: Obstacles, minutes: 5, prompts: [
          {id: A5, kind: notes, text: "What is in the way?", columns: {obstacle: Obstacle}, required: true}]}
      - {id: pick, title: Pick, minutes: 5, prompts: [
          {id: A7, kind: vote, text: "Which one?", from: A5, dots: 2, per_item: 1}]}
  - id: experience
    aim: Live
    in_groups: true
    cases: {from: A7, most: 2}
    steps:
      - {id: suggestions, title: Suggestions, minutes: 5, case: true, prompts: [
          {id: E4, kind: text, by: peers, text: "What would you do?", max_chars: 280}]}
      - {id: taken, title: Taken, minutes: 5, case: true, prompts: [
          {id: E5, kind: choices, by: owner, text: "What do you take?", from: E4},
          {id: E6, kind: form, by: owner, text: "Why?", fields: {why: Because, next: Next}}]}
  - id: conclusions
    aim: Conclude
    steps:
      - {id: sentence, title: Sentence, minutes: 5, prompts: [
          {id: C5, kind: text, text: "What do you take home?", on_summary: true, max_chars: 140, lines: false}]}
"""


async def test_groups_practices_and_cases_are_played_and_the_board_equals_what_was_acknowledged(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "small-cases.yaml").write_text(PLAN, encoding="utf-8")
    told: list[str] = []
    agenda = Agenda(6, group=4, practices=True)
    options = Options(people=8, seed=3, plan="small-cases", templates=str(folder), agenda=agenda)
    played = await play(options, tmp_path, told.append)
    assert played.wrong == [], "\n".join([summary(options, played), *played.wrong])
    assert "5 practices are put in" in told
    assert "groups of about 4 are formed" in told
    assert [line for line in told if "of its own: 4 people" in line] != [], "the first two groups have their own place"
    assert len(played.own) == 2 and all(played.own), "and their own boards were compared"
    assert "owners asked: 1 yes, 2 no, 3 nothing, 4 yes" in told
    assert played.steps == 6, "the third case was let go, the second never opened: one case in each group"
    cases = {name.partition("#")[2] for name in played.compared if name.startswith("E4#")}
    assert len(cases) == 2
    assert all(number for name, number in played.compared.items() if name.startswith("E4#"))
    steps = {line.split()[0]: line for line in played.went}
    assert list(steps) == ["0", "1", "2", "3/0", "4/0", "5"]
    assert "Known: " in steps["0"] and "carried to it: 1. " in steps["0"]
    assert "E4 " in steps["3/0"] and "carried to it: 1. " in steps["4/0"]
