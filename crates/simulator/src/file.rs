//! A configuration as JSON.

use serde::Deserialize;

use crate::builder::Builder;
use crate::config::{Client, NOT_VISIBLE, Switches, is_visible};
use crate::http::{DroppedAnswers, Fault, Outage, PresentToken, RateLimit, Setup};
use crate::json::{Members, Misread, Object, read};
use crate::operations::create_request;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
    port: Option<u16>,
    control_port: Option<u16>,
    bearer: Option<String>,
    manual_clock: Option<bool>,
    clock_offset_ms: Option<i64>,
    switches: Option<Members>,
    clients: Option<Vec<Client>>,
    services: Option<Vec<Object<Service>>>,
    tokens: Option<Vec<Members>>,
    poison: Option<Vec<String>>,
    failing_batches: Option<Vec<Object<FailingBatch>>>,
    faults: Option<Vec<Fault>>,
    rate_limits: Option<Vec<RateLimit>>,
    outages: Option<Vec<Outage>>,
    dropped_answers: Option<Object<DroppedAnswers>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Service {
    service_id: String,
    switches: Option<Members>,
    clients: Option<Vec<Client>>,
    tokens: Option<Vec<Members>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct FailingBatch {
    after_items: usize,
}

impl Builder {
    /// Sets what a JSON object says, over what is set already: the same that `--config` of the program
    /// takes. The crate's README lists the members.
    ///
    /// Lists of faults, limits, outages, tokens and the like grow by it. `switches` are turned for the
    /// services that are set as well. `services` take the place of those, and their switches are those of
    /// the simulator but for the members they name.
    ///
    /// # Errors
    /// When it is no such object, a member is unknown, or a value is not what its member can be.
    pub fn configured(mut self, json: &str) -> Result<Self, Misread> {
        let Object(file) = read::<Object<File>>(json.as_bytes())?;
        let setup = &mut self.setup;
        self.port = file.port.unwrap_or(self.port);
        self.control_port = file.control_port.or(self.control_port);
        self.manual_clock = file.manual_clock.unwrap_or(self.manual_clock);
        setup.clock_offset = file.clock_offset_ms.unwrap_or(setup.clock_offset);
        if let Some(bearer) = file.bearer {
            setup.bearer = visible(bearer, "bearer")?;
        }
        let own = setup.services.iter_mut().filter_map(|(_, own)| own.as_mut());
        for switches in own.chain([&mut setup.switches]) {
            *switches = changed(switches, file.switches.clone(), file.clients.clone())?;
        }
        if let Some(services) = file.services {
            add_services(setup, services)?;
        }
        add_tokens(setup, None, "", file.tokens)?;
        setup.poison.extend(file.poison.into_iter().flatten());
        let failing = file.failing_batches.into_iter().flatten();
        setup.failing_batches.extend(failing.map(|Object(batch)| batch.after_items));
        setup.faults.extend(file.faults.into_iter().flatten());
        setup.limits.extend(file.rate_limits.into_iter().flatten());
        setup.outages.extend(file.outages.into_iter().flatten());
        if let Some(Object(dropped)) = file.dropped_answers {
            setup.dropped_answers = dropped;
        }
        setup.check().map_err(|(origin, why)| Misread::new(origin, why.to_string()))?;
        Ok(self)
    }
}

fn add_services(setup: &mut Setup, services: Vec<Object<Service>>) -> Result<(), Misread> {
    if services.is_empty() {
        return Err(Misread::new("services", "at least one is expected"));
    }
    setup.services.clear();
    for (position, Object(service)) in services.into_iter().enumerate() {
        let outer = format!("services[{position}]");
        let Service { service_id, switches, clients, tokens } = service;
        let id = visible(service_id, "serviceId").map_err(|why| why.within(&outer))?;
        if setup.services.iter().any(|(known, _)| *known == id) {
            return Err(Misread::new("serviceId", "another service has this ID").within(&outer));
        }
        let own = (switches.is_some() || clients.is_some())
            .then(|| changed(&setup.switches, switches, clients))
            .transpose()
            .map_err(|why| why.within(&outer))?;
        add_tokens(setup, Some(&id), &format!("{outer}."), tokens)?;
        setup.services.push((id, own));
    }
    Ok(())
}

fn add_tokens(
    setup: &mut Setup,
    service_id: Option<&str>,
    outer: &str,
    tokens: Option<Vec<Members>>,
) -> Result<(), Misread> {
    for (position, members) in tokens.into_iter().flatten().enumerate() {
        let origin = format!("{outer}tokens[{position}]");
        let request = create_request(members).map_err(|why| why.within(&origin))?;
        setup.tokens.push(PresentToken { origin, service_id: service_id.map(str::to_owned), request });
    }
    Ok(())
}

/// Switches with changes; `clients` may stand among them or beside them.
fn changed(
    switches: &Switches,
    changes: Option<Members>,
    clients: Option<Vec<Client>>,
) -> Result<Switches, Misread> {
    let changes = changes.unwrap_or_default();
    if clients.is_some() && changes.0.contains_key("clients") {
        return Err(Misread::new("clients", "is among the switches too"));
    }
    let mut changed = switches.changed(changes).map_err(|why| why.within("switches"))?;
    changed.clients = clients.or(changed.clients);
    Ok(changed)
}

fn visible(text: String, member: &str) -> Result<String, Misread> {
    if is_visible(&text) { Ok(text) } else { Err(Misread::new(member, NOT_VISIBLE)) }
}
