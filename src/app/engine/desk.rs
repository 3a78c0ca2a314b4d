//! Who works on what: a worker for each lane, the newest task first where only the newest counts.

use super::code::Code;
use super::worker::{Said, Worker};
use super::{State, Stopped, Trouble};
use futures_channel::oneshot::{self, Receiver, Sender};
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::Lane;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// How long a task that no longer counts may go on before its worker is ended. Most are done sooner than a fresh worker
/// would be there.
const PATIENCE_MILLIS: f64 = 150.0;

/// Those whose trouble matters most first.
const LANES: [Lane; 3] = [Lane::Analysis, Lane::Simulation, Lane::Background];

/// Takes tasks, and gives them to workers.
pub struct Desk {
    this: Weak<Desk>,
    state: State,
    code: RefCell<Option<Code>>,
    /// Whether the code is on its way.
    is_loading: Cell<bool>,
    analysis: RefCell<Seat>,
    simulation: RefCell<Seat>,
    errand: RefCell<Seat>,
}

/// The place of a lane's worker, and its tasks.
#[derive(Default)]
struct Seat {
    worker: Option<Worker>,
    running: Option<Job>,
    waiting: VecDeque<Job>,
    /// What kept it from its last task.
    trouble: Option<Trouble>,
}

/// A task that somebody waits for.
struct Job {
    question: Vec<u8>,
    answer: Sender<Result<Vec<u8>, Stopped>>,
    /// When its worker began with it, in milliseconds; nothing as long as the worker itself still starts.
    since: Option<f64>,
}

impl Desk {
    /// A desk without workers; the engine's code is on its way.
    pub fn open(state: State) -> Rc<Self> {
        let desk = Rc::new_cyclic(|this| Self {
            this: this.clone(),
            state,
            code: RefCell::default(),
            is_loading: Cell::new(false),
            analysis: RefCell::default(),
            simulation: RefCell::default(),
            errand: RefCell::default(),
        });
        desk.load();
        desk
    }

    /// Takes a task, as bytes.
    pub fn ask(&self, lane: Lane, question: Vec<u8>) -> Receiver<Result<Vec<u8>, Stopped>> {
        let (answer, receiver) = oneshot::channel();
        let mut seat = self.seat(lane).borrow_mut();
        let replaced = match lane {
            Lane::Background => VecDeque::new(),
            Lane::Analysis | Lane::Simulation => std::mem::take(&mut seat.waiting),
        };
        seat.waiting.push_back(Job { question, answer, since: None });
        drop(seat);
        if lane == Lane::Analysis {
            // With the text go the errands that it asked for.
            self.end_trouble(Lane::Background);
        }
        for job in replaced {
            job.stop(Stopped::Superseded);
        }
        self.hurry(lane);
        self.go_on(lane);
        receiver
    }

    fn seat(&self, lane: Lane) -> &RefCell<Seat> {
        match lane {
            Lane::Analysis => &self.analysis,
            Lane::Simulation => &self.simulation,
            Lane::Background => &self.errand,
        }
    }

    /// Ends what runs although something newer waits, if it has had its time, or else once it has.
    fn hurry(&self, lane: Lane) {
        let mut seat = self.seat(lane).borrow_mut();
        if lane == Lane::Background || seat.waiting.is_empty() {
            return;
        }
        let Some(since) = seat.running.as_ref().and_then(|job| job.since) else { return };
        let left = PATIENCE_MILLIS - (now() - since);
        if left <= 0.0 {
            seat.worker = None;
            if let Some(job) = seat.running.take() {
                job.stop(Stopped::Superseded);
            }
        } else {
            let this = self.this.clone();
            let later = move || {
                if let Some(desk) = this.upgrade() {
                    desk.hurry(lane);
                    desk.go_on(lane);
                }
            };
            set_timeout(later, Duration::from_secs_f64((left + 1.0) / 1000.0));
        }
    }

    /// Gives the lane's worker what waits, if it has nothing to do.
    fn go_on(&self, lane: Lane) {
        let mut seat = self.seat(lane).borrow_mut();
        if seat.running.is_none()
            && let Some(mut job) = seat.waiting.pop_front()
        {
            match self.worker(&mut seat, lane) {
                Some(Ok(is_new)) => {
                    job.since = (!is_new).then(now);
                    let posted = seat.worker.as_ref().map(|worker| worker.ask(&job.question));
                    seat.running = Some(job);
                    if let Some(Err(error)) = posted {
                        drop(seat);
                        return self.hear(lane, Said::Broke(words(&error)));
                    }
                }
                Some(Err(error)) => {
                    drop(seat);
                    self.trouble(lane, Trouble::NoWorkers, &words(&error));
                    job.stop(Stopped::Broken);
                    return self.go_on(lane);
                }
                // Its code is on its way.
                None => seat.waiting.push_front(job),
            }
        }
        if lane == Lane::Analysis {
            let is_working = seat.running.is_some() || !seat.waiting.is_empty();
            drop(seat);
            self.show_work(is_working);
        }
    }

    /// Sees that the lane has a worker, and tells whether it is a new one; nothing as long as there is no code.
    fn worker(&self, seat: &mut Seat, lane: Lane) -> Option<Result<bool, JsValue>> {
        if seat.worker.is_some() {
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
        let hear = move |said| {
            if let Some(desk) = this.upgrade() {
                desk.hear(lane, said);
            }
        };
        Some(Worker::start(code, hear).map(|worker| {
            seat.worker = Some(worker);
            true
        }))
    }

    /// Takes note of what a lane's worker says.
    fn hear(&self, lane: Lane, said: Said) {
        let seat = self.seat(lane);
        match said {
            Said::Ready => {
                if let Some(job) = &mut seat.borrow_mut().running {
                    job.since = Some(now());
                }
                self.hurry(lane);
                self.go_on(lane);
            }
            Said::Progress(step) => {
                if lane == Lane::Analysis {
                    self.state.progress.set(Some(step));
                }
            }
            Said::Answer(answer) => {
                let done = seat.borrow_mut().running.take();
                if let Some(job) = done {
                    job.finish(Ok(answer));
                }
                self.end_trouble(lane);
                self.go_on(lane);
            }
            Said::Broke(why) => {
                seat.borrow_mut().worker = None;
                let broken = seat.borrow_mut().running.take();
                // One that had nothing to do is missed by nobody: the next task starts another.
                if let Some(job) = broken {
                    self.trouble(lane, Trouble::Broke(why.clone()), &why);
                    job.stop(Stopped::Broken);
                }
                self.go_on(lane);
            }
        }
    }

    /// Lets the engine's code come, unless it is on its way.
    fn load(&self) {
        if !has_workers() || self.is_loading.replace(true) {
            return;
        }
        let this = self.this.clone();
        task::spawn_local(async move {
            let code = Code::fetch().await;
            let Some(desk) = this.upgrade() else { return };
            desk.is_loading.set(false);
            match code {
                Ok(code) => {
                    *desk.code.borrow_mut() = Some(code);
                    for lane in LANES {
                        desk.go_on(lane);
                    }
                }
                Err(error) => desk.give_up(&words(&error)),
            }
        });
    }

    /// Whether what reads the answers came, or why it did not.
    pub fn can_be_read(&self, came: Result<(), &str>) {
        match came {
            Ok(()) => self.end_trouble(Lane::Analysis),
            Err(why) => self.trouble(Lane::Analysis, Trouble::NotLoaded(why.to_owned()), why),
        }
    }

    /// There is no code: whoever waits has no answer, and the next task tries again.
    fn give_up(&self, why: &str) {
        self.trouble(Lane::Analysis, Trouble::NotLoaded(why.to_owned()), why);
        for lane in LANES {
            let waiting = std::mem::take(&mut self.seat(lane).borrow_mut().waiting);
            for job in waiting {
                job.stop(Stopped::Broken);
            }
        }
        self.show_work(false);
    }

    /// Says what keeps the engine from working: to the person in words, and to whoever looks for the cause in the console.
    fn trouble(&self, lane: Lane, trouble: Trouble, why: &str) {
        leptos::logging::warn!("The engine stopped: {why}");
        self.seat(lane).borrow_mut().trouble = Some(trouble);
        self.show_trouble();
    }

    fn end_trouble(&self, lane: Lane) {
        if self.seat(lane).borrow_mut().trouble.take().is_some() {
            self.show_trouble();
        }
    }

    fn show_trouble(&self) {
        let trouble = LANES.into_iter().find_map(|lane| self.seat(lane).borrow().trouble.clone());
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
        // Whoever asked may have gone.
        let _ = self.answer.send(answer);
    }

    fn stop(self, why: Stopped) {
        self.finish(Err(why));
    }
}

/// Whether the browser knows workers at all.
fn has_workers() -> bool {
    js_sys::Reflect::has(&window(), &JsValue::from_str("Worker")).unwrap_or(false)
}

/// What an error of the browser's says.
fn words(error: &JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message.or_else(|| error.as_string()).unwrap_or_else(|| "the browser does not say why".to_owned())
}

/// Milliseconds from some start.
fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
