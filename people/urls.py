from django.urls import path

from . import views

app_name = "people"

urlpatterns = [
    path("", views.find, name="find"),
    path("register/", views.register, name="register"),
    path("away/", views.be_away, name="be_away"),
    path("<uuid:pk>/", views.person, name="person"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/contacts/add/", views.add_contact, name="add_contact"),
    path("<uuid:pk>/communication/add/", views.add_communication_need, name="add_communication_need"),
    path("<uuid:pk>/worker/", views.change_worker, name="change_worker"),
    path("<uuid:pk>/death/", views.record_death, name="record_death"),
    path("<uuid:pk>/looked/", views.looked, name="looked"),
    path("<uuid:pk>/emergency-access/", views.emergency_access, name="emergency_access"),
]
