"""What goes wrong in training, and what to try."""

from engine.insight.diagnosis.finding import Finding
from engine.insight.diagnosis.findings import diagnose
from engine.insight.diagnosis.fixes import Fix

__all__ = ["Finding", "Fix", "diagnose"]
