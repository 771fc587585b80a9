"""The pages of the staff door: each view reads the request, calls one query or action, and answers with a page."""
