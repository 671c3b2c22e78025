"""A small class that has submitted: a right answer, a mistake, nothing, and a broken file."""

from __future__ import annotations

from classroom import Classroom

CLASS = ("ada", "bob", "cyd", "dan")


def fill_class(room: Classroom) -> Classroom:
    """ada is right, bob forgets the sign, cyd has written nothing, dan's file was cut off; bob was late."""
    room.submit("ada", room.reference, timestamp__txt="2030-01-01 10:00:00 UTC")
    room.submit("bob", room.from_corpus("wrong/lost_sign"), timestamp__txt="2030-01-02 10:00:00 UTC")
    room.submit("cyd", room.blank)
    room.submit("dan", '{"cells": [')
    return room
