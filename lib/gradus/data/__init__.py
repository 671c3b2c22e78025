"""The course's data: Fashion-MNIST and the TREC questions, or stand-ins that say that they are stand-ins."""

from gradus.data.checks import check_images
from gradus.data.fashion import CLASS_NAMES, Fashion, RawFashion, fashion_mnist, raw_fashion, torchvision_fashion
from gradus.data.operators import import_torchvision
from gradus.data.trec_questions import TREC_CLASSES, Trec, TrecFiles, trec, trec_files

__all__ = [
    "CLASS_NAMES",
    "TREC_CLASSES",
    "Fashion",
    "RawFashion",
    "Trec",
    "TrecFiles",
    "check_images",
    "fashion_mnist",
    "import_torchvision",
    "raw_fashion",
    "torchvision_fashion",
    "trec",
    "trec_files",
]
