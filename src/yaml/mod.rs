//! Reading YAML with the place of every value, and writing YAML that every reader takes the same way.
