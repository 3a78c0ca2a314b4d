//! Images that differ, as kustomize tells them: once for all containers that run them.

use super::super::kustomization::{Image, image_name as name, name_and_tag};
use super::super::object::Object;
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The lists whose items run an image, wherever they are: kustomize looks for them by these names
/// (<https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/imagetag/legacy.go>).
const LISTS: [&str; 2] = ["containers", "initContainers"];

/// The images of all containers, each under what tells the container from all others.
type Images<'a> = BTreeMap<String, &'a str>;

/// The images of the base that become others, and then the `built` ones of the environment, whose tags a release changes.
///
/// kustomize applies them one by one, each to every container whose image has that name, also to what the overlay adds.
/// So this names only images that are the same one in all containers in the end; the rest is left to patches.
pub(super) fn told(base: &[&Object], wanted: &[&Object], built: &[&str]) -> Vec<Image> {
    let (base, wanted) = (all(base), all(wanted));
    let mut becomes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut changed = BTreeSet::new();
    for (container, image) in &wanted {
        becomes.entry(name(image)).or_default().insert(image);
        if let Some(before) = base.get(container) {
            becomes.entry(name(before)).or_default().insert(image);
            if before != image {
                changed.insert(name(before));
            }
        }
    }
    let only = |name: &str| becomes.get(name).filter(|images| images.len() == 1)?.first().copied();
    let image = |name: &str| {
        let (new_name, new_tag) = name_and_tag(only(name)?)?;
        let new_name = (new_name != name).then(|| new_name.to_owned());
        Some(Image { name: name.to_owned(), new_name, new_tag: new_tag.to_owned() })
    };
    let built = built.iter().map(|image| name(image)).filter(|name| !changed.contains(name));
    changed.iter().copied().chain(built).filter_map(image).collect()
}

/// Lets the containers of an object run these images.
pub(super) fn apply(value: &mut Value, images: &[Image]) {
    match value {
        Value::Mapping(entries) => {
            for (key, value) in entries.iter_mut() {
                if is_list(key) {
                    containers(value).for_each(|image| replace(image, images));
                }
                apply(value, images);
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| apply(item, images)),
        _ => {}
    }
}

fn containers(list: &mut Value) -> impl Iterator<Item = &mut String> {
    let items = list.as_sequence_mut().into_iter().flatten();
    items.filter_map(|item| match item.get_mut("image")? {
        Value::String(image) => Some(image),
        _ => None,
    })
}

fn replace(image: &mut String, images: &[Image]) {
    for new in images {
        if name(image) == new.name {
            *image = format!("{}:{}", new.new_name.as_deref().unwrap_or(&new.name), new.new_tag);
        }
    }
}

fn all<'a>(objects: &[&'a Object]) -> Images<'a> {
    let mut images = Images::new();
    for object in objects {
        let (kind, name) = object.kind_and_name();
        find(&object.value, &mut format!("{kind}/{name}"), &mut images);
    }
    images
}

fn find<'a>(value: &'a Value, path: &mut String, images: &mut Images<'a>) {
    let length = path.len();
    for (key, value) in value.as_mapping().into_iter().flatten() {
        path.extend(["/", key.as_str().unwrap_or_default()]);
        for container in value.as_sequence().filter(|_| is_list(key)).into_iter().flatten() {
            let text = |key| container.get(key).and_then(Value::as_str);
            if let (Some(name), Some(image)) = (text("name"), text("image")) {
                images.insert(format!("{path}/{name}"), image);
            }
        }
        find(value, path, images);
        path.truncate(length);
    }
    for (index, value) in value.as_sequence().into_iter().flatten().enumerate() {
        path.extend(["/", &index.to_string()]);
        find(value, path, images);
        path.truncate(length);
    }
}

fn is_list(key: &Value) -> bool {
    key.as_str().is_some_and(|key| LISTS.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::notes::Notes;

    fn pod(name: &str, images: &[&str]) -> Object {
        let containers =
            images.iter().enumerate().map(|(at, image)| serde_json::json!({ "name": at.to_string(), "image": image }));
        let containers = containers.collect::<Vec<_>>();
        let pod =
            serde_json::json!({ "kind": "Pod", "metadata": { "name": name }, "spec": { "containers": containers } });
        Object::new(serde_yaml::to_value(pod).unwrap(), Notes::default())
    }

    /// What is told of pods with these images in the base, and those in the overlay.
    fn lines(base: &[&[&str]], wanted: &[&[&str]], built: &[&str]) -> Vec<String> {
        let pods = |side: &[&[&str]]| -> Vec<Object> {
            side.iter().enumerate().map(|(at, images)| pod(&format!("pod-{at}"), images)).collect()
        };
        let (base, wanted) = (pods(base), pods(wanted));
        let images = told(&base.iter().collect::<Vec<_>>(), &wanted.iter().collect::<Vec<_>>(), built);
        let line =
            |image: &Image| format!("{} {} {}", image.name, image.new_name.as_deref().unwrap_or("-"), image.new_tag);
        images.iter().map(line).collect()
    }

    #[test]
    fn an_image_that_is_another_in_all_containers_is_told_once() {
        assert_eq!(lines(&[&["a:1", "b:1"], &["a:1"]], &[&["a:2", "b:1"], &["a:2"]], &[]), ["a - 2"]);
        assert_eq!(lines(&[&["a:1"]], &[&["host:5000/a:1"]], &[]), ["a host:5000/a 1"]);
        assert_eq!(lines(&[&["a@sha256:00"]], &[&["a:1"]], &[]), ["a - 1"]);
        assert_eq!(lines(&[&["a:1"]], &[&["a:1"]], &[]), [""; 0]);
    }

    #[test]
    fn an_image_that_is_another_in_some_containers_only_is_left_to_patches() {
        assert_eq!(lines(&[&["a:1"], &["a:1"]], &[&["a:2"], &["a:1"]], &[]), [""; 0]);
        assert_eq!(lines(&[&["a:1"]], &[&["a:2"], &["a:1"]], &[]), [""; 0], "one that only the overlay has");
        assert_eq!(lines(&[&["a:1", "b:1"]], &[&["b:2", "c:1"]], &[]), ["a b 2"], "b:1 becomes c:1, but a:1 does not");
    }

    #[test]
    fn what_is_built_is_told_also_where_it_is_the_same() {
        assert_eq!(lines(&[&["a:1", "b:1"]], &[&["a:1", "b:1"]], &["a:1"]), ["a - 1"]);
        assert_eq!(lines(&[&["a:1"]], &[&["a:2"]], &["a:2"]), ["a - 2"]);
        assert_eq!(lines(&[&["z:1"]], &[&["a:2"]], &["a:2"]), ["z a 2", "a - 2"], "the name first, then the tag");
        assert_eq!(lines(&[&["a:1", "a:2"]], &[&["a:1", "a:2"]], &["a:1"]), [""; 0]);
    }

    #[test]
    fn what_has_no_tag_is_left_to_patches() {
        assert_eq!(lines(&[&["a:1"]], &[&["a@sha256:00"]], &[]), [""; 0]);
        assert_eq!(lines(&[&["a:1"]], &[&["host:5000/b"]], &[]), [""; 0]);
    }

    #[test]
    fn images_are_replaced_wherever_containers_are() {
        let image = Image { name: "a".to_owned(), new_name: Some("b".to_owned()), new_tag: "2".to_owned() };
        let mut value: Value =
            serde_yaml::from_str("{spec: {x: [{initContainers: [{image: 'a:1'}, {}]}], image: 'a:1'}}").unwrap();
        apply(&mut value, &[image]);
        let expected: Value =
            serde_yaml::from_str("{spec: {x: [{initContainers: [{image: 'b:2'}, {}]}], image: 'a:1'}}").unwrap();
        assert_eq!(value, expected);
    }
}
