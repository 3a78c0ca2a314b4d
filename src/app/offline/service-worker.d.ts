// What xtask/release.mjs fills in.
declare const RELEASE_FILES: [path: string, integrity: string][];
declare const RELEASE_NAME: string;
declare const HASHED_NAME: string;
