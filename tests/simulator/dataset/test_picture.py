"""Rendered pictures with their labels."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.dataset.labelling import LEAST_PX
from simulator.dataset.options import DatasetOptions
from simulator.dataset.picture import SUPERSAMPLING, render_example
from simulator.world.painters.register import AUXILIARY

OPTIONS = DatasetOptions(size_px=160, seed=7)


def test_pictures_and_labels_depend_on_the_seed_alone() -> None:
    """The same number of the same seed gives the same picture; another seed another."""
    first, second = render_example(OPTIONS, 3), render_example(OPTIONS, 3)
    assert np.array_equal(first.picture, second.picture)
    assert first.labels == second.labels
    assert not np.array_equal(first.picture, render_example(replace(OPTIONS, seed=8), 3).picture)


def test_labels_lie_inside_and_most_pictures_have_some() -> None:
    """Every box lies in its picture and has an area; passers' are as large as can be recognised; most pictures have boxes."""
    examples = [render_example(OPTIONS, index) for index in range(20)]
    for example in examples:
        assert example.picture.shape == (160, 160, 3)
        for label in example.labels:
            box, key = label.box, OPTIONS.class_keys[label.class_index]
            assert 0 <= box.x_min < box.x_max <= 160
            assert 0 <= box.y_min < box.y_max <= 160
            assert max(box.x_max - box.x_min, box.y_max - box.y_min) >= LEAST_PX.get(key, 0) / SUPERSAMPLING - 1e-6
    assert 12 <= sum(bool(example.labels) for example in examples) <= 20


def test_clutter_alone_has_no_matter_in_it() -> None:
    """With no matters wanted, whatever is labelled is a person or a vehicle."""
    options = replace(OPTIONS, empty_share=1.0, clutter=(2, 4))
    found = {OPTIONS.class_keys[label.class_index] for index in range(12) for label in render_example(options, index).labels}
    assert found <= set(AUXILIARY)


@pytest.mark.parametrize(("gsd", "seen"), [(0.04, True), (0.30, False)])
def test_people_are_labelled_where_they_can_be_told(gsd: float, seen: bool) -> None:
    """At 4 cm a pixel a person is a dozen pixels and labelled, at 30 cm two pixels and not."""
    options = replace(OPTIONS, gsd_m=(gsd, gsd), passers=(6, 6), clutter=(0, 0), empty_share=1.0)
    keys = [options.class_keys[label.class_index] for index in range(6) for label in render_example(options, index).labels]
    assert ("person" in keys) == seen
