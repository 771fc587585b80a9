"""The law as data and arithmetic: a book of TOML pages and the small body of pure Python that reads it. No Django."""
