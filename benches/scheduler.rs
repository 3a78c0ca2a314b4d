//! How fast pods are placed: 30 a node, in Deployments of 300, every node considered, in one thread.
//!
//! The largest is the largest cluster that Kubernetes supports: 5,000 nodes and 150,000 pods
//! (<https://kubernetes.io/docs/setup/best-practices/cluster-large/>).

#![allow(missing_docs, reason = "criterion makes a public function without a comment")]

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use plimsoll::plan::scheduler::cluster::{Cluster, Node, PodTemplate, Resources};
use plimsoll::plan::scheduler::labels::{Labels, Selector};
use plimsoll::plan::scheduler::{Detail, Scheduler};
use plimsoll::quantity::{Cpu, Memory};
use std::time::Duration;

const PODS_PER_NODE: usize = 30;
const REPLICAS: usize = 300;

/// Nodes of two sizes in three zones.
fn cluster(nodes: usize) -> Cluster {
    let node = |index: usize| {
        let name = format!("node-{index:04}");
        let size = 1 + index as u64 % 2;
        Node {
            labels: labels(&[
                ("kubernetes.io/hostname", &name),
                ("topology.kubernetes.io/zone", &format!("{}", index % 3)),
            ]),
            allocatable: resources(16_000 * size, 65_536 * size),
            max_pods: 110,
            name,
            ..Node::default()
        }
    };
    Cluster { nodes: (0..nodes).map(node).collect(), ..Cluster::default() }
}

/// Deployments that ask for different amounts, spread by the scheduler's default, and how many replicas each has.
fn deployments(pods: usize) -> Vec<(PodTemplate, usize)> {
    let deployment = |index: usize| {
        let labels = labels(&[("app", &format!("app-{index}"))]);
        let requests = resources(50 + 50 * (index as u64 % 7), 128 + 64 * (index as u64 % 11));
        let template = PodTemplate {
            namespace: "default".to_owned(),
            owner: Selector::equal(&labels),
            labels,
            scored_requests: requests.clone(),
            requests,
            ..PodTemplate::default()
        };
        (template, REPLICAS.min(pods - index * REPLICAS))
    };
    (0..pods.div_ceil(REPLICAS)).map(deployment).collect()
}

fn labels(pairs: &[(&str, &str)]) -> Labels {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn resources(millis: u64, mib: u64) -> Resources {
    Resources { cpu: Cpu::from_millis(millis), memory: Memory::from_mib(mib), ..Resources::default() }
}

/// Places the pods of all Deployments, and returns how many have a node.
fn in_batches(mut scheduler: Scheduler, deployments: &[(PodTemplate, usize)]) -> usize {
    let mut placed = 0;
    for (template, replicas) in deployments {
        let template = scheduler.template(template.clone());
        let mut batch = scheduler.batch(template);
        for _ in 0..*replicas {
            if let Some(node) = batch.choose(Detail { best: 1, scored: 0 }).node() {
                batch.bind(node);
                placed += 1;
            }
        }
    }
    placed
}

/// The same, with every node weighed for itself.
fn one_by_one(mut scheduler: Scheduler, deployments: &[(PodTemplate, usize)]) -> usize {
    let mut placed = 0;
    for (template, replicas) in deployments {
        let template = scheduler.template(template.clone());
        for _ in 0..*replicas {
            if let Some(node) = scheduler.schedule(template).node() {
                scheduler.bind(template, node);
                placed += 1;
            }
        }
    }
    placed
}

type Place = fn(Scheduler, &[(PodTemplate, usize)]) -> usize;

fn place(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("place");
    group.sample_size(10).sampling_mode(SamplingMode::Flat).warm_up_time(Duration::from_millis(200));
    let sizes: [(&str, Place, &[usize]); 2] =
        [("in batches", in_batches, &[10, 100, 500, 1000, 5000]), ("one by one", one_by_one, &[10, 100])];
    for (name, place, sizes) in sizes {
        for nodes in sizes {
            let (scheduler, deployments) = (Scheduler::new(cluster(*nodes)), deployments(nodes * PODS_PER_NODE));
            let pods = nodes * PODS_PER_NODE;
            assert_eq!(place(scheduler.clone(), &deployments), pods, "all of them fit");
            group.throughput(Throughput::Elements(pods as u64));
            group.bench_function(BenchmarkId::new(name, format!("{nodes} nodes, {pods} pods")), |bencher| {
                bencher.iter(|| place(scheduler.clone(), &deployments));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, place);
criterion_main!(benches);
