"""
Settings for every test. Hypothesis fails no example for being slow, since the machine may be busy. Its examples are the
same in each run, so that a failure comes from the change; `make soak` tries more and other examples each time.
"""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("house")
