"""What ground and aircraft say to each other over MQTT: topics, envelope and payloads."""
