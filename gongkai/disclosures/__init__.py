"""Information proactively disclosed (主动公开), as a register of what was made, published, placed and delivered."""
