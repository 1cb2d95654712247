"""Data-parallel training over MPI: one rank per node, gradients summed by all-reduce."""
