"""The HTML pages for people, one module for each kind of page."""
