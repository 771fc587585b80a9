"""Anyone's published annual report, read: form, cells with their places, what stays undecided, text. No Django.

`reading` reads; what it gives is in `report`, which the desks know without loading a reader for every kind of file.
"""
