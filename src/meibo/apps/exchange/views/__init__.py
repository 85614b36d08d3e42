"""Pages of the exchange with payroll, for personnel and payroll."""
