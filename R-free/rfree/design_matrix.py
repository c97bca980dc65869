"""The former name of `rfree.membership.design_matrix`, for scripts written against it."""

from rfree.membership.design_matrix import design_matrix

__all__ = ["design_matrix"]
