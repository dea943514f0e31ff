from django.urls import path

from .views import agreements, away, deaths, matches, placements, referrals

app_name = "placements"

urlpatterns = [
    path("", placements.placements, name="list"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/answered/", referrals.answered, name="answered"),
    path("referrals/<uuid:pk>/", referrals.referral, name="referral"),
    path("referrals/<uuid:pk>/information/", referrals.complete_information, name="complete_information"),
    path("referrals/<uuid:pk>/send/", referrals.send_to, name="send_to"),
    path("referrals/<uuid:pk>/close/", referrals.close_referral, name="close_referral"),
    path("referrals/sent/<uuid:pk>/", referrals.sent, name="sent"),
    path("referrals/sent/<uuid:pk>/answer/", referrals.answer_referral, name="answer_referral"),
    path("referrals/sent/<uuid:pk>/homes/", matches.homes, name="homes"),
    path(
        "referrals/sent/<uuid:pk>/propose/<uuid:carer>/<slug:kind>/",
        matches.propose_match,
        name="propose_match",
    ),
    path("referrals/sent/<uuid:pk>/homes/compare/", matches.compare_homes, name="compare_homes"),
    path("matches/<uuid:pk>/", matches.match, name="match"),
    path("matches/<uuid:pk>/profile/", matches.profile, name="profile"),
    path("matches/<uuid:pk>/profile/pdf/", matches.profile_pdf, name="profile_pdf"),
    path("matches/<uuid:pk>/answers/", matches.record_answers, name="record_answers"),
    path("matches/<uuid:pk>/agree/", matches.agree_match, name="agree_match"),
    path("matches/<uuid:pk>/end/", matches.end_match, name="end_match"),
    path("person/<uuid:person>/refer/", referrals.refer, name="refer"),
    path("person/<uuid:person>/emergency/", placements.start_emergency, name="start_emergency"),
    path("person/<uuid:person>/existing/", placements.record_existing, name="record_existing"),
    path("agreements/<uuid:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:pk>/sign/", agreements.sign_agreement, name="sign_agreement"),
    path("agreements/<uuid:pk>/sign-for-team/", agreements.sign_for_team, name="sign_for_team"),
    path("agreements/<uuid:pk>/entered-in-error/", agreements.enter_in_error, name="enter_in_error"),
    path("owed/<uuid:pk>/", placements.owed, name="owed"),
    path("after-death/<uuid:pk>/", deaths.owed_after_death, name="owed_after_death"),
    path("<uuid:pk>/", placements.placement, name="placement"),
    path("away/<uuid:pk>/back/", away.come_home, name="come_home"),
    path("<uuid:pk>/away/", away.go_away, name="go_away"),
    path("<uuid:pk>/gate/", placements.gate, name="gate"),
    path("<uuid:pk>/start/", placements.start, name="start"),
    path("<uuid:pk>/agreement/", agreements.draft_agreement, name="draft_agreement"),
    path("<uuid:pk>/end/", placements.end, name="end"),
    path("<uuid:pk>/owed/", placements.settle, name="settle"),
    path("<uuid:pk>/put-right/", placements.put_right, name="put_right"),
]
