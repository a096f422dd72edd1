"""Codes of every level in twelve digits; the successor of a place as a row; villager groups as rows."""

from django.db import migrations

TWELVE = 12
BATCH = 500


def fill_codes(apps, _editor):
    places = apps.get_model("places", "Place")
    for place in places.objects.exclude(code__regex=r"^.{12}$"):
        place.code = place.code.ljust(TWELVE, "0")
        place.save(update_fields=["code"])


def write_successions(apps, _editor):
    """One successor a place was all that could be said; each becomes a change of its own, without a document."""
    places, changes, successions = (apps.get_model("places", name) for name in ("Place", "PlaceChange", "Succession"))
    for place in places.objects.exclude(successor=None):
        after = places.objects.get(pk=place.successor_id)
        change = changes.objects.create(kind="merged", on=after.valid_from, document="", reason="", made_by="system")
        change.places.add(place, after)
        successions.objects.create(change=change, before=place, after=after)


def write_groups(apps, _editor):
    households, groups, places = (apps.get_model("places", name) for name in ("Household", "Group", "Place"))
    since = dict(places.objects.values_list("pk", "valid_from"))
    named = households.objects.exclude(group="").values_list("place_id", "group").distinct().order_by("place_id", "group")
    groups.objects.bulk_create(
        [groups(place_id=place, name=name, since=since[place]) for place, name in named.iterator()], batch_size=BATCH
    )


class Migration(migrations.Migration):

    dependencies = [("places", "0002_code_history")]

    operations = [
        migrations.RunPython(fill_codes, migrations.RunPython.noop),
        migrations.RunPython(write_successions, migrations.RunPython.noop),
        migrations.RunPython(write_groups, migrations.RunPython.noop),
    ]
