"""From pixels to places: rays, the ground they meet, the doubt about it, several views of one thing, a camera's own errors."""
