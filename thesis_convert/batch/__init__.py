"""Many inputs: each in a process that can be killed, with any executor, reported line by line.

`inputs` finds the files, `freshness` what need not be done again; `tasks` has what is sent to a worker and what
comes back, `work` does it, `isolation` has it done by a child process (`child`), and `running` has many done
by a `concurrent.futures.Executor`. `report` writes down what became of each, and reads it again.
"""
