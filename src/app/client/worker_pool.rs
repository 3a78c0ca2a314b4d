//! The workers of the engine: one for each lane. Where only the newest task counts, it replaces those before it.

use super::code::Code;
use super::state::{State, Stopped, Trouble};
use super::worker::{Event, Worker};
use futures_channel::oneshot::{self, Receiver, Sender};
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::Lane;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// How long a superseded task may run before its worker is terminated. Most tasks finish sooner than a new worker would
/// start.
const PATIENCE_MILLIS: f64 = 150.0;

/// The lanes; the trouble of an earlier one is shown first.
const LANES: [Lane; 4] = [Lane::Analysis, Lane::Simulation, Lane::Background, Lane::Editor];

/// Queues tasks, and hands them to workers.
pub struct WorkerPool {
    this: Weak<WorkerPool>,
    state: State,
    code: RefCell<Option<Code>>,
    /// Whether the code is being fetched.
    is_loading: Cell<bool>,
    analysis: RefCell<Slot>,
    simulation: RefCell<Slot>,
    background: RefCell<Slot>,
    editor: RefCell<Slot>,
}

/// A lane: its worker and its tasks.
#[derive(Default)]
struct Slot {
    worker: Option<Worker>,
    running: Option<Job>,
    waiting: VecDeque<Job>,
    /// What kept the worker from its last task.
    trouble: Option<Trouble>,
}

/// A task whose answer is awaited.
struct Job {
    question: Vec<u8>,
    answer: Sender<Result<Vec<u8>, Stopped>>,
    /// When its worker began with it, in milliseconds; `None` while the worker itself is starting.
    since: Option<f64>,
}

impl WorkerPool {
    /// Opens a pool without workers, and starts fetching the engine's code.
    pub fn open(state: State) -> Rc<Self> {
        let pool = Rc::new_cyclic(|this| Self {
            this: this.clone(),
            state,
            code: RefCell::default(),
            is_loading: Cell::new(false),
            analysis: RefCell::default(),
            simulation: RefCell::default(),
            background: RefCell::default(),
            editor: RefCell::default(),
        });
        pool.load();
        pool
    }

    /// Queues an encoded task.
    pub fn ask(&self, lane: Lane, question: Vec<u8>) -> Receiver<Result<Vec<u8>, Stopped>> {
        let (answer, receiver) = oneshot::channel();
        let mut slot = self.slot(lane).borrow_mut();
        let replaced = match lane {
            Lane::Background | Lane::Editor => VecDeque::new(),
            Lane::Analysis | Lane::Simulation => std::mem::take(&mut slot.waiting),
        };
        slot.waiting.push_back(Job { question, answer, since: None });
        drop(slot);
        if lane == Lane::Analysis {
            // The errands belonged to the text before this one.
            self.end_trouble(Lane::Background);
        }
        for job in replaced {
            job.stop(Stopped::Superseded);
        }
        self.hurry(lane);
        self.go_on(lane);
        receiver
    }

    fn slot(&self, lane: Lane) -> &RefCell<Slot> {
        match lane {
            Lane::Analysis => &self.analysis,
            Lane::Simulation => &self.simulation,
            Lane::Background => &self.background,
            Lane::Editor => &self.editor,
        }
    }

    /// Ends a task that a newer one has superseded, as soon as it has run for [`PATIENCE_MILLIS`].
    fn hurry(&self, lane: Lane) {
        let mut slot = self.slot(lane).borrow_mut();
        if matches!(lane, Lane::Background | Lane::Editor) || slot.waiting.is_empty() {
            return;
        }
        let Some(since) = slot.running.as_ref().and_then(|job| job.since) else { return };
        let left = PATIENCE_MILLIS - (now() - since);
        if left <= 0.0 {
            slot.worker = None;
            if let Some(job) = slot.running.take() {
                job.stop(Stopped::Superseded);
            }
        } else {
            let this = self.this.clone();
            let later = move || {
                if let Some(pool) = this.upgrade() {
                    pool.hurry(lane);
                    pool.go_on(lane);
                }
            };
            set_timeout(later, Duration::from_secs_f64((left + 1.0) / 1000.0));
        }
    }

    /// Hands the next task to the lane's worker, if that is idle.
    fn go_on(&self, lane: Lane) {
        let mut slot = self.slot(lane).borrow_mut();
        if slot.running.is_none()
            && let Some(mut job) = slot.waiting.pop_front()
        {
            match self.worker(&mut slot, lane) {
                Some(Ok(is_new)) => {
                    job.since = (!is_new).then(now);
                    let posted = slot.worker.as_ref().map(|worker| worker.ask(&job.question));
                    slot.running = Some(job);
                    if let Some(Err(error)) = posted {
                        drop(slot);
                        return self.handle(lane, Event::Broke(describe(&error)));
                    }
                }
                Some(Err(error)) => {
                    drop(slot);
                    self.trouble(lane, Trouble::NoWorkers, &describe(&error));
                    job.stop(Stopped::Broken);
                    return self.go_on(lane);
                }
                // The code is still being fetched.
                None => slot.waiting.push_front(job),
            }
        }
        if lane == Lane::Analysis {
            let is_working = slot.running.is_some() || !slot.waiting.is_empty();
            drop(slot);
            self.show_work(is_working);
        }
    }

    /// Starts a worker for the lane unless it has one. Returns whether it started one; `None` until the code is here.
    fn worker(&self, slot: &mut Slot, lane: Lane) -> Option<Result<bool, JsValue>> {
        if slot.worker.is_some() {
            return Some(Ok(false));
        }
        if !has_workers() {
            return Some(Err(JsValue::NULL));
        }
        let code = self.code.borrow();
        let Some(code) = code.as_ref() else {
            self.load();
            return None;
        };
        let this = self.this.clone();
        let handle = move |event| {
            if let Some(pool) = this.upgrade() {
                pool.handle(lane, event);
            }
        };
        Some(Worker::start(code, handle).map(|worker| {
            slot.worker = Some(worker);
            true
        }))
    }

    /// Handles an event of a lane's worker.
    fn handle(&self, lane: Lane, event: Event) {
        let slot = self.slot(lane);
        match event {
            Event::Ready => {
                if let Some(job) = &mut slot.borrow_mut().running {
                    job.since = Some(now());
                }
                self.hurry(lane);
                self.go_on(lane);
            }
            Event::Progress(step) => {
                if lane == Lane::Analysis {
                    self.state.progress.set(Some(step));
                }
            }
            Event::Answer(answer) => {
                let done = slot.borrow_mut().running.take();
                if let Some(job) = done {
                    job.finish(Ok(answer));
                }
                self.end_trouble(lane);
                self.go_on(lane);
            }
            Event::Broke(why) => {
                slot.borrow_mut().worker = None;
                let broken = slot.borrow_mut().running.take();
                // Nobody waits for an idle worker: the next task starts another.
                if let Some(job) = broken {
                    self.trouble(lane, Trouble::Broke(why.clone()), &why);
                    job.stop(Stopped::Broken);
                }
                self.go_on(lane);
            }
        }
    }

    /// Fetches the engine's code, unless it is being fetched.
    fn load(&self) {
        if !has_workers() || self.is_loading.replace(true) {
            return;
        }
        let this = self.this.clone();
        task::spawn_local(async move {
            let code = Code::fetch().await;
            let Some(pool) = this.upgrade() else { return };
            pool.is_loading.set(false);
            match code {
                Ok(code) => {
                    *pool.code.borrow_mut() = Some(code);
                    for lane in LANES {
                        pool.go_on(lane);
                    }
                }
                Err(error) => pool.give_up(&describe(&error)),
            }
        });
    }

    /// Reports whether the part of the page that decodes answers has loaded, or why it has not.
    pub fn set_decoder(&self, loaded: Result<(), &str>) {
        match loaded {
            Ok(()) => self.end_trouble(Lane::Analysis),
            Err(why) => self.trouble(Lane::Analysis, Trouble::NotLoaded(why.to_owned()), why),
        }
    }

    /// Ends all waiting tasks, since there is no code; the next task fetches it again.
    fn give_up(&self, why: &str) {
        self.trouble(Lane::Analysis, Trouble::NotLoaded(why.to_owned()), why);
        for lane in LANES {
            let waiting = std::mem::take(&mut self.slot(lane).borrow_mut().waiting);
            for job in waiting {
                job.stop(Stopped::Broken);
            }
        }
        self.show_work(false);
    }

    /// Shows what keeps the engine from working, and logs the cause to the console.
    fn trouble(&self, lane: Lane, trouble: Trouble, why: &str) {
        leptos::logging::warn!("The engine stopped: {why}");
        // Writing goes on without help, and what else is wrong shows in the other lanes.
        if lane == Lane::Editor {
            return;
        }
        self.slot(lane).borrow_mut().trouble = Some(trouble);
        self.show_trouble();
    }

    fn end_trouble(&self, lane: Lane) {
        if self.slot(lane).borrow_mut().trouble.take().is_some() {
            self.show_trouble();
        }
    }

    fn show_trouble(&self) {
        let trouble = LANES.into_iter().find_map(|lane| self.slot(lane).borrow().trouble.clone());
        self.state.trouble.set(trouble);
    }

    fn show_work(&self, is_working: bool) {
        if self.state.is_working.get_untracked() != is_working {
            self.state.is_working.set(is_working);
            self.state.progress.set(None);
        }
    }
}

impl Job {
    fn finish(self, answer: Result<Vec<u8>, Stopped>) {
        // The receiver may have been dropped.
        let _ = self.answer.send(answer);
    }

    fn stop(self, why: Stopped) {
        self.finish(Err(why));
    }
}

/// Whether the browser supports workers.
fn has_workers() -> bool {
    js_sys::Reflect::has(&window(), &JsValue::from_str("Worker")).unwrap_or(false)
}

/// The message of a browser error.
fn describe(error: &JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message.or_else(|| error.as_string()).unwrap_or_else(|| "the browser does not say why".to_owned())
}

/// The current time in milliseconds, from an arbitrary origin.
fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
