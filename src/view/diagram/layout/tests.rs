use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// A graph of services only.
fn services(count: usize, lines: &[(usize, usize)]) -> Graph {
    Graph { nodes: vec![Role::Inside; count], lines: lines.to_vec(), ..Graph::default() }
}

/// The shop: the internet, an API, a worker, a database and a cache.
fn shop() -> Graph {
    let nodes = vec![Role::Door, Role::Inside, Role::Inside, Role::Inside, Role::Inside];
    Graph { nodes, lines: vec![(0, 1), (1, 3), (1, 4), (2, 3), (2, 4)], ..Graph::default() }
}

/// The nodes of each column, from top to bottom.
fn columns(layout: &Layout) -> Vec<Vec<usize>> {
    let mut columns: Vec<(f64, Vec<usize>)> = Vec::new();
    for node in layout.reading_order() {
        let right = layout.boxes[node].right();
        match columns.last_mut() {
            Some((of, column)) if (*of - right).abs() < 1.0 => column.push(node),
            _ => columns.push((right, vec![node])),
        }
    }
    columns.into_iter().map(|(_, column)| column).collect()
}

fn overlap(one: Rect, other: Rect) -> bool {
    one.x < other.right() && other.x < one.right() && one.y < other.bottom() && other.y < one.bottom()
}

fn crossings(graph: &Graph) -> usize {
    let lines = columns::sound(graph);
    let net = order::Net::new(&columns::assign(graph, &lines), &lines);
    net.crossings(&order::fewest_crossings(&net))
}

#[test]
fn the_shop_reads_from_the_door_to_its_data() {
    let layout = layout(&shop());
    assert_eq!(columns(&layout), [vec![0], vec![1, 2], vec![3, 4]]);
    let frame = layout.frame.unwrap();
    assert!(layout.boxes[0].right() < frame.x, "the door is outside");
    assert!(layout.boxes[1..].iter().all(|inside| overlap(frame, *inside)));
}

#[test]
fn a_worker_stands_beside_what_it_needs_not_at_the_far_left() {
    let mut graph = shop();
    // A proxy before the API.
    graph.nodes.push(Role::Inside);
    graph.lines = vec![(0, 5), (5, 1), (1, 3), (1, 4), (2, 3)];
    assert_eq!(columns(&layout(&graph)), [vec![0], vec![5], vec![1, 2], vec![4, 3]]);
}

#[test]
fn what_somebody_else_runs_stands_right_of_the_frame() {
    let mut graph = services(2, &[(0, 1), (0, 2), (1, 2)]);
    graph.nodes.extend([Role::Outside, Role::Outside]);
    let layout = layout(&graph);
    let frame = layout.frame.unwrap();
    assert!(layout.boxes[2..].iter().all(|outside| outside.x > frame.right()));
}

#[test]
fn what_is_said_at_the_head_of_a_narrow_frame_takes_more_rows() {
    let rows = |graph: &Graph| layout(graph).head.iter().map(|word| word.y.to_string()).collect::<BTreeSet<_>>().len();
    let head = vec![60.0, 90.0, 90.0];
    assert_eq!(rows(&Graph { head: head.clone(), ..shop() }), 1);
    let narrow = services(2, &[]);
    let narrow = Graph { nodes: [vec![Role::Door], narrow.nodes].concat(), lines: vec![(0, 1), (0, 2)], ..narrow };
    assert_eq!(rows(&Graph { head: head.clone(), ..narrow.clone() }), 2);
    assert_eq!(
        layout(&Graph { head, ..narrow.clone() }).boxes,
        layout(&narrow).boxes,
        "the services stay where they are"
    );
}

#[test]
fn what_has_no_line_stands_below_the_rest() {
    let layout = layout(&services(6, &[(0, 1)]));
    let (connected, loose) = layout.boxes.split_at(2);
    assert!(loose.iter().all(|loose| connected.iter().all(|other| loose.y >= other.bottom())));
    assert!((loose[0].x - connected[0].x).abs() < 1.0);
}

#[test]
fn crossings_that_another_order_saves_are_saved() {
    assert_eq!(crossings(&services(4, &[(0, 3), (1, 2)])), 0);
    assert_eq!(crossings(&services(6, &[(0, 5), (1, 4), (2, 3)])), 0);
    assert_eq!(crossings(&shop()), 1, "two that need the same two cross once whatever the order");
}

#[test]
fn lines_over_several_columns_run_between_the_nodes() {
    // 0 needs 3 directly, and through 1 and 2.
    let layout = layout(&services(4, &[(0, 1), (1, 2), (2, 3), (0, 3)]));
    let long = layout.routes.iter().find(|route| (route.from, route.to) == (0, 3)).unwrap();
    let level = long.points[1..long.points.len() - 1].chunks(2);
    assert_eq!(level.len(), 2);
    for ends in level {
        assert!(layout.boxes[1..3].iter().all(|node| ends[0].y < node.y || ends[0].y > node.bottom()));
    }
}

#[test]
fn circles_and_lines_to_nowhere_do_no_harm() {
    let layout = layout(&services(3, &[(0, 1), (1, 2), (2, 0), (1, 1), (0, 1), (0, 9), (9, 0)]));
    assert_eq!(layout.routes.len(), 3);
    let back = layout.routes.iter().find(|route| (route.from, route.to) == (2, 0)).unwrap();
    assert!(back.points[0].x > back.points[back.points.len() - 1].x, "what closes the circle leads back");
    assert_eq!(super::layout(&Graph::default()), Layout::default());
}

#[test]
fn arrow_keys_follow_the_lines_and_the_columns() {
    let layout = layout(&shop());
    let steps = [
        (0, Direction::Right, Some(1)),
        (1, Direction::Right, Some(3)),
        (1, Direction::Left, Some(0)),
        (1, Direction::Down, Some(2)),
        (2, Direction::Up, Some(1)),
        (4, Direction::Left, Some(1)),
        // No line leads left from the worker: the nearest node there.
        (2, Direction::Left, Some(0)),
        (2, Direction::Down, Some(3)),
        (3, Direction::Up, Some(2)),
        (3, Direction::Right, None),
        (0, Direction::Up, None),
        (4, Direction::Down, None),
        (9, Direction::Up, None),
    ];
    for (from, direction, to) in steps {
        assert_eq!(layout.step(from, direction), to, "{from} {direction:?}");
    }
}

#[test]
fn large_graphs_take_milliseconds() {
    for (count, most) in [(50, Duration::from_millis(500)), (500, Duration::from_secs(5))] {
        // Every service needs up to three of the later ones.
        let lines: Vec<_> = (0..count)
            .flat_map(|from| [1, 7, 31].map(|stride| (from, from + 1 + (from * stride) % 40)))
            .filter(|(_, to)| *to < count)
            .collect();
        let graph = Graph { density: Density::Dense, ..services(count, &lines) };
        let start = Instant::now();
        let layout = layout(&graph);
        let took = start.elapsed();
        assert_eq!(layout.boxes.len(), count);
        assert!(took < most, "{count} services took {took:?} without optimisation");
    }
}

/// Any graph: a door or not, services, what is outside, and any lines.
fn any_graph() -> impl Strategy<Value = Graph> {
    let role = prop_oneof![8 => Just(Role::Inside), 1 => Just(Role::Outside), 1 => Just(Role::Door)];
    let density = prop_oneof![Just(Density::Roomy), Just(Density::Dense)];
    let head = prop::collection::vec(20.0..WIDTH, 0..6);
    (prop::collection::vec(role, 0..14), head, density).prop_flat_map(|(mut nodes, head, density)| {
        // There is one way in.
        let doors: Vec<usize> = (0..nodes.len()).filter(|node| nodes[*node] == Role::Door).skip(1).collect();
        for door in doors {
            nodes[door] = Role::Inside;
        }
        let end = nodes.len() + 1;
        prop::collection::vec((0..end, 0..end), 0..24).prop_map(move |lines| Graph {
            nodes: nodes.clone(),
            lines,
            head: head.clone(),
            density,
        })
    })
}

/// Lines that make no circle: from earlier to later services.
fn any_document() -> impl Strategy<Value = Graph> {
    any_graph().prop_map(|mut graph| {
        graph.lines.retain(|(from, to)| from < to);
        graph
    })
}

proptest! {
    #[test]
    fn nothing_overlaps_and_all_is_within_the_bounds(graph in any_graph()) {
        let layout = layout(&graph);
        prop_assert_eq!(layout.boxes.len(), graph.nodes.len());
        for (number, one) in layout.boxes.iter().enumerate() {
            for other in &layout.boxes[number + 1..] {
                prop_assert!(!overlap(*one, *other), "{:?} and {:?}", one, other);
            }
            prop_assert_eq!(layout.bounds.with(*one), layout.bounds);
        }
        for (role, node) in graph.nodes.iter().zip(&layout.boxes) {
            let is_inside = layout.frame.is_some_and(|frame| overlap(frame, *node));
            prop_assert_eq!(is_inside, *role == Role::Inside);
        }
        let mut around = layout.boxes.clone();
        for word in &layout.head {
            prop_assert_eq!(layout.frame.map(|frame| frame.with(*word)), layout.frame);
            prop_assert!(around.iter().all(|other| !overlap(*word, *other)), "{:?} in {:?}", word, layout);
            around.push(*word);
        }
    }

    #[test]
    fn lines_lead_to_the_right_where_there_is_no_circle(graph in any_document()) {
        for route in layout(&graph).routes {
            prop_assert!(route.points.windows(2).all(|pair| pair[0].x < pair[1].x), "{:?}", route);
        }
    }

    #[test]
    fn the_same_graph_always_looks_the_same(graph in any_graph()) {
        prop_assert_eq!(layout(&graph), layout(&graph));
    }

    #[test]
    fn a_new_service_moves_nothing(graph in any_graph()) {
        let before = layout(&graph);
        let mut graph = graph;
        let count = graph.nodes.len();
        graph.lines.retain(|(from, to)| *from < count && *to < count);
        graph.nodes.push(Role::Inside);
        let after = layout(&graph);
        prop_assert_eq!(&after.boxes[..count], &before.boxes[..]);
    }

    #[test]
    fn another_order_is_only_taken_when_it_saves_crossings(graph in any_graph()) {
        let lines = columns::sound(&graph);
        let net = order::Net::new(&columns::assign(&graph, &lines), &lines);
        let order = order::fewest_crossings(&net);
        let untouched = net.crossings(&net.document_order());
        prop_assert!(net.crossings(&order) < untouched || order == net.document_order());
    }
}
