//! The store of the analysis: it sends each text to the engine, and holds what the engine answers.

mod generated;

use crate::app::client::{Client, Stopped};
use crate::app::dismissed::Dismissed;
use generated::Generated;
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::{Analyze, Analyzed, Generate, Placed, Report};
use plimsoll::generate::Artifact;
use plimsoll::plan::simulate::Target;
use plimsoll::view::findings::Counts;
use std::pin::Pin;
use std::sync::Arc;

/// Decodes an answer. The code that does so is not a part of the page's first program, so that it may have to load first.
pub type Decode = Callback<Vec<u8>, Pin<Box<dyn Future<Output = Result<Analyzed, Stopped>>>>>;

/// The analysis of the text.
#[derive(Clone, Copy)]
pub struct AnalysisStore {
    /// The findings about the text, in its order, dismissed ones included.
    pub findings: RwSignal<Arc<Vec<Placed>>>,
    dismissed: Dismissed,
    /// The text that all of this is about; `None` before the first answer.
    pub of: RwSignal<Option<String>>,
    /// `findings` without the dismissed ones.
    shown_findings: Memo<Arc<Vec<Placed>>>,
    /// The services and the plan of the last text that could be analyzed; `None` for an empty text.
    pub report: RwSignal<Option<Arc<Report>>>,
    generated: RwSignal<Generated>,
    /// Whether `report` belongs to an earlier text, since this one has none.
    pub stale: RwSignal<bool>,
    /// Whether the first answer to a text is still to come.
    pub is_awaited: RwSignal<bool>,
}

/// Analyzes `text` now, and again whenever it changes.
pub fn follow(text: RwSignal<String>, client: Client, decode: Decode) -> AnalysisStore {
    let findings = RwSignal::<Arc<Vec<Placed>>>::default();
    let (report, dismissed) = (RwSignal::default(), Dismissed::load());
    let shown_findings = Memo::new(move |_| {
        let is_shown = |finding: &&Placed| !dismissed.has(&name(report), finding);
        let all = findings.read();
        if all.iter().all(|finding| is_shown(&finding)) {
            Arc::clone(&all)
        } else {
            Arc::new(all.iter().filter(is_shown).cloned().collect())
        }
    });
    let store = AnalysisStore {
        findings,
        dismissed,
        of: RwSignal::new(None),
        shown_findings,
        report,
        generated: RwSignal::default(),
        stale: RwSignal::new(false),
        is_awaited: RwSignal::new(false),
    };
    let analyze = move || store.analyze(text, client, decode);
    analyze();
    Effect::watch(move || text.track(), move |(), _, _| analyze(), false);
    store
}

impl AnalysisStore {
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

    /// The names of the cluster's node groups, in the document's order.
    pub fn node_groups(self) -> Vec<String> {
        self.report.with(|report| {
            let groups = report.iter().flat_map(|report| &report.node_groups);
            groups.map(|group| group.name.to_string()).collect()
        })
    }

    /// The text that is shown: the last one that could be analyzed.
    pub fn shown_text(self) -> Arc<str> {
        self.generated.with_untracked(|generated| Arc::clone(&generated.text))
    }

    /// The findings about the text, in its order, without the dismissed ones.
    pub fn shown_findings(self) -> Memo<Arc<Vec<Placed>>> {
        self.shown_findings
    }

    /// The dismissed findings.
    pub fn dismissed_findings(self) -> Vec<Placed> {
        let document = name(self.report);
        let all = self.findings.read();
        all.iter().filter(|finding| self.dismissed.has(&document, finding)).cloned().collect()
    }

    /// Dismisses `finding`.
    pub fn dismiss(self, finding: &Placed) {
        self.dismissed.add(&untrack(|| name(self.report)), finding);
    }

    /// Shows a dismissed finding again.
    pub fn restore(self, finding: &Placed) {
        self.dismissed.remove(&untrack(|| name(self.report)), finding);
    }

    /// The number of shown findings.
    pub fn counts(self) -> Counts {
        self.shown_findings.with(|findings| Counts::of(findings))
    }

    /// The generated files of the shown text; those of the text before until they are generated. The engine generates them
    /// for as long as the caller's owner lives.
    pub fn files(self, client: Client) -> Memo<Option<Arc<Vec<Artifact>>>> {
        let generated = self.generated;
        generated.update_untracked(|generated| generated.are_shown = true);
        on_cleanup(move || _ = generated.try_update_untracked(|generated| generated.are_shown = false));
        Effect::new(move || {
            let missing = |generated: &Generated| generated.files.is_none().then(|| Arc::clone(&generated.text));
            let Some(text) = generated.with(missing) else { return };
            task::spawn_local(async move {
                let Ok(files) = client.ask(Generate { text: text.to_string() }).await else { return };
                // Another text may be shown by now.
                if generated.with_untracked(|generated| Arc::ptr_eq(&generated.text, &text)) {
                    generated.update(|generated| generated.files = Some(Arc::new(files)));
                }
            });
        });
        let files = move |last: Option<&Option<Arc<_>>>| {
            generated.with(|generated| generated.files.clone()).or_else(|| last?.clone())
        };
        let are_others = |before: Option<&Option<Arc<_>>>, after: Option<&Option<Arc<_>>>| {
            let at = |files: Option<&Option<Arc<_>>>| files.and_then(Option::as_ref).map(Arc::as_ptr);
            before.is_none() || at(before) != at(after)
        };
        Memo::new_with_compare(files, are_others)
    }

    /// Analyzes `text`, and stores the answer.
    fn analyze(self, text: RwSignal<String>, client: Client, decode: Decode) {
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
        // The engine starts before the page does anything else with the text.
        let with_files = self.generated.with_untracked(|generated| generated.are_shown);
        let answer = client.send(Analyze { text: of.clone(), with_files });
        task::spawn_local(async move {
            let answer = match answer.await {
                Ok(bytes) => decode.run(bytes).await,
                Err(why) => Err(why),
            };
            if answer.as_ref().is_err_and(|why| *why == Stopped::Superseded) || is_blank() {
                return;
            }
            self.is_awaited.set(false);
            let Ok(Analyzed { findings, report, files }) = answer else { return };
            self.findings.set(Arc::new(findings));
            self.stale.set(report.is_none());
            if let Some(report) = report {
                self.report.set(Some(Arc::new(report)));
                self.generated.update(|generated| {
                    generated.text = Arc::from(of.as_str());
                    generated.files = files.map(Arc::new);
                });
            }
            self.of.set(Some(of));
        });
    }
}

/// The document's name.
fn name(report: RwSignal<Option<Arc<Report>>>) -> String {
    report.with(|report| report.as_ref().map(|report| report.name.to_string()).unwrap_or_default())
}
