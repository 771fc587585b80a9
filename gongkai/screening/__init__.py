"""What must not get out: personal data, secrecy marks, hidden data in texts and files; and copies without them."""
