"""What ``python -m variorum`` does."""
