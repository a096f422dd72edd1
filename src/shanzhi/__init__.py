"""Shanzhi 善治: village government by the book, with proof for every villager."""

__version__ = "0.1.0"
