"""Of people the bot has met, the time zone of their Teams is kept: a deadline is said in all that are present."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's is known yet."""
    op.add_column("persons", sa.Column("zone", sa.Text))
