"""An election's papers: published notices with their proof, the named lists for the board, slips for voters."""

from shanzhi.apps.elections.prints.notices import notice
from shanzhi.apps.elections.prints.slips import own_slip, slips

__all__ = ["notice", "own_slip", "slips"]
