//! What is said of the files that a document lists of its code.

pub fn module_left_out(module: &str) -> String {
    format!("`files` leaves out the module `{module}`, which is run")
}

pub fn alembic_left_out(file: &str) -> String {
    format!("`files` leaves out `{file}`, which `alembic` reads")
}

pub fn file_left_out(file: &str) -> String {
    format!("`files` leaves out `{file}`, which is run")
}

/// What helps, by what could be listed.
pub fn add_file(file: &str) -> String {
    format!("Add `{file}`, or leave `files` out")
}
