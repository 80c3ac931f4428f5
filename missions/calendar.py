"""When in the day, the week and the year something is wanted."""

from datetime import date, time
from typing import Annotated

from pydantic import Field, model_validator

from missions.noun import StrictNoun


class TimeWindow(StrictNoun):
    """A stretch of the day, in the district's time, on some days of the week (0 is Monday; none named: every day)."""

    begins: time
    ends: time
    weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> "TimeWindow":
        if self.ends <= self.begins:
            raise ValueError("ends lies before begins")
        return self

    @property
    def length_min(self) -> float:
        """Minutes from its begin to its end."""
        return (_seconds(self.ends) - _seconds(self.begins)) / 60

    def is_open_on(self, day: date) -> bool:
        """Whether the window is of that day."""
        return not self.weekdays or day.weekday() in self.weekdays


class Season(StrictNoun):
    """Part of the year, both days included, as (month, day); it may reach over New Year."""

    begins: tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=31)]]
    ends: tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=31)]]

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies in the season."""
        today = (day.month, day.day)
        if self.begins <= self.ends:
            return self.begins <= today <= self.ends
        return today >= self.begins or today <= self.ends


def _seconds(at: time) -> float:
    return at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6
