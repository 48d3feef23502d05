"""The commands that write: sheets, pay, payslips, certificates, reports, explanations."""
