"""The powers of an aircraft type, fitted to flights that were recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from missions.aircraft import AircraftType
from missions.errors import InvalidInput
from missions.geometry import Array
from missions.wind import Wind

LEAST_SAMPLES = 10


@dataclass(frozen=True, slots=True)
class FlightSample:
    """Some seconds of a flight: how long, the velocity over ground, the climb rate (down: negative), and the energy used."""

    duration_s: float
    east_mps: float
    north_mps: float
    climb_mps: float
    used_wh: float


@dataclass(frozen=True, slots=True)
class FittedPowers:
    """What fits best; `residual_w` is the root of the mean square by which power differs from it."""

    hover_w: float
    cruise_w: float
    climb_w: float
    residual_w: float
    samples: int


def fit_powers(aircraft: AircraftType, flights: Sequence[tuple[Wind, Sequence[FlightSample]]]) -> FittedPowers:
    """Least squares over all samples, each weighted by its time; speeds of the type stand. The wind's direction must be known.

    Power is hover + (cruise - hover) s² + (climb - hover) c, with s the share of cruise speed through the air and c that of
    the climb rate. Raises InvalidInput where the flights do not tell the three apart (no hover, no climb, no speed).
    """
    rows = [_row(aircraft, wind, sample) for wind, samples in flights for sample in samples]
    if len(rows) < LEAST_SAMPLES:
        raise InvalidInput("fit", "samples", f"there are {len(rows)}; at least {LEAST_SAMPLES} are needed")
    table = np.array(rows)
    weights = np.sqrt(table[:, 0])
    parts, power_w = table[:, 1:4], table[:, 4]
    found, _, rank, _ = np.linalg.lstsq(parts * weights[:, None], power_w * weights, rcond=1e-6)
    if rank < parts.shape[1]:
        raise InvalidInput("fit", "samples", "do not tell hovering, speed and climbing apart: fly some of each")
    off_w: Array = parts @ found - power_w
    residual_w = float(np.sqrt((off_w**2 * table[:, 0]).sum() / table[:, 0].sum()))
    hover_w, excess_w, climbing_w = (float(one) for one in found)
    return FittedPowers(hover_w, hover_w + excess_w, hover_w + climbing_w, residual_w, len(rows))


def _row(aircraft: AircraftType, wind: Wind, sample: FlightSample) -> tuple[float, float, float, float, float]:
    """Duration, what hover, cruise excess and climb count, and the power."""
    from_deg = 0.0 if wind.from_deg is None else wind.from_deg
    east = sample.east_mps + wind.speed_mps * np.sin(np.radians(from_deg))
    north = sample.north_mps + wind.speed_mps * np.cos(np.radians(from_deg))
    share = (east**2 + north**2) / aircraft.cruise_mps**2
    climb = max(sample.climb_mps, 0.0) / aircraft.climb_mps
    return sample.duration_s, 1.0, float(share), climb, sample.used_wh * 3600 / sample.duration_s
