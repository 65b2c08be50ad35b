"""Readers: bytes in, `Document` out; one module per format, one registry."""
