"""Settings for every test."""

import os

from hypothesis import HealthCheck, settings

# what is said is compared in English, whatever language the machine speaks
os.environ["LC_ALL"] = "C.UTF-8"

# The same examples in every run: a run that fails says the same thing again. The profile "explore"
# (make test-long) looks for new ones.
settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# what `make quick` has time for
settings.register_profile("quick", settings.get_profile("suite"), max_examples=5)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("suite")
