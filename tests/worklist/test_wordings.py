"""The words of our mails: changed as dated versions, with no name in them, tried out first."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist import actions, wordings
from sharedlives.worklist.models import WordingVersion

from .. import factories

pytestmark = pytest.mark.django_db
BODY = "Hello. {what}\n\n{link}"


@pytest.fixture(autouse=True)
def _mail_stays_here(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def change(administrator, slug="reminder", on=None, **words):
    facts = {"subject": "Do look: {what}", "body": BODY} | words
    return actions.set_wording(slug=slug, in_force_from=on or factories.today(), by=administrator, **facts)


FACTS = {"link": "L", "my_work": "M", "reference": "", "product": "P", "what": "A review is due"}
FACTS |= {"date": "", "why_you": "Y"}


def test_shipped_words_hold_every_placeholder_that_they_use_and_no_name():
    for shipped in wordings.REGISTRY.values():
        used = wordings.names_in(shipped.subject) | wordings.names_in(shipped.body)
        assert used <= shipped.placeholders.keys(), shipped.slug
        assert shipped.must_hold in wordings.names_in(shipped.body), shipped.slug
        assert set(shipped.more) <= set(shipped.sample), shipped.slug
        assert not {"name", "person", "given_name", "family_name"} & shipped.placeholders.keys()


def test_where_there_is_no_reference_the_colon_goes_too():
    subject, body = wordings.compose("reminder", FACTS)
    assert subject == "A review is due"
    assert body.splitlines()[0] == "A review is due"
    assert "Date" not in body


def test_own_words_hold_from_their_day_on(administrator):
    change(administrator, on=factories.today() + timedelta(days=3))
    assert wordings.compose("reminder", FACTS)[0] == "A review is due"
    later = factories.today() + timedelta(days=3)
    assert wordings.in_force("reminder", later) == ("Do look: {what}", BODY)


def test_of_two_on_one_day_the_later_made_holds(administrator):
    change(administrator)
    change(administrator, subject="Second")
    assert wordings.compose("reminder", FACTS)[0] == "Second"


def test_back_to_the_shipped_words_also_where_others_wait_for_their_day(administrator):
    change(administrator)
    change(administrator, on=factories.today() + timedelta(days=3))
    actions.reset_wording(slug="reminder", by=administrator)
    shipped = wordings.REGISTRY["reminder"]
    for on in (factories.today(), factories.today() + timedelta(days=9)):
        assert wordings.in_force("reminder", on) == (shipped.subject, shipped.body)
    assert WordingVersion.objects.count() == 4


@pytest.mark.rule("worklist.wording_placeholders")
def test_what_cannot_be_filled_in_is_refused(administrator):
    with pytest.raises(RuleBroken, match="{name} is not something"):
        change(administrator, body="{name} {link}")
    with pytest.raises(RuleBroken, match="{list} is not something"):
        change(administrator, subject="{list}")


@pytest.mark.rule("worklist.wording_braces")
@pytest.mark.parametrize("text", ["{link", "link}", "{}", "{link.x}", "{link!r}", "{link:>9}", "{0}"])
def test_brackets_hold_placeholders_and_nothing_else(administrator, text):
    with pytest.raises(RuleBroken, match="curly bracket"):
        change(administrator, body=f"{text} and {{link}}")


@pytest.mark.rule("worklist.wording_link")
@pytest.mark.parametrize(("slug", "missing"), [("reminder", "{link}"), ("panel_letter", "{decision}")])
def test_a_mail_without_its_link_and_a_letter_without_its_facts_help_nobody(administrator, slug, missing):
    with pytest.raises(RuleBroken, match=f"leave out {missing}"):
        change(administrator, slug=slug, subject="Read this", body="Something is due.")


def test_the_database_keeps_words_whole(administrator):
    change(administrator)
    with (
        pytest.raises(IntegrityError, match="worklist_wording_whole_or_none"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE worklist_wordingversion SET body = ''")


def test_a_test_goes_to_oneself_through_the_outbox_with_made_up_facts(administrator):
    change(administrator, on=factories.today() + timedelta(days=3))
    actions.send_test(slug="reminder", by=administrator)
    actions.deliver_outbox()
    (sent,) = outbox.outbox
    assert sent.to == [administrator.email]
    assert sent.subject == "Test: Do look: A review is due"
    assert "https://example.org/the-page" in sent.body


def test_a_training_copy_says_so_in_every_mail(settings, administrator):
    settings.TRAINING_COPY = True
    subject, body = wordings.compose("reminder", FACTS)
    assert subject.startswith("[Training] ")
    assert "every person in it is made up" in body


def test_the_mail_for_a_new_password_has_the_own_words(client, administrator, care_manager):
    change(administrator, slug="password_reset", subject="New password", body="Here: {link}")
    client.post(reverse("account_reset_password"), {"email": care_manager.email})
    actions.deliver_outbox()
    (sent,) = outbox.outbox
    assert sent.subject == "New password"
    assert "/account/password/reset/key/" in sent.body


# -- The pages -----------------------------------------------------------------------------------------


def test_an_administrator_changes_tries_and_resets(client, administrator):
    client.force_login(administrator)
    address = reverse("worklist:wording", args=["reminder"])
    day = factories.today()
    typed = {"subject": "Do look", "body": BODY, "in_force_from_0": day.day, "in_force_from_1": day.month}
    typed |= {"in_force_from_2": day.year, "form_key": new_key(administrator)}
    assert client.post(address, typed).url == address
    assert "Own words" in client.get(reverse("worklist:wordings")).content.decode()
    test = reverse("worklist:test_wording", args=["reminder"])
    assert "Hello. A review is due" in client.get(test).content.decode()
    client.post(test, {"form_key": new_key(administrator)})
    reset = reverse("worklist:reset_wording", args=["reminder"])
    client.post(reset, {"form_key": new_key(administrator)})
    assert "Own words" not in client.get(reverse("worklist:wordings")).content.decode()
    assert "“Do look”" in client.get(address).content.decode()


def test_a_refusal_stands_beside_what_was_typed(client, administrator):
    client.force_login(administrator)
    day = factories.today()
    typed = {"subject": "Dear {name}", "body": BODY, "in_force_from_0": day.day, "in_force_from_1": day.month}
    typed |= {"in_force_from_2": day.year, "form_key": new_key(administrator)}
    page = client.post(reverse("worklist:wording", args=["reminder"]), typed)
    assert page.status_code == 422
    assert "Dear {name}" in page.content.decode()
    assert not WordingVersion.objects.exists()


def test_a_mail_that_is_none_is_not_found(client, administrator):
    client.force_login(administrator)
    assert client.get(reverse("worklist:wording", args=["nonsense"])).status_code == 404
