//! The charts of a simulation.

use crate::plan::simulate::{Amount, Figure, Series, Simulation};
use crate::quantity::Memory;
use crate::sorting;
use crate::topology::Name;
use crate::view::chart::lines::{Point, number, peak, sum};
use crate::view::chart::scale::Unit;
use crate::view::chart::{Chart, Ink, Part};
use crate::view::colour::Colour;

/// Above this number of services, the smallest ones are drawn as one.
const MOST_LAYERS: usize = 8;

/// The figures of the plan that charts need.
pub struct Plan<'a> {
    /// The colour of a service.
    pub colour: &'a dyn Fn(&str) -> Colour,
    /// The load line of all machines together, if it is known.
    pub load_line: Option<Memory>,
    /// The memory of the proxy in front of public services, if there is one.
    pub proxy: Option<Memory>,
    /// The service that the scenario is about.
    pub service: Option<&'a str>,
}

/// Returns the charts of a simulation.
pub fn charts(simulation: &Simulation, plan: &Plan) -> Vec<Chart> {
    let figures = Figures(simulation);
    let mut charts = vec![figures.memory(plan), figures.replicas(plan)];
    charts.extend(figures.load(plan));
    charts
}

struct Figures<'a>(&'a Simulation);

impl<'a> Figures<'a> {
    fn memory(&self, plan: &Plan) -> Chart {
        let mut layers: Vec<Part> = self
            .by_service(Figure::MemoryBytes)
            .map(|(name, points)| Part::new(name.as_str(), Ink::Service((plan.colour)(name.as_str())), points))
            .filter(|part| part.points.iter().any(|(_, value)| value.is_some_and(|value| value > 0.0)))
            .collect();
        if layers.len() > MOST_LAYERS {
            let mut sizes: Vec<f64> =
                layers.iter().map(|part| peak(&part.points).map_or(0.0, |(_, size)| size)).collect();
            sorting::sort_by(&mut sizes, |one, other| other.total_cmp(one));
            let least = sizes.get(MOST_LAYERS - 2).copied().unwrap_or_default();
            let (mut large, mut small) = (Vec::new(), Vec::new());
            for part in layers {
                let is_large = peak(&part.points).is_some_and(|(_, size)| size >= least);
                if is_large && large.len() < MOST_LAYERS - 1 { large.push(part) } else { small.push(part) }
            }
            let name = format!("{} others", small.len());
            let points: Vec<Vec<Point>> = small.into_iter().map(|part| part.points).collect();
            large.push(Part::new(&name, Ink::Service(Colour::of_none()), sum(&points)));
            layers = large;
        }
        layers.extend(self.jobs());
        if let Some(proxy) = plan.proxy {
            let points = vec![(0, Some(number(proxy.bytes())))];
            layers.push(Part::new("proxy", Ink::Service(Colour::of_none()), points));
        }
        let used = sum(&layers.iter().map(|part| part.points.clone()).collect::<Vec<_>>());
        let set_aside = self.of_all(Figure::RequestedMemoryBytes);
        let most = peak(set_aside.as_deref().unwrap_or(&used));
        Chart {
            title: "Memory".to_owned(),
            unit: Unit::Bytes,
            until: self.0.ended_ms,
            layers,
            lines: set_aside.into_iter().map(|points| Part::new("set aside", Ink::Strong, points)).collect(),
            load_line: plan.load_line.map(|line| number(line.bytes())),
            peak: most,
        }
    }

    /// The memory of the pods of Jobs: what is counted of all, and of no service.
    fn jobs(&self) -> Option<Part> {
        let negative =
            |points: Vec<Point>| points.into_iter().map(|(at, value)| (at, value.map(|value| -value))).collect();
        let services = self.by_service(Figure::MemoryBytes).map(|(_, points)| negative(points));
        let rest = sum(&self.of_all(Figure::MemoryBytes).into_iter().chain(services).collect::<Vec<_>>());
        let is_any = rest.iter().any(|(_, value)| value.is_some_and(|value| value > 0.0));
        is_any.then(|| Part::new("jobs", Ink::Service(Colour::of_none()), rest))
    }

    fn replicas(&self, plan: &Plan) -> Chart {
        let of = |figure| match plan.service {
            Some(service) => self.of(figure, service),
            None => self.of_all(figure).or_else(|| {
                let all: Vec<Vec<Point>> = self.by_service(figure).map(|(_, points)| points).collect();
                (!all.is_empty()).then(|| sum(&all))
            }),
        };
        let colour = plan.service.map_or_else(Colour::of_none, |service| (plan.colour)(service));
        let pending = of(Figure::PendingReplicas).filter(|points| points.iter().any(|(_, value)| *value > Some(0.0)));
        let lines = [
            (of(Figure::ReadyReplicas), "ready", Ink::Strong),
            (of(Figure::WantedReplicas), "wanted", Ink::Dashed),
            (pending, "without a node", Ink::Warning),
        ];
        Chart {
            title: plan.service.map_or_else(|| "Replicas".to_owned(), |service| format!("Replicas of {service}")),
            unit: Unit::Count,
            until: self.0.ended_ms,
            layers: of(Figure::Replicas)
                .into_iter()
                .map(|points| Part::new("in memory", Ink::Service(colour), points))
                .collect(),
            lines: parts(lines),
            load_line: None,
            peak: None,
        }
    }

    /// Returns the charts of the requests to a service, if there are any: to that of the scenario, otherwise to the
    /// first.
    fn load(&self, plan: &Plan) -> Vec<Chart> {
        let named = plan.service.filter(|service| self.of(Figure::RatePerSecond, service).is_some());
        let first = || self.by_service(Figure::RatePerSecond).next().map(|(name, _)| name.as_str());
        let Some(service) = named.or_else(first) else { return Vec::new() };
        let of = |figure| self.of(figure, service);
        let some = |figure| of(figure).filter(|points| points.iter().any(|(_, value)| *value > Some(0.0)));
        let colour = Ink::Service((plan.colour)(service));
        let chart = |title, unit, lines: Vec<Part>| Chart {
            title,
            unit,
            until: self.0.ended_ms,
            layers: Vec::new(),
            lines,
            load_line: None,
            peak: None,
        };
        let rate =
            [(of(Figure::RatePerSecond), "arrive", colour), (some(Figure::LostPerSecond), "unanswered", Ink::Warning)];
        let latency = [(of(Figure::LatencyP95Ms), "95th percentile", colour)];
        let utilisation = [(of(Figure::UtilisationPercent), "busy", colour)];
        let waiting = [(some(Figure::WaitingRequests), "wait", Ink::Warning)];
        let charts = [
            chart(format!("Requests of {service}"), Unit::PerSecond, parts(rate)),
            chart(format!("Response time of {service}"), Unit::Millis, parts(latency)),
            chart(format!("Utilisation of {service}"), Unit::Percent, parts(utilisation)),
            chart(format!("Queue of {service}"), Unit::Count, parts(waiting)),
        ];
        charts.into_iter().filter(|chart| !chart.lines.is_empty()).collect()
    }

    fn by_service(&self, figure: Figure) -> impl Iterator<Item = (&'a Name, Vec<Point>)> {
        let all = self.0.series.iter().filter(move |series| series.figure == figure);
        all.filter_map(|series| Some((series.service.as_ref()?, points(series))))
    }

    fn of(&self, figure: Figure, service: &str) -> Option<Vec<Point>> {
        self.by_service(figure).find(|(name, _)| name.as_str() == service).map(|(_, points)| points)
    }

    fn of_all(&self, figure: Figure) -> Option<Vec<Point>> {
        let is_of_all = |series: &&Series| series.service.is_none() && series.node.is_none();
        self.0.series.iter().filter(is_of_all).find(|series| series.figure == figure).map(points)
    }
}

fn points(series: &Series) -> Vec<Point> {
    series.points.iter().map(|(time, value)| (*time, value.map(Amount::value))).collect()
}

/// The lines that have figures.
fn parts<const N: usize>(lines: [(Option<Vec<Point>>, &str, Ink); N]) -> Vec<Part> {
    lines.into_iter().filter_map(|(points, name, ink)| Some(Part::new(name, ink, points?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::simulate::{Scenario, ScenarioKind, simulate};
    use crate::view::chart::lines::value_at;

    #[test]
    fn the_layers_of_memory_add_up_to_what_the_command_prints() {
        let topology = crate::analyze(include_str!("../../../examples/shop.yaml")).outputs.unwrap().topology;
        let scenario = Scenario { service: Some("api".to_owned()), ..Scenario::new(ScenarioKind::Rollout) };
        let simulation = simulate(&topology, &scenario);
        let plan = Plan { colour: &|_| Colour::of_none(), load_line: None, proxy: None, service: Some("api") };
        let memory = charts(&simulation, &plan).remove(0);
        assert!(memory.layers.iter().any(|part| part.name == "jobs"));
        let layers = sum(&memory.layers.into_iter().map(|part| part.points).collect::<Vec<_>>());
        let all = Figures(&simulation).of_all(Figure::MemoryBytes).unwrap();
        for (time, _) in &all {
            assert_eq!(value_at(&layers, *time), value_at(&all, *time), "after {time} ms");
        }
    }
}
