from django.urls import path

from .views import access, conflicts, details, find, handovers, own, page, teams

app_name = "people"

urlpatterns = [
    path("", find.find, name="find"),
    path("register/", details.register, name="register"),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/declare/", conflicts.declare, name="declare_conflict"),
    path("conflicts/<uuid:pk>/end/", conflicts.end, name="end_conflict"),
    path("emergency-access/<uuid:pk>/", access.read_grant, name="read_grant"),
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
    path("<uuid:pk>/hand-over/", handovers.ask_handover, name="ask_handover"),
    path("handovers/<uuid:pk>/", handovers.handover, name="handover"),
    path("handovers/<uuid:pk>/accept/", handovers.accept_handover, name="accept_handover"),
    path("handovers/<uuid:pk>/decline/", handovers.decline_handover, name="decline_handover"),
    path("handovers/<uuid:pk>/withdraw/", handovers.withdraw_handover, name="withdraw_handover"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<uuid:pk>/change/", teams.change_team, name="change_team"),
    path("changes/<uuid:pk>/", teams.change, name="change"),
    path("changes/<uuid:pk>/accept/", teams.accept_change, name="accept_change"),
    path("changes/<uuid:pk>/decline/", teams.decline_change, name="decline_change"),
    path("changes/<uuid:pk>/withdraw/", teams.withdraw_change, name="withdraw_change"),
    path("changes/<uuid:pk>/undo/", teams.undo_change, name="undo_change"),
]
