from django.urls import path

from .views import assessment, changes, concern, incident, links, responsibility

app_name = "risk"

urlpatterns = [
    path("person/<uuid:person>/", assessment.overview, name="overview"),
    path("person/<uuid:person>/begin/", assessment.begin, name="begin"),
    path("person/<uuid:person>/responsibilities/", responsibility.write, name="write_responsibilities"),
    path("person/<uuid:person>/incident/", incident.record, name="record_incident"),
    path("assessments/<uuid:pk>/", assessment.assessment, name="assessment"),
    path("assessments/<uuid:pk>/edit/", assessment.edit, name="edit"),
    path("assessments/<uuid:pk>/sign/", assessment.sign, name="sign"),
    path("assessments/<uuid:pk>/entered-in-error/", assessment.enter_in_error, name="enter_in_error"),
    path("responsibilities/<uuid:pk>/", responsibility.responsibility, name="responsibility"),
    path("incidents/", incident.incidents, name="incidents"),
    path("incidents/<uuid:pk>/", incident.incident, name="incident"),
    path("incidents/<uuid:pk>/safeguarding/", incident.safeguarding, name="safeguarding"),
    path("incidents/<uuid:pk>/cqc/", incident.cqc, name="tell_cqc"),
    path("assessments/<uuid:pk>/still-right/", changes.still_right, name="still_right"),
    path("checks/<uuid:pk>/", changes.check, name="check"),
    path("wanted/<uuid:pk>/", changes.wanted, name="wanted"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<uuid:pk>/", changes.change, name="change"),
    path("changes/<uuid:pk>/answer/", changes.answer, name="answer_change"),
    path("person/<uuid:person>/change/", changes.notice, name="notice_change"),
    path("person/<uuid:person>/foreseen/", changes.foresee, name="foresee"),
    path("foreseen/<uuid:pk>/", changes.foreseen, name="foreseen"),
    path("foreseen/<uuid:pk>/close/", changes.close_need, name="close_need"),
    path("concerns/", concern.concerns, name="concerns"),
    path("concerns/<uuid:pk>/", concern.concern, name="concern"),
    path("concerns/<uuid:pk>/about/", concern.about, name="concern_about"),
    path("concerns/<uuid:pk>/safeguarding/", concern.safeguarding, name="concern_safeguarding"),
    path("concerns/<uuid:pk>/answer/", concern.answer, name="answer_concern"),
    path("concerns/public-link/", links.public, name="public_link"),
    path("concern-links/<uuid:pk>/close/", links.close, name="close_link"),
    path("person/<uuid:person>/concern/", concern.write, name="write_concern"),
    path("person/<uuid:person>/concern-links/", links.links, name="concern_links"),
    path("incident-rows/<uuid:pk>/read/", incident.read, name="read_incident"),
]
