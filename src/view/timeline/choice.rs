//! The scenario that the person chooses and configures.
//!
//! Typed values stay as they are typed: neither half a number nor a renamed service discards them.

use crate::plan::simulate::{AvailableScenarios, Curve, Scenario, ScenarioKind, Target};
use crate::quantity::{Memory, QuantityError};

/// The choice of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// The kind; `None` for the plan without a scenario.
    pub kind: Option<ScenarioKind>,
    /// The service that is released or leaks, if not the default one.
    pub service: Option<String>,
    /// The node that is lost or drained, if not the fullest one.
    pub node: Option<String>,
    /// The requests that arrive.
    pub shape: Shape,
    /// The typed values, in the order of [`Field`].
    typed: [String; Field::ALL.len()],
}

/// The shape of the traffic over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// As in the document, otherwise up to its peak and back.
    #[default]
    Document,
    /// Up to the peak, and back.
    Spike,
    /// Up to the peak, for good.
    Step,
    /// Over a day.
    Daily,
    /// The usual rate all the time.
    Steady,
    /// As typed into [`Field::Points`].
    Points,
}

/// A text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The traffic, for [`Shape::Points`].
    Points,
    /// The time from the start of a container until it is ready.
    Startup,
    /// The time that a process takes to end.
    Shutdown,
    /// The growth of each process in an hour.
    Growth,
    /// The number of nodes that the cluster autoscaler may add.
    NewNodes,
    /// The seed of random numbers.
    Seed,
}

/// The error in a typed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The field.
    pub field: Field,
    /// The error, in a sentence or two.
    pub words: String,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 6] = [Self::Document, Self::Spike, Self::Step, Self::Daily, Self::Steady, Self::Points];

    /// Its name; for shapes between two rates also the spelling that [`Curve::read`] accepts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Spike => "spike",
            Self::Step => "step",
            Self::Daily => "daily",
            Self::Steady => "steady",
            Self::Points => "points",
        }
    }

    /// Its label, with the rates.
    pub fn words(self, offer: &AvailableScenarios) -> String {
        let (rate, peak) = (offer.rate, offer.peak);
        match self {
            Self::Document => "as the document says".to_owned(),
            Self::Spike => format!("spike from {rate} to {peak} for 5 minutes"),
            Self::Step => format!("step from {rate} to {peak}"),
            Self::Daily => format!("a day between {rate} and {peak}"),
            Self::Steady => format!("steady {rate}"),
            Self::Points => "points of your own".to_owned(),
        }
    }
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 6] = [Self::Points, Self::Startup, Self::Shutdown, Self::Growth, Self::NewNodes, Self::Seed];

    /// Its label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Points => "Traffic over time",
            Self::Startup => "Start-up time",
            Self::Shutdown => "Time to stop",
            Self::Growth => "Growth of a process an hour",
            Self::NewNodes => "Nodes that may be added",
            Self::Seed => "Seed of chance",
        }
    }

    /// The placeholder: for most fields, the value in the document applies.
    pub fn default(self) -> &'static str {
        match self {
            Self::Points => "0s 40/s, 60s 200/s",
            Self::Startup | Self::Shutdown | Self::Growth | Self::NewNodes => "as written",
            Self::Seed => "0",
        }
    }

    /// Whether a scenario uses it.
    pub fn matters(self, kind: ScenarioKind, target: Target) -> bool {
        match self {
            Self::Points => false,
            Self::Startup | Self::Shutdown | Self::Seed => true,
            Self::Growth => kind == ScenarioKind::Leak,
            Self::NewNodes => target == Target::Cluster,
        }
    }
}

impl Choice {
    /// The typed value of a field.
    pub fn typed(&self, field: Field) -> &str {
        self.typed.get(field as usize).map_or("", String::as_str)
    }

    /// Sets the typed value of a field.
    pub fn write(&mut self, field: Field, text: String) {
        if let Some(typed) = self.typed.get_mut(field as usize) {
            *typed = text;
        }
    }

    /// The service of a scenario: the chosen one if it exists, otherwise the default.
    pub fn service_of(&self, offer: &AvailableScenarios, kind: ScenarioKind) -> Option<String> {
        let is_there = |name: &&String| offer.services.iter().any(|service| service.as_str() == name.as_str());
        let chosen = self.service.as_ref().filter(is_there).cloned();
        let usual = if kind == ScenarioKind::Leak { &offer.leaking_service } else { &offer.usual_service };
        chosen.or_else(|| usual.as_ref().map(ToString::to_string))
    }

    /// Returns the scenario; `None` if none is chosen.
    ///
    /// # Errors
    /// Returns the first error in a typed value.
    pub fn scenario(
        &self,
        offer: &AvailableScenarios,
        target: Target,
        node: Option<String>,
    ) -> Result<Option<Scenario>, Mistake> {
        let Some(kind) = self.kind else { return Ok(None) };
        let service = match kind {
            ScenarioKind::Rollout | ScenarioKind::Leak => self.service_of(offer, kind),
            ScenarioKind::NodeLoss | ScenarioKind::Drain | ScenarioKind::Traffic => None,
        };
        let node = match kind {
            ScenarioKind::NodeLoss | ScenarioKind::Drain => node,
            ScenarioKind::Rollout | ScenarioKind::Leak | ScenarioKind::Traffic => None,
        };
        let memory =
            |text: &str| text.parse::<Memory>().map_err(|error: QuantityError| format!("{error}. {}.", error.help()));
        let count = |text: &str| text.parse::<u32>().map_err(|_| not_whole(text));
        let seed = |text: &str| text.parse::<u64>().map_err(|_| not_whole(text));
        Ok(Some(Scenario {
            target: Some(target),
            service,
            node,
            traffic: if kind == ScenarioKind::Traffic { self.curve(offer)? } else { None },
            startup: self.read(Field::Startup, str::parse)?,
            shutdown: self.read(Field::Shutdown, str::parse)?,
            growth: self.read(Field::Growth, memory)?,
            new_nodes: self.read(Field::NewNodes, count)?,
            seed: self.read(Field::Seed, seed)?.unwrap_or_default(),
            ..Scenario::new(kind)
        }))
    }

    fn curve(&self, offer: &AvailableScenarios) -> Result<Option<Curve>, Mistake> {
        let text = match self.shape {
            Shape::Document => return Ok(None),
            Shape::Points if self.typed(Field::Points).trim().is_empty() => Field::Points.default(),
            Shape::Points => self.typed(Field::Points),
            shape => shape.name(),
        };
        Curve::read(text, offer.rate, offer.peak).map(Some).map_err(|words| Mistake::new(Field::Points, &words))
    }

    fn read<T>(&self, field: Field, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Mistake> {
        let text = self.typed(field).trim();
        if text.is_empty() {
            return Ok(None);
        }
        read(text).map(Some).map_err(|words| Mistake::new(field, &words))
    }
}

fn not_whole(text: &str) -> String {
    format!("`{text}` is not a whole number.")
}

impl Mistake {
    fn new(field: Field, words: &str) -> Self {
        // The message has a second line that says what to write.
        Self { field, words: words.replace('\n', ". ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::Duration;

    fn offer() -> AvailableScenarios {
        let text = "services: { db: { postgres: {} }, api: { python: {} } }\n";
        AvailableScenarios::of(&crate::analyze(text).outputs.unwrap().topology)
    }

    fn scenario(choice: &Choice) -> Result<Option<Scenario>, Mistake> {
        choice.scenario(&offer(), Target::Cluster, Some("node-1".to_owned()))
    }

    #[test]
    fn nothing_is_asked_for_until_something_is_chosen() {
        assert_eq!(scenario(&Choice::default()), Ok(None));
    }

    #[test]
    fn a_scenario_is_about_the_chosen_service_while_there_is_one() {
        let mut choice = Choice { kind: Some(ScenarioKind::Rollout), ..Choice::default() };
        for (chosen, expected) in [(None, "api"), (Some("db"), "db"), (Some("renamed"), "api")] {
            choice.service = chosen.map(str::to_owned);
            let scenario = scenario(&choice).unwrap().unwrap();
            assert_eq!((scenario.service.as_deref(), scenario.node), (Some(expected), None));
        }
        let lost = Choice { kind: Some(ScenarioKind::NodeLoss), ..choice };
        let scenario = scenario(&lost).unwrap().unwrap();
        assert_eq!((scenario.service, scenario.node.as_deref()), (None, Some("node-1")));
    }

    #[test]
    fn what_is_typed_counts_and_what_is_wrong_is_told_with_its_field() {
        let mut choice = Choice { kind: Some(ScenarioKind::Leak), ..Choice::default() };
        for (field, text) in
            [(Field::Startup, " 12s "), (Field::Growth, "1Gi"), (Field::NewNodes, "2"), (Field::Seed, "7")]
        {
            choice.write(field, text.to_owned());
        }
        let read = scenario(&choice).unwrap().unwrap();
        assert_eq!(
            (read.startup, read.growth, read.new_nodes, read.seed),
            (Some(Duration::from_millis(12_000)), Some(Memory::from_gib(1)), Some(2), 7)
        );
        for (field, text) in [
            (Field::Startup, "soon"),
            (Field::Shutdown, "-1s"),
            (Field::Growth, "much"),
            (Field::NewNodes, "1.5"),
            (Field::Seed, "x"),
        ] {
            let mut wrong = choice.clone();
            wrong.write(field, text.to_owned());
            let mistake = scenario(&wrong).unwrap_err();
            assert_eq!(mistake.field, field);
            assert!(mistake.words.contains(text) && !mistake.words.contains('\n'), "{mistake:?}");
        }
    }

    #[test]
    fn traffic_has_the_documents_rates_or_points_of_ones_own() {
        let mut choice = Choice { kind: Some(ScenarioKind::Traffic), ..Choice::default() };
        for shape in Shape::ALL {
            choice.shape = shape;
            let has_own = scenario(&choice).unwrap().unwrap().traffic.is_some();
            assert_eq!(has_own, shape != Shape::Document, "{shape:?}");
            assert!(!shape.words(&offer()).is_empty());
        }
        choice.write(Field::Points, "0s 5/s\n30s 9/s".to_owned());
        assert_eq!(scenario(&choice).unwrap().unwrap().traffic, Some("0s 5/s, 30s 9/s".parse().unwrap()));
        choice.write(Field::Points, "0s".to_owned());
        assert_eq!(scenario(&choice).unwrap_err().field, Field::Points);
    }
}
