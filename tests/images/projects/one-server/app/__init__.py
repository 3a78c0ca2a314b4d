"""Notes, in four processes."""
