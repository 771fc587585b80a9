"""What holds of the demonstration."""
