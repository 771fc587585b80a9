"""Anyone's published annual report, read: form, cells with their places, what stays undecided, text. No Django."""

from gongkai.reports.foreign.reading import read_report, read_reports
from gongkai.reports.foreign.report import Heading, Previous, ReadCell, ReadReport, Undecided, Where

__all__ = ["Heading", "Previous", "ReadCell", "ReadReport", "Undecided", "Where", "read_report", "read_reports"]
