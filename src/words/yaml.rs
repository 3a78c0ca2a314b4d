//! What is wrong with a text that is no YAML, or no YAML that is taken.
