//! What the plan says.
