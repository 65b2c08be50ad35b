"""Named entities by a statistical model: what has no form that a rule could know.

``recognizer`` labels sentences, ``component`` makes a spaCy component of it. Nothing here loads numpy or ONNX Runtime
before a model is asked for.
"""

DEFAULT = "none"
"""The model where none is named."""
NONE = "none"
"""Stands for no model, rules alone."""
