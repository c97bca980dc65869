"""Before a study is shared: no answer of a respondent is among what would leave."""
