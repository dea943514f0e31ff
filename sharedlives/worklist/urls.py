from django.urls import path

from . import calendar_views, views, wording_views

app_name = "worklist"

urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/<slug:span>/", views.team_list, name="team_list"),
    path("reminders/", views.reminders, name="reminders"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("wordings/", wording_views.wording_list, name="wordings"),
    path("wordings/<slug:slug>/", wording_views.wording, name="wording"),
    path("wordings/<slug:slug>/test/", wording_views.test_wording, name="test_wording"),
    path("wordings/<slug:slug>/reset/", wording_views.reset_wording, name="reset_wording"),
    path("<slug:slug>/", views.list_of, name="list_of"),
]
