"""The ePub."""
