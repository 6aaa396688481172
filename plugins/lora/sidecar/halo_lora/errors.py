"""The engine's typed error."""

from __future__ import annotations


class EngineError(Exception):
    """What the engine refuses, and why. `code` is stable and in snake case:

    unsupported_model, bad_datum, missing_image, image_mismatch, bad_loss, bad_option,
    unknown_model, model_exists, pending_gradients, no_gradients, non_finite, out_of_memory,
    bad_state, bad_model, folder_exists.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
