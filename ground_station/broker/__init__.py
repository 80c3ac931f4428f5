"""The MQTT broker of a station: Mosquitto where it is installed, else an embedded one, with the same accounts and rules."""
