"""The accuracy that people state in a camera file, in place of what the aircraft's class would have."""

from dataclasses import replace

from edge_agent.material.given import Given
from edge_agent.placement.accuracy import AIRCRAFT_CLASSES
from edge_agent.shot import PoseAccuracy, Sourced


def class_of(given: Given, known: str = "consumer") -> Sourced[PoseAccuracy]:
    """Of the aircraft's class: as the camera file states it, else as it is known."""
    stated = given.camera.accuracy.aircraft if given.camera is not None else None
    return AIRCRAFT_CLASSES[stated or known]


def with_stated(accuracy: Sourced[PoseAccuracy], given: Given) -> Sourced[PoseAccuracy]:
    """With the values of the camera file, where it states some."""
    if given.camera is None:
        return accuracy
    stated = given.camera.accuracy.model_dump(exclude_none=True, exclude={"aircraft"})
    if not stated:
        return accuracy
    return Sourced(replace(accuracy.value, **stated), f"{accuracy.source}; camera file {given.camera.name}")
