//! What more or less evidence, and a stricter policy, can do to the verdict on a document: evidence
//! taken away acquits nobody, and asking more never improves an outcome.

mod evidence;
mod pieces;
mod policies;
mod subjects;
