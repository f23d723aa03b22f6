use crate::policy::read;

const PLAIN: &str = include_str!("../read/plain.toml");

/// What the plain policy is told when it says this as well, or instead.
fn said(changes: &[(&str, &str)]) -> Vec<String> {
    let mut text = PLAIN.to_owned();
    for (written, instead) in changes {
        assert!(text.contains(written), "{written}");
        text = text.replacen(written, instead, 1);
    }
    let errors = read("x/v1.toml", &text).err().unwrap_or_default();
    errors
        .into_iter()
        .map(|error| format!("{}: {}", text.lines().nth(error.line - 1).unwrap(), error.message))
        .collect()
}

fn added(more: &str) -> Vec<String> {
    said(&[("[watch]", &format!("{more}\n[watch]"))])
}

fn line(of: &str, text: &str) -> usize {
    text.lines().position(|line| line == of).unwrap() + 1
}

#[test]
fn one_clock_in_two_units_names_both_places() {
    let text = PLAIN.replacen("within = \"10 working days\"", "target = \"10 days\"\nwithin = \"20 working days\"", 1);
    let errors = read("x/v1.toml", &text).unwrap_err();
    let (target, within) = (line("target = \"10 days\"", &text), line("within = \"20 working days\"", &text));
    assert_eq!((errors.len(), errors[0].line, within), (1, target, target + 1));
    assert_eq!(
        errors[0].message,
        format!(
            "stage 1: under “4 Stage 1” `target` is “10 days” and `within` is “20 working days”. One clock has one unit: choose one, and add a `[[readings]]` entry that cites both headings (lines {target} and {within})"
        )
    );
}

#[test]
fn an_extension_in_days_after_working_days_names_both_headings() {
    let found = said(&[("at_most = \"10 working days\"", "at_most = \"10 days\"")]);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("within = \"10 working days\": stage 1: `respond.within` is “10 working days” under “4 Stage 1”, and `extend.at_most` goes on with “10 days” under “4 Stage 1, delays”."), "{found:?}");
}

#[test]
fn weeks_are_days_and_years_are_months() {
    for (target, within, fine) in
        [("2 weeks", "20 days", true), ("3 weeks", "20 days", false), ("12 months", "1 year", true)]
    {
        let within = format!("target = \"{target}\"\nwithin = \"{within}\"");
        let at_most = if target.contains("week") { "at_most = \"10 days\"" } else { "at_most = \"1 month\"" };
        let found = said(&[("within = \"10 working days\"", &within), ("at_most = \"10 working days\"", at_most)]);
        assert_eq!(found.is_empty(), fine, "{found:?}");
    }
}

#[test]
fn what_is_named_must_be_there() {
    let found = said(&[
        ("team = \"complaints\"", "team = \"elsewhere\"\nsponsor = \"borsetshire\""),
        ("handler_title = \"an officer", "organisation = \"felpersham\"\nhandler_title = \"an officer"),
        (
            "[watch]",
            "[[triage]]\nasks = \"Is it this?\"\nexclusion = \"unheard-of\"\nservices = [\"housing-repairs\", \"moon\"]\ncites = \"1\"\n[watch]",
        ),
    ]);
    assert_eq!(
        found,
        [
            "team = \"elsewhere\": service `housing-repairs` goes to team `elsewhere`, which is not in `teams`: there are complaints",
            "sponsor = \"borsetshire\": service `housing-repairs` is sponsored by `borsetshire`, which is not in `organisations`: there are none",
            "organisation = \"felpersham\": stage 2 is run by `felpersham`, which is not in `organisations`: there are none",
            "exclusion = \"unheard-of\": a question leads to the exclusion `unheard-of`, which is not in `exclusions`: there are service-request",
            "services = [\"housing-repairs\", \"moon\"]: a question is about the service `moon`, which is not in `services`: there are housing-repairs",
        ]
    );
}

#[test]
fn a_sponsor_needs_a_stage_that_is_run_elsewhere() {
    let organisation = "[[organisations]]\nid = \"borsetshire\"\nname = \"Borsetshire\"\nprivacy_notice = \"x\"\nhand_over_within = \"1 working day\"\ncites = \"1\"\n[watch]";
    let changes =
        [("team = \"complaints\"", "team = \"complaints\"\nsponsor = \"borsetshire\""), ("[watch]", organisation)];
    assert_eq!(said(&changes).len(), 1);
    let run = ("handler_title = \"an officer", "organisation = \"borsetshire\"\nhandler_title = \"an officer");
    assert_eq!(said(&[changes[0], changes[1], run]), [""; 0]);
}

#[test]
fn nothing_is_named_twice() {
    let found = said(&[
        ("[[outcomes]]\nid = \"not-upheld\"", "[[outcomes]]\nid = \"upheld\""),
        ("[[services]]", "[[services]]\nid = \"housing-repairs\"\nname = \"x\"\nteam = \"complaints\"\n[[services]]"),
        ("[[kinds]]", "[[kinds]]\nid = \"complaint\"\nlabel = \"x\"\ncites = \"x\"\n[[kinds]]"),
        (
            "[[exclusions]]",
            "[[exclusions]]\nid = \"service-request\"\nwhat = \"x\"\ninstead = \"x\"\ncites = \"x\"\n[[exclusions]]",
        ),
        (
            "[watch]",
            "[[categories]]\nid = \"delay\"\nlabel = \"Delay\"\ncites = \"x\"\n[[categories]]\nid = \"delay\"\nlabel = \"Delay\"\ncites = \"x\"\n[watch]",
        ),
    ]);
    let named: Vec<&str> = found.iter().map(|found| found.split(": ").nth(1).unwrap()).collect();
    assert_eq!(named.len(), 5);
    for (said, what) in named.iter().zip([
        "kind `complaint`",
        "service `housing-repairs`",
        "category `delay`",
        "outcome `upheld`",
        "exclusion `service-request`",
    ]) {
        assert!(said.starts_with(&format!("{what} is there twice (lines ")), "{said}");
    }
}

#[test]
fn stages_come_in_order_and_lead_somewhere() {
    for (written, instead, about) in [
        ("[[stages]]\nn = 1\n", "[[stages]]\nn = 2\n", "stages are numbered 2, 2"),
        ("[[stages]]\nn = 2\n", "[[stages]]\nn = 3\n", "stages are numbered 1, 3"),
        (
            "stage = 1\n",
            "stage = 2\n",
            "stage 2 is to be answered by somebody else than stage 2, which is no earlier stage",
        ),
        (
            "stage = 1\n",
            "stage = 0\n",
            "stage 2 is to be answered by somebody else than stage 0, which is no earlier stage",
        ),
        ("file_after = \"3 calendar months\"\n", "", "stage 1: `request` has neither `within` nor `file_after`"),
        ("file_after", "within = \"1 month\"\nfile_after", "stage 1: `request` has both `within` and `file_after`"),
        ("handler = [\"manager\"]", "handler = []", "stage 1 has no `handler`"),
        (
            "[stages.different_from]",
            "[stages.request]\nwithin = \"20 working days\"\ncites = \"x\"\n[stages.different_from]",
            "stage 2 is the last and has a `request`: there is no stage 3 to ask for",
        ),
        (
            "[stages.different_from]",
            "[stages.decline]\ngrounds = []\ncites = \"x\"\n[stages.different_from]",
            "stage 2 can be declined, but on no ground",
        ),
    ] {
        let found = said(&[(written, instead)]);
        assert!(found.iter().any(|found| found.contains(about)), "{instead}: {found:?}");
    }
}

#[test]
fn a_promise_of_no_time_is_none() {
    for (written, none) in [
        ("within = \"5 working days\"", "within = \"0 working days\""),
        ("within = \"10 working days\"", "within = \"-10 working days\""),
        ("every = \"5 working days\"", "every = \"0 working days\""),
        ("file_after = \"3 calendar months\"", "file_after = \"0 days\""),
        ("within = \"12 calendar months\"", "within = \"-1 years\""),
        ("complaint = \"6 years\"", "complaint = \"0 years\""),
        ("warn_before = \"2 working days\"", "warn_before = \"2 working days\"\nlong_case = \"0 weeks\""),
        (
            "cites = \"1 Complaints\"",
            "cites = \"1 Complaints\"\n[[kinds]]\nid = \"service-request\"\nlabel = \"x\"\ncites = \"x\"\ndone_within = \"0 days\"",
        ),
    ] {
        let found = said(&[(written, none)]);
        assert!(found.len() == 1 && found[0].contains("is no time to do anything in"), "{none}: {found:?}");
    }
    assert_eq!(said(&[("at_most = \"10 working days\"", "at_most = \"0 working days\"")]), [""; 0]);
    let found = said(&[("warn_before = \"2", "warn_before = \"-2")]);
    assert!(found[0].contains("runs backwards"), "{found:?}");
}

#[test]
fn a_kind_goes_one_way() {
    let both = "[[kinds]]\nid = \"comment\"\nlabel = \"Comment\"\ncites = \"x\"\npass_on = true\ndone_within = \"5 working days\"\n[[kinds]]";
    let found = said(&[("[[kinds]]", both)]);
    assert!(found.len() == 1 && found[0].contains("“Comment” has both `pass_on` and `done_within`"), "{found:?}");
    let found = said(&[("label = \"Complaint\"", "label = \"Complaint\"\npass_on = true")]);
    assert!(found.len() == 1 && found[0].contains("a complaint goes through the stages"), "{found:?}");
}

#[test]
fn a_restriction_is_decided_by_people_there_are() {
    let by = |at_least: &str| {
        added(&format!(
            "[restrictions]\ndecided_by = [\"a director\", \"a lawyer\"]\nat_least = {at_least}\nreview_within = \"6 months\"\nin_policy = true\ncites = \"x\"\n"
        ))
    };
    assert_eq!(by("2"), [""; 0]);
    for wrong in ["0", "3"] {
        let said =
            format!("at_least = {wrong}: `at_least` is {wrong} and `decided_by` names 2: it must be from 1 to 2");
        assert_eq!(by(wrong), [said]);
    }
}

#[test]
fn each_rung_of_the_ladder_comes_later_than_the_one_before() {
    let rungs = |afters: &[&str]| {
        let more: String =
            afters.iter().map(|after| format!("[[watch.escalation]]\nafter = \"{after}\"\nto = \"team\"\n")).collect();
        said(&[("[[outcomes]]", &format!("{more}[[outcomes]]"))])
    };
    assert_eq!(rungs(&["2 working days", "10 working days"]), [""; 0]);
    assert!(rungs(&["10 working days", "2 working days"])[0].contains("each must come later"));
    assert!(rungs(&["2 working days", "2 working days"])[0].contains("each must come later"));
    assert!(rungs(&["2 working days", "1 week"])[0].contains("One clock has one unit"));
    let late = said(&[("after = \"0 working days\"", "after = \"1 working day\"")]);
    assert!(late[0].contains("the first rung is told when the date is missed"), "{late:?}");
}

#[test]
fn a_closure_that_changes_nothing_or_stands_out_of_order_is_named() {
    let closed = |dates: &[&str]| {
        let more: String =
            dates.iter().map(|date| format!("[[closures]]\ndate = \"{date}\"\ntitle = \"Christmas\"\n")).collect();
        added(&more)
    };
    assert_eq!(closed(&["2026-12-24", "2026-12-29"]), [""; 0]);
    let found = closed(&["2026-12-29", "2026-12-24", "2026-12-24", "2026-12-26"]);
    let about: Vec<&str> = found.iter().map(|found| found.split(": ").nth(1).unwrap()).collect();
    assert!(about[0].starts_with("closures are not in order"), "{found:?}");
    assert!(found[0].contains("29 December 2026 stands before 24 December 2026 (lines "), "{found:?}");
    assert!(about[1].starts_with("24 December 2026 is there twice (lines "), "{found:?}");
    assert!(about[2].starts_with("26 December 2026 is a Saturday, which is off in any case"), "{found:?}");
}

#[test]
fn the_head_of_a_policy_is_checked_as_a_whole() {
    let found = said(&[
        ("review_by = \"2027-04-01\"", "review_by = \"2024-04-01\""),
        ("reference_prefix = \"AMB\"", "reference_prefix = \"A1\"\ncut_off = \"00:00\""),
        ("general = \"lgsco\"", "general = \" \""),
        ("default = true", "default = false"),
    ]);
    let about = [
        "`review_by` is before `from`",
        "two to four capital letters",
        "`cut_off` is midnight",
        "exactly one team",
        "no Ombudsman is named",
    ];
    assert_eq!(found.len(), about.len(), "{found:?}");
    for (found, about) in found.iter().zip(about) {
        assert!(found.contains(about), "{found}");
    }
    assert_eq!(said(&[("counting =", "cut_off = \"16:00\"\ncounting =")]), [""; 0]);
}

#[test]
fn post_of_the_second_class_is_never_the_faster() {
    let deemed = |first: &str, second: &str| {
        added(&format!(
            "[deemed]\nfirst_class = \"{first}\"\nsecond_class = \"{second}\"\nin_policy = true\ncites = \"x\"\n"
        ))
    };
    assert_eq!(deemed("2 working days", "4 working days"), [""; 0]);
    assert!(deemed("3 working days", "2 working days")[0].contains("never faster"));
    assert!(deemed("2 working days", "4 days")[0].contains("One clock has one unit"));
}

#[test]
fn what_a_policy_says_of_itself_has_words_and_is_its_own() {
    let definition = |text: &str, own: bool| added(&format!("[definition]\n{text}in_policy = {own}\ncites = \"x\"\n"));
    assert_eq!(definition("text = \"When you are unhappy.\"\n", true), [""; 0]);
    assert_eq!(definition("", false), [""; 0]);
    assert!(definition("", true)[0].contains("in your own words"));
    assert!(definition("text = \" \"\n", true)[0].contains("say what a complaint is"));
    assert!(added("[no_detriment]\ntext = \"\"\ncites = \"x\"\n")[0].contains("say what is promised"));
    let remedy = "[[remedies]]\nid = \"apology\"\ncites = \"x\"\n";
    assert!(added(&remedy.repeat(2))[0].contains("remedy `apology` is there twice (lines "));
}

#[test]
fn a_review_of_limits_is_the_policys_own_only_where_limits_are() {
    let limits = |own: &str| {
        let text = "[restrictions]\ndecided_by = [\"a director\"]\nat_least = 1\nreview_within = \"6 months\"\ncites = \"x\"\n";
        PLAIN.replacen("[watch]", &format!("{text}{own}[watch]"), 1)
    };
    for (own, is) in [
        ("in_policy = true\n", true),
        ("in_policy = false\n", false),
        ("in_policy = true\nreview_in_policy = false\n", false),
    ] {
        let policy = read("x/v1.toml", &limits(own)).unwrap();
        assert_eq!(policy.restrictions.unwrap().review_in_policy(), is, "{own}");
    }
    let found = read("x/v1.toml", &limits("in_policy = false\nreview_in_policy = true\n")).unwrap_err();
    assert!(found[0].message.starts_with("a policy that does not speak of limits"), "{found:?}");
}

#[test]
fn what_a_policy_leaves_out_is_filled_in_and_said_to_be() {
    let policy = read("x/v1.toml", PLAIN).unwrap();
    assert!(policy.definition.text.contains("You do not have to call it a complaint"));
    assert_eq!(policy.watch.long_case.to_string(), "12 weeks");
    assert_eq!(policy.reporting.published.to_string(), "1 year");
    assert!(!policy.definition.in_policy && !policy.reporting.in_policy && !policy.equality.asked);
    assert!(policy.remedies.is_empty() && policy.no_detriment.is_none());
}
