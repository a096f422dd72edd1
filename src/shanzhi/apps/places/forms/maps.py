"""Points, hamlets, groups, and how maps look."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models import Hamlet, MapSetting

SHAPES_BYTES = 8 * 1024 * 1024
DATUM_CHOICES = [
    ("wgs84", _("GPS, survey or Tianditu (WGS-84, CGCS2000)")),
    ("gcj02", _("Amap, Tencent or a Chinese phone (GCJ-02)")),
    ("bd09", _("Baidu (BD-09)")),
]


def _number(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=20, required=False, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    )  # fmt: skip


class PointForm(forms.Form):
    """A point as two numbers, with the datum that they were read in."""

    longitude = _number(_("Longitude (the larger number, such as 111.1812)"))
    latitude = _number(_("Latitude (such as 36.9822)"))
    datum = forms.ChoiceField(
        label=_("Where the numbers come from"), choices=DATUM_CHOICES, initial="wgs84",
        help_text=_("Numbers from a phone's map are some 500 metres off; they are put right when they are saved."),
    )  # fmt: skip


class HamletForm(PointForm):
    """A hamlet: its name, and its point if it is known."""

    name = forms.CharField(label=_("Name of the hamlet"), max_length=40)
    field_order = ("name", "longitude", "latitude", "datum")


class HamletChoice(forms.ChoiceField):
    """One of a village's hamlets, or none."""

    def offer(self, hamlets: Iterable[Hamlet]) -> None:
        """Choose among these."""
        self.rows = {each.key: each for each in hamlets}
        self.choices = [("", _("none")), *((key, each.name) for key, each in self.rows.items())]

    def clean(self, value: Any) -> Hamlet | None:
        return self.rows.get(super().clean(value))


class HouseholdPointForm(PointForm):
    """Where a household lies."""

    hamlet = HamletChoice(label=_("Hamlet"), required=False)
    field_order = ("hamlet", "longitude", "latitude", "datum")

    def __init__(self, *args: Any, hamlets: Iterable[Hamlet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hamlet"].offer(hamlets)


class GroupForm(forms.Form):
    """A villager group: its name and the hamlet it lies in."""

    name = forms.CharField(label=_("Name of the villager group"), max_length=30)
    hamlet = HamletChoice(label=_("Hamlet"), required=False)

    def __init__(self, *args: Any, hamlets: Iterable[Hamlet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hamlet"].offer(hamlets)


class ShapesForm(forms.Form):
    """Own GeoJSON."""

    file = forms.FileField(
        label=_("GeoJSON file"), help_text=_("At most 8 MB. Every feature is checked; nothing is loaded unless all are good."),
        widget=forms.ClearableFileInput({"accept": ".geojson,.json"}),
        error_messages={"required": _("Choose the file first."), "empty": _("The file is empty. Choose another one.")},
    )  # fmt: skip
    datum = forms.ChoiceField(label=_("Where the numbers come from"), choices=DATUM_CHOICES, initial="wgs84")
    source = forms.CharField(label=_("Source"), max_length=120, required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > SHAPES_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 8 MB. Simplify the outlines, or load it in parts.")
            )
        return file


def _degrees(label: Any, most: int) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=-most, max_value=most, max_digits=9, decimal_places=6)


class MapForm(forms.Form):
    """The county's extent, and its tiles."""

    west, east = _degrees(_("West edge (longitude)"), 180), _degrees(_("East edge (longitude)"), 180)
    south, north = _degrees(_("South edge (latitude)"), 90), _degrees(_("North edge (latitude)"), 90)
    tiles = forms.CharField(
        label=_("Addresses of tiles, one a line"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("Leave empty for maps without a background: then no map asks another server for anything. XYZ or WMTS, with its key."),
    )  # fmt: skip
    attribution = forms.CharField(label=_("Whose map it is"), max_length=120, required=False)
    max_zoom = forms.IntegerField(label=_("Deepest zoom of the tiles"), min_value=1, max_value=22, initial=18)
    datum = forms.ChoiceField(
        label=_("Datum of the tiles"), choices=MapSetting.Datum.choices, initial="wgs84"
    )
    field_order = ("west", "south", "east", "north", "tiles", "attribution", "max_zoom", "datum")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"west", "east", "south", "north"} <= data.keys() and not (
            data["west"] < data["east"] and data["south"] < data["north"]
        ):
            raise forms.ValidationError(
                _("The west edge lies left of the east edge, the south edge below the north edge.")
            )
        return data
