"""The steps, oldest first, with the SQL of each database beside them."""
