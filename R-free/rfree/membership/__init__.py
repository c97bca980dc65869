"""Who belongs to a class: multinomial, ordered and penalised models."""
