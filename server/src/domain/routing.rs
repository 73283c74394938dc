//! Who can read a new case, and who is told of it.
//!
//! The reporter chooses who is told; the rules decide who can read.

use super::{CaseKind, Category, Recipient, RecipientKind, Recipients};

/// What the reporter chose.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// What the report is about.
    pub category: Category,
    /// The id of the recipient that should be told; `None` lets the committee decide.
    pub chosen: Option<&'a str>,
    /// The ids of those the report is about.
    pub excluded: &'a [String],
}

/// Where a case goes. Ids in the order of the configuration, none twice, never an excluded one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Those who can read the case; each has a public key. Never empty.
    pub granted: Vec<String>,
    /// Those who are told that something arrived.
    pub told: Vec<String>,
    /// The chosen recipient, where it cannot read the case: it learns that something was addressed
    /// to it and that the committee will release what it needs.
    pub addressed: Option<String>,
}

/// Why a report can go nowhere. The ids come from the form: do not log them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoutingError {
    /// No recipient has this id.
    #[error("no recipient has this id")]
    UnknownRecipient(String),
    /// This recipient cannot be chosen.
    #[error("this recipient cannot be chosen")]
    NotChoosable(String),
    /// The same recipient is excluded and chosen.
    #[error("the same recipient is excluded and chosen")]
    ExcludedAndChosen(String),
    /// Nobody would be left who can read the report.
    #[error("nobody would be left who can read the report")]
    NobodyCanRead,
}

/// Decides who reads and who is told.
///
/// 1. Those the report is about are excluded: no grant, no notice, nothing.
/// 2. Every other committee recipient with a public key can read. So can the chosen one, if it has
///    a public key, unless the category is for the committee alone or it is a supervisor that was
///    not configured to read.
/// 3. Where nobody on the committee is left who can read, the first counsel with a public key can,
///    and is told.
/// 4. The chosen recipient is told, and the chair too where the category is for the committee
///    alone; without a choice, the chair. Where the chair is excluded or has no key, the next on
///    the committee takes its place. Where none of those told could read, the chair is told as
///    well: a notice that nobody can act on would leave the report lying.
/// 5. A chosen recipient that cannot read is the one addressed.
///
/// # Errors
/// [`RoutingError`]; nothing may be stored then.
pub fn route(recipients: &Recipients, choice: &Choice<'_>) -> Result<Route, RoutingError> {
    if let Some(id) = choice.excluded.iter().find(|id| recipients.get(id).is_none()) {
        return Err(RoutingError::UnknownRecipient(id.clone()));
    }
    let is_excluded = |recipient: &Recipient| choice.excluded.contains(&recipient.id);
    let chosen = choice.chosen.map(|id| chosen_recipient(recipients, id)).transpose()?;
    if let Some(chosen) = chosen.filter(|recipient| is_excluded(recipient)) {
        return Err(RoutingError::ExcludedAndChosen(chosen.id.clone()));
    }
    if let Some(chosen) = chosen.filter(|recipient| !recipient.choosable) {
        return Err(RoutingError::NotChoosable(chosen.id.clone()));
    }

    let can_read = |recipient: &&Recipient| recipient.has_key() && !is_excluded(recipient);
    let committee: Vec<&Recipient> = recipients.committee().filter(can_read).collect();
    let fallback =
        if committee.is_empty() { recipients.of_kind(RecipientKind::Counsel).find(can_read) } else { None };
    // The chair, or whoever takes its place.
    let first = committee.first().copied().or(fallback);

    let mut granted = committee;
    granted.extend(fallback);
    granted.extend(chosen.filter(|recipient| reads_when_chosen(recipient, choice.category)));
    if granted.is_empty() {
        return Err(RoutingError::NobodyCanRead);
    }

    let among = |list: &[&Recipient], one: &Recipient| list.iter().any(|each| each.id == one.id);
    let mut told: Vec<&Recipient> = chosen.into_iter().collect();
    told.extend(fallback);
    let somebody_told_can_read = told.iter().any(|recipient| among(&granted, recipient));
    if choice.category.committee_only() || !somebody_told_can_read {
        told.extend(first);
    }

    let ids = |list: &[&Recipient]| {
        recipients
            .iter()
            .filter(|recipient| among(list, recipient))
            .map(|recipient| recipient.id.clone())
            .collect::<Vec<_>>()
    };
    Ok(Route {
        addressed: chosen
            .filter(|recipient| !among(&granted, recipient))
            .map(|recipient| recipient.id.clone()),
        granted: ids(&granted),
        told: ids(&told),
    })
}

/// Whether the rules lead to this route for anything that a reporter can answer. A browser that seals a report decides
/// the route by itself and does not say whom the report is about, nor what its category is.
///
/// It is enough to try one set of people left out: everyone who is on no list. Whoever was left out is on none, and
/// leaving out somebody else who is on none changes nothing.
pub fn is_possible(recipients: &Recipients, kind: CaseKind, found: &Route) -> bool {
    let listed = |id: &String| {
        found.granted.contains(id) || found.told.contains(id) || found.addressed.as_ref() == Some(id)
    };
    let excluded: Vec<String> =
        recipients.iter().map(|recipient| recipient.id.clone()).filter(|id| !listed(id)).collect();
    let categories: &[Category] = match kind {
        CaseKind::Concern => &[Category::NotSure, Category::Accounting],
        CaseKind::Question => &[Category::Question],
    };
    let choices = std::iter::once(None).chain(recipients.choosable().map(|each| Some(each.id.as_str())));
    choices.into_iter().any(|chosen| {
        categories.iter().any(|&category| {
            let choice = Choice { category, chosen, excluded: &excluded };
            route(recipients, &choice).is_ok_and(|possible| possible == *found)
        })
    })
}

fn chosen_recipient<'a>(recipients: &'a Recipients, id: &str) -> Result<&'a Recipient, RoutingError> {
    recipients.get(id).ok_or_else(|| RoutingError::UnknownRecipient(id.to_owned()))
}

/// Whether being chosen lets this recipient read a case of this category.
fn reads_when_chosen(recipient: &Recipient, category: Category) -> bool {
    recipient.has_key()
        && !category.committee_only()
        && (recipient.kind != RecipientKind::Supervisor || recipient.reads)
}

#[cfg(test)]
#[path = "routing_tests.rs"]
mod tests;
