"""The models that find whom to mask: the detection model's own auxiliary classes, and the user's models of faces or plates."""

from collections.abc import Callable
from functools import cached_property

from edge_agent.config import Model as ModelSettings
from edge_agent.config import Privacy
from edge_agent.detector import detections_of
from edge_agent.evidence.masking import Finder
from edge_agent.ports import Image
from missions.finding import Detection
from models import registry
from models.runtime import RuntimeSettings

LEAST_CONFIDENCE = 0.1
"""The weakest hint on which something is masked: a mask too many costs little."""


class ModelFinder:
    """A model, all of whose `classes` are masked. It is a network of its own, as none may be shared between threads, and it
    is loaded when it is first needed: from inspection height it never is.
    """

    def __init__(self, load: Callable[[], registry.Model], classes: frozenset[str]) -> None:
        self._load = load
        self.classes = classes

    @cached_property
    def _network(self) -> registry.Model:
        return self._load()

    def find(self, picture: Image, cm_per_px: float | None) -> list[Detection]:
        """What is seen in the picture as it is, and, where its ground resolution is known, at the size the network knows."""
        network = self._network
        looks = [network.infer(picture)]
        if cm_per_px is not None:
            looks.append(network.infer(picture, cm_per_px / 100))
        return [one for boxes in looks for one in detections_of(boxes, network.class_keys, self.classes)]


def finders_of(model: ModelSettings, auxiliary: frozenset[str], privacy: Privacy) -> list[Finder]:
    """Everything that masks; `auxiliary` are the detection model's classes for it. Raises ModelError for a user's model that
    cannot be loaded, at once: it is not to be missed only when it is needed.
    """
    runtime = RuntimeSettings(threads=model.threads, min_score=LEAST_CONFIDENCE)
    reference = model.reference or registry.DEFAULT
    own: list[Finder] = [ModelFinder(lambda: registry.load(reference, runtime), auxiliary)] if auxiliary else []
    return [*own, *(_loaded(registry.load(name, runtime)) for name in privacy.models)]


def _loaded(network: registry.Model) -> ModelFinder:
    return ModelFinder(lambda: network, frozenset(network.class_keys))
