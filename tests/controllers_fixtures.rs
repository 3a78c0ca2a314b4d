//! Decisions of the real autoscaler and Deployment controller of Kubernetes 1.36.2, compared with ours.

mod recorded;

use plimsoll::plan::controllers::replica_calculator::{Phase, Pod, Readiness, Resource, Sample, Target, propose};
use plimsoll::plan::controllers::rolling_update::{Margin, Pods, Rollout, Share};
use plimsoll::plan::controllers::scaling_rules::{
    Change, History, ScaleEvent, ScalingPolicy, ScalingRules, SelectPolicy, scale_down_limit, scale_up_limit,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[test]
fn controller_fixtures_agree() {
    let mut cases: BTreeMap<String, usize> = BTreeMap::new();
    let mut differences = Vec::new();
    for (place, case) in recorded::cases("controllers") {
        let kind = case["Kind"].as_str().expect("a kind");
        *cases.entry(kind.to_owned()).or_default() += 1;
        let ours = match kind {
            "res" => replicas(&case),
            "lim" => limits(&case),
            "dep" => rollout(&case),
            _ => panic!("{place}: an unknown kind: {kind}"),
        };
        for (field, ours) in ours.as_object().expect("an object") {
            if *ours != case[field] {
                differences.push(format!("{place}: {field}: theirs {}, ours {ours}: {case}", case[field]));
            }
        }
        if differences.len() > 10 {
            break;
        }
    }
    assert_eq!(differences, Vec::<String>::new());
    assert!(!cases.is_empty(), "there are no cases");
}

fn replicas(case: &Value) -> Value {
    let pod = |pod: &Value| Pod {
        phase: match (pod["Deleted"] == true, pod["Phase"].as_str()) {
            (false, Some("Pending")) => Phase::Pending,
            (false, Some("Running")) => Phase::Running,
            _ => Phase::Gone,
        },
        request: long(&pod["Req"]),
        sample: (pod["HasMetric"] == true).then(|| Sample {
            usage: long(&pod["Val"]),
            seconds_ago: long(&pod["SampAgo"]),
            window_seconds: 30,
        }),
        readiness: Some(Readiness {
            is_ready: pod["Ready"] == true,
            changed_seconds_ago: long(&pod["TransAgo"]),
            started_seconds_ago: long(&pod["StartAgo"]),
        }),
    };
    let target = Target {
        resource: if case["Res"] == "cpu" { Resource::Cpu } else { Resource::Memory },
        utilization_percent: int(&case["Target"]),
        tolerance_up: case["TolUp"].as_f64().expect("a number"),
        tolerance_down: case["TolDown"].as_f64().expect("a number"),
    };
    let pods: Vec<Pod> = case["Pods"].as_array().into_iter().flatten().map(pod).collect();
    match propose(int(&case["Cur"]), &target, &pods) {
        Ok(ours) => json!({
            "Out": ours.replicas, "Util": ours.utilization_percent, "Raw": ours.average_usage, "Err": "",
        }),
        Err(error) => json!({ "Out": 0, "Util": 0, "Err": error.to_string() }),
    }
}

fn limits(case: &Value) -> Value {
    let events = |events: &Value| -> Vec<ScaleEvent> {
        let event = |event: &Value| ScaleEvent {
            pods: int(&event["Change"]),
            millis_ago: event["AgoMs"].as_u64().expect("milliseconds"),
        };
        events.as_array().into_iter().flatten().map(event).collect()
    };
    let (added, removed) = (events(&case["Up"]), events(&case["Down"]));
    let history = History { added: &added, removed: &removed };
    let current = int(&case["Cur"]);
    let up = scale_up_limit(current, &rules(&case["UR"]), history);
    let down = scale_down_limit(current, &rules(&case["DR"]), history);
    json!({ "LimUp": up, "LimDown": down })
}

fn rules(rules: &Value) -> ScalingRules {
    let policy = |policy: &Value| ScalingPolicy {
        change: match policy["type"].as_str() {
            Some("Pods") => Change::Pods(int(&policy["value"])),
            Some("Percent") => Change::Percent(int(&policy["value"])),
            other => panic!("an unknown type of policy: {other:?}"),
        },
        period_seconds: count(&policy["periodSeconds"]),
    };
    ScalingRules {
        select: match rules["selectPolicy"].as_str() {
            Some("Max") => SelectPolicy::Max,
            Some("Min") => SelectPolicy::Min,
            Some("Disabled") => SelectPolicy::Disabled,
            other => panic!("an unknown selectPolicy: {other:?}"),
        },
        policies: rules["policies"].as_array().into_iter().flatten().map(policy).collect(),
    }
}

fn rollout(case: &Value) -> Value {
    let share = |share: &Value| {
        let text = share.as_str().expect("text");
        match text.strip_suffix('%') {
            Some(percent) => Share::Percent(percent.parse().expect("a percentage")),
            None => Share::Pods(text.parse().expect("a number")),
        }
    };
    let replicas = count(&case["Des"]);
    let margin = Margin::of(share(&case["Surge"]), share(&case["Unav"]), replicas);
    let pods = |wanted| Pods { wanted, available: wanted };
    let rollout =
        Rollout { replicas, margin, new: pods(count(&case["NewSpec"])), old: vec![pods(count(&case["OldSpec"]))] };
    json!({
        "RSurge": margin.surge, "LimUp": margin.surge,
        "RUnav": margin.unavailable, "LimDown": margin.unavailable.min(replicas),
        "NewRS": rollout.new_pods_wanted(),
    })
}

fn long(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("no number: {value}"))
}

fn int(value: &Value) -> i32 {
    i32::try_from(long(value)).expect("a small number")
}

fn count(value: &Value) -> u32 {
    u32::try_from(long(value)).expect("a count")
}
