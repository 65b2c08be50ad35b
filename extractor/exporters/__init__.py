"""Exporters: records into what others read; one module per target."""
