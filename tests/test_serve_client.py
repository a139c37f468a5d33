"""The client against a real server, coding over the API, and what the OpenAPI document promises."""

from __future__ import annotations

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

import brink
from brink import coding, pipeline
from brink.errors import ApiError, FetchError
from brink.export.records import to_record
from serve_places import days_of_the_withdrawal, server

DOCUMENT = server().get("/api/v1/openapi.json").json()
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
SCHEMA.config.update(base_url=server().address)


def test_the_client_gives_what_the_pages_show() -> None:
    client = brink.Client(server().address)
    rows = list(client.happenings(actor="RUS"))
    assert rows and client.happening(rows[0]["id"])["sentence"] == rows[0]["sentence"]
    assert [h["id"] for h in client.ledger(actor="RUS")] == [r["id"] for r in rows]
    assert client.report("u035")["record"]["report"]["id"] == "u035"
    assert len(list(client.reports())) == client.crisis()["totals"]["reports"]
    assert client.search("withdrawal")["reports"] and client.health()["counts"]["reports"]
    assert client.pair("UKR", "RUS")["names"] == ["RUS", "UKR"] and client.actor("RUS")["label"] == "Russia"
    assert client.promises()["groups"] and client.sources()["outlets"] and list(client.actors())


def test_the_client_replays_and_uses_again_what_has_not_changed() -> None:
    client = brink.Client(server().address, as_of="2022-02-15")
    assert client.crisis()["as_of"] == "2022-02-15" and client.crisis() == client.crisis()
    assert len(client._held) == 1


def test_the_client_tells_what_is_wrong_in_one_sentence() -> None:
    with pytest.raises(ApiError, match="nothing at this address") as told:
        brink.Client(server().address).happening("nothing")
    assert (told.value.status, told.value.code) == (404, "not_found")
    with pytest.raises(FetchError):
        brink.Client("http://127.0.0.1:9").health()


def test_a_report_sent_in_is_coded_as_any_other() -> None:
    report = days_of_the_withdrawal()[3]
    sent = {"id": report.id, "outlet": str(report.outlet), "title": str(report.title)}
    found = brink.Client(server().address).code(report.text, published=str(report.published_at), **sent)
    assert found == to_record(pipeline.annotate_one(report, coding.load_register(None)))


@pytest.mark.parametrize(
    ("text", "code"), [(" \n", "empty"), ("Der Minister sagte am Montag, dass die Truppen abziehen. " * 9, "language")]
)
def test_what_is_no_report_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(ApiError) as told:
        brink.Client(server().address).code(text)
    assert (told.value.status, told.value.code) == (422, code)


def test_the_document_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1") and all(p.startswith("/api/v1/") for p in DOCUMENT["paths"])
    jsonschema.Draft202012Validator.check_schema(DOCUMENT["components"]["schemas"]["Failure"])


@SCHEMA.exclude(method="POST").exclude(path="/api/v1/stream").parametrize()
@settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_what_its_document_promises(case: schemathesis.Case) -> None:
    # A day after the ledger's own, or a cursor that no list gave, fits the document and is refused all the same.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
