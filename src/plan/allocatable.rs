//! What a machine leaves for pods.
