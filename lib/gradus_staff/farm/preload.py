"""What workers on this machine share: imported once, by the process from which they are forked."""

import gradus_staff.quick_start  # isort: skip

import gc

import torch  # noqa: F401

import gradus_staff.execute
import gradus_staff.farm.worker
import gradus_staff.reading  # noqa: F401

gc.collect()
gc.freeze()  # the collector's marks would copy every page in every worker
