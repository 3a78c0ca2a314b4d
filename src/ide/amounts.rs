//! The types of the schema that are amounts, with the units that people write.

/// A type of amount.
pub(super) struct Amount {
    /// The name of the type in the schema.
    type_name: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// The units with their meaning, the most common first; the empty unit is a bare number.
    pub units: &'static [(&'static str, &'static str)],
}

/// All amounts.
pub(super) const AMOUNTS: &[Amount] = &[
    Amount {
        type_name: "Memory",
        name: "memory",
        units: &[
            ("Mi", "mebibytes, 1024 × 1024 bytes"),
            ("Gi", "gibibytes, 1024 Mi"),
            ("M", "megabytes, 1000 × 1000 bytes"),
            ("G", "gigabytes, 1000 M"),
            ("Ki", "kibibytes, 1024 bytes"),
        ],
    },
    Amount { type_name: "Cpu", name: "processors", units: &[("", "cores"), ("m", "thousandths of a core")] },
    Amount {
        type_name: "Duration",
        name: "time",
        units: &[("ms", "milliseconds"), ("s", "seconds"), ("m", "minutes"), ("h", "hours")],
    },
    Amount { type_name: "Rate", name: "rate", units: &[("/s", "a second"), ("/min", "a minute"), ("/h", "an hour")] },
    Amount { type_name: "Percent", name: "percent", units: &[("%", "percent")] },
    Amount { type_name: "Price", name: "price", units: &[("", "a month")] },
];

impl Amount {
    /// The amount that a type of the schema is, if it is one.
    pub fn of_type(type_name: &str) -> Option<&'static Self> {
        AMOUNTS.iter().find(|amount| amount.type_name == type_name)
    }
}
