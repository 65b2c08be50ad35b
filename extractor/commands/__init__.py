"""The commands of the command line: one module each, thin, calling the API.

None of them loads what it needs before it runs, so that ``--help`` stays cheap.
"""
