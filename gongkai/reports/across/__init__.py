"""Published figures across organs and years: a list narrowed, one figure over time, one year over all organs."""
