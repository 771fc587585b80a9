"""Search, held against a plain scan."""
