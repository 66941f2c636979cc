"""A form's changes to the text of a workshop: everything else in the text stays as it was typed."""
