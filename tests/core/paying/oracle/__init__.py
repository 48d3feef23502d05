"""A second payroll: plans and months that are drawn, and what they come to, worked out without the program."""
