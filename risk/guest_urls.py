"""Addresses without an account, at /concern/…: short, because they are printed and read out."""

from django.urls import path

from .views import guest

app_name = "concern"

urlpatterns = [
    path("received/<str:receipt>/", guest.received, name="received"),
    path("<str:token>/", guest.raise_one, name="raise"),
]
