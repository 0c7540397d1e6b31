"""What a second cycle brings along from the earlier one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column that is empty in every workshop that is there."""
    op.add_column("workshops", sa.Column("brought", sa.Text))
