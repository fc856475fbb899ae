//! Page designs.
