"""Every address of the product, grouped by room."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import Http404
from django.urls import include, path
from django.views.defaults import page_not_found

from agreements.views import (
    agreeing,
    clients,
    crisis_lines,
    home,
    kept,
    log,
    own,
    practice_run,
    preparing,
    previewing,
    proving,
    raising,
    recalls,
    room,
    sessions,
    signing,
    stopping,
    taking,
    terms,
    together,
    turn,
)

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Between Sessions"

handler500 = "agreements.views.errors.server_error"

ROOM = [
    path("", room.room, name="room"),
    path("prepare/", preparing.prepare, name="prepare"),
    path("start/", room.start, name="start"),
    path("heading/", room.head_for, name="head_for"),
    path("box/", room.box, name="box"),
    path("about-me/", room.about_me, name="about_me"),
    path("privacy/", room.privacy, name="privacy"),
    path("channel/", room.channel, name="channel"),
    path("turn/", turn.turn, name="turn"),
    path("turn/<slug:key>/", turn.save, name="save"),
    path("together/<slug:key>/", together.ask, name="together"),
    path("together/<slug:key>/both/", together.both, name="both"),
    path("own/", own.own, name="own"),
    path("own/<slug:key>/", own.own_answer, name="own_answer"),
    path("seen/", terms.seen, name="seen"),
    path("talk/<slug:key>/", terms.talk, name="talk"),
    path("change/<slug:key>/", terms.change, name="change"),
    path("hard/", agreeing.hard, name="hard"),
    path("how/", agreeing.how, name="how"),
    path("fits/<slug:key>/", agreeing.fits, name="fits"),
    path("what-if/", agreeing.what_if, name="what_if"),
    path("read/", agreeing.read, name="read"),
    path("looked/", agreeing.looked, name="looked"),
    path("why/<slug:key>/", agreeing.why, name="why"),
    path("short/", agreeing.short, name="short"),
    path("sign/<slug:role>/", signing.sign, name="sign"),
    path("kept/", kept.kept, name="kept"),
    path("kept/again/", kept.try_again, name="try_again"),
    path("pause/", room.pause, name="pause"),
    path("draft-to-take-home.pdf", taking.take_home, name="take_home"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("find/", home.find, name="find"),
    path("names/", home.show_names, name="show_names"),
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    path("verify/", proving.verify, name="verify"),
    path("v/<slug:code>", proving.by_code, name="by_code"),
    path("clients/new/", clients.new, name="client_new"),
    path("clients/<uuid:client_id>/", clients.client, name="client"),
    path("clients/<uuid:client_id>/change/", clients.change, name="client_change"),
    path("clients/<uuid:client_id>/start/", clients.start, name="client_start"),
    path("clients/<uuid:client_id>/begin/", clients.begin, name="begin"),
    path("clients/<uuid:client_id>/wording/", clients.wording, name="wording"),
    path("clients/<uuid:client_id>/log/", log.log, name="log"),
    path("clients/<uuid:client_id>/numbers/<uuid:recall_id>/", recalls.recall, name="recall"),
    path("clients/<uuid:client_id>/numbers/<uuid:recall_id>/told/", recalls.told, name="recall_told"),
    path("clients/<uuid:client_id>/numbers/<uuid:recall_id>/page.pdf", recalls.page_and_card, name="recall_page"),
    path("usual/", preparing.usual, name="usual"),
    path("usual/<slug:family>/", preparing.usual, name="usual_of"),
    path("crisis-lines/", crisis_lines.crisis_lines, name="crisis_lines"),
    path("crisis-lines/<uuid:resource_id>/checked/", crisis_lines.checked, name="line_checked"),
    path("library/<uuid:edition_id>/preview/", previewing.preview, name="edition_preview"),
    path("library/<uuid:edition_id>/preview/<slug:name>/", previewing.screen, name="edition_screen"),
    path("library/<uuid:edition_id>/sample-<slug:paper>.pdf", previewing.sample_pdf, name="edition_sample"),
    path("room/<uuid:draft_id>/", include(ROOM)),
    path("practice-run/", practice_run.begin, name="practice_run"),
    path("practice-run/end/", practice_run.end, name="practice_run_end"),
    path("practice-run/paper.pdf", practice_run.paper, name="practice_run_paper"),
    path("session/", sessions.back, name="session_back"),
    path("session/leave/", sessions.leave, name="session_leave"),
    path("session/lock/", sessions.lock, name="session_lock"),
    path("session/here/", sessions.here, name="session_here"),
    path("session/unlock/", sessions.unlock, name="session_unlock"),
    path("agreements/<uuid:agreement_id>/look/", raising.raise_texting, name="raise"),
    path("agreements/<uuid:agreement_id>/stop/", stopping.stop, name="stop"),
    path("documents/<uuid:document_id>/copy/", kept.copy, name="copy"),
    path("documents/<uuid:document_id>/picture/", kept.picture, name="picture"),
    path("documents/<uuid:document_id>/review.ics", kept.review_ics, name="review_ics"),
    path("documents/<uuid:document_id>/<slug:name>.pdf", kept.document, name="document"),
    path("account/email/", page_not_found, {"exception": Http404()}),  # the library's page writes on GET
    path("account/", include("allauth.account.urls")),
    path("account/second-step/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]
