"""Every thing the detector knows: its painter, its usual size, and what it needs under it."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.world.brush import Brush
from simulator.world.painters import nature, structures, traffic, waste, water
from simulator.world.siting import ANYWHERE_DRY, LAND, STREET, WATER_OR_LAND, Cover

Paint = Callable[[Brush], None]


@dataclass(frozen=True, slots=True)
class Painter:
    """`size_m` is the usual length; one thing is up to a quarter larger or smaller. `setting` is painted under it.

    `sites` is what it may stand on. What has a roof of its own (a rooftop addition) stands on open land with it.
    """

    paint: Paint
    size_m: float
    setting: Paint | None = None
    sites: frozenset[Cover] = LAND

    @property
    def afloat(self) -> bool:
        """Whether the setting is water, which is not needed where the ground is water already."""
        return self.setting is water.water_patch


_WATER, _ROAD = water.water_patch, traffic.road_patch

PAINTERS: dict[str, Painter] = {
    "blue_steel_shed": Painter(structures.blue_steel_shed, 14),
    "rooftop_addition": Painter(structures.rooftop_addition, 16),
    "scaffold": Painter(structures.scaffold, 15),
    "garbage_pile": Painter(waste.garbage_pile, 7, sites=STREET),
    "overflowing_bin": Painter(waste.overflowing_bin, 6.5, sites=STREET),
    "construction_debris": Painter(waste.construction_debris, 9),
    "street_stall": Painter(structures.street_stall, 6, sites=STREET),
    "illegal_billboard": Painter(structures.illegal_billboard, 9, sites=STREET),
    "dead_trees": Painter(nature.dead_trees, 11),
    "damaged_green": Painter(nature.damaged_green, 12),
    "floating_debris": Painter(water.floating_debris, 9, _WATER, sites=WATER_OR_LAND),
    "algae_bloom": Painter(water.algae_bloom, 18, _WATER, sites=WATER_OR_LAND),
    "discoloured_outfall": Painter(water.discoloured_outfall, 14, _WATER, sites=WATER_OR_LAND),
    "bank_encroachment": Painter(water.bank_encroachment, 13, _WATER, sites=WATER_OR_LAND),
    "fishing_net": Painter(water.fishing_net, 13, _WATER, sites=WATER_OR_LAND),
    "moored_boat": Painter(water.moored_boat, 11, _WATER, sites=WATER_OR_LAND),
    "smoke_plume": Painter(nature.smoke_plume, 24, sites=ANYWHERE_DRY),
    "open_fire": Painter(nature.open_fire, 7, nature.dark_smoke, sites=STREET),
    "burn_scar": Painter(nature.burn_scar, 15),
    "bare_soil": Painter(nature.bare_soil, 17),
    "uncovered_truck": Painter(traffic.uncovered_truck, 9, _ROAD, sites=STREET),
    "crane": Painter(structures.crane, 34, sites=ANYWHERE_DRY),
    "soil_excavation": Painter(nature.soil_excavation, 17),
    "hardened_ground": Painter(nature.hardened_ground, 17),
    "road_damage": Painter(traffic.road_damage, 6, _ROAD, sites=STREET),
    "road_flooding": Painter(traffic.road_flooding, 14, _ROAD, sites=STREET),
    "congestion": Painter(traffic.congestion, 26, _ROAD, sites=STREET),
    "hazardous_storage": Painter(structures.hazardous_storage, 10),
    "tank_leak": Painter(structures.tank_leak, 16),
    "blocked_fire_lane": Painter(traffic.blocked_fire_lane, 13, sites=STREET),
    "rooftop_clutter": Painter(structures.rooftop_clutter, 15),
    "crowd": Painter(traffic.crowd, 15, sites=STREET),
    "person_in_water": Painter(water.person_in_water, 6, _WATER, sites=WATER_OR_LAND),
}
"""Detector class key -> painter, in the order of the shipped catalogue's categories."""
