"""Lists that are filled when a format is written."""
