"""Every thing the detector knows: its painter, its usual size, and what it needs under it."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.world.brush import Brush
from simulator.world.painters import nature, structures, traffic, waste, water

Paint = Callable[[Brush], None]


@dataclass(frozen=True, slots=True)
class Painter:
    """`size_m` is the usual length; one thing is up to a quarter larger or smaller. `setting` is painted under it."""

    paint: Paint
    size_m: float
    setting: Paint | None = None

    @property
    def afloat(self) -> bool:
        """Whether the setting is water, which is not needed where the ground is water already."""
        return self.setting is water.water_patch


_WATER, _ROAD = water.water_patch, traffic.road_patch

PAINTERS: dict[str, Painter] = {
    "blue_steel_shed": Painter(structures.blue_steel_shed, 14),
    "rooftop_addition": Painter(structures.rooftop_addition, 16),
    "scaffold": Painter(structures.scaffold, 15),
    "garbage_pile": Painter(waste.garbage_pile, 7),
    "overflowing_bin": Painter(waste.overflowing_bin, 6.5),
    "construction_debris": Painter(waste.construction_debris, 9),
    "street_stall": Painter(structures.street_stall, 6),
    "illegal_billboard": Painter(structures.illegal_billboard, 9),
    "dead_trees": Painter(nature.dead_trees, 11),
    "damaged_green": Painter(nature.damaged_green, 12),
    "floating_debris": Painter(water.floating_debris, 9, _WATER),
    "algae_bloom": Painter(water.algae_bloom, 18, _WATER),
    "discoloured_outfall": Painter(water.discoloured_outfall, 14, _WATER),
    "bank_encroachment": Painter(water.bank_encroachment, 13, _WATER),
    "fishing_net": Painter(water.fishing_net, 13, _WATER),
    "moored_boat": Painter(water.moored_boat, 11, _WATER),
    "smoke_plume": Painter(nature.smoke_plume, 24),
    "open_fire": Painter(nature.open_fire, 7, nature.dark_smoke),
    "burn_scar": Painter(nature.burn_scar, 15),
    "bare_soil": Painter(nature.bare_soil, 17),
    "uncovered_truck": Painter(traffic.uncovered_truck, 9, _ROAD),
    "crane": Painter(structures.crane, 34),
    "soil_excavation": Painter(nature.soil_excavation, 17),
    "hardened_ground": Painter(nature.hardened_ground, 17),
    "road_damage": Painter(traffic.road_damage, 6, _ROAD),
    "road_flooding": Painter(traffic.road_flooding, 14, _ROAD),
    "congestion": Painter(traffic.congestion, 26, _ROAD),
    "hazardous_storage": Painter(structures.hazardous_storage, 10),
    "tank_leak": Painter(structures.tank_leak, 16),
    "blocked_fire_lane": Painter(traffic.blocked_fire_lane, 13),
    "rooftop_clutter": Painter(structures.rooftop_clutter, 15),
    "crowd": Painter(traffic.crowd, 15),
    "person_in_water": Painter(water.person_in_water, 6, _WATER),
}
"""Detector class key -> painter, in the order of the shipped catalogue's categories."""
