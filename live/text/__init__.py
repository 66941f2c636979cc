"""Text as text: what is counted as one word, what is alike, what a person should look at. Knows no room."""
