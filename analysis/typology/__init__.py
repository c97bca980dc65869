"""The pipeline: questionnaire and answers in; types, tables, figures and words out."""
