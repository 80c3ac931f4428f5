"""A district as files that its staff can edit: loading, checking and the shipped example."""

from missions.catalog.loading import SHIPPED, check, load

__all__ = ["SHIPPED", "check", "load"]
