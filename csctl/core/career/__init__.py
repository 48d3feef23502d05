"""Who may be promoted, and for whom demotion or dismissal must be discussed: conditions over closed months."""
