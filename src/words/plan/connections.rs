//! How many connections a service may open.

/// With so many replicas: `(5 + 10) × 2 processes × 3 replicas`.
pub fn of_replicas(pool: u32, overflow: u32, processes: u32, replicas: u32) -> String {
    let replicas = if replicas == 1 { "1 replica".to_owned() } else { format!("{replicas} replicas") };
    format!("{} × {replicas}", of_processes(pool, overflow, processes))
}

/// With so many pods, which are more than replicas in a rollout: `(5 + 10) × 2 processes × 6 pods`.
pub fn of_pods(pool: u32, overflow: u32, processes: u32, pods: u32) -> String {
    let pods = if pods == 1 { "1 pod".to_owned() } else { format!("{pods} pods") };
    format!("{} × {pods}", of_processes(pool, overflow, processes))
}

fn of_processes(pool: u32, overflow: u32, processes: u32) -> String {
    let processes = if processes == 1 { "1 process".to_owned() } else { format!("{processes} processes") };
    format!("({pool} + {overflow}) × {processes}")
}
