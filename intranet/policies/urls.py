"""Addresses of policies."""

from django.urls import path

from intranet.policies import views
from intranet.policies.acknowledging import views as acknowledging
from intranet.policies.citing import views as citing
from intranet.policies.disclosures import views as disclosures

app_name = "policies"
urlpatterns = [
    path("", views.index, name="index"),
    path("desk/", views.desk, name="desk"),
    path("starter/", views.starter, name="starter"),
    path("hint/", views.hint, name="hint"),
    path("reading/", acknowledging.reading, name="reading"),
    path("care/", citing.care, name="care"),
    path("care/citations/", citing.citations, name="citations"),
    path("care/citations/<int:number>/", citing.settle, name="settle"),
    path("care/rights/", acknowledging.rights, name="rights"),
    path("care/mandates/", disclosures.mandates, name="mandates"),
    path("care/mandates/<int:number>/end/", disclosures.end_mandate, name="end_mandate"),
    path("care/requirements/", disclosures.requirements, name="requirements"),
    path("care/requirements/<int:number>/end/", disclosures.end_requirement, name="end_requirement"),
    path("p/<slug:public_id>/", views.post, name="post"),
    path("<slug:slug>/", views.policy, name="policy"),
    path("<slug:slug>/read/", acknowledging.read_policy, name="read"),
    path("<slug:slug>/acknowledge/", acknowledging.acknowledge, name="acknowledge"),
    path("<slug:slug>/readers/", acknowledging.readers, name="readers"),
    path("<slug:slug>/readers.csv", acknowledging.readers_file, name="readers_file"),
    path("<slug:slug>/reviewed/", citing.reviewed, name="reviewed"),
]
