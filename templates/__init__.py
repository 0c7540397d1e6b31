"""Workshop templates and how they are read; it never knows what anybody answered."""

from templates.loader import from_source, from_stored, read, shipped, with_own
from templates.texts import LANGUAGES
from templates.wrong import Fault, WrongTemplate

__all__ = ["LANGUAGES", "Fault", "WrongTemplate", "from_source", "from_stored", "read", "shipped", "with_own"]
