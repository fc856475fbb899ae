//! Many documents one after another, in bounded memory.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use yinxin::Time;

use crate::batch::{BatchResult, INTERRUPT, Judged};
use crate::convert::Source;
use crate::verifier::judge;

/// Documents at work or waiting, for each thread: one in its hands, one to go on with.
const AHEAD: usize = 2;

/// The results of `Verifier.iter_verify`, in the order of the documents. It takes documents only as
/// results are taken, some ahead.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct ReportIterator(Mutex<State>);

struct State {
    /// `None` once it has ended.
    documents: Option<Py<PyIterator>>,
    /// Dropped with the iterator, which ends the threads.
    jobs: Sender<(usize, Source)>,
    results: Receiver<(usize, Source, Judged)>,
    /// Finished before those in front of them.
    early: BTreeMap<usize, (Source, Judged)>,
    taken: usize,
    given: usize,
    most: usize,
}

impl ReportIterator {
    pub(crate) fn new(
        documents: Bound<'_, PyIterator>,
        verifier: &Arc<yinxin::Verifier>,
        at: Time,
        threads: usize,
    ) -> PyResult<Self> {
        let (jobs, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        let (done, results) = channel();
        for _ in 0..threads {
            let (verifier, waiting, done) = (verifier.clone(), waiting.clone(), done.clone());
            thread::Builder::new()
                .name("yinxin".to_owned())
                .spawn(move || work(&verifier, &waiting, &done, at))
                .map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        }
        Ok(Self(Mutex::new(State {
            documents: Some(documents.unbind()),
            jobs,
            results,
            early: BTreeMap::new(),
            taken: 0,
            given: 0,
            most: threads * AHEAD,
        })))
    }
}

/// Judges until there is nobody to judge for.
fn work(
    verifier: &yinxin::Verifier,
    waiting: &Mutex<Receiver<(usize, Source)>>,
    done: &Sender<(usize, Source, Judged)>,
    at: Time,
) {
    loop {
        let job = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok((index, document)) = job else {
            return;
        };
        let judged = judge(verifier, &document, at);
        if done.send((index, document, judged)).is_err() {
            return;
        }
    }
}

impl State {
    /// Hands documents to the threads, as many as may be under way.
    fn fill(&mut self, py: Python<'_>) -> PyResult<()> {
        while self.taken - self.given < self.most {
            let Some(documents) = &self.documents else {
                return Ok(());
            };
            let Some(document) = documents.bind(py).clone().next() else {
                self.documents = None;
                return Ok(());
            };
            let document: Source = document?.extract()?;
            // The threads wait for it; none ends before the sender does.
            let _ = self.jobs.send((self.taken, document));
            self.taken += 1;
        }
        Ok(())
    }
}

#[pymethods]
impl ReportIterator {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<BatchResult>> {
        // Waiting for another thread's turn would keep the interpreter from it.
        let Ok(mut state) = self.0.try_lock() else {
            let message = "another thread is taking the next result";
            return Err(PyRuntimeError::new_err(message));
        };
        let state = &mut *state;
        state.fill(py)?;
        if state.given == state.taken {
            return Ok(None);
        }
        loop {
            if let Some((document, judged)) = state.early.remove(&state.given) {
                state.given += 1;
                return BatchResult::new(py, document, judged).map(Some);
            }
            let results = &mut state.results;
            let told = py.detach(move || results.recv_timeout(INTERRUPT));
            match told {
                Ok((index, document, judged)) => {
                    state.early.insert(index, (document, judged));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    let message = "the threads ended before their work";
                    return Err(PyRuntimeError::new_err(message));
                }
            }
            py.check_signals()?;
        }
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.ReportIterator>"
    }
}
