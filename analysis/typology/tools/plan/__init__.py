"""`typology plan`: how many respondents a questionnaire needs for its types to be found."""
