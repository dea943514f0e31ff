from django.urls import path

from .views import assessment, incident, responsibility

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
    path("incident-rows/<uuid:pk>/read/", incident.read, name="read_incident"),
]
