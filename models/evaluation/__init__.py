"""How well a model does: on labelled pictures, through the runtime that will fly."""
