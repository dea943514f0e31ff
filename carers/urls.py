from django.urls import path

from .views import copies, homes

app_name = "carers"

urlpatterns = [
    path("", homes.households, name="households"),
    path("register/", homes.register_household, name="register_household"),
    path("home/<uuid:pk>/", homes.household, name="household"),
    path("home/<uuid:pk>/edit/", homes.edit_household, name="edit_household"),
    path("home/<uuid:pk>/limit/", homes.set_limit, name="set_limit"),
    path("home/<uuid:pk>/close/", homes.close_places, name="close_places"),
    path("home/<uuid:pk>/family/", homes.add_member, name="add_member"),
    path("home/<uuid:pk>/share/", homes.share_household, name="share_household"),
    path("home/<uuid:pk>/carer/", homes.register_carer, name="register_carer"),
    path("home/<uuid:pk>/move/", homes.move_house, name="move_house"),
    path("home/<uuid:pk>/same-dwelling/", homes.same_dwelling, name="same_dwelling"),
    path("dwelling/<uuid:pk>/join/", homes.join_dwellings, name="join_dwellings"),
    path("closure/<uuid:pk>/reopen/", homes.reopen, name="reopen"),
    path("carers/", homes.carers, name="carers"),
    path("carer/<uuid:pk>/", homes.carer, name="carer"),
    path("carer/<uuid:pk>/edit/", homes.edit_carer, name="edit_carer"),
    path("carer/<uuid:pk>/approve/", homes.approve, name="approve"),
    path("carer/<uuid:pk>/training/", homes.record_training, name="record_training"),
    path("carer/<uuid:pk>/end/", homes.end_carer, name="end_carer"),
    path("carer/<uuid:pk>/week/", homes.state_availability, name="state_availability"),
    path("week/<uuid:pk>/end/", homes.end_availability, name="end_availability"),
    path("carer/<uuid:pk>/close-to/", homes.declare_tie, name="declare_tie"),
    path("tie/<uuid:pk>/end/", homes.end_tie, name="end_tie"),
    path("training/<uuid:pk>/renew/", homes.renew, name="renew"),
    path("carer/<uuid:pk>/copy/", copies.ask_for_carer, name="ask_for_copy"),
    path("family/<uuid:pk>/copy/", copies.ask_for_member, name="ask_for_member_copy"),
    path("carer/<uuid:pk>/looked/", copies.carer_looked, name="looked"),
    path("family/<uuid:pk>/looked/", copies.member_looked, name="member_looked"),
    path("copies/", copies.copies, name="copies"),
    path("copies/<uuid:pk>/", copies.copy, name="copy"),
    path("copies/records/<uuid:pk>/", copies.copy_entry, name="copy_entry"),
    path("copies/<uuid:pk>/names/", copies.copy_names, name="copy_names"),
    path("copies/<uuid:pk>/names/add/", copies.add_copy_name, name="add_copy_name"),
    path("copies/<uuid:pk>/hand-over/", copies.release_copy, name="release_copy"),
    path("copies/<uuid:pk>/close/", copies.close_copy, name="close_copy"),
    path("copies/<uuid:pk>/<uuid:document>/", copies.copy_document, name="copy_document"),
]
