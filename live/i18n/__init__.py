"""The languages people read: which there are, their sentences, and how they write dates."""
