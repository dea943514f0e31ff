"""Documents: tagged PDF that a validator accepts, nothing fetched from outside, the bytes kept as sent."""

import hashlib
import io
import uuid
from datetime import date

import page
import pikepdf
import pytest
from django.template import engines

from sharedlives.documents import actions, pdf
from sharedlives.documents.answers import Damaged, download
from sharedlives.documents.models import IssuedDocument
from sharedlives.documents.pdf import Blocked, PdfOff, render_pdf

pytestmark = pytest.mark.django_db
BODY = """
{% extends "documents/base_pdf.html" %}
{% block content %}
<div class="communication"><p><strong>How to communicate with Gareth Llŷr:</strong> large print.</p></div>
<h2>What was said</h2>
<p>Siân Ŵyn and Zoë Łukasz came. <a href="https://example.org/">More</a></p>
<table class="facts"><caption>What happens next</caption>
<thead><tr><th scope="col">What</th><th scope="col">Who</th></tr></thead>
<tbody><tr><th scope="row">Try a new bus</th><td>{{ who }}</td></tr></tbody></table>
<ul><li>One</li><li>Two</li></ul>
INSERT
{% endblock %}
"""


@pytest.fixture
def template(monkeypatch):
    """Renders `BODY` with something in it, instead of a template of a file."""

    def use(insert=""):
        made = engines["django"].from_string(BODY.replace("INSERT", insert))
        monkeypatch.setattr(pdf, "render_to_string", lambda name, context: made.render(context))

    use()
    return use


def make(**context):
    return render_pdf("any.html", {"who": "Gareth Llŷr", **context}, "Record of a review")


def test_a_validator_for_pdf_ua_finds_nothing(template):
    result = page.validate_pdf_bytes(make(), profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]
    assert result.rules.total > 50


def test_large_print_is_as_accessible(template):
    assert page.validate_pdf_bytes(make(large_print=True), profile="ua1").is_compliant


def test_the_validator_does_find_a_picture_without_words(template):
    template('<img src="static:images/mark.svg">')
    assert not page.validate_pdf_bytes(make(), profile="ua1").is_compliant


def test_names_of_every_nation_keep_their_letters(template):
    content = make()
    opened = pikepdf.open(io.BytesIO(content))
    fonts = {str(font.BaseFont) for p in opened.pages for font in p.Resources.Font.values()}
    assert all("Hyperlegible" in font for font in fonts), fonts
    assert str(opened.Root.Lang) == "en-GB"
    assert str(opened.docinfo.Title) == "Record of a review"
    assert letters(opened) >= set("Llŷr") | set("Ŵyn") | set("Łukasz") | set("ëâ")


def letters(opened):
    """Every letter that the document's fonts can give back as text."""
    found = set()
    for sheet in opened.pages:
        for font in sheet.Resources.Font.values():
            for line in font.ToUnicode.read_bytes().decode("latin-1").splitlines():
                parts = line.strip().split()
                if len(parts) == 2 and parts[1].startswith("<"):
                    code = parts[1].strip("<>")
                    if len(code) % 4 == 0:
                        found |= set(bytes.fromhex(code).decode("utf-16-be", "ignore"))
    return found


def test_the_same_document_has_the_same_bytes(template):
    assert make(made_on=date(2027, 3, 1)) == make(made_on=date(2027, 3, 1))


@pytest.mark.parametrize(
    "insert",
    [
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<img alt="x" src="https://example.org/x.png">',
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="static:../manage.py">',
        '<img alt="x" src="static:fonts/../../manage.py">',
        '<img alt="x" src="static:js/app.js">',
        '<img alt="x" src="data:image/png;base64,AAAA">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<style>@import url("http://127.0.0.1:9/x.css");</style>',
        '<style>body { background: url("file:///etc/hostname") }</style>',
    ],
)
def test_nothing_is_fetched_from_anywhere_else(template, insert):
    template(insert)
    with pytest.raises(Blocked):
        make()


def test_an_address_without_a_scheme_leads_nowhere(template):
    template('<link rel="stylesheet" href="//example.org/x.css"><img alt="x" src="/static/images/mark.svg">')
    assert make()


def test_what_people_write_fetches_nothing(template):
    content = make(who='<img src="http://127.0.0.1:9/x.png">')
    assert page.validate_pdf_bytes(content, profile="ua1").is_compliant


def test_switched_off_says_so(template, settings):
    settings.PDF_OFF = True
    with pytest.raises(PdfOff, match="switched off"):
        make()


def test_a_computer_without_pango_says_so(template, monkeypatch):
    monkeypatch.setattr(pdf, "HTML", None)
    monkeypatch.setattr(pdf, "WHY_OFF", "cannot load library 'pango'")
    with pytest.raises(PdfOff, match="pango"):
        make()


@pytest.fixture
def issued(care_manager):
    return actions.issue(
        kind="reviews.record",
        person_id=uuid.uuid4(),
        content=b"%PDF-1.7 made up",
        content_type="application/pdf",
        filename="review-SL-0001.pdf",
        by=care_manager,
    )


def test_the_bytes_are_kept_with_their_hash(issued):
    row = IssuedDocument.objects.get()
    assert bytes(row.content) == b"%PDF-1.7 made up"
    assert row.sha256 == hashlib.sha256(b"%PDF-1.7 made up").hexdigest()
    response = download(row)
    assert response.content == b"%PDF-1.7 made up"
    assert response["Content-Disposition"] == 'attachment; filename="review-SL-0001.pdf"'


def test_a_damaged_document_is_not_handed_out(issued):
    issued.content = b"something else"
    with pytest.raises(Damaged):
        download(issued)


NAMES = "Phạm Thị Hằng Đỗ ạ Ćosić Ŵyn Llŷr محمد رحمن فاطمة پروین چوہدری પટેલ ગુજરાતી ક્ષમા"


def test_names_in_other_scripts_are_letters_not_boxes(template):
    template(f"<h3>{NAMES}</h3>")
    content = make(who=NAMES)
    result = page.validate_pdf_bytes(content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]
    opened = pikepdf.open(io.BytesIO(content))
    assert letters(opened) >= set(NAMES) - {" "}
    fonts = {str(font.BaseFont).split("+")[1] for p in opened.pages for font in p.Resources.Font.values()}
    assert {"NotoArabic", "NotoGujarati", "NotoVietnamese"} <= {font.removesuffix("-Bold") for font in fonts}
    assert not [font for font in fonts if not font.startswith(("Hyperlegible", "Noto"))]
