"""Exporters: reports out, one module per target."""
