"""Measures the service under load, beside a bare route and other sign-in software."""
