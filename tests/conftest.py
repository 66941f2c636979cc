"""
For every test: no example of hypothesis fails for being slow, since the machine may be busy with others. They are the
same each time, so that a change is judged by itself; `make soak` looks further, and elsewhere each time.
"""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("house")
