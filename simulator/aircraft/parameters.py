"""The autopilot's parameters: PX4's names, types and defaults (v1.17, multicopter, SITL), and PX4's encoding on the wire."""

import struct
from collections.abc import Iterator, Mapping

from missions.errors import InvalidInput

INT32, REAL32 = 6, 9
"""MAV_PARAM_TYPE_INT32 and MAV_PARAM_TYPE_REAL32, the only two that PX4 has."""

DEFAULTS: dict[str, int | float] = {
    "BAT_CRIT_THR": 0.07,
    "BAT_EMERGEN_THR": 0.05,
    "BAT_LOW_THR": 0.15,
    "COM_ARM_BAT_MIN": -1.0,
    "COM_DISARM_LAND": 2.0,
    "COM_DISARM_PRFLT": 10.0,
    "COM_DL_LOSS_T": 10,
    "COM_LOW_BAT_ACT": 3,
    "COM_OBL_RC_ACT": 0,
    "COM_RCL_EXCEPT": 0,
    "COM_RC_IN_MODE": 1,
    "COM_SPOOLUP_TIME": 1.0,
    "GF_ACTION": 2,
    "GF_MAX_HOR_DIST": 0.0,
    "GF_MAX_VER_DIST": 0.0,
    "GF_PREDICT": 0,
    "GF_SOURCE": 0,
    "MAV_SYS_ID": 1,
    "MAV_TYPE": 2,
    "MIS_DIST_1WP": 10000.0,
    "MIS_TAKEOFF_ALT": 2.5,
    "MIS_TKO_LAND_REQ": 0,
    "MIS_YAW_ERR": 12.0,
    "MIS_YAW_TMT": -1.0,
    "MNT_MODE_IN": 4,
    "MNT_MODE_OUT": 2,
    "MPC_ACC_HOR": 3.0,
    "MPC_LAND_ALT1": 10.0,
    "MPC_LAND_ALT2": 5.0,
    "MPC_LAND_SPEED": 0.7,
    "MPC_TKO_SPEED": 1.5,
    "MPC_XY_CRUISE": 5.0,
    "MPC_XY_P": 0.95,
    "MPC_XY_VEL_MAX": 12.0,
    "MPC_YAWRAUTO_MAX": 60.0,
    "MPC_Z_P": 1.0,
    "MPC_Z_VEL_MAX_DN": 1.5,
    "MPC_Z_VEL_MAX_UP": 3.0,
    "MPC_Z_V_AUTO_DN": 1.5,
    "MPC_Z_V_AUTO_UP": 3.0,
    "NAV_ACC_RAD": 2.0,
    "NAV_DLL_ACT": 0,
    "NAV_MC_ALT_RAD": 0.8,
    "NAV_RCL_ACT": 2,
    "RTL_CONE_ANG": 45,
    "RTL_DESCEND_ALT": 10.0,
    "RTL_LAND_DELAY": 0.0,
    "RTL_MIN_DIST": 10.0,
    "RTL_RETURN_ALT": 30.0,
    "RTL_TYPE": 0,
    "SDLOG_BACKEND": 0,
    "SYS_AUTOSTART": 10040,
    "TRIG_MODE": 4,
}
"""Name -> default. An int is INT32 on the wire, a float REAL32."""


class Parameters(Mapping[str, float]):
    """The parameters' present values, in alphabetical order."""

    def __init__(self, overrides: Mapping[str, float] | None = None) -> None:
        self._values: dict[str, int | float] = dict(sorted(DEFAULTS.items()))
        for name, value in (overrides or {}).items():
            self.set(name, value)

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def set(self, name: str, value: float) -> None:
        """Sets one, keeping its type. Raises InvalidInput where there is no such parameter or the value is no number."""
        if name not in self._values:
            raise InvalidInput("parameter", name, "this autopilot has no such parameter")
        if value != value or value in (float("inf"), float("-inf")):
            raise InvalidInput("parameter", name, f"{value} is no finite number")
        self._values[name] = round(value) if self.type_of(name) == INT32 else float(value)

    def type_of(self, name: str) -> int:
        """INT32 or REAL32."""
        return INT32 if isinstance(DEFAULTS[name], int) else REAL32

    def names(self) -> list[str]:
        """All names; a parameter's index on the wire is its place here."""
        return list(self._values)


def encode(value: float, kind: int) -> float:
    """The float whose four bytes carry the value (MAV_PROTOCOL_CAPABILITY_PARAM_ENCODE_BYTEWISE)."""
    if kind == REAL32:
        return value
    packed: float = struct.unpack("<f", struct.pack("<i", int(value)))[0]
    return packed


def decode(field: float, kind: int) -> float:
    """The value that the float's four bytes carry. Raises InvalidInput for a type that PX4 does not have."""
    if kind == REAL32:
        return field
    if kind != INT32:
        raise InvalidInput("PARAM_SET", "param_type", f"{kind} is neither INT32 (6) nor REAL32 (9)")
    unpacked: int = struct.unpack("<i", struct.pack("<f", field))[0]
    return unpacked
