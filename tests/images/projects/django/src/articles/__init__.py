"""An app outside the project's folder, found only once it is installed."""
