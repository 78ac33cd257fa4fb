"""What stands behind the tabs of the planning page: doses, tests and checks, evidence, criteria."""
