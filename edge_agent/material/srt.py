"""Subtitles of drone videos (.SRT): each maker's and model's notation read into entries. Any text may be given; nothing raises
but a file without entries.

Known notations, from files of the models named (JuanIrache/DJI_SRT_Parser, samples): `[latitude: x] [longitude: y]`, also
`[latitude : x] [longtitude : y]` (Mavic 2, Mini, Air, Mavic 3, Matrice); `GPS(x,y,16) BAROMETER:1.9` (Mavic Pro);
`GPS(x,y,0.0M) BAROMETER:0.3M` (Matrice 300); `GPS (x, y, 15), D 698.70m, H 85.80m, F.PRY (..), G.PRY (pitch, roll, yaw)`
(Phantom 4, Mavic Mini); `GPS(W: x, N: y, z)` (Autel).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from edge_agent.material.photo_tags import finite
from edge_agent.material.time_tags import parse_time
from missions.errors import FormatError

_SPAN = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})[,.](\d{1,3})\s*-->\s*(\d{1,3}):(\d{2}):(\d{2})[,.](\d{1,3})", re.ASCII)
_NUMBER = r"[-+]?\d{1,12}(?:\.\d{1,12})?"
_LABELLED = re.compile(rf"\b([A-Za-z_]+)\s*:\s*({_NUMBER})", re.ASCII)
_PAIR = re.compile(rf"\bGPS\s*\(\s*({_NUMBER})\s*,\s*({_NUMBER})\s*(?:,\s*([^)\n]{{0,20}}))?\)", re.ASCII)
_LETTERED = re.compile(rf"\bGPS\s*\(\s*([NSEW])\s*:\s*({_NUMBER})\s*,\s*([NSEW])\s*:\s*({_NUMBER})", re.ASCII)
_HOME = re.compile(rf"\bHOME\s*\(\s*({_NUMBER})\s*,\s*({_NUMBER})", re.ASCII)
_GIMBAL = re.compile(rf"\bG\.PRY\s*\(\s*({_NUMBER})°?\s*,\s*({_NUMBER})°?\s*,\s*({_NUMBER})", re.ASCII)
_HEIGHT = re.compile(rf"\bH\s+({_NUMBER})m", re.ASCII)
_BAROMETER = re.compile(rf"\b(?:BAROMETER|Hb)\s*:\s*({_NUMBER})", re.ASCII)
_FOCAL = re.compile(rf"\bfocal_len\s*:\s*({_NUMBER})", re.ASCII)
_ZOOM = re.compile(rf"\bdzoom_ratio\s*:\s*({_NUMBER})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers of a position as written. `kind`: "labelled" (the first is called latitude), "lettered" (its letter says
    so), "metres" (a third number follows with a capital M), "satellites" (a third follows without a point) or "bare".
    `decimals` are the fewer of both.
    """

    first: float
    second: float
    kind: str
    decimals: int


@dataclass(frozen=True, slots=True)
class SrtEntry:
    """One subtitle. `start_s` and `end_s` on the video's clock; `at` of the camera's clock, whose zone is not told."""

    start_s: float
    end_s: float
    at: datetime | None = None
    position: Pair | None = None
    home: Pair | None = None
    relative_altitude_m: float | None = None
    altitude_m: float | None = None
    unnamed_altitude_m: float | None = None
    yaw_deg: float | None = None
    pitch_deg: float | None = None
    roll_deg: float | None = None
    equivalent_mm: float | None = None
    zoom: float = 1.0


def read_srt(source: str, content: bytes) -> list[SrtEntry]:
    """The entries in order of time; raises FormatError where there is none."""
    text = content.decode("utf-8-sig", "replace")
    entries = sorted(_entries(text), key=lambda entry: entry.start_s)
    if not entries:
        raise FormatError(source, "", "holds no subtitle with its times (00:00:01,000 --> 00:00:02,000)")
    return entries


def _entries(text: str) -> Iterator[SrtEntry]:
    spans = list(_SPAN.finditer(text))
    ends = [span.start() for span in spans[1:]] + [len(text)] * bool(spans)
    for span, end in zip(spans, ends, strict=True):
        yield _entry(span, text[span.end() : end])


def _entry(span: re.Match[str], body: str) -> SrtEntry:
    named = {name.lower(): float(number) for name, number in _LABELLED.findall(body)}
    pitch, roll, yaw = _gimbal(body, named)
    relative = named.get("rel_alt", _first(_HEIGHT, body))
    return SrtEntry(
        start_s=_seconds(span.groups()[:4]),
        end_s=_seconds(span.groups()[4:]),
        at=parse_time(body),
        position=_position(body),
        home=_pair(_HOME.search(body), "bare"),
        relative_altitude_m=_first(_BAROMETER, body) if relative is None else relative,
        altitude_m=named.get("abs_alt"),
        unnamed_altitude_m=named.get("altitude"),
        yaw_deg=yaw,
        pitch_deg=pitch,
        roll_deg=roll,
        equivalent_mm=_tenths(_FOCAL.search(body), 10.0),
        zoom=_tenths(_ZOOM.search(body), 10_000.0) or 1.0,
    )


def _seconds(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(f"{fraction:0<3}") / 1000


def _position(body: str) -> Pair | None:
    lettered = _LETTERED.search(body)
    if lettered is not None:
        return _lettered(lettered)
    pair = _PAIR.search(body)
    if pair is not None:
        return _pair(pair, _kind((pair[3] or "").strip()))
    written = {name.lower(): number for name, number in _LABELLED.findall(body)}
    lat, lon = written.get("latitude"), written.get("longitude", written.get("longtitude"))
    if lat is None or lon is None:
        return None
    return Pair(float(lat), float(lon), "labelled", min(_decimals(lat), _decimals(lon)))


def _kind(third: str) -> str:
    if third.endswith("M"):
        return "metres"
    return "satellites" if third.isdecimal() or third == "n/a" else "bare"


def _pair(match: re.Match[str] | None, kind: str) -> Pair | None:
    if match is None:
        return None
    return Pair(float(match[1]), float(match[2]), kind, min(_decimals(match[1]), _decimals(match[2])))


def _lettered(match: re.Match[str]) -> Pair | None:
    """As latitude and longitude; None where the letters are not one of each kind."""
    signed = {
        letter: float(number) * (-1 if letter in "SW" else 1) for letter, number in ((match[1], match[2]), (match[3], match[4]))
    }
    north = next((signed[letter] for letter in "NS" if letter in signed), None)
    east = next((signed[letter] for letter in "EW" if letter in signed), None)
    if north is None or east is None:
        return None
    return Pair(north, east, "lettered", min(_decimals(match[2]), _decimals(match[4])))


def _gimbal(body: str, named: dict[str, float]) -> tuple[float | None, float | None, float | None]:
    """Pitch, roll, yaw against the earth."""
    match = _GIMBAL.search(body)
    if match is not None:
        return float(match[1]), float(match[2]), float(match[3])
    return named.get("gb_pitch"), named.get("gb_roll"), named.get("gb_yaw")


def _first(pattern: re.Pattern[str], body: str) -> float | None:
    match = pattern.search(body)
    return finite(match[1]) if match is not None else None


def _tenths(match: re.Match[str] | None, divisor: float) -> float | None:
    """A number that older models write without a point, as so many parts of one: `focal_len: 240` is 24.0 mm."""
    if match is None:
        return None
    value = float(match[1]) if "." in match[1] else float(match[1]) / divisor
    return value if value > 0 else None


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])
