//! Why there are the networks of Compose, and why a service is in them.

pub const ONLY_WHAT_SHARES_ONE_CONNECTS: &str = "Only what shares a network can connect";

// What each of them is for.
pub const PUBLIC_AND_NOTHING_ELSE: &str = "The reverse proxy reaches what is public, and nothing else";
pub const PUBLIC_WITHOUT_A_WAY_OUT: &str = "The reverse proxy reaches what is public and must not get out";
pub const NO_WAY_TO_THE_INTERNET: &str = "Nothing leads from here to the internet, nor from there to here";

// Why a service is in one.
pub const PROXY_REACHES_IT_AND_IT_NOTHING: &str = "The reverse proxy reaches it here, and it reaches nothing outside";
pub const PROXY_REACHES_IT: &str = "The reverse proxy reaches it here";
pub const NEED_ONE_ANOTHER: &str = "Services that need one another meet here";
pub const NEEDS_A_WAY_OUT: &str = "The private network has no way out; this one has";
