//! Rules that are decided while a document is read and resolved, one file each.
//!
//! A file holds the rule's id, rationale and examples. The code that applies the rule stands where its subject is known: in
//! `yaml`, `topology::resolve` and `analysis`. Rules that look at the finished plan are in `advise`.

pub mod app_factory;
pub mod celery_beat;
pub mod circular_needs;
pub mod deprecated_image;
pub mod development_server;
pub mod duplicate_host;
pub mod duplicate_name;
pub mod endless_alias;
pub mod file_left_out;
pub mod files_disagree;
pub mod missing_key;
pub mod missing_value;
pub mod needs_cron;
pub mod no_effect;
pub mod no_kind;
pub mod no_port;
pub mod no_shell;
pub mod not_a_dns_label;
pub mod not_http;
pub mod not_in_image;
pub mod not_utf8;
pub mod one_zone;
pub mod out_of_range;
pub mod port_taken;
pub mod processes_of_the_machine;
pub mod repeated_key;
pub mod replicas_with_data;
pub mod secret_in_image;
pub mod several_documents;
pub mod signal_lost;
pub mod storage_owner;
pub mod too_deep;
pub mod too_large;
pub mod too_many;
pub mod too_many_aliases;
pub mod too_many_findings;
pub mod too_many_values;
pub mod two_image_names;
pub mod two_kinds;
pub mod unknown_environment;
pub mod unknown_instance_type;
pub mod unknown_key;
pub mod unknown_service;
pub mod unknown_tag;
pub mod unpinned_image;
pub mod wrong_key;
pub mod wrong_type;
pub mod wrong_value;
pub mod yaml_syntax;

use crate::rule::Rule;

/// Every rule of this folder, in the order of their ids.
pub static ALL: &[&Rule] = &[
    &app_factory::RULE,
    &celery_beat::RULE,
    &circular_needs::RULE,
    &deprecated_image::RULE,
    &development_server::RULE,
    &duplicate_host::RULE,
    &duplicate_name::RULE,
    &endless_alias::RULE,
    &file_left_out::RULE,
    &files_disagree::RULE,
    &missing_key::RULE,
    &missing_value::RULE,
    &needs_cron::RULE,
    &no_effect::RULE,
    &no_kind::RULE,
    &no_port::RULE,
    &no_shell::RULE,
    &not_a_dns_label::RULE,
    &not_http::RULE,
    &not_in_image::RULE,
    &not_utf8::RULE,
    &one_zone::RULE,
    &out_of_range::RULE,
    &port_taken::RULE,
    &processes_of_the_machine::RULE,
    &repeated_key::RULE,
    &replicas_with_data::RULE,
    &secret_in_image::RULE,
    &several_documents::RULE,
    &signal_lost::RULE,
    &storage_owner::RULE,
    &too_deep::RULE,
    &too_large::RULE,
    &too_many::RULE,
    &too_many_aliases::RULE,
    &too_many_findings::RULE,
    &too_many_values::RULE,
    &two_image_names::RULE,
    &two_kinds::RULE,
    &unknown_environment::RULE,
    &unknown_instance_type::RULE,
    &unknown_key::RULE,
    &unknown_service::RULE,
    &unknown_tag::RULE,
    &unpinned_image::RULE,
    &wrong_key::RULE,
    &wrong_type::RULE,
    &wrong_value::RULE,
    &yaml_syntax::RULE,
];
