"""Makes a representative set of routes from a few hand-drawn lines, the same for the same seed.

    python -m missions.catalog.generator --seed 1 --out DIR

reads the district's other files, lays routes along waterways and roads, over blocks and fields, round sites and through
lists of places (`mix`), adds short ones by each dock, keeps what one battery can fly (`board`), and writes routes.geojson.
"""

from missions.catalog.generator.generating import NOTE, generate

__all__ = ["NOTE", "generate"]
