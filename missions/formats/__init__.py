"""Exchange formats, one file each; `reading` picks the one a file is in."""
