"""The district's routes: from the catalogue, and imported."""
