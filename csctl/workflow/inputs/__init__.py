"""Exports, rules and calendars brought in for the months that are asked for."""
