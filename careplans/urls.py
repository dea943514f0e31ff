from django.urls import path

from .views import assessment, draft, package, plan, sharing

app_name = "careplans"

urlpatterns = [
    path("person/<uuid:person>/", plan.plans, name="plans"),
    path("person/<uuid:person>/assess/", assessment.assess, name="assess"),
    path("person/<uuid:person>/begin/", draft.begin, name="begin"),
    path("person/<uuid:person>/budget/", sharing.budget, name="budget"),
    path("assessments/<uuid:pk>/", assessment.assessment, name="assessment"),
    path("assessments/<uuid:pk>/change/", assessment.amend, name="amend_assessment"),
    path("assessments/<uuid:pk>/change/<slug:key>/", assessment.assessment_page, name="assessment_page"),
    path("assessments/<uuid:pk>/check/", assessment.check_assessment, name="check_assessment"),
    path("assessments/<uuid:pk>/part/", assessment.part, name="part"),
    path("plans/<uuid:pk>/", plan.plan, name="plan"),
    path("plans/<uuid:pk>/differences/", plan.differences, name="differences"),
    path("plans/<uuid:pk>/draft/", draft.tasks, name="draft"),
    path("plans/<uuid:pk>/draft/<slug:key>/", draft.section, name="section"),
    path("plans/<uuid:pk>/services/", package.services, name="services"),
    path("plans/<uuid:pk>/services/add/", package.add_service, name="add_service"),
    path("services/<uuid:pk>/", package.edit_service, name="edit_service"),
    path("services/<uuid:pk>/remove/", package.remove_service, name="remove_service"),
    path("plans/<uuid:pk>/check/", draft.check, name="check"),
    path("plans/<uuid:pk>/sign/", draft.sign, name="sign"),
    path("plans/<uuid:pk>/withdraw/", draft.withdraw, name="withdraw"),
    path("plans/<uuid:pk>/share/", sharing.share, name="share"),
    path("plans/<uuid:pk>/entered-in-error/", sharing.enter_in_error, name="enter_in_error"),
    path("shares/owed/<uuid:pk>/", sharing.share_owed, name="share_owed"),
    path("shares/<uuid:pk>/acknowledge/", sharing.acknowledge, name="acknowledge"),
]
