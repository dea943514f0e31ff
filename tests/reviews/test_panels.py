import pytest
from django.template.loader import render_to_string

from reviews.models import ReviewDue
from reviews.panels import REVIEWS
from reviews.picture import timeline

from . import factories
from .factories import today

pytestmark = pytest.mark.django_db


def test_the_panel_shows_what_is_due_what_was_and_a_picture_with_its_table(
    both, care_manager, person, django_assert_num_queries
):
    factories.held(both[:1], care_manager)
    care_manager.current_memberships()
    with django_assert_num_queries(1):
        facts = REVIEWS.facts(care_manager, person)
    assert [due.state for due in facts["before"]] == ["met"]
    assert len(facts["dues"]) == 2
    shown = render_to_string(REVIEWS.template, {"facts": facts})
    assert "Show as a table" in shown
    assert shown.count("<tr") >= 4
    assert "style=" not in shown


def test_a_stranger_sees_an_empty_panel(both, charlie, person):
    facts = REVIEWS.facts(charlie, person)
    assert (facts["dues"], facts["meetings"], facts["picture"]) == ([], [], "")
    assert "No review is due" in render_to_string(REVIEWS.template, {"facts": facts})


def test_the_picture_names_each_state_in_words(both, care_manager):
    factories.held(both, care_manager)
    drawn = timeline(list(ReviewDue.objects.all()), today())
    for words in ("Met", "Open", "Today", "Care and support plan", "Placement agreement"):
        assert words in drawn
