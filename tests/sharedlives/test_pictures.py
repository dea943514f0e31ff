"""The logo and the pictures of our documents: painted anew, dated versions, a council's own before everybody's."""

import io
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import page
import pikepdf
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from PIL import Image

from people.about import HEADINGS
from reviews import easy
from sharedlives.documents import actions, images, pdf, pictures
from sharedlives.documents.models import Picture
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken

from .. import factories
from .pictures import SVG, bomb, chunk, jpeg, png, telling_jpeg, telling_png

pytestmark = pytest.mark.django_db
STATIC = Path(django_settings.BASE_DIR, "static")
GREEN = (20, 69, 61)


def change(administrator, name="mark", on=None, **facts):
    facts = {"content": png(), "words": "Northshire Council", "organisation_id": None} | facts
    return actions.set_picture(name=name, in_force_from=on or factories.today(), by=administrator, **facts)


def in_force(council=None, **when):
    return {name: row.words for name, row in pictures.replaced(council and council.pk, **when).items()}


# -- What comes in -------------------------------------------------------------------------------------


def test_every_picture_that_documents_use_can_be_replaced():
    shipped = {path.stem for path in (STATIC / "images" / "easy").iterdir()}
    assert pictures.REGISTRY.keys() == shipped | {pictures.LOGO}
    for picture in pictures.REGISTRY.values():
        assert (STATIC / picture.file).is_file(), picture.name
    for heading in (*HEADINGS, *easy.HEADINGS):
        assert heading.easy in pictures.REGISTRY[heading.picture].used


def test_a_png_comes_in_without_what_it_says_of_its_maker():
    painted = images.painted_anew(telling_png())
    assert painted.content_type == "image/png"
    assert b"Secret" not in painted.content
    with Image.open(io.BytesIO(painted.content)) as opened:
        assert (opened.size, opened.getpixel((5, 5)), opened.text) == ((200, 100), (*GREEN, 255), {})


def test_a_photograph_comes_in_upright_and_without_its_place():
    painted = images.painted_anew(telling_jpeg())
    assert painted.content_type == "image/jpeg"
    assert b"Secret" not in painted.content
    with Image.open(io.BytesIO(painted.content)) as opened:
        assert opened.size == (100, 200)
        assert not opened.getexif()


def test_what_shines_through_stays_so():
    painted = images.painted_anew(png(colour=(20, 69, 61, 0)))
    with Image.open(io.BytesIO(painted.content)) as opened:
        assert opened.getpixel((5, 5))[3] == 0


@pytest.mark.rule("documents.picture_no_svg")
@pytest.mark.parametrize("content", [SVG, b"\xef\xbb\xbf\n  " + SVG, SVG.upper().replace(b"<?XML", b"<?xml")])
def test_a_drawing_is_refused_with_the_way_round(content):
    with pytest.raises(RuleBroken, match="export it as PNG"):
        images.painted_anew(content)


@pytest.mark.rule("documents.picture_readable")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Only words.",
        b"GIF89a" + bytes(100),
        png()[:60],
        png()[:8] + b"Only words.",
        jpeg()[:200],
        b"\xff\xd8\xff" + bytes(500),
        png()[:33] + chunk(b"IDAT", b"no pixels") + chunk(b"IEND", b""),
    ],
    ids=["nothing", "text", "gif", "cut png", "text after a signature", "cut jpeg", "zeros", "broken pixels"],
)
def test_what_cannot_be_opened_is_refused(content):
    with pytest.raises(RuleBroken, match="cannot be opened"):
        images.painted_anew(content)


@pytest.mark.rule("documents.picture_sides")
@pytest.mark.parametrize("size", [(1, 1), (63, 200), (200, 63), (2001, 200), (200, 2001)])
def test_sides_have_a_measure(size):
    with pytest.raises(RuleBroken, match="64 to 2,000 pixels"):
        images.painted_anew(png(size))


@pytest.mark.parametrize("side", [10_000, 12_000, 40_000])
def test_a_small_file_that_would_unpack_to_gigabytes_is_refused_before_it_is_unpacked(side):
    with pytest.raises(RuleBroken, match="64 to 2,000 pixels"):
        images.painted_anew(bomb(side))


@pytest.mark.rule("documents.picture_not_too_big")
def test_half_a_megabyte_is_the_most():
    with pytest.raises(RuleBroken, match="501 kB"):
        images.painted_anew(png() + bytes(501_000 - len(png())))
    assert images.painted_anew(png() + bytes(500_000 - len(png()))).content


def test_the_database_keeps_a_picture_whole(administrator):
    change(administrator)
    for broken in ("content = ''", "words = ''", "content_type = 'image/svg+xml'"):
        with (
            pytest.raises(IntegrityError, match="documents_picture_whole_or_none"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE documents_picture SET {broken}")


# -- Which one holds -----------------------------------------------------------------------------------


def test_a_picture_holds_from_its_day_on(administrator):
    later = factories.today() + timedelta(days=3)
    row = change(administrator, on=later)
    assert in_force() == {}
    assert in_force(on=later) == {"mark": "Northshire Council"}
    assert pictures.newest() == {"mark": row}
    history = row.history.get()
    assert (history.history_user, history.history_change_reason) == (
        administrator,
        f"picture of our documents from {later}",
    )


def test_of_two_on_one_day_the_later_made_holds(administrator):
    change(administrator)
    change(administrator, words="Second")
    assert in_force() == {"mark": "Second"}


def test_a_councils_own_comes_before_everybodys_and_concerns_nobody_else(
    administrator, council, other_council
):
    change(administrator, words="All")
    change(administrator, words="Northshire", organisation_id=council.pk)
    assert in_force() == {"mark": "All"}
    assert in_force(council) == {"mark": "Northshire"}
    assert in_force(other_council) == {"mark": "All"}


def test_a_council_that_gives_up_its_own_has_everybodys_again(administrator, council):
    change(administrator, words="All")
    change(administrator, words="Northshire", organisation_id=council.pk)
    actions.reset_picture(name="mark", organisation_id=council.pk, by=administrator)
    assert in_force(council) == {"mark": "All"}


def test_back_to_the_shipped_one_also_where_others_wait_for_their_day(administrator, council):
    later = factories.today() + timedelta(days=3)
    change(administrator)
    change(administrator, on=later)
    change(administrator, organisation_id=council.pk)
    actions.reset_picture(name="mark", by=administrator)
    assert in_force() == in_force(on=later) == {}
    assert in_force(council) == {"mark": "Northshire Council"}
    assert Picture.objects.count() == 5


def test_it_costs_a_document_one_query(administrator, council, django_assert_num_queries):
    for name in pictures.REGISTRY:
        change(administrator, name=name, organisation_id=council.pk)
    with django_assert_num_queries(1):
        assert len(pictures.replaced(council.pk)) == len(pictures.REGISTRY)


# -- In documents --------------------------------------------------------------------------------------

SAMPLE = {"rows": [(shipped, shipped.words) for shipped in pictures.REGISTRY.values()]}


def made(**facts):
    content = pdf.render_pdf("documents/sample.html", SAMPLE | facts, "How our documents look")
    return content, pikepdf.open(io.BytesIO(content))


def seen(opened):
    """How many pictures made of pixels a document holds: what is shipped is drawn."""
    found = set()
    for sheet in opened.pages:
        for picture in sheet.Resources.get("/XObject", {}).values():
            if picture.get("/Subtype") == "/Image":
                found.add(picture.objgen)
    return len(found)


def alternatives(opened):
    found, waiting = [], [opened.Root.StructTreeRoot]
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Dictionary):
            found += [str(part.Alt)] if "/Alt" in part else []
            kids = part.get("/K", [])
            waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return found


def test_a_document_carries_the_replaced_pictures_with_words_for_those_who_cannot_see(administrator, council):
    change(administrator, organisation_id=council.pk)
    change(administrator, name="heart", content=jpeg((300, 300)), words="A hand on a heart")
    content, opened = made(council_id=council.pk)
    assert seen(opened) == 2
    assert {"Northshire Council", "Picture: A heart"} <= set(alternatives(opened))
    result = page.validate_pdf_bytes(content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]


def test_documents_of_others_stay_as_they_were(administrator, council, other_council):
    change(administrator, organisation_id=council.pk)
    _content, opened = made(council_id=other_council.pk)
    assert seen(opened) == 0
    assert "Hearthkeep" in alternatives(opened)


# -- The pages -----------------------------------------------------------------------------------------

PICTURE = reverse("documents:picture", args=["mark"])


def typed(user, content, name="logo.png", on=None, **more):
    day = on or factories.today()
    said = {"words": "Northshire Council", "organisation_id": "", "form_key": new_key(user)}
    said |= {"in_force_from_0": day.day, "in_force_from_1": day.month, "in_force_from_2": day.year}
    return said | {"file": SimpleUploadedFile(name, content)} | more


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def test_an_administrator_changes_looks_and_goes_back(signed_in, administrator, council):
    assert signed_in.post(PICTURE, typed(administrator, png())).url == PICTURE
    assert (
        signed_in.post(PICTURE, typed(administrator, jpeg(), organisation_id=str(council.pk))).url == PICTURE
    )
    listed = signed_in.get(reverse("documents:pictures")).content.decode()
    assert "Northshire: own picture" in listed
    for row in Picture.objects.all():
        assert row.get_absolute_url() in listed
    answer = signed_in.get(reverse("documents:sample"), {"council": council.pk})
    assert answer["Content-Type"] == "application/pdf"
    assert seen(pikepdf.open(io.BytesIO(answer.content))) == 1
    reset = reverse("documents:reset_picture", args=["mark"])
    for whose in ("", str(council.pk)):
        signed_in.post(reset, {"organisation_id": whose, "form_key": new_key(administrator)})
    assert "own picture" not in signed_in.get(reverse("documents:pictures")).content.decode().lower()
    assert "As for all" in signed_in.get(PICTURE).content.decode()


def test_a_picture_is_served_as_what_it_is(signed_in, administrator):
    row = change(administrator)
    answer = signed_in.get(row.get_absolute_url())
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer.content == bytes(row.content)


def test_a_version_without_a_picture_is_not_found(signed_in, administrator):
    row = actions.reset_picture(name="mark", by=administrator)
    assert signed_in.get(row.get_absolute_url()).status_code == 404


def test_a_refusal_stands_beside_what_was_typed(signed_in, administrator):
    answer = signed_in.post(PICTURE, typed(administrator, SVG))
    assert answer.status_code == 422
    assert "SVG" in answer.content.decode()
    assert "Northshire Council" in answer.content.decode()
    assert signed_in.post(PICTURE, typed(administrator, b"Only words.")).status_code == 422
    assert not Picture.objects.exists()


def test_a_day_of_the_past_is_refused(signed_in, administrator):
    yesterday = factories.today() - timedelta(days=1)
    answer = signed_in.post(PICTURE, typed(administrator, png(), on=yesterday))
    assert "Choose today or a later day" in answer.content.decode()
    assert not Picture.objects.exists()


def test_only_councils_have_pictures_of_their_own(signed_in, administrator, team):
    for strange in (team.pk, uuid4()):
        answer = signed_in.post(PICTURE, typed(administrator, png(), organisation_id=str(strange)))
        assert answer.status_code == 422
    assert not Picture.objects.exists()


def test_fifty_megabytes_are_refused_before_they_are_parsed(signed_in, administrator, monkeypatch):
    from django.http.multipartparser import MultiPartParser

    def never(parser):
        raise AssertionError("it was parsed")

    monkeypatch.setattr(MultiPartParser, "parse", never)
    answer = signed_in.post(PICTURE, typed(administrator, bytes(50_000_000)))
    assert answer.status_code == 413
    assert "up to 500 kB" in answer.content.decode()


def test_the_form_is_held_against_forgery(administrator):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)
    assert strict.post(PICTURE, typed(administrator, png())).status_code == 403
    assert not Picture.objects.exists()


def test_a_picture_that_is_none_is_not_found(signed_in, administrator):
    strange = reverse("documents:picture", args=["nonsense"])
    assert signed_in.get(strange).status_code == 404
    assert signed_in.post(strange, typed(administrator, png())).status_code == 404
    assert signed_in.get(reverse("documents:reset_picture", args=["nonsense"])).status_code == 404


def test_where_no_pdf_is_made_the_sample_leads_to_the_list(signed_in, settings):
    settings.PDF_OFF = True
    answer = signed_in.get(reverse("documents:sample"), follow=True)
    assert "PDFs are switched off" in answer.content.decode()


def test_the_list_asks_as_much_with_many_versions(
    signed_in, administrator, council, django_assert_max_num_queries
):
    for name in pictures.REGISTRY:
        change(administrator, name=name)
        change(administrator, name=name, organisation_id=council.pk)
    with django_assert_max_num_queries(12):
        signed_in.get(reverse("documents:pictures"))
