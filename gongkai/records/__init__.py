"""What all desks share: the entry book, moves, measures and ledgers. Knows no desk."""
