"""Fees about applications: payments and waivers."""
