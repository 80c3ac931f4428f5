"""Work orders: opened for confirmed incidents, and followed to their closing."""
