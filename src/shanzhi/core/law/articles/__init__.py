"""The rules as tables, one module an instrument."""

from shanzhi.core.law.articles import guides, vcol
from shanzhi.core.law.rules import Rule

RULES: dict[str, Rule] = {each.id: each for module in (vcol, guides) for each in module.RULES}
