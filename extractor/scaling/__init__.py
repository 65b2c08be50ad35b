"""Many documents over many processes.

``worker`` is what every engine runs: a document in, an outcome out, as plain strings. ``pool`` is the engine of one
machine: processes that are bounded in time and memory, and replaced when they die. ``ray`` is that of many machines, as
datasets, and ``ray_pool`` the same with the interface of ``pool``. Nothing here decides where records go.
"""
