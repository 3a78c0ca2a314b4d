//! TypeScript types from the JSON Schema of Rust types.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The declarations of `T`, as it is serialised, and of all the types that it is made of.
pub fn declarations<T: JsonSchema>() -> String {
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    let name = schema.get("title").and_then(Value::as_str).unwrap().to_owned();
    let mut written = "// Generated from the Rust types by `tests/golden.rs`. Do not edit.\n".to_owned();
    declare(&mut written, &name, schema.as_value());
    for (name, schema) in schema.get("$defs").and_then(Value::as_object).into_iter().flatten() {
        declare(&mut written, name, schema);
    }
    written
}

fn declare(written: &mut String, name: &str, schema: &Value) {
    written.push('\n');
    comment(written, "", schema);
    let _ = if schema["properties"].is_object() {
        writeln!(written, "export interface {name} {}", object(schema, ""))
    } else {
        writeln!(written, "export type {name} = {};", expression(schema, ""))
    };
}

/// The type that `schema` describes; its further lines are indented by `indent`.
fn expression(schema: &Value, indent: &str) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if !schema["const"].is_null() {
        return schema["const"].to_string();
    }
    if let Some(values) = schema["enum"].as_array() {
        return union(values.iter().map(Value::to_string));
    }
    if let Some(options) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        return union(options.iter().map(|option| expression(option, indent)));
    }
    match &schema["type"] {
        Value::Array(types) => union(types.iter().map(|kind| expression(&with_type(schema, kind), indent))),
        Value::String(kind) => match kind.as_str() {
            "integer" | "number" => "number".to_owned(),
            "array" => match expression(&schema["items"], indent) {
                item if item.contains(" | ") => format!("({item})[]"),
                item => format!("{item}[]"),
            },
            "object" if schema["properties"].is_null() => {
                format!("Record<string, {}>", expression(&schema["additionalProperties"], indent))
            }
            "object" => object(schema, indent),
            other => other.to_owned(),
        },
        other => panic!("no TypeScript for {other} in {schema}"),
    }
}

fn object(schema: &Value, indent: &str) -> String {
    let inner = format!("{indent}  ");
    let required: BTreeSet<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut written = "{\n".to_owned();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        comment(&mut written, &inner, property);
        let optional = if required.contains(name.as_str()) { "" } else { "?" };
        // A property that may be absent is absent in place of `null`.
        let kind = expression(property, &inner);
        let kind = if optional.is_empty() { &kind } else { kind.trim_end_matches(" | null") };
        let _ = writeln!(written, "{inner}{name}{optional}: {kind};");
    }
    written + indent + "}"
}

fn union(options: impl Iterator<Item = String>) -> String {
    options.collect::<Vec<_>>().join(" | ")
}

fn with_type(schema: &Value, kind: &Value) -> Value {
    let mut schema = schema.clone();
    schema["type"] = kind.clone();
    schema
}

fn comment(written: &mut String, indent: &str, schema: &Value) {
    let Some(description) = schema["description"].as_str() else { return };
    let lines: Vec<&str> = description.lines().collect();
    let _ = match lines.as_slice() {
        [line] => writeln!(written, "{indent}/** {line} */"),
        lines => {
            let _ = writeln!(written, "{indent}/**");
            for line in lines {
                let _ = writeln!(written, "{}", format!("{indent} * {line}").trim_end());
            }
            writeln!(written, "{indent} */")
        }
    };
}
