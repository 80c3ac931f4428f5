"""From routes to plans: waypoints, energy, limits, MAVLink items."""
