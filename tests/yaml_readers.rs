//! What we write is read back as the very same texts by the readers that people and clusters use.

mod judge;

use judge::{answer, judge, node};
use plimsoll::yaml::to_yaml;
use std::collections::BTreeMap;
use std::error::Error;

/// Reads YAML from the standard input with `PyYAML` (YAML 1.1) and ruamel.yaml (1.2 and 1.1), and writes for each a line
/// of JSON.
const PYTHON: &str = "
import json, sys, yaml
from ruamel.yaml import YAML
text = sys.stdin.buffer.read().decode()
print(json.dumps(yaml.safe_load(text)))
for version in [(1, 2), (1, 1)]:
    reader = YAML(typ='safe', pure=True)
    reader.version = version
    print(json.dumps(reader.load(text)))
";

/// Reads YAML from the standard input with js-yaml, and writes a line of JSON.
const NODE: &str = "
const text = require('fs').readFileSync(0, 'utf8');
console.log(JSON.stringify(require('js-yaml').load(text)));
";

/// Texts that a reader could take for something else, or not at all.
fn texts() -> Vec<String> {
    let words = "y Y n N yes Yes YES no No NO on On ON off Off OFF true True TRUE false False FALSE null Null NULL ~ << = \
        nullish yesterday one";
    let numbers = "0 1 -1 +1 18 1_000 1,000 0777 0o17 0O17 0b101 0B1 0x1F 0X1f -0x1F 1e3 1E3 1e+3 1.5e-3 .5 -.5 +.5 1. 1.5 1.2.3 . .. .inf -.inf \
        +.INF .Inf .nan .NaN .NAN inf nan Infinity NaN 1__0 _1 1_ 0_7 0x_1 685_230.15 10.0.0.1 99999999999999999999 1e999 0.1e1 1d 1f 0xg 08 09 -09";
    let times = "12:30 12:30:45 22:22 1:2 190:20:30 190:20:30.15 8000:8000 2026-11-23 2026-1-2 2001-12-14t21:59:43.10-05:00 2001-12-15T02:59:43.1Z 1:60 -1:30";
    let signs = "- -- --- -a -1a --a ... .a ? ?a : :a a: a:b a:: , a,b [ ] { } [a] {a} [] {} # #a a#b & &a * *a ! !a !!str | |- > >- % %a @ @a ` `a ' '' ' \" \"\" \\ \\n \
        $a ${a} {{a}} <a> ;a ^a (a) +a ~a ~/a /a a/ = =a == a=b";
    let spaced = [
        "",
        " ",
        "  ",
        " a",
        "a ",
        "a b",
        "a  b",
        "a: b",
        "a :b",
        "a : b",
        "a #b",
        "a# b",
        "- a",
        "? a",
        ": a",
        "--- a",
        "a - b",
        "a -",
        "- - a",
        "2001-12-14 21:59:43.10 -5",
        "2001-12-15 2:59:43.10",
        "1 2",
        "a\n",
        "a\n\n",
        "\na",
        "\n",
        "\n\n",
        "a\nb",
        "a\nb\n",
        "a\n\nb\n",
        "a\n  b\n",
        "  a\nb\n",
        "a \nb\n",
        "a\n \nb",
        "a\n---\nb\n",
        "a\n# b\n",
        "# a\nb",
        "#!/bin/sh\nset -e\nexec \"$@\"\n",
        "{\n  \"a\": 1\n}\n",
        "- a\n- b\n",
        "a: |\n  b\n",
        "a\tb",
        "\ta",
        "a\t",
        "a\n\tb",
        "\r",
        "a\rb",
        "a\r\nb\r\n",
        "\0",
        "\u{1}",
        "\u{1B}[31m",
        "\u{7F}",
        "\u{85}",
        "a\u{85}b",
        "\u{9F}",
        "\u{A0}",
        "\u{AD}",
        "\u{200B}",
        "\u{2028}",
        "a\u{2029}b",
        "\u{202E}",
        "\u{FEFF}",
        "a\u{FEFF}",
        "\u{FFFD}",
        "\u{FFFE}",
        "\u{FFFF}",
        "é",
        "naïve café",
        "日本語",
        "\u{1F600}",
        "\u{1F600} a",
        "❤\u{FE0F}",
        "\u{10FFFF}",
        "\u{E000}",
        "x".repeat(500).leak(),
        "word ".repeat(300).leak(),
        "'\"\\ #: ",
        "it's",
        "say \"a\"",
        "C:\\a\\n",
        "a\\",
        "\\\"",
        "{a: b}",
        "[a, b]",
        "!a b",
        "*.py",
        "%d %s",
        "echo \"a: $b\" # c",
    ];
    let listed =
        [words, numbers, times, signs].into_iter().flat_map(|list| list.split(' ').filter(|text| !text.is_empty()));
    listed.chain(spaced).map(str::to_owned).collect()
}

/// Texts as keys, as values, and as items.
fn document() -> Result<(String, serde_json::Value), Box<dyn Error>> {
    let texts = texts();
    let keys: BTreeMap<_, _> = texts.iter().map(|text| (text, text)).collect();
    let document = BTreeMap::from([
        ("keys", serde_json::to_value(&keys)?),
        ("items", serde_json::to_value(&texts)?),
        ("numbers", serde_json::json!([0, -1, 1.5, 1e21, 1e-7, 1e300, u64::MAX, true, false, null])),
    ]);
    Ok((to_yaml(&document), serde_json::to_value(&document)?))
}

#[test]
#[ignore = "needs PyYAML, ruamel.yaml and js-yaml: cargo xtask test runs it"]
fn python_reads_the_same_texts() -> Result<(), Box<dyn Error>> {
    let (text, expected) = document()?;
    let answers = answer(judge("python").args(["-c", PYTHON]), &text);
    assert_eq!(answers.len(), 3);
    for (reader, answer) in ["PyYAML", "ruamel.yaml, 1.2", "ruamel.yaml, 1.1"].into_iter().zip(&answers) {
        compare(reader, answer, &expected);
    }
    Ok(())
}

#[test]
#[ignore = "needs PyYAML, ruamel.yaml and js-yaml: cargo xtask test runs it"]
fn javascript_reads_the_same_texts() -> Result<(), Box<dyn Error>> {
    let (text, expected) = document()?;
    let answers = answer(node().args(["-e", NODE]), &text);
    assert_eq!(answers.len(), 1);
    compare("js-yaml", &answers[0], &expected);
    Ok(())
}

fn compare(reader: &str, answer: &serde_json::Value, expected: &serde_json::Value) {
    for (part, expected) in expected.as_object().into_iter().flatten() {
        match (expected, &answer[part]) {
            (serde_json::Value::Array(expected), serde_json::Value::Array(answer)) => {
                assert_eq!(answer.len(), expected.len(), "{reader}: {part}");
                for (answer, expected) in answer.iter().zip(expected) {
                    let same = answer == expected || answer.as_f64().is_some() && answer.as_f64() == expected.as_f64();
                    assert!(same, "{reader}: {part}: {answer} for {expected}");
                }
            }
            (serde_json::Value::Object(expected), serde_json::Value::Object(answer)) => {
                for (key, expected) in expected {
                    assert_eq!(answer.get(key), Some(expected), "{reader}: {part}");
                }
                assert_eq!(answer.len(), expected.len(), "{reader}: {part}");
            }
            (expected, answer) => assert_eq!(answer, expected, "{reader}: {part}"),
        }
    }
}
