"""The one way a reader says that it cannot read a file; the same as that of the containers it opens."""

from gongkai.containers.unreadable import Unreadable

__all__ = ["Unreadable"]
