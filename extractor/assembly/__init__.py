"""Assembly: spans in, `Report` out."""
