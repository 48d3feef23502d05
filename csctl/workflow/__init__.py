"""The conductor: import, measure, score, pay, write. Commands call it; everything below it is called by it."""
