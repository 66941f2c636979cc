"""Languages: the list of them, the translated sentences, and how dates are written in each."""
