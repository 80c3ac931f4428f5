"""The accuracy that people state in a camera file, in place of what the aircraft's class would have."""

from dataclasses import replace

from edge_agent.material.given import Given
from edge_agent.shot import PoseAccuracy, Sourced


def with_stated(accuracy: Sourced[PoseAccuracy], given: Given) -> Sourced[PoseAccuracy]:
    """With the values of the camera file, where it states some."""
    stated = given.camera.accuracy.model_dump(exclude_none=True) if given.camera is not None else {}
    if not stated or given.camera is None:
        return accuracy
    return Sourced(replace(accuracy.value, **stated), f"{accuracy.source}; camera file {given.camera.name}")
