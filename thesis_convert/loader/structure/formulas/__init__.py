"""Recognises formulas: `joining` comes first, then `displays`, at last `inline`."""
