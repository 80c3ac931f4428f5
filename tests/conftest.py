"""How property tests run everywhere: repeatably, and without deadlines, since machines are shared.

`HYPOTHESIS_PROFILE=explore` looks for new examples instead of the same ones each time.
"""

import os

from hypothesis import settings

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
