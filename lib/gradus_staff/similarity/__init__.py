"""Similar submissions: what two students share that was neither given nor written by many. It proves nothing."""

from gradus_staff.similarity.page import write_page
from gradus_staff.similarity.pairs import Comparison, Pair, compare_all
from gradus_staff.similarity.reading import read_class, set_aside

__all__ = ["Comparison", "Pair", "compare_all", "read_class", "set_aside", "write_page"]
