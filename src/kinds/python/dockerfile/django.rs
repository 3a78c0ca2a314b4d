//! Django's static files.

use crate::artifact::Origin;
use crate::dockerfile::Instruction;
use crate::dockerfile::{Image, ImageStep, Step};
use crate::model::{Variable, VariableValue, service_field};

const LINK: &str = "https://docs.djangoproject.com/en/stable/howto/static-files/deployment/";

/// Stands for a secret while the image is built.
const STAND_IN: &str = "stands-in-while-building";

/// Gathers the static files while the image is built, since the file system is read-only when it runs.
pub fn collect_static(image: &Image) -> Option<Step> {
    let service = image.services.iter().find(|service| service.step == Some(ImageStep::CollectStatic))?;
    let mut command = vec!["env".to_owned()];
    if !service.env.iter().any(|variable| variable.name == "SECRET_KEY") {
        command.push(format!("SECRET_KEY={STAND_IN}"));
    }
    command.extend(service.env.iter().filter_map(setting));
    command.extend(["python", "manage.py", "collectstatic", "--no-input"].map(str::to_owned));
    let origin = Origin::new(
        service.field(service_field!("python.framework")),
        "Gathers the static files into STATIC_ROOT, where WhiteNoise in \
    MIDDLEWARE finds them (with DEBUG off, Django itself serves none); settings that ask for secrets get stand-ins, \
    which end with this step",
    );
    Some((Instruction::RunExec(command), origin.link(LINK)))
}

/// A variable as Django's settings may ask for it while the image is built.
fn setting(variable: &Variable) -> Option<String> {
    let value = match &variable.value {
        // What Plimsoll adds concerns the running server only.
        VariableValue::Plain(_) if variable.reason.is_some() => return None,
        VariableValue::Plain(value) => value,
        VariableValue::Secret { .. } if variable.name.contains("DATABASE") => "sqlite://:memory:",
        VariableValue::Secret { .. } => STAND_IN,
    };
    Some(format!("{}={value}", variable.name))
}
