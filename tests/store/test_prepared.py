"""A statement told in words made once does what the same statement does when it is built, in both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.database import for_writing
from store.prepared import run, run_all
from store.tables import deliveries
from store.upsert import insert
from tests.store.small_workshop import START

KEYS = ["k1", "k2", "it's; DROP TABLE deliveries", "ķēķis ?", "%(wanted)s"]
_SOME = sa.select(deliveries.c.key, deliveries.c.workshop).where(
    deliveries.c.workshop == sa.bindparam("whose"), deliveries.c.key.in_(sa.bindparam("wanted", expanding=True))
)
_GONE = deliveries.delete().where(
    deliveries.c.key.in_(sa.bindparam("wanted", expanding=True)), deliveries.c.workshop == sa.bindparam("whose")
)
_MOVED = deliveries.update().where(deliveries.c.key == sa.bindparam("this")).values(workshop=sa.bindparam("now"))


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with for_writing(engine).begin() as connection:
        insert(connection, deliveries, [{"key": key, "workshop": "w", "at": START} for key in KEYS])
    return engine


@pytest.mark.parametrize("wanted", [KEYS[:1], KEYS[1:3], KEYS, [*KEYS, *(f"no{n}" for n in range(60))], ["none"]])
def test_rows_are_those_of_the_statement_built_anew(filled: Engine, wanted: list[str]) -> None:
    values = {"wanted": wanted, "whose": "w"}
    with filled.connect() as connection:
        found = {tuple(row) for row in run(connection, _SOME, values)}
        assert found == {tuple(row) for row in connection.execute(_SOME, values)}
        assert {key for key, _ in found} == set(wanted) & set(KEYS)
        assert list(run(connection, _SOME, {"wanted": wanted, "whose": "another"})) == []


def test_only_what_is_named_goes(filled: Engine) -> None:
    with for_writing(filled).begin() as connection:
        run(connection, _GONE, {"wanted": KEYS[:2], "whose": "another"})
        run(connection, _GONE, {"wanted": KEYS[2:4], "whose": "w"})
    with filled.connect() as connection:
        assert sorted(connection.execute(sa.select(deliveries.c.key)).scalars()) == sorted([*KEYS[:2], KEYS[4]])


def test_each_of_several_gets_its_own_values(filled: Engine) -> None:
    with for_writing(filled).begin() as connection:
        run_all(connection, _MOVED, [])
        run_all(connection, _MOVED, [{"this": key, "now": f"of {key}"} for key in KEYS[1:]])
    with filled.connect() as connection:
        found = {row.key: row.workshop for row in connection.execute(sa.select(deliveries))}
    assert found == {"k1": "w", **{key: f"of {key}" for key in KEYS[1:]}}
