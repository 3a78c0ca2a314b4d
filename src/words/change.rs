//! Why a text is not changed, or a link not opened.
