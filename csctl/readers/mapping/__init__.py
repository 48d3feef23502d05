"""From an open book to canonical rows: headers, values, profiles."""
