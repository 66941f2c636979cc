"""The files of pictures in the two stores. `Journal` has the promise."""
