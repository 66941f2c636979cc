"""Makes changes from the editor's form in the text of a workshop; the rest of the text stays as it was typed."""
