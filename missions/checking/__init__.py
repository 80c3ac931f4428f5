"""The independent check of a day's schedule: what gates every plan. It shares no code with what makes the plans."""

from missions.checking.checker import check_schedule
from missions.checking.violation import Rule, Violation

__all__ = ["Rule", "Violation", "check_schedule"]
