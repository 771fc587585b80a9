"""The staff door: sign-in, registers, the list behind a number."""
