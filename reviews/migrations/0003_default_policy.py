"""The policy that every council without its own runs on: 8 weeks, 12 months (Kent policy 26; Care Act 2014)."""

import uuid
from datetime import date

from django.db import migrations
from django.utils import timezone

DEFAULT = {
    "council": None,
    "in_force_from": date(2015, 4, 1),  # the day on which the Care Act 2014 came into force
    "first_review_days": 56,
    "interval_months": 12,
    "window_days": 42,
    "record_days": 10,
}


def ship(apps, schema_editor):
    pk = uuid.UUID("5f0c7a3e-56d1-4c12-8a56-000000000056")
    apps.get_model("reviews", "ReviewPolicy").objects.create(pk=pk, **DEFAULT)
    apps.get_model("reviews", "HistoricalReviewPolicy").objects.create(
        id=pk, history_date=timezone.now(), history_type="+", history_change_reason="shipped default", **DEFAULT
    )


def take_back(apps, schema_editor):
    apps.get_model("reviews", "ReviewPolicy").objects.filter(council=None).delete()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_what_was_held_stays")]

    operations = [migrations.RunPython(ship, take_back)]
