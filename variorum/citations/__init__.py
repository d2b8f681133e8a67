"""The bibliography and the citations of it."""
