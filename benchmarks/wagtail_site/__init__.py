"""A site of annual reports in Wagtail, to be measured against. Runs in a virtual environment of its own."""
