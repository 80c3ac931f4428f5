import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from edge_agent.cli import app
from edge_agent.config import AgentSettings, example_toml, load_settings
from missions.errors import InvalidInput

MINIMAL = '[identity]\ndistrict_id = "zhonglou"\ndrone_id = "d1"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "agent.toml"
    path.write_text(text)
    return path


def test_the_identity_is_enough(tmp_path: Path) -> None:
    """Everything but who the aircraft is has a default."""
    settings = load_settings(written(tmp_path, MINIMAL))
    assert (settings.identity.drone_id, settings.broker.port, settings.camera.frame_time) == ("d1", 1883, "stream")


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable replaces the file's value and leaves its neighbours."""
    monkeypatch.setenv("ONEFLIGHT_AGENT__BROKER__PORT", "2000")
    settings = load_settings(written(tmp_path, MINIMAL + '[broker]\nport = 1900\nhost = "ground"\n'))
    assert (settings.broker.port, settings.broker.host) == (2000, "ground")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (MINIMAL + "[broker]\nprot = 1\n", "broker.prot"),
        (MINIMAL + "[broker]\nport = 70000\n", "broker.port"),
        (MINIMAL + "[colour]\n", "colour"),
        ("[identity]\ndrone_id = 'd1'\n", "identity.district_id"),
        ("[identity\n", "line 1"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, text: str, where: str) -> None:
    """An unknown key, a value out of bounds, a missing key or broken TOML is refused with file and key."""
    with pytest.raises(InvalidInput) as caught:
        load_settings(written(tmp_path, text))
    assert where in str(caught.value)
    assert "agent.toml" in str(caught.value)


def test_the_example_has_every_key(tmp_path: Path) -> None:
    """`agent config-example` prints a file that is valid once the identity is filled in, and names every key."""
    printed = CliRunner().invoke(app, ["config-example"]).output
    assert printed == example_toml()
    filled = printed.replace('district_id = ""', 'district_id = "z"').replace('drone_id = ""', 'drone_id = "d"')
    assert load_settings(written(tmp_path, filled)).identity.drone_id == "d"
    uncommented = "\n".join(line.removeprefix("# ") if " = " in line else line for line in filled.splitlines())
    named = tomllib.loads(uncommented)
    for section, field in AgentSettings.model_fields.items():
        assert field.annotation is not None
        assert set(named[section]) == set(field.annotation.model_fields)
