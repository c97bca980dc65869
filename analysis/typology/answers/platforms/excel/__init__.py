"""Excel workbooks, read as they are seen: without hidden rows, with their formats."""
