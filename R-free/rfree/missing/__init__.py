"""Missing answers: imputation by the axes, once and many times."""
