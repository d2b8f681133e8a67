"""The pictures in the pages, drawn from the registers and from data files."""
