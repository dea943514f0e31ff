"""This floor's part of the timeline: reviews that were held."""

from django.urls import reverse

from sharedlives.permissions import Permission
from sharedlives.timeline import Part

from .models import Review

Part(
    name="reviews.review",
    lane="Reviews",
    permission=Permission.REVIEW_VIEW,
    rows=lambda user, person: Review.objects.visible_to(user).filter(person=person),
    at="held_on",
    code="kind",
    says=lambda code, text: f"Review held: {Review.Kind(code).label.lower()}",
    path=lambda pk: reverse("reviews:review", args=[pk]),
)
