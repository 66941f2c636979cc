"""What each face is shown of a room: whole, small, and never more than that face may see."""
