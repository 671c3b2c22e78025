"""Pictures that a student can drive: each explorer computes in the browser and stays alive without a kernel."""

from gradus.widgets.conv import ConvExplorer
from gradus.widgets.threshold import SoftThresholdExplorer

__all__ = ["ConvExplorer", "SoftThresholdExplorer"]
