use super::*;

/// What is packed, with one file otherwise.
fn with(file: &str, written: &str, instead: &str) -> Result<Library, String> {
    let mut files = packed(&PACKED);
    let text = files.get_mut(file).unwrap();
    assert!(text.contains(written), "{written}");
    *text = text.replacen(written, instead, 1);
    Library::of(files).map_err(|error| error.to_string())
}

/// Some council that counts its answers in working days, and its file.
fn some_council() -> (String, String) {
    let library = Library::load(&Source::Packed).unwrap();
    let council = library.councils().next().unwrap().to_owned();
    (format!("{council}/v1.toml"), council)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn what_is_packed_loads() {
    let library = Library::load(&Source::Packed).unwrap();
    assert!(library.councils().count() >= 5);
    for council in library.councils() {
        assert!(library.present(council).is_some(), "{council}");
    }
}

#[test]
fn a_closure_is_a_day_off_of_that_council_alone() {
    let (file, council) = some_council();
    let closure = "[[closures]]\ndate = \"2026-12-29\"\ntitle = \"Christmas\"\n\n[ombudsman]";
    let library = with(&file, "[ombudsman]", closure).unwrap();
    for other in library.councils() {
        let calendar = library.present(other).unwrap().calendar;
        let expected = Some("Council closed (Christmas)").filter(|_| other == council);
        assert_eq!(calendar.day_off(day("2026-12-29")), expected, "{other}");
    }
    assert!(library.calendar("england-and-wales").unwrap().is_working(day("2026-12-29")));
}

#[test]
fn everything_a_policy_names_that_is_not_there_is_told_at_once_with_its_line() {
    let (file, council) = some_council();
    let mut text = packed(&PACKED).remove(&file).unwrap();
    for (written, instead) in [
        ("calendar = \"england-and-wales\"", "calendar = \"atlantis\""),
        ("general = \"lgsco\"", "general = \"nobody\""),
        ("counting =", "countnig ="),
    ] {
        text = text.replacen(written, instead, 1);
    }
    let mut files = packed(&PACKED);
    files.insert(file.clone(), text.clone());
    let said = Library::of(files).unwrap_err().to_string();
    for (line, why) in [
        ("calendar = \"atlantis\"", "there is no calendar “atlantis”: there are england-and-wales, "),
        ("countnig = \"next-working-day\"", "unknown field `countnig`"),
        ("general = \"nobody\"", "there is no Ombudsman “nobody” in ombudsmen.toml: there are housing, lgsco"),
    ] {
        let line = text.lines().position(|found| found == line).unwrap() + 1;
        assert!(said.contains(&format!("{council}/v1.toml:{line}:1: {why}")), "{said}");
    }
}

#[test]
fn a_closure_on_a_bank_holiday_changes_nothing_and_is_named() {
    let closure = "[[closures]]\ndate = \"2026-12-25\"\ntitle = \"Christmas\"\n\n[ombudsman]";
    let said = with(&some_council().0, "[ombudsman]", closure).unwrap_err();
    assert!(said.contains("25 December 2026 is off in any case (Christmas Day)"), "{said}");
}

#[test]
fn a_policy_in_another_councils_folder_is_named_with_its_line() {
    let (file, council) = some_council();
    let named = format!("council = \"{council}\"");
    let said = with(&file, &named, "council = \"atlantis\"").unwrap_err();
    assert!(said.contains("`council` is “atlantis”, which is not the name of its folder"), "{said}");
}

#[test]
fn a_calendar_that_ends_within_a_year_is_an_alarm() {
    let library = Library::load(&Source::Packed).unwrap();
    assert_eq!(library.alarms(day("2026-06-01")), [""; 0]);
    let alarms = library.alarms(day("2028-01-01"));
    assert_eq!(alarms.len(), 1);
    assert!(alarms[0].starts_with("the calendar england-and-wales ends on 31 December 2028"), "{alarms:?}");
}

#[test]
fn a_calendar_out_of_order_is_no_library() {
    let said = with("calendars/bank-holidays.json", "2012-01-02", "2032-01-02").unwrap_err();
    assert!(said.contains("is not in order: 2032-01-02 stands before"), "{said}");
}

#[test]
fn a_policy_published_ahead_of_its_day_waits_for_it() {
    let (file, council) = some_council();
    let mut files = packed(&PACKED);
    let second = files[&file].replacen("version = 1", "version = 2", 1);
    let from = second.lines().find(|line| line.starts_with("from = ")).unwrap().to_owned();
    files.insert(file.replace("v1.toml", "v2.toml"), second.replacen(&from, "from = \"2027-04-01\"", 1));
    let library = Library::of(files).unwrap();
    let version = |on: &str| library.present_on(&council, day(on)).unwrap().policy.policy.version;
    assert_eq!((version("2000-01-01"), version("2027-03-31"), version("2027-04-01")), (1, 1, 2));
}
