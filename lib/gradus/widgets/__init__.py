"""Pictures that a student can drive: each explorer computes in the browser and stays alive without a kernel."""

from gradus.widgets.conv import ConvExplorer
from gradus.widgets.graph import GraphStepper
from gradus.widgets.learning_rate import LearningRateExplorer
from gradus.widgets.receptive import ReceptiveFieldExplorer
from gradus.widgets.smoothness import SmoothnessExplorer
from gradus.widgets.threshold import SoftThresholdExplorer

__all__ = [
    "ConvExplorer",
    "GraphStepper",
    "LearningRateExplorer",
    "ReceptiveFieldExplorer",
    "SmoothnessExplorer",
    "SoftThresholdExplorer",
]
