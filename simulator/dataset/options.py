"""What a data set shall hold."""

from dataclasses import dataclass

from missions.errors import InvalidInput
from simulator.world.painters.register import AUXILIARY, PAINTERS
from simulator.world.strip import Strip

SPLITS = ("train", "val", "test")

_GOLDEN = (5**0.5 - 1) / 2
"""Its multiples, less their whole parts, fill the interval from 0 to 1 as evenly as any sequence does."""


@dataclass(frozen=True, slots=True)
class DatasetOptions:
    """`gsd_m` is the metres of ground a network pixel covers, from and to; `oblique_share` of the pictures look aslant.

    `matters`, `clutter` and `passers` are the fewest and the most of each that are looked for room for in a picture: things to
    find, things that resemble them and are nothing to report, people and vehicles. `empty_share` of the pictures hold none to
    find (1: clutter alone). `waters` and `roads` run through every piece of ground; `line_share` of the pictures are taken
    beside one of them. `val_share` and `test_share` of the pictures go into these splits.
    """

    size_px: int = 320
    seed: int = 1
    gsd_m: tuple[float, float] = (0.10, 0.30)
    class_keys: tuple[str, ...] = (*PAINTERS, *AUXILIARY)
    oblique_share: float = 0.2
    matters: tuple[int, int] = (3, 7)
    clutter: tuple[int, int] = (0, 3)
    passers: tuple[int, int] = (0, 5)
    empty_share: float = 0.1
    waters: tuple[Strip, ...] = ()
    roads: tuple[Strip, ...] = ()
    line_share: float = 0.6
    val_share: float = 0.1
    test_share: float = 0.1

    def __post_init__(self) -> None:
        unknown = [key for key in self.class_keys if key not in (*PAINTERS, *AUXILIARY)]
        if unknown:
            raise InvalidInput("data set", "classes", f"nobody can paint {', '.join(unknown)}")
        for name in ("gsd_m", "matters", "clutter", "passers"):
            low, high = getattr(self, name)
            if low > high:
                raise InvalidInput("data set", name, f"from {low:g} to {high:g}: the first is above the second")
        if self.val_share + self.test_share > 1:
            raise InvalidInput("data set", "splits", "the shares for val and test are more than the whole")

    @property
    def matter_keys(self) -> tuple[str, ...]:
        """The classes that are matters, and not found only to be masked."""
        return tuple(key for key in self.class_keys if key in PAINTERS)

    def split_of(self, index: int) -> str:
        """`train`, `val` or `test`: which of them picture number `index` belongs to, spread evenly."""
        place = index * _GOLDEN % 1
        if place < self.val_share:
            return "val"
        return "test" if place < self.val_share + self.test_share else "train"
