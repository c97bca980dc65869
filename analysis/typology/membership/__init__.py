"""Who belongs: models of membership in the types."""
