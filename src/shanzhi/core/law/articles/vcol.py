"""Organic Law of the Villagers' Committees: 2018 text, and 2025 text from 2026-01-01 on (TRANS-01)."""

from shanzhi.core.law.rules import Rule

RULES: tuple[Rule, ...] = ()
