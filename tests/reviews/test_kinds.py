"""What each kind of meeting is: in short sentences, with the council's own numbers, to read and to hand over."""

import re

import page
import pytest
from django.urls import reverse

from reviews.kinds import kinds_for
from reviews.models import ReviewPolicy
from sharedlives.documents import pdf

from .factories import ago

PATH = "reviews:kinds"


@pytest.mark.parametrize(
    ("days", "months", "first", "every"),
    [(56, 12, "8 weeks", "a year"), (42, 6, "6 weeks", "6 months"), (60, 12, "60 days", "a year")],
)
def test_each_sentence_is_short_and_the_numbers_are_the_policys(days, months, first, every):
    said = kinds_for(ReviewPolicy(first_review_days=days, interval_months=months))
    words = " ".join(line for _kind, lines in said for line in lines)
    assert f"The first one is {first} after I move in." in words
    assert f"at least once in {every}." in words
    for sentence in re.split(r"(?<=[.?!])\s+", words):
        assert len(sentence.split()) <= 15, sentence


@pytest.mark.django_db
def test_the_page_and_the_paper_say_the_same(client, care_manager, scheme_worker, council, monkeypatch):
    ReviewPolicy.objects.create(
        council=council, in_force_from=ago(1), first_review_days=42, interval_months=6
    )
    client.force_login(care_manager)
    assert "The first one is 6 weeks after I move in." in client.get(reverse(PATH)).content.decode()
    paper = client.get(reverse(PATH), {"format": "easy_read"})
    assert paper["Content-Disposition"] == 'attachment; filename="meetings-about-me.pdf"'
    result = page.validate_pdf_bytes(paper.content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]
    monkeypatch.setattr(pdf, "available", lambda: False)
    text = client.get(reverse(PATH), {"format": "easy_read"})
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert "MY CARER'S OWN REVIEW\nThe scheme talks with my carer" in text.content.decode()
    client.force_login(scheme_worker)
    assert "The first one is 8 weeks after I move in." in client.get(reverse(PATH)).content.decode()
