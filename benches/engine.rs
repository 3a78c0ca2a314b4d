//! How fast the engine answers to the description of a cluster: files, plan and advice, as the bytes that go to the page.
//!
//! The clusters are those of `benches/page.mjs`: 30 pods a node, in services of 300 replicas.

#![allow(missing_docs, reason = "criterion makes a public function without a comment")]

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use plimsoll::engine::{Analyze, Request, write};
use std::fmt::Write;

const PODS_PER_NODE: usize = 30;
const REPLICAS: usize = 300;

fn cluster(nodes: usize) -> String {
    let mut text = "services:\n".to_owned();
    for index in 0..nodes * PODS_PER_NODE / REPLICAS {
        let (image, memory, cpu) = (index + 1, 192 + 64 * (index % 11), 50 + 50 * (index % 7));
        let service = format!(
            "s{index}: {{ image: \"app:{image}\", replicas: {REPLICAS}, memory: {{ limit: {memory}Mi }}, cpu: {{ request: {cpu}m }} }}"
        );
        writeln!(text, "  {service}").expect("a string takes what is written");
    }
    let half = nodes / 2;
    text + &format!(
        "cluster: {{ nodes: [{{ name: a, count: {half}, cpu: 16, memory: 64Gi }}, {{ name: b, count: {half}, cpu: 32, memory: 128Gi }}] }}\n"
    )
}

fn answer(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("answer");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for nodes in [100, 500, 5000] {
        let question =
            write(&Request::from(Analyze { text: cluster(nodes), with_files: true })).expect("a text can be written");
        let pods = nodes * PODS_PER_NODE;
        group.throughput(Throughput::Elements(pods as u64));
        group.bench_function(BenchmarkId::from_parameter(format!("{nodes} nodes, {pods} pods")), |bencher| {
            bencher.iter(|| Request::answer(&question, &mut |_| {}));
        });
    }
    group.finish();
}

criterion_group!(benches, answer);
criterion_main!(benches);
