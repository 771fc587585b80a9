"""Accounts: passwords, failed tries and locks, second factors, sessions, and the first start of an installation."""
