"""Photos, videos and logs as real drones leave them, of a simulated world, with the truth beside them."""
