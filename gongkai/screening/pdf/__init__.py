"""PDF files: glyph by glyph what is seen and what is not, and a new file without it."""
