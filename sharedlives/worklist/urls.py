from django.urls import path

from . import views

app_name = "worklist"

urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/<slug:span>/", views.team_list, name="team_list"),
    path("reminders/", views.reminders, name="reminders"),
    path("<slug:slug>/", views.list_of, name="list_of"),
]
