"""The demonstration bureau: ledgers rebuilt from published totals, and invented years; labelled so everywhere."""
