"""How names can be typed: one row a name, not a person. It says of nobody where he lives, or whether he does."""

from __future__ import annotations

from django.db import models


class NameSpelling(models.Model):
    """A name of the records, as it may be searched for."""

    name = models.CharField(max_length=40, unique=True)
    folded = models.CharField(max_length=40)  # without spaces and dots; traditional and simplified as one
    keys = models.CharField(
        max_length=600, blank=True
    )  # " wangjianguo jianguo guo wjg jg g": a key begins after a space

    def __str__(self) -> str:
        return self.name
