"""The views: what phone, screen and console are shown of a room. Each is whole, small, and only what it may see."""
