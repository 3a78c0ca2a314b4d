//! Secrets that are files.

use super::{DB, compose};
use serde_json::{Value, json};

#[test]
fn secrets_are_files_where_the_process_reads_them() {
    let api = "  api: { python: {}, secrets: [DATABASE_URL], secrets_as: files, needs: [db], before_start: [{ run: seed }] }\n  \
               db: { postgres: {}, secrets_as: files }\n";
    let file = compose(api);
    for name in ["api", "api-before-start"] {
        assert_eq!(file["services"][name]["secrets"], json!(["DATABASE_URL"]), "{name}");
        assert_eq!(file["services"][name]["environment"], Value::Null, "{name}");
    }
    let db = &file["services"]["db"];
    assert_eq!(db["environment"]["POSTGRES_PASSWORD_FILE"], json!("/run/secrets/DB_PASSWORD"));
    assert_eq!((&db["environment"]["POSTGRES_PASSWORD"], &db["secrets"]), (&Value::Null, &json!(["DB_PASSWORD"])));
    let files = json!({
        "DATABASE_URL": { "file": "./.secrets/DATABASE_URL" },
        "DB_PASSWORD": { "file": "./.secrets/DB_PASSWORD" },
    });
    assert_eq!(file["secrets"], files);
}

#[test]
fn a_file_that_services_share_is_declared_once() {
    let all = "  api: { python: {}, secrets: [KEY], secrets_as: files }\n  bot: { python: { worker: bot }, secrets: [KEY], secrets_as: files }\n";
    let file = compose(&format!("{all}{DB}"));
    assert_eq!(file["secrets"], json!({ "KEY": { "file": "./.secrets/KEY" } }));
    assert_eq!(file["services"]["db"]["secrets"], Value::Null);
}
