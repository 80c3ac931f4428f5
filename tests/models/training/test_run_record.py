"""What is kept of a training run."""

import json
from datetime import UTC, datetime
from pathlib import Path

from models.checking.data_report import DataReport
from models.training.run_record import RUN_FILE, TrainingRun, software
from models.training.settings import TrainingSettings

AT = datetime(2026, 11, 25, 4, tzinfo=UTC)


def test_each_epoch_and_the_end_are_kept(tmp_path: Path) -> None:
    """The record can be read after every epoch, and says at the end which weights came of the run."""
    run = TrainingRun(
        command="oneflight model train",
        settings=TrainingSettings(data=Path("d"), out=tmp_path, epochs=2),
        data=DataReport(data="d", splits={}, troubles=()),
        initial_sha256=None,
        software=software(),
        started_at=AT,
    ).with_epoch({"box_loss": 1.5}, 60.0)
    run.write(tmp_path)
    stored = json.loads((tmp_path / RUN_FILE).read_text())
    assert stored["epochs"] == [{"losses": {"box_loss": 1.5}, "took_s": 60.0}]
    assert stored["weights_sha256"] is None
    run.ended(AT, "a" * 64).write(tmp_path)
    assert TrainingRun.model_validate_json((tmp_path / RUN_FILE).read_text()).weights_sha256 == "a" * 64
    assert [path.name for path in tmp_path.iterdir()] == [RUN_FILE]


def test_software_is_named_with_versions() -> None:
    """Python and the packages that are there."""
    assert {"python", "numpy", "oneflight"} <= set(software())
