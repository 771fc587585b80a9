"""What holds of the commands."""
