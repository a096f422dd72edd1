"""What looking after the installation refuses. Nothing has been changed then.

* Unusable    this file is no backup that could be restored here: damaged, sealed otherwise, of another county or program
* Standing    a county stands where the backup would go
"""


class Unusable(Exception):  # noqa: N818 - reads as the thing that happened
    """This backup cannot be used here; says why, and what to do."""


class Standing(Exception):  # noqa: N818
    """A county stands here already."""
