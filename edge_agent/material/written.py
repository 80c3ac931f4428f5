"""Places and pixels as people write them on a command line: two numbers with a comma between."""

from edge_agent.material.given import AltitudeIs
from edge_agent.material.photo_tags import finite
from missions.errors import InvalidInput
from missions.geometry import GeoPoint


def read_pair(option: str, text: str) -> tuple[float, float]:
    """Two numbers; raises InvalidInput naming the option."""
    numbers = [finite(part) for part in text.split(",")]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        raise InvalidInput(option, text, "is not two numbers with a comma between")
    return numbers[0], numbers[1]


def read_place(option: str, text: str | None) -> GeoPoint | None:
    """Latitude and longitude; None where none is given. Raises InvalidInput naming the option."""
    if text is None:
        return None
    lat_deg, lon_deg = read_pair(option, text)
    if abs(lat_deg) > 90 or abs(lon_deg) > 180:
        raise InvalidInput(option, text, "is no place: latitude from -90 to 90, then longitude from -180 to 180")
    return GeoPoint(lat_deg=lat_deg, lon_deg=lon_deg)


def read_altitude_is(option: str, text: str | None) -> AltitudeIs | None:
    """`absolute` or `relative`; None where none is given. Raises InvalidInput naming the option."""
    if text is None:
        return None
    known = {str(one): one for one in AltitudeIs}
    if text not in known:
        raise InvalidInput(option, text, f"expected {' or '.join(known)}")
    return known[text]
