"""Search: one port, embedded engines behind it. Knows no desk: a desk brings its shelf of documents."""
