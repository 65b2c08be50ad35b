"""Built artefacts, each with the recipe that built it."""
