"""Who is meant by a row, who works in a month, and on which days."""
