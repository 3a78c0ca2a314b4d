"""An API and the worker of its queue, in one image."""
