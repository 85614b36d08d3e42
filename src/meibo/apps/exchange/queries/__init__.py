"""What is known of the exchange with payroll: nouns."""
