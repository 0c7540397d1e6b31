"""Of what was said about the same, the last counts: its mark names the activity, and moves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Marks of before are each of one activity, stay so and are found. Their index by age would be written with each
    answer, and is asked once an hour: looking at all of a day's marks takes less."""
    op.add_column("deliveries", sa.Column("said", sa.BigInteger))
    op.add_column("deliveries", sa.Column("activity", sa.Text))
    op.drop_index("deliveries_by_age", "deliveries")
