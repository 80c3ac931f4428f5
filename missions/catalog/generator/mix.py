"""How many routes there are of which kind, and for which categories: the generator's only table.

Each row serves its categories in one flight; the first is the one it is laid out for. Counts follow how often the categories
are flown (the daily and thrice-weekly ones have most routes) and how much of their ground the district has.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from missions.catalog.generator.terrain import Ground

Layout = Literal["waterway", "road", "block", "orbit", "stops_waterway", "stops_road", "stops_ground"]


@dataclass(frozen=True)
class Row:
    """`count` routes of one layout; `ground` where the layout asks for a kind of land; `title` names them."""

    count: int
    layout: Layout
    title: str
    categories: tuple[str, ...]
    ground: tuple[Ground, ...] = ()


MIX: tuple[Row, ...] = (
    Row(26, "waterway", "水域巡查", ("water_quality", "river_bank")),
    Row(10, "waterway", "水域保洁巡查", ("water_quality", "river_bank", "sanitation")),
    Row(8, "waterway", "滨水绿化巡查", ("water_quality", "river_bank", "greenery")),
    Row(8, "waterway", "岸线巡查", ("river_bank", "illegal_construction")),
    Row(6, "waterway", "河道综合巡查", ("water_quality", "river_bank", "illegal_construction", "sanitation")),
    Row(20, "road", "道路综合巡查", ("road_traffic", "street_order", "sanitation")),
    Row(14, "road", "道路保洁巡查", ("road_traffic", "sanitation")),
    Row(10, "road", "道路巡查", ("road_traffic",)),
    Row(8, "road", "道路绿化巡查", ("road_traffic", "greenery", "sanitation")),
    Row(10, "road", "街面巡查", ("street_order", "sanitation")),
    Row(16, "block", "违建消防巡查", ("illegal_construction", "fire_hazard"), ("city",)),
    Row(16, "block", "环卫违建巡查", ("sanitation", "illegal_construction"), ("city",)),
    Row(10, "block", "街区综合巡查", ("sanitation", "street_order", "fire_hazard"), ("city",)),
    Row(8, "block", "小区综合巡查", ("illegal_construction", "sanitation", "fire_hazard", "greenery"), ("city",)),
    Row(12, "block", "工地巡查", ("construction_site", "sanitation"), ("city", "works")),
    Row(8, "block", "建设用地巡查", ("construction_site", "illegal_construction", "land_use"), ("city", "works")),
    Row(8, "block", "公园绿地巡查", ("greenery",), ("city",)),
    Row(14, "block", "厂区安全巡查", ("industrial_safety", "fire_hazard"), ("works",)),
    Row(8, "block", "园区综合巡查", ("industrial_safety", "illegal_construction", "fire_hazard"), ("works",)),
    Row(4, "block", "在建厂区巡查", ("construction_site", "industrial_safety"), ("works",)),
    Row(20, "block", "农田巡查", ("open_burning", "land_use"), ("farmland",)),
    Row(8, "block", "农田综合巡查", ("open_burning", "land_use", "illegal_construction"), ("farmland",)),
    Row(6, "block", "秸秆禁烧巡查", ("open_burning",), ("farmland",)),
    Row(4, "block", "耕地巡查", ("land_use", "illegal_construction"), ("farmland",)),
    Row(14, "orbit", "工地环绕", ("construction_site",), ("city", "works")),
    Row(8, "orbit", "储罐环绕", ("industrial_safety",), ("works",)),
    Row(6, "orbit", "厂房环绕", ("industrial_safety", "fire_hazard"), ("works",)),
    Row(8, "stops_waterway", "排口巡查", ("water_quality",)),
    Row(12, "stops_road", "垃圾点位巡查", ("sanitation", "street_order")),
    Row(6, "stops_ground", "公共活动保障", ("public_gathering",), ("city",)),
    Row(6, "stops_ground", "消防重点单位巡查", ("fire_hazard",), ("city", "works")),
    Row(5, "stops_ground", "烟火瞭望", ("open_burning",), ("farmland",)),
)

NEAR_DOCK: dict[Ground, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "city": (("illegal_construction", "sanitation", "fire_hazard"), ("construction_site", "greenery")),
    "works": (("industrial_safety", "fire_hazard", "illegal_construction"), ("construction_site", "sanitation")),
    "farmland": (("open_burning", "land_use"), ("illegal_construction", "sanitation")),
}
"""What the two small areas by a dock are for, by the ground it stands on."""

NEAR_DOCK_WATERWAY = ("water_quality", "river_bank", "sanitation")
NEAR_DOCK_ROAD = ("road_traffic", "street_order", "sanitation")

BURNING_SEASON = (date(2026, 9, 15), date(2027, 6, 30))
"""Autumn harvest to summer harvest: routes for nothing but burning are valid only then."""
