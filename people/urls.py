from django.urls import path

from .views import access, details, find, own, page

app_name = "people"

urlpatterns = [
    path("", find.find, name="find"),
    path("register/", details.register, name="register"),
    path("mails/", own.mails, name="mails"),
    path("away/", details.be_away, name="be_away"),
    path("<uuid:pk>/", page.person, name="person"),
    path("<uuid:pk>/edit/", details.edit, name="edit"),
    path("<uuid:pk>/contacts/add/", details.add_contact, name="add_contact"),
    path("<uuid:pk>/communication/add/", details.add_communication_need, name="add_communication_need"),
    path("<uuid:pk>/worker/", details.change_worker, name="change_worker"),
    path("<uuid:pk>/death/", details.record_death, name="record_death"),
    path("<uuid:pk>/looked/", access.looked, name="looked"),
    path("<uuid:pk>/emergency-access/", access.emergency_access, name="emergency_access"),
]
