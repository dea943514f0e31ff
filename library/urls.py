from django.urls import path

from . import views

app_name = "library"

urlpatterns = [path("procedures/", views.procedures, name="procedures")]
