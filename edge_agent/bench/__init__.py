"""Measures perception: its speed and memory on a video, and its places and false findings on footage whose truth is known."""
