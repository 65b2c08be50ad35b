"""Many documents, as the command line extracts them: counted, reported, taken up again after an interruption."""
