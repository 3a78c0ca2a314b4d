//! From the text to what follows from it, as fast as the engine answers.

mod files;

use super::engine::{Engine, Stopped};
use super::findings::Aside;
use super::rest::Rest;
use files::Made;
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::{Analyze, Analyzed, Placed, Report};
use plimsoll::plan::simulate::Target;
use plimsoll::view::findings::Counts;
use std::sync::Arc;

/// What follows from the text.
#[derive(Clone, Copy)]
pub struct Live {
    /// What there is to say about the text, in its order.
    pub findings: RwSignal<Arc<Vec<Placed>>>,
    /// What the person does not want to be told again.
    aside: Aside,
    /// The text that all of this is about; nothing before the first answer.
    pub of: RwSignal<Option<String>>,
    /// `findings` without that.
    told: Memo<Arc<Vec<Placed>>>,
    /// The services and the plan of the last text that gave some; nothing for an empty text.
    pub report: RwSignal<Option<Arc<Report>>>,
    /// That text, and its files.
    made: RwSignal<Made>,
    /// Whether `report` comes from an earlier text, since this one gives none.
    pub stale: RwSignal<bool>,
    /// Whether the first answer to a text is still to come.
    pub is_awaited: RwSignal<bool>,
}

/// Asks what follows from `text` now, and again whenever it changes.
pub fn follow(text: RwSignal<String>, engine: Engine, rest: Rest) -> Live {
    let (findings, report, aside) = (RwSignal::<Arc<Vec<Placed>>>::default(), RwSignal::default(), Aside::load());
    let told = Memo::new(move |_| {
        let is_told = |finding: &&Placed| !aside.has(&name(report), finding);
        let all = findings.read();
        if all.iter().all(|finding| is_told(&finding)) {
            Arc::clone(&all)
        } else {
            Arc::new(all.iter().filter(is_told).cloned().collect())
        }
    });
    let live = Live {
        findings,
        aside,
        of: RwSignal::new(None),
        told,
        report,
        made: RwSignal::default(),
        stale: RwSignal::new(false),
        is_awaited: RwSignal::new(false),
    };
    let ask = move || live.update(text, engine, rest);
    ask();
    Effect::watch(move || text.track(), move |(), _, _| ask(), false);
    live
}

impl Live {
    /// Whether there is nothing to show yet.
    pub fn is_empty(self) -> bool {
        self.report.with(|report| report.as_ref().is_none_or(|report| report.services.is_empty()))
    }

    /// Whether there is a server, and whether there is a cluster.
    pub fn targets(self) -> (bool, bool) {
        self.report.with(|report| {
            let plan = report.as_ref().map(|report| &report.plan);
            plan.map_or((false, false), |plan| (plan.server.is_some(), plan.cluster.is_some()))
        })
    }

    /// The target whose plan is shown: the one that the person chose, or the only one that the topology has.
    pub fn shown_target(self, chosen: RwSignal<Target>) -> Signal<Target> {
        // Most answers have the same targets: a memo keeps what is drawn for one from being drawn again.
        let shown = Memo::new(move |_| match self.targets() {
            (true, false) => Target::Server,
            (false, true) => Target::Cluster,
            _ => chosen.get(),
        });
        shown.into()
    }

    /// The names of the cluster's groups of machines, in the document's order.
    pub fn node_groups(self) -> Vec<String> {
        self.report.with(|report| {
            let groups = report.iter().flat_map(|report| &report.node_groups);
            groups.map(|group| group.name.to_string()).collect()
        })
    }

    /// The text that is shown: the last that gave something.
    pub fn shown_text(self) -> Arc<str> {
        self.made.with_untracked(|made| Arc::clone(&made.text))
    }

    /// What there is to say about the text, in its order, without what the person put aside.
    pub fn told(self) -> Memo<Arc<Vec<Placed>>> {
        self.told
    }

    /// What the person put aside.
    pub fn put_aside(self) -> Vec<Placed> {
        let document = name(self.report);
        let all = self.findings.read();
        all.iter().filter(|finding| self.aside.has(&document, finding)).cloned().collect()
    }

    /// Tells of `finding` no more.
    pub fn put_finding_aside(self, finding: &Placed) {
        self.aside.put(&untrack(|| name(self.report)), finding);
    }

    /// Tells of `finding` again.
    pub fn bring_finding_back(self, finding: &Placed) {
        self.aside.bring_back(&untrack(|| name(self.report)), finding);
    }

    /// How many findings are told.
    pub fn counts(self) -> Counts {
        self.told.with(|findings| Counts::of(findings))
    }

    /// Asks what follows from `text` and shows it.
    fn update(self, text: RwSignal<String>, engine: Engine, rest: Rest) {
        let is_blank = move || text.with_untracked(|text| text.trim().is_empty());
        if is_blank() {
            self.is_awaited.set(false);
            self.findings.set(Arc::default());
            self.report.set(None);
            self.stale.set(false);
            self.of.set(Some(text.get_untracked()));
            return;
        }
        self.is_awaited.set(self.report.with_untracked(Option::is_none) && !self.stale.get_untracked());
        let of = text.get_untracked();
        // The engine begins before the page does what else there is to do with another text.
        let answer =
            engine.send(Analyze { text: of.clone(), with_files: self.made.with_untracked(|made| made.are_shown) });
        task::spawn_local(async move {
            let answer = read(answer, rest).await;
            if answer.as_ref().is_err_and(|why| *why == Stopped::Superseded) || is_blank() {
                return;
            }
            self.is_awaited.set(false);
            let Ok(Analyzed { findings, report, files }) = answer else { return };
            self.findings.set(Arc::new(findings));
            self.stale.set(report.is_none());
            if let Some(report) = report {
                self.report.set(Some(Arc::new(report)));
                self.made.update(|made| {
                    made.text = Arc::from(of.as_str());
                    made.files = files.map(Arc::new);
                });
            }
            self.of.set(Some(of));
        });
    }
}

/// What the engine answers, which the rest of the page can read.
async fn read(answer: impl Future<Output = Result<Vec<u8>, Stopped>>, rest: Rest) -> Result<Analyzed, Stopped> {
    let bytes = answer.await?;
    (rest.come().await?.read)(&bytes).map_err(|_| Stopped::Broken)
}

/// The document's name.
fn name(report: RwSignal<Option<Arc<Report>>>) -> String {
    report.with(|report| report.as_ref().map(|report| report.name.to_string()).unwrap_or_default())
}
