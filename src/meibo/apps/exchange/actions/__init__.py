"""Verbs of the exchange with payroll: deliver, answer, hand out, reconcile, explain."""
