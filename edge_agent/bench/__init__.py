"""Measures perception: on footage whose truth is known."""
