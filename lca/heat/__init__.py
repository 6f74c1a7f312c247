"""Recovered heat: its physics, who takes it hour by hour, and every way to share what it carries."""
