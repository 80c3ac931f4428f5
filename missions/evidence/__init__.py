"""Evidence that proves itself: a JPEG with a signed record of what it shows, and the check that tells true from altered."""
