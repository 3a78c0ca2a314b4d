use super::*;
use crate::plan::simulate::{Scenario, ScenarioKind};
use crate::quantity::Memory;

const EXAMPLES: [&str; 3] = [
    include_str!("../../examples/shop.yaml"),
    include_str!("../../examples/prebuilt.yaml"),
    include_str!("../../examples/too-many-workers.yaml"),
];

/// Asks as the page does.
fn ask<T: Task>(task: T) -> T::Answer {
    let question = write(&task.into()).unwrap();
    read(&Request::answer(&question, &mut |_| {}).unwrap()).unwrap()
}

/// What is asked for while nobody looks at the files.
fn analyze(text: &str) -> Analyze {
    Analyze { text: text.to_owned(), with_files: false }
}

#[test]
fn an_analysis_comes_back_as_it_was_made() {
    for text in EXAMPLES.into_iter().chain(["", "services: [", "services: { api: { pyhton: {} } }"]) {
        for task in [analyze(text), Analyze { text: text.to_owned(), with_files: true }] {
            assert_eq!(ask(task.clone()), task.run(&mut |_| {}), "{text}");
        }
    }
}

#[test]
fn a_simulation_comes_back_as_it_was_made() {
    for (text, kind) in EXAMPLES.into_iter().flat_map(|text| ScenarioKind::ALL.map(|kind| (text, kind))) {
        let task = Simulate { text: text.to_owned(), scenario: Scenario::new(kind) };
        assert_eq!(ask(task.clone()), task.run(&mut |_| {}), "{kind:?} {text}");
    }
}

#[test]
fn what_to_buy_comes_back_as_it_was_found() {
    let priced = "services: { api: { image: \"a:1\" } }\nmachines: [{ name: a, price: 1.5 }]\n";
    for text in EXAMPLES.into_iter().chain([priced, "services: ["]) {
        let task = Capacity { text: text.to_owned() };
        assert_eq!(ask(task.clone()), task.run(&mut |_| {}), "{text}");
    }
}

#[test]
fn the_files_of_a_text_are_those_of_its_analysis() {
    for text in EXAMPLES {
        let analyzed = ask(Analyze { text: text.to_owned(), with_files: true });
        assert_eq!(Some(ask(Generate { text: text.to_owned() })), analyzed.files);
        assert_eq!(ask(analyze(text)), Analyzed { files: None, ..analyzed }, "the rest is the same without them");
    }
    assert_eq!(ask(Generate { text: "services: [".to_owned() }), []);
}

#[test]
fn a_change_comes_back_as_edits_or_as_the_reason_why_not() {
    use crate::edit::{Change, Kind};
    let text = "services:\n  db: { postgres: {} } # kept\n".to_owned();
    let service = Kind::of("redis").unwrap().service();
    let change = Change::AddService { name: "cache".to_owned(), service };
    let edits = ask(Edit { text: text.clone(), change: change.clone() }).unwrap();
    assert_eq!(crate::text::apply(&text, &edits), text + "  cache:\n    redis: {}\n");
    let refused = ask(Edit { text: "services: { cache: {} }".to_owned(), change });
    assert_eq!(refused, Err("There is a `cache` already".to_owned()));
}

#[test]
fn a_form_comes_back_as_it_was_made() {
    for (text, path) in EXAMPLES.into_iter().flat_map(|text| [(text, vec!["services", "api"]), (text, vec![])]) {
        let path = path.into_iter().map(|key| crate::yaml::Segment::Key(key.to_owned())).collect();
        let task = DescribeForm { text: text.to_owned(), path };
        assert_eq!(ask(task.clone()), task.run(&mut |_| {}), "{text}");
    }
}

#[test]
fn a_picture_shows_what_runs() {
    let text = "services: { db: { postgres: {}, external: db.example.com }, api: { image: \"a:1\", memory: { limit: 64Mi }, replicas: 2 } }\n";
    assert_eq!(ask(MemoryByService { text: text.to_owned() }), [Piece { service: 0, memory: Memory::from_mib(128) }]);
}

#[test]
fn the_files_of_a_text_are_packed() {
    let artifacts = ask(Generate { text: EXAMPLES[0].to_owned() });
    assert_eq!(ask(Zip { text: EXAMPLES[0].to_owned() }), crate::archive::zip(&artifacts).ok());
    assert_eq!(ask(Zip { text: "services: [".to_owned() }), None);
}

#[test]
fn places_count_as_scripts_do() {
    let text = "services:\n  \"🚢\": {}\n  api: { pyhton: {} }\n";
    let findings = ask(analyze(text)).findings;
    let units: Vec<u16> = text.encode_utf16().collect();
    let shown =
        |placed: &Placed| String::from_utf16(&units[placed.place.from as usize..placed.place.to as usize]).unwrap();
    assert!(findings.iter().any(|placed| shown(placed) == "pyhton" && placed.position.line == 3), "{findings:?}");
}

#[test]
fn a_service_says_what_it_is() {
    let text = include_str!("../../examples/flask.yaml");
    let services = ask(analyze(text)).report.unwrap().services;
    let titles: Vec<(&str, &str, Role)> =
        services.iter().map(|service| (service.name.as_str(), service.title.as_str(), service.role)).collect();
    assert_eq!(
        titles,
        [
            ("web", "Flask", Role::Serves),
            ("worker", "Python worker", Role::Works),
            ("nightly", "Python job", Role::Works),
            ("queue", "Valkey 9", Role::Keeps),
        ]
    );
    assert_eq!(services[2].schedule.as_deref(), Some("0 3 * * *"));
    assert_eq!(services[0].processes, Some(4));
}

#[test]
fn what_crosses_is_bounded_by_what_can_be_drawn() {
    let text = "services:\n  api: { image: \"api:1\", replicas: 9000, memory: { limit: 16Mi }, cpu: { request: 1m } }\n\
                cluster: { nodes: [{ count: 400, cpu: 8, memory: 32Gi }] }\n";
    let report = ask(analyze(text)).report.unwrap();
    let cluster = report.plan.cluster.as_ref().unwrap();
    assert_eq!((report.node_count(), cluster.nodes.len()), (400, MOST_NODES));
    assert_eq!((cluster.steady.placed(), cluster.steady.pods.len()), (9000, 1));
}

#[test]
fn a_long_plan_tells_how_far_it_is() {
    let text = "services:\n  api: { image: \"api:1\", autoscale: { min: 4000, max: 6000 }, memory: { limit: 16Mi }, cpu: { request: 1m } }\n\
                cluster: { nodes: [{ count: 300, cpu: 8, memory: 32Gi }] }\n";
    let mut told = Vec::new();
    analyze(text).run(&mut |step| told.push((step.done, step.of)));
    assert_eq!(told, (0..6).map(|thousands| (thousands * 1000, 6000)).collect::<Vec<_>>());
}

#[test]
fn bytes_that_are_no_question_are_refused() {
    assert_eq!(Request::answer(&[255, 255, 255], &mut |_| {}), Err(DecodeError));
    assert_eq!(read::<Analyze>(&[]), Err(DecodeError));
}

/// Asks as the editor's script does.
fn assist(text: &str, query: &str) -> serde_json::Value {
    serde_json::from_str(&ask(Assist { text: text.to_owned(), query: query.to_owned() })).unwrap()
}

#[test]
fn the_editor_is_helped_in_its_own_offsets() {
    let text = "# 🚢 é\ncluster: { gate }\n";
    let at = text.encode_utf16().count() - 3;
    let completed = assist(text, &format!(r#"{{"complete":{at}}}"#));
    assert_eq!((completed["from"].as_u64(), completed["to"].as_u64()), (Some(at as u64 - 4), Some(at as u64)));
    assert_eq!(completed["isClosed"], false);
    let gateway = completed["suggestions"].as_array().unwrap().iter().find(|one| one["label"] == "gateway").unwrap();
    assert_eq!((gateway["insert"].as_str(), gateway["caret"].as_u64()), (Some("gateway: "), Some(9)));

    let hovered = assist("# 🚢\ncluster: { quota: true }\n", r#"{"hover":18}"#);
    assert_eq!((hovered["path"].as_str(), hovered["from"].as_u64()), (Some("cluster.quota"), Some(16)));
    assert_eq!(hovered["help"]["default"], "false");
    assert_eq!(assist(text, r#"{"pathAt":10}"#), "cluster");
    assert_eq!(assist(text, r#"{"locate":"cluster"}"#)["from"], 7);
    assert_eq!(assist(text, r#"{"extent":"cluster.x"}"#)["to"], text.encode_utf16().count() - 1);
    for nothing in [r#"{"extent":"server"}"#, r#"{"hover":0}"#, r#"{"hover":-1}"#, "", r#"{"other":1}"#] {
        assert!(assist(text, nothing).is_null(), "{nothing}");
    }
}
