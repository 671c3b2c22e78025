"""What students import: checks, data, training loops, plots and widgets of the Gradus course."""

__version__ = "0.1.0"
