"""What a worker loads before its first job: studies with the engine and NumPy, and the scripts' templates."""

import app.session.warm
import app.studies  # noqa: F401
from app.export import source


def warm() -> None:
    """Have the templates read."""
    source.warm()
