"""Private reminders on their way are kept until what came of them is reported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reminders of earlier releases were posted in the conversation: none is on its way."""
    op.create_table(
        "reminders",
        sa.Column("workshop", sa.Text, primary_key=True),
        sa.Column("nudge", sa.Integer, primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
    )
