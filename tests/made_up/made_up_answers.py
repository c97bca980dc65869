"""Answers to ordered items from populations whose truth is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

LIMITS = (-1.0, -0.3, 0.4, 1.0)


def cut(latent: np.ndarray, generator: np.random.Generator, missing: float = 0.0) -> pd.DataFrame:
    """Cut latent answers into codes 1 to 5; some of them are "no answer"."""
    codes = 1 + (latent[:, :, np.newaxis] > LIMITS).sum(axis=2)
    X = pd.DataFrame(codes).astype(str)
    X.columns = [f"q{column}" for column in X]
    return X.where(generator.random(X.shape) >= missing, "no answer")


def one_trait(n: int, n_items: int = 6, *, seed: int = 0, missing: float = 0.0) -> pd.DataFrame:
    """One attitude, loadings .8; every other item is worded against it."""
    generator = np.random.default_rng(seed)
    signs = np.where(np.arange(n_items) % 2, -1, 1)
    latent = 0.8 * generator.standard_normal((n, 1)) * signs
    return cut(latent + 0.6 * generator.standard_normal((n, n_items)), generator, missing)


def far_groups(sizes: tuple[int, ...], n_items: int = 8, *, seed: int = 0) -> pd.DataFrame:
    """Groups far from each other: each agrees with items of its own, and refuses the others."""
    generator = np.random.default_rng(seed)
    group = np.repeat(np.arange(len(sizes)), sizes)
    own = np.arange(n_items) % len(sizes) == group[:, np.newaxis]
    latent = np.where(own, 1.5, -1.5) + 0.5 * generator.standard_normal(own.shape)
    return cut(latent, generator)
