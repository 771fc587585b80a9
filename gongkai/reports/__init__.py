"""The annual report: compile, check, draw, publish; read a report back from its document."""
