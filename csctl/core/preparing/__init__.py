"""From canonical tables to what a month is computed from: people, credited rows, measures, ratings."""
