"""MAVLink 2, common dialect: the one place that names the library. Messages stay the library's own classes."""

from typing import Any, TypeAlias

from pymavlink.dialects.v20 import common as mavlink

Message: TypeAlias = Any
"""One decoded MAVLink message (`mavlink.MAVLink_message`; the library is untyped)."""

AUTOPILOT = 1
"""Component id of the autopilot (MAV_COMP_ID_AUTOPILOT1)."""

__all__ = ["AUTOPILOT", "Message", "mavlink"]
