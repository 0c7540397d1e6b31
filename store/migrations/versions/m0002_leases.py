"""Leases, for any number of instances on one database; and workshops remember who has taken them over."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nobody has taken over a workshop of the first release."""
    op.create_table(
        "leases",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("given_back", sa.Boolean, nullable=False),
    )
    workshops = sa.table("workshops", sa.column("id", sa.Text), sa.column("state", sa.Text))
    connection = op.get_bind()
    for id_, state in connection.execute(sa.select(workshops.c.id, workshops.c.state)).all():
        fuller = json.dumps({"takeovers": [], **json.loads(state)}, ensure_ascii=False, separators=(",", ":"))
        connection.execute(workshops.update().where(workshops.c.id == id_).values(state=fuller))
