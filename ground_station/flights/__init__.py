"""Flights: planned, dispatched, commanded, and followed by the events that come back."""
