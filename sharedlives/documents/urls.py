from django.urls import path

from . import views

app_name = "documents"

urlpatterns = [
    path("pictures/", views.picture_list, name="pictures"),
    path("pictures/sample/", views.sample, name="sample"),
    path("pictures/versions/<uuid:pk>/", views.picture_file, name="picture_file"),
    path("pictures/<slug:name>/", views.picture, name="picture"),
    path("pictures/<slug:name>/reset/", views.reset_picture, name="reset_picture"),
]
