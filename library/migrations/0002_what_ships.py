"""The procedures that ship with the program, until a council writes its own."""

from datetime import date

from django.db import migrations

TEXTS = {
    "reassessment": (
        "Visit the person within two working days where anybody could come to harm; ask what they want first.\n\n"
        "Tell the scheme and the carer that needs are looked at again, and by when.\n\n"
        "Assess together with the scheme in complex circumstances. Look at the risk assessment, the plan, the whole week "
        "and the budget, not only at the placement.\n\n"
        "Write down what came of it, also when nothing changes, and tell the person in the way they understand."
    ),
    "wish": (
        "Write the wish in the person’s own words, with the name of whoever sees to it and a day.\n\n"
        "Tell the person what became of it, also when it is not possible, and why."
    ),
    "service_closes": (
        "List everybody whom it concerns before anybody is told.\n\n"
        "For each person: who supports in these hours from then on? They do not fall to the carer unasked.\n\n"
        "Look at plan, budget and the carer’s rest, and tell person, carer and scheme what happens and when."
    ),
}


def write(apps, schema_editor):
    ProcedureText = apps.get_model("library", "ProcedureText")
    for for_what, words in TEXTS.items():
        ProcedureText.objects.create(for_what=for_what, words=words, in_force_from=date(2024, 1, 1))


class Migration(migrations.Migration):
    dependencies = [("library", "0001_procedure_texts")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
