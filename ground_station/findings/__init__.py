"""Findings from the aircraft, and the incidents they are merged into."""
