"""What the screen says: tables, trees, lines of problems, in two languages and fit for any terminal."""
