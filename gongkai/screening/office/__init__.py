"""Word, Excel and PowerPoint files: what they say, what they hide, and how they are written anew."""
