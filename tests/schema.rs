//! The JSON Schema of the document lets in what the document may say.

#![cfg(feature = "schema")]

#[test]
fn nothing_is_required_and_nothing_unknown_is_let_in() {
    let schema = serde_json::to_value(plimsoll::topology::schema()).unwrap();
    let mut objects = vec![&schema];
    objects.extend(schema["$defs"].as_object().unwrap().values());
    let structs: Vec<_> = objects.into_iter().filter(|object| object["properties"].is_object()).collect();
    assert!(structs.len() > 10, "{} structs", structs.len());
    for object in structs {
        assert_eq!(object["additionalProperties"], false, "{object}");
        assert!(object["required"].is_null(), "{object}");
    }
}
