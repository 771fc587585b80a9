"""Addresses of the first start, signing in, accounts and administration, under /desk/."""

from django.urls import path

from gongkai.workbench.views import handovers, own_account, people, setup, sign_in, system

urlpatterns = [
    path("setup/", setup.setup, name="setup"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="sign_in_code"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/", own_account.index, name="own_account"),
    path("account/password/", own_account.password, name="password"),
    path("account/second-factor/", own_account.factor, name="second_factor"),
    path("account/second-factor/codes/", own_account.factor_codes, name="recovery_codes"),
    path("account/second-factor/remove/", own_account.factor_removed, name="remove_second_factor"),
    path("account/sessions/", own_account.own_sessions, name="sessions"),
    path("account/sessions/end-others/", own_account.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:pk>/end/", own_account.end_session, name="end_session"),
    path("kept/", own_account.kept, name="kept"),
    path("handovers/", handovers.index, name="handovers"),
    path("handovers/<int:pk>/take-back/", handovers.take_back, name="take_back"),
    path("act-for/", handovers.act_for, name="act_for"),
    path("people/", people.index, name="people"),
    path("people/add/", people.add, name="add_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/<str:name>/", people.act, name="person_act"),
    path("organs/", system.organs, name="organs"),
    path("organs/<str:code>/", system.organ, name="organ"),
    path("door/", system.door, name="door"),
    path("locked/", system.locked, name="locked"),
    path("locked/<int:pk>/unlock/", system.unlock_address, name="unlock_address"),
]
