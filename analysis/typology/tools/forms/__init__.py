"""The questionnaire as a form to fill in: on a survey platform, in a document, on a page."""
