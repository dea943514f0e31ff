from django.urls import path

from . import views

app_name = "safetynet"

urlpatterns = [
    path("", views.flags, name="flags"),
    path("lists/", views.rosters, name="rosters"),
    path("lists/send/", views.upload, name="upload"),
    path("lists/<uuid:pk>/", views.roster, name="roster"),
    path("rows/<uuid:pk>/", views.decide, name="decide"),
    path("rows/<uuid:pk>/undo/", views.undo, name="undo"),
    path("entered-in-error/<slug:kind>/", views.entered_in_error, name="entered_in_error"),
    path("<uuid:pk>/", views.flag, name="flag"),
    path("<uuid:pk>/take/", views.take, name="take"),
    path("<uuid:pk>/assign/", views.assign, name="assign"),
    path("<uuid:pk>/not-yet/", views.not_yet, name="not_yet"),
    path("<uuid:pk>/close/", views.close, name="close"),
    path("<uuid:pk>/records/", views.records, name="records"),
]
