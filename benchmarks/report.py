"""The figures of a run as text: ratios first, then what they are made of. It measures nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.server import ROOT

KEPT = ROOT / "var" / "bench.json"

ECHOES = ("teams sdk", "agents sdk")
GOALS = (
    ("kolbot sqlite", "goal 4"),
    ("kolbot sqlite, new tokens", "goal 2"),
    ("kolbot postgresql", "no goal"),
    ("kolbot postgresql, new tokens", "no goal"),
)


def told(figures: Mapping[str, Any]) -> str:
    """Everything, as lines for a terminal."""
    answers, stored = figures["answers"], figures["by stored"]
    echoes = {name: answers[name] for name in ECHOES if name in answers}
    lines = ["", "Ratios (answers per CPU second of the server; in brackets by the clock on the wall)"]
    if echoes:
        best = min(echoes, key=lambda name: echoes[name]["cpu"])
        lines += [_ratio(name, answers, best, goal) for name, goal in GOALS if name in answers]
    else:
        lines.append("  neither SDK could be started, so there is nothing to compare with")
    lines.append(_ratio("kolbot sqlite", answers, "bare", "the limit is 1"))
    few, many = stored["10 stored"]["cpu"], stored["100000 stored"]["cpu"]
    lines.append(f"  cost with 100,000 stored / with 10 stored: {many / few:.2f}  (goal 1)")
    lines += ["", f"{'32 connections, medians':34}{'answers/s':>10}{'CPU/answer':>12}{'per CPU s':>11}{'p99':>9}"]
    lines += [_row(name, each) for name, each in [*answers.items(), *stored.items()]]
    lines.append("")
    for name in ("500 within 1 s", "500 together"):
        f = figures[name]
        lines.append(
            f"{name}: {f['good']} acknowledged; p50 {f['p50']:.0f}, p95 {f['p95']:.0f}, p99 {f['p99']:.0f}, "
            f"max {f['max']:.0f} ms; longest stall of the loop {f['stall']:.0f} ms"
        )
    lines.append(f"memory with 100 workshops of 100 people loaded: {figures['memory']:.0f} MiB (goal: under 300)")
    m = figures["machine"]
    lines.append(
        f"{m['cores']} cores, Python {m['python']}, {m['date']}, load average before {m['load before']:.1f}, "
        f"{m['seconds']} s in all"
    )
    return "\n".join(lines) + "\n"


def keep(figures: Mapping[str, Any], path: Path = KEPT) -> None:
    """Into a file of figures by name; what other runs found stays in it."""
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({**before, **figures}, indent=1), encoding="utf-8")


def _ratio(name: str, answers: Mapping[str, Any], other: str, goal: str) -> str:
    ours, theirs = answers[name], answers[other]
    clock = ours["rate"] / theirs["rate"]
    return f"  {name} / {other}: {theirs['cpu'] / ours['cpu']:.2f}  ({clock:.2f} by the clock; {goal})"


def _row(name: str, each: Mapping[str, float]) -> str:
    cpu = each["cpu"]
    return f"  {name:32}{each['rate']:10.0f}{cpu * 1e6:9.0f} µs{1 / cpu if cpu else 0:11.0f}{each['p99']:6.0f} ms"
