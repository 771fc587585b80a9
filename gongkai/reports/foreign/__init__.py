"""Anyone's published annual report, read: its form, every cell with its place, what stays undecided, and its text. No Django."""
