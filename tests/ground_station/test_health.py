"""The health check."""

from sqlalchemy.exc import OperationalError


def test_health_is_told_to_anybody(client_of) -> None:
    """200 without signing in, and nothing told but that all is well."""
    answer = client_of(None).get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_database_that_does_not_answer_is_told(client_of, station, monkeypatch) -> None:
    """503, without the database's own words."""

    def fail() -> None:
        raise OperationalError("SELECT 1", {}, Exception("secret host is down"))

    monkeypatch.setattr(station.database, "connection", fail)
    answer = client_of(None).get("/healthz")
    assert (answer.status_code, answer.json()["detail"]) == (503, "the database does not answer")
    assert "secret" not in answer.text
