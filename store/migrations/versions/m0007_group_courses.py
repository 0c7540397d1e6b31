"""Groups may have a course of their own: what is due first is kept apart from when everybody's step ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what is running, the open step of all is due."""
    op.add_column("workshops", sa.Column("due_at", sa.BigInteger))
    workshops = sa.table("workshops", *(sa.column(name) for name in ("status", "closes_at", "due_at")))
    op.execute(workshops.update().where(workshops.c.status == "open").values(due_at=workshops.c.closes_at))
    op.drop_index("workshops_due", "workshops")
    op.create_index("workshops_due", "workshops", ["due_at"])
