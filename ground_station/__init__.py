"""The ground station: dispatches, ingests, merges, follows to the end."""
