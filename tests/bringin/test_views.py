"""The pages: send, look, confirm, mend in place. What is refused is said, and what was typed stays."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person
from sharedlives.bringin.models import BringIn
from sharedlives.records.models import AccessLogEntry

from .. import factories as cast
from .factories import NUMBERS, PEOPLE, csv, only, received, upload

pytestmark = pytest.mark.django_db
GOOD = f"Ahmad,Rahmani,14/3/1991,{NUMBERS[0]},NS-1,Riverside team,,1/9/2011,NS1 1AA"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def client_of(team_manager):
    def sign_in(user):
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


def send(client, path, **typed):
    """Open a form and send it back filled in."""
    form = client.get(path).context["form"]
    typed = {"form_key": form.fields["form_key"].initial, **typed}
    if "form_version" in form.fields and form.fields["form_version"].initial:
        typed["form_version"] = form.fields["form_version"].initial
    return client.post(path, typed, follow=True)


def test_a_file_from_sending_to_mending(client_of, data_officer, council):
    client = client_of(data_officer)
    rows = (GOOD, f"Kate,Rees,31/2/1984,{NUMBERS[1]},,Riverside team,,,")
    page = send(
        client, reverse("bringin:send", args=["people"]), file=upload(csv(PEOPLE, *rows), "people.csv")
    )
    assert "2 rows: 1 new, 1 to mend" in page.content.decode()
    bring_in = BringIn.objects.get()
    page = send(client, reverse("bringin:confirm", args=[bring_in.pk]))
    assert "2 rows: 1 brought in, 1 to mend" in page.content.decode()
    row = only(bring_in)
    page = client.get(row.get_absolute_url())
    assert page.status_code == 200
    assert "not a date of the calendar" in page.content.decode()
    assert list(page.context["form"].fields) == ["form_key", "form_version", "date_of_birth"]
    page = send(client, row.get_absolute_url(), date_of_birth="in spring")
    assert page.status_code == 200
    assert 'value="in spring"' in page.content.decode()
    assert "still needs mending" in page.content.decode()
    page = send(client, row.get_absolute_url(), date_of_birth="9 March 1984")
    assert "2 rows: 2 brought in" in page.content.decode()
    assert Person.objects.filter(family_name="Rees").exists()


def test_another_cell_of_the_row_can_be_changed(client_of, data_officer, council):
    bring_in = received("people", council, data_officer, PEOPLE, GOOD.replace("14/3/1991", "soon"))
    row = only(bring_in)
    client = client_of(data_officer)
    page = client.get(f"{row.get_absolute_url()}?all")
    fields = page.context["form"].fields
    assert "given_name" in fields
    typed = {key: row.cells.get(key, "") for key in fields if key not in ("form_key", "form_version")}
    send(
        client,
        f"{row.get_absolute_url()}?all",
        **typed | {"given_name": "Omar", "date_of_birth": "14/3/1991"},
    )
    row.refresh_from_db()
    assert (row.state, row.cells["given_name"]) == ("new", "Omar")


def test_an_unknown_heading_leads_to_the_page_of_columns(client_of, data_officer, council):
    client = client_of(data_officer)
    content = csv("Forename,Surname,DOB,Squad", "Ahmad,Rahmani,14/3/1991,Riverside team")
    page = send(client, reverse("bringin:send", args=["people"]), file=upload(content))
    assert "Which column is which?" in page.content.decode()
    path = reverse("bringin:columns", args=[BringIn.objects.get().pk])
    known = {"column-0": "given_name", "column-1": "family_name", "column-2": "date_of_birth"}
    page = send(client, path, **known)
    assert "Funding team" in page.content.decode()
    assert page.status_code == 422
    page = send(client, path, **known, **{"column-3": "team"})
    assert "1 row: 1 new" in page.content.decode()
    assert client.get(path).status_code == 404


def test_a_file_that_is_too_big_is_refused_by_its_announced_size(client_of, data_officer, council, settings):
    settings.ROSTER_MAX_BYTES = 1_000
    page = client_of(data_officer).post(
        reverse("bringin:send", args=["people"]), {"file": upload(b"x" * 200_000)}
    )
    assert page.status_code == 413
    assert "A list may have up to 0.001 MB" in page.content.decode()
    assert not BringIn.objects.exists()


def test_a_wrong_file_says_so_beside_the_field(client_of, data_officer, council):
    page = send(client_of(data_officer), reverse("bringin:send", args=["people"]), file=upload(b"a,b\r\n1,2"))
    assert page.status_code == 422
    assert "file" in page.context["form"].errors


def test_a_template_has_headings_and_one_example(client_of, data_officer):
    page = client_of(data_officer).get(reverse("bringin:template", args=["people"]))
    said = page.content.decode("utf-8-sig").splitlines()
    assert len(said) == 2
    assert said[0].startswith("Given name,Family name")
    assert client_of(data_officer).get(reverse("bringin:template", args=["nothing"])).status_code == 404


def test_deciding_is_logged_as_a_look_at_the_record(client_of, data_officer, council, team, care_manager):
    ahmad = cast.person(
        team, worker=care_manager, given_name="Ahmad", family_name="Rahmani", nhs_number=NUMBERS[0]
    )
    bring_in = received("people", council, data_officer, PEOPLE, GOOD)
    row = only(bring_in, "decide")
    client, path = client_of(data_officer), reverse("bringin:decide", args=[row.pk])
    assert ahmad.reference in client.get(path).content.decode()
    assert AccessLogEntry.objects.get(view="bringin:decide").person_ids == [ahmad.pk]
    send(client, path, who=str(ahmad.pk))
    row.refresh_from_db()
    assert (row.state, row.subject_id) == ("here", ahmad.pk)


def test_leaving_out_keeps_the_reason(client_of, data_officer, council):
    row = only(received("people", council, data_officer, PEOPLE, GOOD.replace("Ahmad", "")))
    page = send(client_of(data_officer), reverse("bringin:leave_out", args=[row.pk]), why="Not ours")
    assert "1 row: 1 left out" in page.content.decode()


@pytest.mark.parametrize("number", [3, 60])
def test_a_list_costs_the_same_however_long(
    client_of, data_officer, council, number, django_assert_max_num_queries
):
    names = [
        f"Given{n},Family{n}x{n * 7},{n % 27 + 1}/{n % 12 + 1}/19{n + 30},,NS-{n},Riverside team,,,"
        for n in range(number)
    ]
    bring_in = received("people", council, data_officer, PEOPLE, *names)
    client = client_of(data_officer)
    for path in (reverse("bringin:home"), bring_in.get_absolute_url()):
        client.get(path)
        with django_assert_max_num_queries(17):  # twelve, and transaction control
            client.get(path)
