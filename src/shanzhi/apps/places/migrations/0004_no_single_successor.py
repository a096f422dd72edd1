"""A split has many successors and a merge many predecessors: `Succession` says both."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("places", "0003_twelve_digits")]

    operations = [migrations.RemoveField(model_name="place", name="successor")]
