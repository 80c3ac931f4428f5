"""The district as the simulated camera sees it: ground, planted matters, and frames of them."""
