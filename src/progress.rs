//! How far a long piece of work is.

/// How far a piece of work is: `done` of `of` equal steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// So many are done.
    pub done: u64,
    /// Of so many.
    pub of: u64,
}

/// Is told now and then how far the work is. What it does changes nothing of what comes of the work.
pub type Progress<'a> = dyn FnMut(Step) + 'a;
