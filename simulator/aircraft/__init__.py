"""The built-in aircraft: a MAVLink vehicle over UDP that behaves towards its clients as PX4 v1.17 does."""
