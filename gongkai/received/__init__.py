"""Reports of any organ received as files: kept with their findings, which are waived, asked about and answered."""
