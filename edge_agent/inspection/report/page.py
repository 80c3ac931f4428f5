"""The page itself: what the template is filled with. Everything is escaped there."""

import base64
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from edge_agent.inspection.report.ground_plan import ground_plan
from edge_agent.inspection.report.words import FATES, area_words, ink_on, time_words, why_words
from edge_agent.inspection.result import Fate, Found, Result, Shortfall
from missions.district import Category, Department, DetectorClass
from missions.finding import Finding
from missions.geometry import PixelBox

MOST_ROWS = 500
"""More rows of what was left out are counted, and stand in left_out.csv."""


@dataclass(frozen=True, slots=True)
class Crop:
    """The evidence's part of its picture, in the picture's pixels, and where in it the object is."""

    width: float
    height: float
    box: PixelBox | None

    @classmethod
    def of(cls, finding: Finding) -> "Crop":
        """A square where the evidence does not say what it shows."""
        window, box = finding.evidence_crop, finding.best_frame_box
        if window is None:
            return cls(1, 1, None)
        inside = PixelBox(
            x_min=box.x_min - window.x_min,
            y_min=box.y_min - window.y_min,
            x_max=box.x_max - window.x_min,
            y_max=box.y_max - window.y_min,
        )
        return cls(window.x_max - window.x_min, window.y_max - window.y_min, inside)


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as the page shows it."""

    found: Found
    named: DetectorClass
    category: Category
    department: Department
    picture: str
    threshold: float

    @property
    def frame(self) -> Crop:
        """Where the object is on its evidence."""
        return Crop.of(self.found.finding)

    @property
    def finding(self) -> Finding:
        """The finding itself."""
        return self.found.finding


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings of a class, and how many of them wait for a person."""

    named: DetectorClass
    category: Category
    department: Department
    findings: int
    to_review: int


def report_html(result: Result, jpegs: Sequence[bytes], made_at: datetime) -> str:
    """The whole page; `jpegs` are the evidence of `result.found`, in its order."""
    cards = [_card(result, found, jpeg) for found, jpeg in zip(result.found, jpegs, strict=True)]
    shortfalls = result.shortfalls()
    return _template().render(
        result=result,
        cards=cards,
        counts=_counts(result),
        plan=ground_plan(result),
        shortfalls=shortfalls[:MOST_ROWS],
        more_shortfalls=max(len(shortfalls) - MOST_ROWS, 0),
        taken=_span(result),
        made_at=made_at,
        fates=FATES,
        number_of={fate.name: len(result.of_fate(fate)) for fate in Fate},
        seen_on=lambda shortfall: _seen_on(shortfall, result),
        style=_part("page.css"),
        script=_part("page.js"),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("edge_agent.inspection", "report"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"area": area_words, "time": time_words, "why": why_words, "ink": ink_on}
    return environment.get_template("page.html.j2")


def _part(name: str) -> Markup:
    """A file of ours, as it is."""
    return Markup((files("edge_agent.inspection") / "report" / name).read_text(encoding="utf-8"))  # noqa: S704 - our own file


def _card(result: Result, found: Found, jpeg: bytes) -> Card:
    key, district = found.finding.class_key, result.district
    category, named = district.category_of_class[key], district.detector_classes[key]
    threshold = max(named.review_below, found.finding.review_below or 0.0)
    picture = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
    return Card(found, named, category, district.department(category.department_id), picture, threshold)


def _counts(result: Result) -> list[Count]:
    """By class, in the order of the findings: by department."""
    keys = Counter(found.finding.class_key for found in result.found)
    waiting = Counter(found.finding.class_key for found in result.found if found.needs_review)
    district = result.district
    return [
        Count(
            named=district.detector_classes[key],
            category=district.category_of_class[key],
            department=district.department(district.category_of_class[key].department_id),
            findings=number,
            to_review=waiting[key],
        )
        for key, number in keys.items()
    ]


def _span(result: Result) -> tuple[datetime, datetime] | None:
    """When the first and the last picture were taken."""
    times = [picture.at for picture in result.pictures if picture.at is not None]
    return (min(times), max(times)) if times else None


def _seen_on(shortfall: Shortfall, result: Result) -> str:
    """What the network saw on pictures that gave no finding, in words."""
    counts = Counter(detection.class_key for detection in shortfall.detections)
    return "、".join(f"{result.district.detector_classes[key].name_zh} × {number}" for key, number in counts.most_common())
