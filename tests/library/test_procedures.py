"""Procedures in words: the council's own before the default, the newer before the older."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from library.models import ProcedureText
from library.queries import procedure

from .. import factories as cast


def text_of(council, words, on=date(2024, 1, 1), for_what="reassessment"):
    return ProcedureText.objects.create(council=council, words=words, in_force_from=on, for_what=for_what)


def test_what_ships_holds_until_a_council_writes_its_own(council, other_council):
    today = cast.today()
    assert procedure("reassessment", council, today).council is None
    text_of(council, "Ours")
    text_of(council, "Ours from tomorrow", on=today + timedelta(days=1))
    assert procedure("reassessment", council, today).words == "Ours"
    assert procedure("reassessment", council, today + timedelta(days=1)).words == "Ours from tomorrow"
    assert procedure("reassessment", other_council, today).council is None


def test_everybody_reads_the_procedures_of_their_own_council(client, council, other_council, care_manager):
    text_of(council, "Ring the duty desk")
    text_of(other_council, "Elsewhere")
    client.force_login(care_manager)
    page = client.get(reverse("library:procedures")).content.decode()
    assert "Ring the duty desk" in page
    assert "Elsewhere" not in page
    assert "your council has not written its own yet" in page


def test_an_administrator_adds_versions_and_edits_none_in_force(client, administrator, council):
    row = text_of(council, "Ours")
    client.force_login(administrator)
    assert client.get(reverse("admin:library_proceduretext_add")).status_code == 200
    address = reverse("admin:library_proceduretext_change", args=[row.pk])
    client.post(address, {"words": "Changed"})
    row.refresh_from_db()
    assert row.words == "Ours"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("library_procedure_has_words", {"words": "", "on": date(2026, 1, 1)}),
        ("library_one_procedure_a_day", {"words": "x", "on": date(2024, 1, 1)}),
    ],
)
def test_the_database_refuses_a_text_without_sense(constraint, facts):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        text_of(None, **facts)
    assert refusal.value.__cause__.diag.constraint_name == constraint
