"""A run and what it leaves: stages, folder, workbook, model, proof of freshness."""
