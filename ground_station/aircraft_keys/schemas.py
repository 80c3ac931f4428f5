"""What the key endpoints give."""

from missions.noun import Instant, Noun


class AircraftKeyOut(Noun):
    """A public key of an aircraft. What it signed counts once it is accepted; the first of an aircraft is by itself."""

    drone_id: str
    key_id: str
    public_key_pem: str
    first_seen_at: Instant
    accepted_at: Instant | None
    accepted_by: str | None
