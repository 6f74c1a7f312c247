"""Settings of all tests."""

from hypothesis import settings

settings.register_profile("jalki", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("jalki")
