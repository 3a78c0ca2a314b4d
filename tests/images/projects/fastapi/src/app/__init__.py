"""The smallest app, in a package that is found only once it is installed."""
