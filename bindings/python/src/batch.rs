//! Many documents on several threads.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use yinxin::Time;

use crate::convert::Source;
use crate::error::Fault;
use crate::report::Report;
use crate::verifier::judge;

/// More threads than this are a slip of the pen.
const MAX_THREADS: usize = 1024;
/// How long a keyboard interrupt waits at most while one document takes its time.
pub(crate) const INTERRUPT: Duration = Duration::from_millis(50);

/// What became of one document of many: a report, or why its file could not be read.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct BatchResult {
    path: Option<PathBuf>,
    report: Option<Py<Report>>,
    error: Option<Py<PyAny>>,
}

#[pymethods]
impl BatchResult {
    /// The path that was given; `None` for bytes.
    #[getter]
    fn path(&self) -> Option<&PathBuf> {
        self.path.as_ref()
    }

    /// The report; `None` where the file could not be read.
    #[getter]
    fn report(&self, py: Python<'_>) -> Option<Py<Report>> {
        self.report.as_ref().map(|report| report.clone_ref(py))
    }

    /// The exception of a file that could not be read.
    #[getter]
    fn error(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.error.as_ref().map(|error| error.clone_ref(py))
    }

    fn __bool__(&self) -> PyResult<bool> {
        Err(crate::report::no_truth("a BatchResult"))
    }

    fn __repr__(&self) -> String {
        match &self.report {
            Some(report) => format!(
                "<yinxin.BatchResult {}>",
                report.get().core().outcome.name()
            ),
            None => "<yinxin.BatchResult unread>".to_owned(),
        }
    }
}

/// The order of work between the threads.
struct Work<'a> {
    verifier: &'a yinxin::Verifier,
    documents: &'a [Source],
    at: Time,
    next: AtomicUsize,
    stop: AtomicBool,
}

pub(crate) type Judged = Result<yinxin::Report, Fault>;

impl Work<'_> {
    /// Takes documents until there is none or the work is stopped.
    fn run(&self, results: &Sender<(usize, Judged)>) {
        while !self.stop.load(Ordering::Relaxed) {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(document) = self.documents.get(index) else {
                return;
            };
            let judged = judge(self.verifier, document, self.at);
            if results.send((index, judged)).is_err() {
                return;
            }
        }
    }
}

/// So many threads, by default one a processor.
pub(crate) fn threads_for(wanted: Option<usize>) -> PyResult<usize> {
    match wanted {
        None => Ok(thread::available_parallelism().map_or(1, NonZero::get)),
        Some(threads) if (1..=MAX_THREADS).contains(&threads) => Ok(threads),
        Some(_) => Err(PyValueError::new_err(format!(
            "threads must be from 1 to {MAX_THREADS}"
        ))),
    }
}

/// Judges all; the calling thread waits without the lock and takes it to tell of progress.
pub(crate) fn verify(
    py: Python<'_>,
    verifier: &yinxin::Verifier,
    documents: Vec<Source>,
    at: Time,
    threads: Option<usize>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<BatchResult>> {
    let threads = threads_for(threads)?;
    let progress = progress.map(|progress| progress.clone().unbind());
    let work = Work {
        verifier,
        documents: &documents,
        at,
        next: AtomicUsize::new(0),
        stop: AtomicBool::new(false),
    };
    let judged = py.detach(|| run(&work, threads, progress.as_ref()))?;
    documents
        .into_iter()
        .zip(judged)
        .map(|(document, judged)| BatchResult::new(py, document, judged))
        .collect()
}

/// The results in the order of the documents.
fn run(work: &Work<'_>, threads: usize, progress: Option<&Py<PyAny>>) -> PyResult<Vec<Judged>> {
    let total = work.documents.len();
    let mut judged: Vec<Option<Judged>> = Vec::new();
    judged.resize_with(total, || None);
    let told = thread::scope(|scope| {
        let (sender, receiver) = channel();
        for _ in 0..threads.min(total) {
            let sender = sender.clone();
            scope.spawn(move || work.run(&sender));
        }
        drop(sender);
        let mut done = 0;
        loop {
            let told = match receiver.recv_timeout(INTERRUPT) {
                Ok((index, result)) => {
                    if let Some(place) = judged.get_mut(index) {
                        *place = Some(result);
                    }
                    done += 1;
                    tell(progress, done, total)
                }
                Err(RecvTimeoutError::Timeout) => tell(None, done, total),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            if told.is_err() {
                work.stop.store(true, Ordering::Relaxed);
                return told;
            }
        }
    });
    told?;
    // Every document was taken by some thread, for none stopped early.
    Ok(judged
        .into_iter()
        .map(|judged| judged.unwrap_or(Err(Fault::Panic)))
        .collect())
}

/// Calls `progress` if there is one; else lets a keyboard interrupt through.
fn tell(progress: Option<&Py<PyAny>>, done: usize, total: usize) -> PyResult<()> {
    Python::attach(|py| {
        if let Some(progress) = progress {
            progress.call1(py, (done, total))?;
        }
        py.check_signals()
    })
}

impl BatchResult {
    pub(crate) fn new(py: Python<'_>, document: Source, judged: Judged) -> PyResult<Self> {
        let path = match document {
            Source::Path(path) => Some(path),
            Source::Bytes(_) => None,
        };
        match judged {
            Ok(report) => Ok(Self {
                path,
                report: Some(Py::new(py, Report::new(report))?),
                error: None,
            }),
            Err(fault @ Fault::File(..)) => Ok(Self {
                path,
                report: None,
                error: Some(PyErr::from(fault).into_value(py).into_any()),
            }),
            Err(fault) => Err(fault.into()),
        }
    }
}
