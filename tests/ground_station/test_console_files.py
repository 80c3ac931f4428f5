"""Serving the console's files."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.responses import FileResponse, HTMLResponse

from ground_station.console_files import content_security_policy, install_console
from missions.errors import NotFound


def page(dist: Path, path: str):
    app = FastAPI()
    install_console(app, dist)
    return app.router.routes[-1].endpoint(path)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "dist" / "assets").mkdir(parents=True)
    (tmp_path / "dist" / "index.html").write_text("index")
    (tmp_path / "dist" / "assets" / "app-1.js").write_text("js")
    (tmp_path / "secret").write_text("secret")
    return tmp_path / "dist"


def test_files_and_the_page_for_everything_else(dist: Path) -> None:
    """A file is itself, and lasts if its name has a hash; any other path is the console's page, never cached."""
    asset = page(dist, "assets/app-1.js")
    assert Path(asset.path).name == "app-1.js"
    assert "immutable" in asset.headers["cache-control"]
    for path in ("", "work-orders/7"):
        index = page(dist, path)
        assert isinstance(index, FileResponse)
        assert Path(index.path).name == "index.html"
        assert index.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["../secret", "assets/../../secret", "/etc/passwd"])
def test_nothing_outside_is_served(dist: Path, path: str) -> None:
    """Paths that lead out of the folder are the console's page."""
    assert Path(page(dist, path).path).name == "index.html"


@pytest.mark.parametrize("path", ["\x00", "assets/\x00.js", "a" * 300, "a/" * 3000])
def test_names_that_no_file_can_have_are_not_there(dist: Path, path: str) -> None:
    """NUL and endless names are 404, not a fault."""
    with pytest.raises(NotFound):
        page(dist, path)


def test_over_http(client_of) -> None:
    """The same for anybody who asks: 404 as a problem; HEAD has the headers of GET and no body."""
    nobody = client_of(None)
    for path in ("/%00", f"/{'a' * 300}", f"/{'a/' * 3000}"):
        assert nobody.get(path).status_code == 404
    get, head = nobody.get("/"), nobody.head("/")
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["content-length"] == get.headers["content-length"]
    assert nobody.head("/%00").status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_unknown_api_paths_are_not_the_console(client_of, method: str) -> None:
    """A program that mistypes a path gets a 404 problem by every method, not a web page; a wrong method on a path is 405."""
    client = client_of()
    for path in ("/api/nothing", "/api/nothing/x", "/api"):
        answer = client.request(method, path)
        assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert client.put("/api/users").status_code == 405
    assert client_of(None).get("/apiary").status_code != 404


def test_without_a_build_the_page_says_so(tmp_path: Path) -> None:
    """It names the command that builds the console."""
    answer = page(tmp_path / "none", "")
    assert isinstance(answer, HTMLResponse)
    assert b"make console" in answer.body


def test_the_tile_server_is_let_in_by_its_origin_alone() -> None:
    """Scheme and host, without path and placeholders; without tiles nothing but this origin."""
    policy = content_security_policy("https://tiles.example:8443/w/{z}/{x}/{y}.png?tk=1")
    assert "img-src 'self' data: blob: https://tiles.example:8443;" in policy
    assert "http" not in content_security_policy(None)
