"""One object on the ground, with every sighting of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from edge_agent.following import Watch, new_track
from edge_agent.track import Sighting, Track


@dataclass(frozen=True, slots=True)
class Member:
    """A sighting, and the number of its picture."""

    picture: int
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class Thing:
    """All sightings of one object in the order of their pictures, and the sums over them."""

    members: tuple[Member, ...]
    track: Track

    @classmethod
    def of(cls, members: Sequence[Member], watch: Watch) -> "Thing":
        """Of at least one sighting."""
        in_order = sorted(members, key=lambda member: member.picture)
        track = new_track(watch, in_order[0].sighting)
        for member in in_order:
            track = track.seen(member.sighting, None)
        return cls(tuple(in_order), track)

    @property
    def pictures(self) -> frozenset[int]:
        """The pictures it was seen on."""
        return frozenset(member.picture for member in self.members)

    @property
    def best(self) -> Member:
        """The sighting, of the class that the object is taken for, that shows it best."""
        of_class = [one for one in self.members if one.sighting.detection.class_key == self.track.class_key]
        return max(of_class, key=lambda member: member.sighting.quality)
