from django.urls import path

from . import views

app_name = "bringin"

urlpatterns = [
    path("", views.home, name="home"),
    path("template/<slug:slug>/", views.template, name="template"),
    path("send/<slug:slug>/", views.send, name="send"),
    path("<uuid:pk>/", views.file, name="file"),
    path("<uuid:pk>/columns/", views.columns, name="columns"),
    path("<uuid:pk>/confirm/", views.confirm, name="confirm"),
    path("<uuid:pk>/put-aside/", views.put_aside, name="put_aside"),
    path("rows/<uuid:pk>/", views.row, name="row"),
    path("rows/<uuid:pk>/decide/", views.decide, name="decide"),
    path("rows/<uuid:pk>/leave-out/", views.leave_out, name="leave_out"),
]
