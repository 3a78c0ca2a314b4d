//! A service that somebody else runs: a managed database, for example.

use super::super::Managed;
use super::super::document::{self, External};
use super::service::Source;
use super::{Report, check, given};
use crate::finding::Finding;
use crate::kinds::program::{Port, Profile, Program, Provenance, Title};
use crate::rules;
use crate::text::Span;

/// The field `external` and its place, if it says that somebody else runs the service.
pub fn is_asked_for(written: &document::Service) -> Option<(&External, Span)> {
    given(&written.external).filter(|(external, _)| **external != External::No)
}

/// The managed service, if it is one that somebody else can run.
pub fn resolve(
    source: &Source,
    program: Program,
    (external, span): (&External, Span),
    report: &mut Report,
) -> Option<Managed> {
    let host = match external {
        External::No | External::Somewhere => None,
        External::At(host) if check::is_host(host) => Some(host.clone()),
        External::At(_) => {
            let finding =
                Finding::error(&rules::wrong_value::RULE, span, "The host of an external service is a DNS name");
            report.add(finding.help("Write it in lower case, such as `db.example.com`, or write `true`"));
            None
        }
    };
    let (Port::Fixed(port), Provenance::Official) = (program.port, program.profile.provenance) else {
        let finding =
            Finding::error(&rules::wrong_value::RULE, span, "Only a database or another catalog kind can be external");
        let help = "Remove `external`; what lies elsewhere needs no service here, only a variable";
        report.add(finding.help(help));
        return None;
    };
    without_effect(source.service, report);
    Some(Managed {
        name: source.name.clone(),
        kind: Profile { title: Title::Fixed(program.profile.product.to_owned()), ..program.profile },
        host,
        port,
        account: program.account,
        max_connections: program.max_connections,
    })
}

/// Reports the fields that would change a container: there is none.
fn without_effect(written: &document::Service, report: &mut Report) {
    let mut no_effect = NoEffect(report);
    no_effect.of(&written.port);
    no_effect.of(&written.workers);
    no_effect.of(&written.replicas);
    no_effect.of(&written.autoscale);
    no_effect.of(&written.memory);
    no_effect.of(&written.cpu);
    no_effect.of(&written.startup);
    no_effect.of(&written.shutdown);
    no_effect.of(&written.schedule);
    no_effect.of(&written.env);
    no_effect.of(&written.secrets);
    no_effect.of(&written.secrets_as);
    no_effect.of(&written.before_start);
    no_effect.of(&written.database_pool);
    no_effect.of(&written.health);
    no_effect.of(&written.needs);
    no_effect.of(&written.public);
    no_effect.of(&written.publish);
    no_effect.of(&written.outbound);
    no_effect.of(&written.storage);
    no_effect.of(&written.storage_path);
    no_effect.of(&written.user);
    no_effect.of(&written.writable);
}

struct NoEffect<'a>(&'a mut Report);

impl NoEffect<'_> {
    fn of<T>(&mut self, field: &crate::yaml::Field<T>) {
        self.0.no_effect(field, "Somebody else runs this service", "Remove it, or `external`");
    }
}
