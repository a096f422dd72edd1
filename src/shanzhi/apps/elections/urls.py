"""Addresses of the elections room."""

from django.urls import path

from shanzhi.apps.elections.views import (
    board,
    candidates,
    election,
    mandates,
    objections,
    outcome,
    prints,
    roll,
    sheets,
)

app_name = "elections"
urlpatterns = [
    path("", board.board, name="board"),
    path("renewals/", board.renewal_list, name="renewals"),
    path("renewals/new/", board.renewal_new, name="renewal_new"),
    path("renewals/<str:key>/villages/", board.renewal_villages, name="renewal_villages"),
    path("<str:key>/", election.overview, name="election"),
    path("<str:key>/plan/", election.plan, name="plan"),
    path("<str:key>/day/", election.day, name="day"),
    path("<str:key>/attest/", election.attest, name="attest"),
    path("<str:key>/decide/", election.decide, name="decide"),
    path("<str:key>/roll/", roll.roll, name="roll"),
    path("<str:key>/roll/make/", roll.make, name="roll_make"),
    path("<str:key>/roll/post/", roll.post, name="roll_post"),
    path("<str:key>/roll/declare/", roll.declare, name="declare"),
    path("<str:key>/roll/declare/<int:pk>/take-back/", roll.take_back, name="take_back"),
    path("<str:key>/roll/correct/", roll.correct, name="correct"),
    path("<str:key>/roll/forget/", roll.forget, name="roll_forget"),
    path("<str:key>/objections/", objections.objections, name="objections"),
    path("<str:key>/objections/new/", objections.file, name="objection_new"),
    path("<str:key>/objections/<str:objection_key>/", objections.decide, name="objection_decide"),
    path("<str:key>/candidates/open/", roll.open_candidates, name="open_candidates"),
    path("<str:key>/candidates/", candidates.candidates, name="candidates"),
    path("<str:key>/candidates/new/", candidates.propose, name="propose"),
    path("<str:key>/candidates/post/", candidates.post_list, name="candidates_post"),
    path("<str:key>/candidates/<str:candidate_key>/facts/", candidates.facts, name="candidate_facts"),
    path("<str:key>/candidates/<str:candidate_key>/decide/", candidates.decide, name="candidate_decide"),
    path(
        "<str:key>/candidates/<str:candidate_key>/withdraw/", candidates.withdraw, name="candidate_withdraw"
    ),
    path("<str:key>/write-in/", candidates.write_in, name="write_in"),
    path("<str:key>/mandates/", mandates.mandates, name="mandates"),
    path("<str:key>/mandates/post/", mandates.post, name="mandates_post"),
    path("<str:key>/mandates/<str:mandate_key>/end/", mandates.end, name="mandate_end"),
    path("<str:key>/count/open/", sheets.open_count, name="open_count"),
    path("<str:key>/sheets/", sheets.sheets, name="sheets"),
    path("<str:key>/sheets/<str:kind>/<int:batch>/", sheets.enter, name="sheet"),
    path("<str:key>/sheets/<str:kind>/<int:batch>/settle/", sheets.settle, name="sheet_settle"),
    path("<str:key>/sheets/<str:kind>/<int:batch>/again/", sheets.again, name="sheet_again"),
    path("<str:key>/outcome/", outcome.outcome, name="outcome"),
    path("<str:key>/outcome/reckon/", outcome.reckon, name="reckon"),
    path("<str:key>/outcome/announce/", outcome.announce, name="announce"),
    path("<str:key>/print/<str:what>.pdf", prints.sheet, name="print"),
    path("<str:key>/slip/<str:line_key>.pdf", prints.slip, name="slip"),
]
