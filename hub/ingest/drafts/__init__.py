"""What a row of each reference file says, one module for each of the model's.

``names`` are the files that others refer to; ``sourced`` is what rows have in common.
"""
