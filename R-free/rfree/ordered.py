"""The former name of `rfree.membership.ordered`, for scripts written against it."""

from rfree.membership.ordered import ordered_logit

__all__ = ["ordered_logit"]
