//! What is wrong with a document that is YAML.
