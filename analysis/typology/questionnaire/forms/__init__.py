"""The questionnaire as forms show it, and how the answers to each platform's form come back."""
