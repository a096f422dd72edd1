"""Households as a plain table: number, group and address, without the people in them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places.models import Household
from shanzhi.apps.tables.actions.plain import PlainTable
from shanzhi.apps.tables.declared import Purpose
from shanzhi.core.tables.columns import Text

HOUSEHOLDS = PlainTable(
    key="households", title=_("Households"), edit=Permission.EDIT_PEOPLE, see=Permission.SEE_PEOPLE,
    columns=(
        Text("number", ("户号", "户编号", "家庭编号", "户口簿号"), needed=True, longest=20, says="同一村内户号不能重复。"),
        Text("group", ("村民小组", "小组", "组别"), longest=30),
        Text("address", ("地址", "住址", "家庭住址", "门牌号"), width=30, says="写到能找到家门，不必写省市县。"),
    ),
    purposes=(Purpose("list", _("to work on in Excel and import again"), ("number", "group", "address")),),
    model=Household, identity=("number",),
)  # fmt: skip
