from django.urls import path

from . import views

app_name = "carers"

urlpatterns = [
    path("", views.households, name="households"),
    path("register/", views.register_household, name="register_household"),
    path("home/<uuid:pk>/", views.household, name="household"),
    path("home/<uuid:pk>/edit/", views.edit_household, name="edit_household"),
    path("home/<uuid:pk>/limit/", views.set_limit, name="set_limit"),
    path("home/<uuid:pk>/close/", views.close_places, name="close_places"),
    path("home/<uuid:pk>/family/", views.add_member, name="add_member"),
    path("home/<uuid:pk>/share/", views.share_household, name="share_household"),
    path("home/<uuid:pk>/carer/", views.register_carer, name="register_carer"),
    path("home/<uuid:pk>/move/", views.move_house, name="move_house"),
    path("home/<uuid:pk>/same-dwelling/", views.same_dwelling, name="same_dwelling"),
    path("dwelling/<uuid:pk>/join/", views.join_dwellings, name="join_dwellings"),
    path("closure/<uuid:pk>/reopen/", views.reopen, name="reopen"),
    path("carers/", views.carers, name="carers"),
    path("carer/<uuid:pk>/", views.carer, name="carer"),
    path("carer/<uuid:pk>/edit/", views.edit_carer, name="edit_carer"),
    path("carer/<uuid:pk>/approve/", views.approve, name="approve"),
    path("carer/<uuid:pk>/training/", views.record_training, name="record_training"),
    path("carer/<uuid:pk>/end/", views.end_carer, name="end_carer"),
    path("carer/<uuid:pk>/close-to/", views.declare_tie, name="declare_tie"),
    path("tie/<uuid:pk>/end/", views.end_tie, name="end_tie"),
    path("training/<uuid:pk>/renew/", views.renew, name="renew"),
]
