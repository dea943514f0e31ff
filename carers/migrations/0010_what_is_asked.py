"""What a scheme starts with. Periods: council practice (checks every three years, home and insurances yearly); all may be changed."""

from django.db import migrations

KINDS = [  # slug, name, asked of, months, stops new placements, before the assessment visits, a DBS check
    ("dbs", "DBS check", "adult", 36, True, True, True),
    ("references", "References", "carer", None, False, True, False),
    ("health", "Health reference from the GP", "carer", None, False, True, False),
    ("home-safety", "Health and safety check of the home", "home", 12, True, True, False),
    ("home-insurance", "Home insurance", "home", 12, True, True, False),
    ("public-liability", "Public liability insurance", "carer", 12, True, False, False),
    ("car-insurance", "Car insurance for business use", "carer", 12, False, False, False),
    ("carer-review", "Yearly review of the carer", "carer", 12, False, False, False),
]
FIELDS = ("slug", "name", "about", "months", "blocks", "before_panel", "is_check")


def add(apps, schema_editor):
    kind = apps.get_model("carers", "RequirementKind")
    for row in KINDS:
        facts = dict(zip(FIELDS, row, strict=True))
        kind.objects.get_or_create(slug=facts.pop("slug"), defaults=facts)


class Migration(migrations.Migration):
    dependencies = [("carers", "0009_requirements_and_exemptions")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
