"""The drones: whether they are heard, what they tell of themselves, and where they are."""
