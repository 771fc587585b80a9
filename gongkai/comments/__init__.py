"""What the public says of a published report: comments, their moderation, and the answers given in public."""
