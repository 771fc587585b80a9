"""The pages of the public site, read through the desks' public windows only."""
