"""What one unit emits: units, numbers, problems and the emission-factor library with its sources."""
