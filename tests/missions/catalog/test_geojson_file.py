"""Whatever stands in a GeoJSON file, the check answers with errors, never with a crash."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missions.catalog import check

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**400), 10**400) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def paths(value, here=()):
    """The path of every value inside a JSON value."""
    yield here
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in children:
        yield from paths(inner, (*here, key))


def replaced(value, path, new):
    """A copy with the value at `path` replaced."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("file", ["routes.geojson", "airspace.geojson", "outline.geojson", "sub_districts.geojson"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_anywhere(spoilt, file, data):
    """One value of the file replaced by any JSON value gives a list of errors, or none where it still makes sense."""
    path = spoilt.directory / file
    before = path.read_text(encoding="utf-8")
    whole = json.loads(before)
    spot = data.draw(st.sampled_from(list(paths(whole))))
    path.write_text(json.dumps(replaced(whole, spot, data.draw(json_values))), encoding="utf-8")
    try:
        errors = check(spoilt.directory)
    finally:
        path.write_text(before, encoding="utf-8")
    assert all(error.source and error.cause for error in errors)
