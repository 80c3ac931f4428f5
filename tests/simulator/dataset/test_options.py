"""What a data set shall hold."""

from collections import Counter

import pytest

from missions.errors import InvalidInput
from simulator.dataset.options import DatasetOptions


def test_a_class_that_nobody_can_paint_is_refused() -> None:
    """The error names it."""
    with pytest.raises(InvalidInput, match="unicorn"):
        DatasetOptions(class_keys=("unicorn",))


def test_ranges_run_upwards() -> None:
    """The error names the range that does not."""
    with pytest.raises(InvalidInput, match=r"gsd_m: from 0\.3 to 0\.1"):
        DatasetOptions(gsd_m=(0.3, 0.1))


def test_splits_hold_their_shares() -> None:
    """Of 1000 pictures 200 are for val and 100 for test, to one in a hundred, and any 50 in a row hold some of each."""
    options = DatasetOptions(val_share=0.2, test_share=0.1)
    splits = [options.split_of(index) for index in range(1000)]
    counts = Counter(splits)
    assert counts["val"] == pytest.approx(200, abs=10)
    assert counts["test"] == pytest.approx(100, abs=10)
    assert all(set(splits[start : start + 50]) == {"train", "val", "test"} for start in range(0, 950, 50))


def test_all_pictures_may_be_for_the_test() -> None:
    """A data set may be one split alone; more than the whole is refused."""
    assert {DatasetOptions(val_share=0, test_share=1).split_of(index) for index in range(100)} == {"test"}
    with pytest.raises(InvalidInput, match="more than the whole"):
        DatasetOptions(val_share=0.5, test_share=0.6)
