"""Participants on the wire that stand in for the real world: district, aircraft, camera; and the demonstration."""
