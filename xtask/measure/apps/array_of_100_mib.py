"""An array of 100 MiB, filled, so that all of it is in memory."""

import numpy

WEIGHTS = numpy.full(100 * 2**20 // 4, 0.5, dtype=numpy.float32)
