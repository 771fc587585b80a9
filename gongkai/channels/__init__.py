"""The carriers of disclosure: columns, periodicals, gazettes, press conferences, broadcast, reading places, visits."""
