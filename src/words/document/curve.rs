//! What is said of a curve of traffic that is none: what is wrong, and after a line break what to write.

/// What the value has to be, for sentences about its type.
pub const A_CURVE: &str = "a curve, such as `daily`, or a list of points, such as `[0s 40/s, 60s 200/s]`";
pub const NO_TRAFFIC_HERE: &str = "There is no traffic here\nWrite `steady 0/s` for none";

pub fn too_many_points(most: usize) -> String {
    format!("These are more than {most} points")
}

pub fn no_traffic(text: &str) -> String {
    format!(
        "`{text}` is no traffic\nWrite `steady 40/s`, `daily 10/s 200/s`, `step 40/s 200/s 60s`, `spike 40/s 200/s 60s 5m`, or points such as `0s 40/s, 60s 200/s`"
    )
}
