"""The demonstration bureau: ledgers rebuilt from published totals, and invented later years; labelled as such everywhere."""
