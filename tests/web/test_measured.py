"""What `dev.py bench --board` measures, with a few pages: that it measures, never how fast this machine is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.board import BoardMeasurement, Size, told

SMALL = Size(people=20, pages=22, alone=2, seconds=0.4, a_second=10)


@pytest.mark.parametrize("kept_in", ["sqlite"], indirect=True)
async def test_every_page_is_followed_to_the_last_answer(tmp_path: Path, kept_in: str) -> None:
    measurement = BoardMeasurement(SMALL, cores=None)
    await measurement.run()
    found = measurement.figures
    assert found["pages"] == 22 and found["stored"] >= 4 * 20 + 18
    for name in ("alone", "steadily"):
        each = found[name]
        assert 0 < each["first"] <= each["median"] <= each["last"] <= each["worst"], name
    assert found["alone"]["kB a page and answer"] > 0.5, "the new notes came with it"
    assert found["steadily"]["drawings a second"] > 0
    for name in ("idle", "busy"):
        assert 0 < found[name]["p50"] <= found[name]["p99"] <= found[name]["max"], name
    assert found["memory with pages"] > 0 and found["memory beside"] >= 0
    assert found["steadily"]["ms of CPU a drawing"] > 0 and 0 <= found["steadily"]["drawn beside"] <= 1
    assert "22 pages of 20 people" in told(found) and "(goal at most 2)" in told(found)

    (tmp_path / "bench.json").write_text('{"answers": {"bare": 1}, "board": {"pages": 3}}', encoding="utf-8")
    report.keep({"board": found}, tmp_path / "bench.json")
    kept = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert kept["answers"] == {"bare": 1} and kept["board"]["pages"] == 22
