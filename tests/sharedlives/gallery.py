"""A page with one of everything, served only to the browser tests."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from sharedlives.charts import Strip, bars, line, occupancy
from sharedlives.maps import council_map
from sharedlives.urls import urlpatterns as own

from .test_pack import Everything

PAGE = """
{% extends "base.html" %}{% load components crispy_forms_tags %}
{% block title %}One of everything{% endblock %}
{% block breadcrumbs %}{% breadcrumbs "People" "/people/" "Ahmad Khan" "/gallery/" %}{% endblock %}
{% block before_content %}{% back "/gallery/" %}{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">One of everything</h1>
{% include "components/communication_banner.html" with restricted="Ask Tom Ellery, team manager." %}
{% tiles %}{% tile "reviews late" 6 url="/late/" tone="late" %}the oldest 41 days{% endtile %}{% endtiles %}
{% warning %}This cannot be undone.{% endwarning %}{% inset %}A remark{% endinset %}
{% summary %}{% row "Phone" url="/change/" %}{% endrow %}{% row "Born" %}1 May 1980{% endrow %}{% endsummary %}
{% tasks %}{% task "Plan signed" "signed" url="/plan/" hint="By both" %}{% task "Budget" "not_needed" %}{% endtasks %}
{% details "More" %}Words{% enddetails %}{% empty "Nothing here yet." %}Do this.{% endempty %}
{% tabs "Now" "now" "Past" "past" %}<section class="govuk-tabs__panel" id="now"><h2 class="govuk-heading-m">Now</h2></section>
<section class="govuk-tabs__panel" id="past"><h2 class="govuk-heading-m">Past</h2></section>{% endtabs %}
<p class="govuk-body">{% for state in states %}{% tag state %} {% endfor %}</p>
<ol class="app-timeline"><li><span class="app-timeline__when">12 March 2027</span>Review held</li></ol>
{% for chart in charts %}{{ chart }}{% endfor %}
<h2 class="govuk-heading-m">Form</h2>
{% include "components/form.html" with submit="Send" %}
{% endblock %}
"""


class Ahmad:
    """Stands for a person with two communication needs."""

    class communication_needs:  # noqa: N801 - read as a related manager by the banner
        @staticmethod
        def all():
            words = {"__str__": lambda self: "Speak slowly, one thing at a time"}
            need = type("Need", (), {"until": None, "asked_on": date(2027, 3, 12)} | words)
            return [need(), need()]

    def __str__(self):
        return "Ahmad Khan"


def charts():
    days = {date(2027, 3, day): "home" for day in range(1, 20)} | {date(2027, 3, 20): "closed"}
    return [
        bars("Free places by kind", [("Live-in", 23, "/places/"), ("Short breaks", 41), ("Kinship", "*")]),
        line(
            "People supported", ["Jan", "Feb", "Mar"], [("Live-in", [61, 62, 64]), ("Breaks", [30, 28, 31])]
        ),
        occupancy(
            "Who is in this home", date(2027, 3, 1), 42, [Strip("Ahmad", days)], today=date(2027, 3, 10)
        ),
        council_map("Free places by council", {"E06000001": 12, "E06000002": 3, "E06000047": 7}),
    ]


@login_not_required
def gallery(request):
    form = Everything(request.POST, request.FILES) if request.method == "POST" else Everything()
    states = ("signed", "open", "due_soon", "missed", "skipped", "ended")
    context = {"form": form, "person": Ahmad(), "states": states, "charts": charts()}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urlpatterns = [*own, path("gallery/", gallery)]
