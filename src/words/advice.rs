//! What is advised (`advise/`), a rule after the other.
