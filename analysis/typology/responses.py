"""The former name of `typology.answers.responses`, for scripts written against it."""

from typology.answers.responses import inspect_responses

__all__ = ["inspect_responses"]
