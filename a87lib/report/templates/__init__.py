"""What the three editions look like: page, styles, reference document."""
