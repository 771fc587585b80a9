"""Every act tried by every role in every state, and every page opened with rows of another organ."""
