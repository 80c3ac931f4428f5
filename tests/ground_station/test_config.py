"""Settings: read from a file, overridden by the environment, refused where they are wrong."""

from pathlib import Path

import pytest

from ground_station.config import GroundSettings, example, load_settings
from missions.errors import InvalidInput


def test_the_example_is_valid_and_says_the_defaults(tmp_path: Path) -> None:
    """The generated file, read back, gives the defaults, with paths at its folder."""
    path = tmp_path / "ground.toml"
    path.write_text(example(), encoding="utf-8")
    settings = load_settings(path)
    assert settings.fleet == GroundSettings().fleet
    assert settings.storage.evidence_directory == tmp_path / "data" / "evidence"
    assert settings.broker_server.folder == tmp_path / "broker"
    assert settings.database.url == f"sqlite:///{tmp_path}/data/ground.sqlite3"


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One key from the environment, the section's other keys from the file."""
    path = tmp_path / "ground.toml"
    path.write_text('[http]\nport = 9000\nhost = "127.0.0.2"\n')
    monkeypatch.setenv("ONEFLIGHT_GROUND__HTTP__PORT", "9001")
    settings = load_settings(path)
    assert (settings.http.port, settings.http.host) == (9001, "127.0.0.2")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[http]\nprot = 1\n", "http.prot"),
        ("[http]\nport = 70000\n", "http.port"),
        ("[htpt]\nport = 1\n", "htpt"),
        ('log_level = "LOUD"\n', "log_level"),
        ("[http\n", "line 1"),
        ("[fleet]\nstale_after_s = 0\n", "fleet.stale_after_s"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, text: str, where: str) -> None:
    """The file, and the key or line, stand in the error."""
    path = tmp_path / "ground.toml"
    path.write_text(text)
    with pytest.raises(InvalidInput) as refusal:
        load_settings(path)
    assert str(path) in str(refusal.value)
    assert where in str(refusal.value)


def test_values_with_quotes_survive(tmp_path: Path) -> None:
    """A folder with a quote and Chinese characters in its name is written and read back."""
    path = tmp_path / "ground.toml"
    path.write_text(example({"catalog.directory": Path("/srv/it's 钟楼")}), encoding="utf-8")
    assert load_settings(path).catalog.directory == Path("/srv/it's 钟楼")


def test_a_broker_that_lets_no_picture_pass_is_refused(tmp_path: Path) -> None:
    """Pictures larger than what the broker carries would vanish without a word: the two keys are named."""
    path = tmp_path / "ground.toml"
    path.write_text("[storage]\nmax_evidence_bytes = 3000000\n")
    with pytest.raises(InvalidInput, match=r"broker_server.max_payload_bytes must be above storage.max_evidence_bytes"):
        load_settings(path)
