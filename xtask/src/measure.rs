//! What programs take in memory, measured on real processes: see docs/measured-memory.md.

use crate::run::{command, run};

/// Runs the script that measures; `arguments` go to it.
///
/// # Errors
/// When this is no Linux, or something could not be measured.
pub fn measure(arguments: &[String]) -> Result<(), String> {
    if !cfg!(target_os = "linux") {
        return Err("memory is read from /proc/PID/smaps_rollup, which only Linux has".to_owned());
    }
    run(command("python3", &["xtask/measure/measure.py"]).args(arguments))
}
