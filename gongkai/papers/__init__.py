"""Documents in and out: one neutral Paper, and a writer and a reader for each format. No Django."""
