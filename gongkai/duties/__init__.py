"""Duties of disclosure (目录责任): what a department must disclose, how often, by when; and tasks made of them."""
