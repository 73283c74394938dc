//! What holds for every page.

use super::samples::{Sample, all, day, recipients, recipients_of_every_kind, site, status};
use super::*;
use crate::domain::report::{Draft, Field, FieldProblem, Problem};
use crate::domain::{CaseKind, Outcome, Status};
use crate::web::texts::Texts;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The values of an attribute, in the order of the page.
fn attribute<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The tags of one element, without their content.
fn tags<'a>(html: &'a str, element: &str) -> Vec<&'a str> {
    let start = format!("<{element} ");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    html.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(inner, _)| inner)
}

/// For looking at: `CANDOR_PAGE_SAMPLES=folder cargo test -p candor samples` writes every page as a file.
#[test]
fn samples_can_be_looked_at() {
    let samples = all();
    let names: BTreeSet<_> = samples.iter().map(|sample| sample.name).collect();
    assert_eq!(names.len(), samples.len());
    if let Some(folder) = std::env::var_os("CANDOR_PAGE_SAMPLES") {
        let folder = Path::new(&folder);
        std::fs::create_dir_all(folder.join("assets")).unwrap();
        std::fs::write(folder.join("assets/reporter.css"), assets::STYLE).unwrap();
        std::fs::write(folder.join("assets/icon.svg"), assets::ICON).unwrap();
        for Sample { name, html } in samples {
            std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
        }
    }
}

/// The page without our script and the data for it, which may stand in the head of pages with a form.
fn without_our_script(html: &str) -> String {
    let Some(script) = assets::script_href() else { return html.to_owned() };
    let data = "<script type=\"application/json\" id=\"script-data\">";
    let Some((before, rest)) = html.split_once(data) else { return html.to_owned() };
    let (data, after) = rest.split_once("</script>").expect("the data ends");
    assert!(!data.contains('<'));
    let after = after.trim_start();
    let ours = format!("<script type=\"module\" src=\"{script}\"></script>");
    format!("{before}{}", after.strip_prefix(ours.as_str()).expect("our script follows its data"))
}

#[test]
fn no_page_has_a_script_but_ours_a_style_of_its_own_or_anything_from_elsewhere() {
    let leave = site().leave_url;
    for Sample { name, html } in all() {
        let html = without_our_script(&html);
        let lower = html.to_lowercase();
        for forbidden in
            ["<script", " style=", "<style", "javascript:", " onclick", "<iframe", "<img", "data:"]
        {
            assert!(!lower.contains(forbidden), "{name}: {forbidden}");
        }
        for address in attribute(&html, "href").into_iter().chain(attribute(&html, "action")) {
            let own = address.starts_with('#') || (address.starts_with('/') && !address.starts_with("//"));
            assert!(own || address == leave, "{name}: {address}");
        }
        assert!(attribute(&html, "src").is_empty(), "{name}");
    }
}

#[test]
fn every_page_can_be_left_first_thing() {
    for Sample { name, html } in all() {
        let first = tags(&html, "a").first().copied().unwrap_or_default();
        assert!(first.contains("class=\"leave\""), "{name}: {first}");
        assert!(first.contains("rel=\"noreferrer nofollow\""), "{name}: {first}");
    }
}

#[test]
fn every_page_has_its_language_one_heading_and_a_title() {
    let mut titles: BTreeMap<String, &str> = BTreeMap::new();
    for Sample { name, html } in all() {
        assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"), "{name}");
        assert_eq!(html.matches("<h1>").count(), 1, "{name}");
        let title = between(&html, "<title>", "</title>").to_owned();
        assert!(!title.starts_with(" –"), "{name}: {title}");
        assert!(title.ends_with("Northwind &#38; Daughters plc"), "{name}: {title}");
        // States of one page share its title, save for "Error:" before it.
        let page = name.split('-').next().unwrap_or_default();
        if page != "error" {
            let known = titles.entry(title.replace("Error: ", "")).or_insert(page);
            assert_eq!(*known, page, "{title}");
        } else if name != "error-kept" {
            assert!(titles.insert(title.clone(), name).is_none(), "{title}");
        }
    }
}

#[test]
fn every_field_has_a_label_and_ids_are_unique_and_found() {
    for Sample { name, html } in all() {
        for form in tags(&html, "form") {
            assert!(form.contains("autocomplete=\"off\""), "{name}: {form}");
        }
        let ids = attribute(&html, "id");
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{name}: {ids:?}");
        let labels: BTreeSet<_> = attribute(&html, "for").into_iter().collect();
        assert!(labels.is_subset(&unique), "{name}: a label for nothing");
        for field in tags(&html, "input").into_iter().chain(tags(&html, "textarea")) {
            // The button that the Enter key presses in vain is seen by nobody.
            if field.contains("type=\"hidden\"") || field.ends_with("disabled hidden") {
                continue;
            }
            let id = between(field, "id=\"", "\"");
            assert!(labels.contains(id), "{name}: no label for {id}");
            if !["radio", "checkbox", "file"].iter().any(|kind| field.contains(&format!("type=\"{kind}\""))) {
                assert!(field.contains("autocomplete=\"off\""), "{name}: {field}");
                assert!(field.contains("spellcheck=\"false\""), "{name}: {field}");
            }
            assert!(!field.contains("maxlength"), "{name}: pasted text must not be cut silently");
        }
        for list in ["aria-describedby", "aria-labelledby"] {
            for id in attribute(&html, list).into_iter().flat_map(str::split_whitespace) {
                assert!(unique.contains(id), "{name}: {list} {id}");
            }
        }
        for target in attribute(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(unique.contains(target), "{name}: #{target}");
        }
    }
}

#[test]
fn what_was_typed_comes_back_as_text() {
    let samples = all();
    let html = |name: &str| {
        samples.iter().find(|sample| sample.name == name).map(|sample| sample.html.as_str()).unwrap()
    };
    assert!(html("report-wrong").contains("value=\"&#34;&#62;&#60;script&#62;"));
    // A line end after the tag belongs to HTML, the second one to the reporter.
    assert!(html("report-not-stored").contains(">\n\nI was told to date"));
    assert!(html("report-not-stored").contains("was &#60;b&#62;no&#60;/b&#62; reason"));
    assert!(html("status").contains("&#60;i&#62;Please do not&#60;/i&#62;"));
    assert!(html("status").contains("Do you remember:\n  1. which"));
    assert!(html("check-word").contains("harvest quite lantern</textarea>"));
    assert!(html("error-kept").contains("Second &#60;b&#62;line"));
}

/// Every page with every sentence that can be on it.
fn every_sentence() -> Vec<String> {
    let texts = Texts::default();
    let mut pages: Vec<String> = all().into_iter().map(|sample| sample.html).collect();
    let site = site();
    let recipients = recipients();
    let page = |draft: &Draft, problems: &[FieldProblem], notice| {
        ReportPage {
            texts,
            site: &site,
            recipients: &recipients,
            draft,
            problems,
            notice,
            files: FilesView::empty(20, 250 << 20),
            form_value: "",
        }
        .html()
    };
    for kind in CaseKind::ALL {
        pages.extend(Notice::ALL.map(|notice| page(&Draft::new(kind), &[], Some(notice))));
    }
    pages.push(page(&Draft::new(CaseKind::Concern), &every_problem(), None));
    for problem in [Problem::Empty, TOO_LONG] {
        let message_problem = Some(problem);
        pages.push(StatusPage { message_problem, ..status(&site, Status::Received, None) }.html());
    }
    for each in Status::ALL {
        pages.push(status(&site, each, None).html());
        let today = status(&site, each, None).today.plus_days(1_000);
        pages.push(StatusPage { kind: CaseKind::Question, today, ..status(&site, each, None) }.html());
    }
    for outcome in Outcome::ALL {
        let mut page = status(&site, Status::Concluded, Some(outcome));
        let line = |event| HistoryLine { day: day("2026-11-23"), event };
        page.history.push(line(HistoryEvent::Status(Status::Concluded, Some(outcome))));
        page.history.push(line(HistoryEvent::Reply { title: String::new() }));
        page.unreadable_replies = 2;
        pages.push(page.html());
    }
    let words = [
        TokenProblem::Empty,
        TokenProblem::Count { found: 13 },
        TokenProblem::Word { position: 12 },
        TokenProblem::Checksum,
        TokenProblem::Unknown,
    ];
    pages.extend(words.map(|problem| {
        CheckPage {
            texts,
            site: &site,
            typed: "",
            problem: Some(problem),
            most_files: 20,
            largest_file: 1 << 20,
        }
        .html()
    }));
    let fields = Field::ALL.into_iter().filter(|field| field.limit().is_some()).map(Field::name);
    let kept = fields.chain(["message"]).map(|field| KeptText { field, text: "x" }).collect();
    pages.push(ErrorPage { texts, site: &site, kind: ErrorKind::NotStored, kept }.html());
    pages.push(PrivacyPage { texts, site: &site, recipients: &recipients_of_every_kind() }.html());
    pages.push((0..12).map(|months| dates::long(&texts, &day("2026-11-23").plus_months(months))).collect());
    pages
}

const TOO_LONG: Problem = Problem::TooLong { limit: 100_000, found: 123_456 };

/// Every problem that `check` can find in a report.
fn every_problem() -> Vec<FieldProblem> {
    let found = |field, problem| FieldProblem { field, problem };
    let mut problems: Vec<_> = Field::ALL
        .into_iter()
        .filter(|field| field.limit().is_some())
        .map(|field| found(field, TOO_LONG))
        .collect();
    problems.extend([Field::Narrative, Field::Name].map(|field| found(field, Problem::Empty)));
    problems.extend(
        [Field::Concerns, Field::Chosen, Field::Category].map(|field| found(field, Problem::Unknown)),
    );
    problems.push(found(Field::Chosen, Problem::ExcludedAndChosen));
    problems.push(found(Field::Chosen, Problem::NotChoosable));
    problems.push(found(Field::Concerns, Problem::NobodyCanRead));
    problems.push(found(Field::Confidential, Problem::Contradictory));
    problems
}

#[test]
fn no_text_is_missing() {
    for html in every_sentence() {
        assert!(!html.contains('⟦'), "{}", between(&html, "⟦", "⟧"));
    }
}

#[test]
fn every_text_is_on_some_page() {
    const FILES: [&str; 13] = [
        include_str!("../../../../locales/en/categories.ftl"),
        include_str!("../../../../locales/en/check.ftl"),
        include_str!("../../../../locales/en/common.ftl"),
        include_str!("../../../../locales/en/confirmation.ftl"),
        include_str!("../../../../locales/en/errors.ftl"),
        include_str!("../../../../locales/en/files.ftl"),
        include_str!("../../../../locales/en/privacy.ftl"),
        include_str!("../../../../locales/en/problems.ftl"),
        include_str!("../../../../locales/en/record.ftl"),
        include_str!("../../../../locales/en/report.ftl"),
        include_str!("../../../../locales/en/start.ftl"),
        include_str!("../../../../locales/en/status.ftl"),
        include_str!("../../../../locales/en/statuses.ftl"),
    ];
    let pages = every_sentence().concat();
    for (id, text) in FILES.into_iter().flat_map(str::lines).filter_map(|line| line.split_once(" = ")) {
        // What is filled in differs; what stands before it does not.
        let fixed = text.split('{').next().unwrap_or_default().trim();
        assert!(pages.contains(fixed), "{id} is on no page");
    }
}

#[test]
fn the_style_is_small_and_asks_nobody_for_anything() {
    assert!(assets::STYLE.len() < 13 * 1024, "{}", assets::STYLE.len());
    for forbidden in ["url(", "@import", "http"] {
        assert!(!assets::STYLE.contains(forbidden), "{forbidden}");
    }
}
