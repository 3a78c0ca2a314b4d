//! Dockerfiles, whatever the program is written in: instructions, and what all images have in common. The languages'
//! parts are in `kinds/`.

mod image;
mod instruction;

pub use image::{
    CACHE_MOUNTS, CACHE_ORDER, CODE, Client, FASTAPI_CACHE, FASTAPI_EXEC, FASTAPI_IMAGE, IgnorePatterns, Image,
    ImageStep, MULTI_STAGE, PACKAGES_OF_ITS_OWN, Section, Step, TOOLS_LEAVE_IT_BEHIND, USER, WORKDIR, from, run,
};
pub use instruction::{Instruction, Mount, ShellCommand, Word};
