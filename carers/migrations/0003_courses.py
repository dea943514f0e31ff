"""The courses a scheme starts with. Names and refresh periods: Kent's Shared Lives carer training; all may be changed."""

from django.db import migrations

COURSES = [  # slug, name, months until refreshed, for emergencies, mandatory
    ("first-aid", "First aid", 36, False, True),
    ("mental-capacity", "Mental Capacity Act", 36, False, True),
    ("safeguarding", "Safeguarding adults", 36, False, True),
    ("equality", "Equality and diversity", 36, False, True),
    ("medication", "Medication", 24, False, True),
    ("data-protection", "Data protection", 24, False, True),
    ("prevent", "Prevent", 24, False, True),
    ("moving-and-handling", "Moving and handling", 12, False, False),
    ("learning-disability", "Learning disability awareness", None, False, False),
    ("mental-health", "Mental health awareness", None, False, False),
    ("autism", "Autism awareness", None, False, False),
    ("emergency-placements", "Emergency placements", 24, True, False),
]


def add(apps, schema_editor):
    course = apps.get_model("carers", "TrainingCourse")
    for slug, name, months, emergencies, mandatory in COURSES:
        course.objects.get_or_create(
            slug=slug,
            defaults={"name": name, "refresh_months": months, "for_emergencies": emergencies, "mandatory": mandatory},
        )


class Migration(migrations.Migration):
    dependencies = [("carers", "0002_count_adults")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
