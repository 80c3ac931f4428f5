"""Everything that stands on the ground: its painter, its usual size, and what it needs under it."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.world.brush import Brush
from simulator.world.painters import (
    nature,
    orderly_buildings,
    orderly_land,
    orderly_streets,
    orderly_waters,
    passers,
    structures,
    traffic,
    waste,
    water,
)
from simulator.world.siting import ANYWHERE_DRY, LAND, STREET, WATER_OR_LAND, Cover

Paint = Callable[[Brush], None]


@dataclass(frozen=True, slots=True)
class Painter:
    """`size_m` is the usual length; one thing is up to a quarter larger or smaller. `setting` is painted under it.

    `sites` is what it may stand on. What has a roof of its own (a rooftop addition) stands on open land with it. `seen_as` is
    the detector's class for what is no class by itself (a bus is a vehicle).
    """

    paint: Paint
    size_m: float
    setting: Paint | None = None
    sites: frozenset[Cover] = LAND
    seen_as: str | None = None

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

AUXILIARY = ("person", "vehicle")
"""Classes that are found only to be masked."""

_PERSON, _VEHICLE = AUXILIARY

PASSERS: dict[str, Painter] = {
    "person": Painter(passers.person, 0.8, sites=STREET, seen_as=_PERSON),
    "car": Painter(passers.private_car, 4.5, sites=STREET, seen_as=_VEHICLE),
    "van": Painter(passers.van, 5.4, sites=STREET, seen_as=_VEHICLE),
    "bus": Painter(passers.bus, 11, sites=STREET, seen_as=_VEHICLE),
    "lorry": Painter(passers.lorry, 8.5, sites=STREET, seen_as=_VEHICLE),
    "motorbike": Painter(passers.motorbike, 2.0, sites=STREET, seen_as=_VEHICLE),
}
"""People and vehicles by themselves."""

CLUTTER: dict[str, Painter] = {
    "permitted_scaffold": Painter(orderly_buildings.permitted_scaffold, 15),
    "plain_shed": Painter(orderly_buildings.plain_shed, 14),
    "greenhouses": Painter(orderly_buildings.greenhouses, 15),
    "solar_roof": Painter(orderly_buildings.solar_roof, 15),
    "plant_roof": Painter(orderly_buildings.plant_roof, 15),
    "shop_awnings": Painter(orderly_buildings.shop_awnings, 10, sites=STREET),
    "road_sign": Painter(orderly_buildings.road_sign, 8, sites=STREET),
    "pylon": Painter(orderly_buildings.pylon, 26, sites=ANYWHERE_DRY),
    "sound_tank": Painter(orderly_buildings.sound_tank, 15),
    "steam_stack": Painter(orderly_buildings.steam_stack, 16),
    "netted_heap": Painter(orderly_land.netted_heap, 14),
    "material_stacks": Painter(orderly_land.material_stacks, 10),
    "pipe_stacks": Painter(orderly_land.pipe_stacks, 9),
    "playing_field": Painter(orderly_land.playing_field, 20),
    "ploughed_field": Painter(orderly_land.ploughed_field, 18),
    "mulch_film": Painter(orderly_land.mulch_film, 16),
    "autumn_trees": Painter(orderly_land.autumn_trees, 11),
    "flower_beds": Painter(orderly_land.flower_beds, 13),
    "paved_square": Painter(orderly_land.paved_square, 16),
    "allotment": Painter(orderly_land.allotment, 13),
    "wet_shade": Painter(orderly_land.wet_shade, 12, sites=STREET),
    "tidy_bins": Painter(orderly_streets.tidy_bins, 6.5, sites=STREET),
    "covered_truck": Painter(orderly_streets.covered_truck, 9, _ROAD, sites=STREET, seen_as=_VEHICLE),
    "flowing_traffic": Painter(orderly_streets.flowing_traffic, 26, _ROAD, sites=STREET),
    "free_fire_lane": Painter(orderly_streets.free_fire_lane, 13, sites=STREET),
    "mended_asphalt": Painter(orderly_streets.mended_asphalt, 6, _ROAD, sites=STREET),
    "wet_asphalt": Painter(orderly_streets.wet_asphalt, 13, _ROAD, sites=STREET),
    "marina": Painter(orderly_waters.marina, 16, _WATER, sites=WATER_OR_LAND),
    "water_lilies": Painter(orderly_waters.water_lilies, 13, _WATER, sites=WATER_OR_LAND),
    "sun_glint": Painter(orderly_waters.sun_glint, 11, _WATER, sites=WATER_OR_LAND),
    "reed_bed": Painter(orderly_waters.reed_bed, 11, _WATER, sites=WATER_OR_LAND),
    "buoys": Painter(orderly_waters.buoys, 9, _WATER, sites=WATER_OR_LAND),
    "clear_outfall": Painter(orderly_waters.clear_outfall, 13, _WATER, sites=WATER_OR_LAND),
}
"""What resembles a matter and is none."""

BYSTANDERS = {**PASSERS, **CLUTTER}
"""What stands about and is nothing to report."""

EVERYTHING = {**PAINTERS, **BYSTANDERS}
