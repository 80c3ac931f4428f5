"""Parameters and their encoding."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.errors import InvalidInput
from simulator.aircraft.parameters import INT32, REAL32, Parameters, decode, encode


@given(
    st.integers(-(2**31), 2**31 - 1).filter(
        lambda v: struct.unpack("<f", struct.pack("<i", v))[0] == struct.unpack("<f", struct.pack("<i", v))[0]
    )
)
def test_a_whole_number_travels_in_a_floats_bytes(value):
    """Byte by byte, as PX4 has it: what is encoded is decoded again, through the four bytes of the wire."""
    on_wire = struct.unpack("<f", struct.pack("<f", encode(value, INT32)))[0]
    assert decode(on_wire, INT32) == value


def test_a_real_number_travels_as_it_is():
    """No change."""
    assert decode(encode(12.5, REAL32), REAL32) == 12.5


def test_other_types_are_refused():
    """UINT8 (1) is not PX4's."""
    with pytest.raises(InvalidInput, match="param_type"):
        decode(1.0, 1)


def test_a_parameter_keeps_its_type():
    """An INT32 set to 3.0 is the whole number 3."""
    parameters = Parameters({"GF_ACTION": 3.0})
    assert parameters["GF_ACTION"] == 3
    assert isinstance(parameters["GF_ACTION"], int)


@pytest.mark.parametrize(("name", "value"), [("NO_SUCH", 1.0), ("GF_ACTION", float("nan")), ("MPC_XY_CRUISE", float("inf"))])
def test_what_cannot_be_set_is_named(name, value):
    """An unknown name or no finite number: refused, nothing is changed."""
    parameters = Parameters()
    before = dict(parameters)
    with pytest.raises(InvalidInput, match=name):
        parameters.set(name, value)
    assert dict(parameters) == before
