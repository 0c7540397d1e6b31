"""An operator's own folder of templates: beside the shipped ones, in the place of one, or refused by name and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from templates import WrongTemplate, shipped, with_own
from tests.templates.trial import RIGHT


def test_without_a_folder_there_are_the_shipped_ones() -> None:
    assert with_own("") == shipped()


def test_own_templates_stand_among_the_shipped_ones_by_length(tmp_path: Path) -> None:
    (tmp_path / "trial.yaml").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no template", encoding="utf-8")
    plans = with_own(str(tmp_path))
    assert set(plans) == {*shipped(), "trial"}
    lengths = [plan.minutes for plan in plans.values()]
    assert lengths[:-1] == sorted(lengths[:-1], reverse=True)
    assert lengths[-1] == max(lengths), "what takes several days comes last"


def test_one_with_the_id_of_a_shipped_one_takes_its_place(tmp_path: Path) -> None:
    taken = next(iter(shipped()))
    (tmp_path / "mine.yaml").write_text(RIGHT.replace("id: trial", f"id: {taken}", 1), encoding="utf-8")
    assert with_own(str(tmp_path))[taken].minutes == 35
    assert len(with_own(str(tmp_path))) == len(shipped())


def test_a_wrong_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(RIGHT.replace("minutes: 10", "minutes: ten", 1), encoding="utf-8")
    with pytest.raises(WrongTemplate, match=r"^wrong\.yaml:\d+: “minutes” of "):
        with_own(str(tmp_path))
