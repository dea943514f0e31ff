from django.urls import path

from .views import dues, holding, kinds, meetings, oversight, records, todo, wanted

app_name = "reviews"

urlpatterns = [
    path("", dues.dues, name="list"),
    path("due/<uuid:pk>/", dues.due, name="due"),
    path("due/<uuid:pk>/schedule/", dues.schedule, name="schedule"),
    path("due/<uuid:pk>/no-longer-owed/", dues.no_longer_owed, name="no_longer_owed"),
    path("person/<uuid:person>/new-service/", dues.new_service, name="new_service"),
    path("wanted/<uuid:pk>/", wanted.wanted, name="wanted"),
    path("wanted/<uuid:pk>/answer/", wanted.answer, name="answer_request"),
    path("person/<uuid:person>/ask/", wanted.ask, name="ask"),
    path("kinds/", kinds.kinds, name="kinds"),
    path("very-like/", meetings.very_like, name="very_like"),
    path("oversight/", oversight.oversight, name="oversight"),
    path("oversight/<slug:key>/", oversight.measured, name="measured"),
    path("actions/", todo.my_actions, name="my_actions"),
    path("actions/<uuid:pk>/", todo.action, name="action"),
    path("actions/<uuid:pk>/give-up/", todo.give_up, name="give_up"),
    path("copies/<uuid:pk>/", records.copy, name="copy"),
    path("copies/<uuid:pk>/arrived/", records.arrived, name="arrived"),
    path("records/<uuid:pk>/", records.record_owed, name="record_owed"),
    path("<uuid:pk>/", meetings.review, name="review"),
    path("<uuid:pk>/guests/", meetings.guests, name="guests"),
    path("<uuid:pk>/guests/add/", meetings.add_guest, name="add_guest"),
    path("<uuid:pk>/assign/", meetings.assign, name="assign"),
    path("<uuid:pk>/cancel/", meetings.cancel, name="cancel"),
    path("<uuid:pk>/hold/", holding.hold, name="hold"),
    path("<uuid:pk>/hold/<slug:section>/", holding.hold_section, name="hold_section"),
    path("<uuid:pk>/record/", records.record_file, name="record_file"),
    path("<uuid:pk>/entered-in-error/", records.enter_in_error, name="enter_in_error"),
    path("<uuid:pk>/wrong/", records.say_wrong, name="say_wrong"),
    path("<uuid:pk>/send/", records.send, name="send"),
]
