use super::super::{Judgement, Verdict, judge_policy};
use super::{GOOD, codes, policy, spoiled};
use crate::policy::Policy;

fn judged(policy: &Policy, rule: &str) -> Judgement {
    let found = judge_policy(&codes(), policy).into_iter().find(|found| found.rule == rule);
    found.unwrap_or_else(|| panic!("rule {rule} does not apply"))
}

/// The rules whose verdict is this.
fn rules(policy: &Policy, which: fn(&Verdict) -> bool) -> Vec<String> {
    let found = judge_policy(&codes(), policy).into_iter().filter(|found| which(&found.verdict));
    found.map(|found| found.rule).collect()
}

fn is_weaker(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Weaker { .. })
}

fn is_not_stated(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::NotStated)
}

#[test]
fn a_good_policy_meets_every_paragraph() {
    let good = policy(GOOD);
    assert_eq!(rules(&good, is_weaker), Vec::<String>::new());
    assert_eq!(rules(&good, is_not_stated), Vec::<String>::new());
    assert!(rules(&good, |verdict| *verdict == Verdict::Met).len() > 25);
}

#[test]
fn each_check_finds_what_is_weaker_and_only_that() {
    for (written, instead, rule, how) in [
        (
            "[stages.acknowledge]\nwithin = \"5 working days\"",
            "[stages.acknowledge]\nwithin = \"6 working days\"",
            "6.2",
            "the Code has 5 working days",
        ),
        ("within = \"10 working days\"", "within = \"11 working days\"", "6.3", "the Code has 10 working days"),
        (
            "within = \"10 working days\"\nruns_from = \"acknowledged\"",
            "within = \"16 working days\"\nruns_from = \"received\"",
            "6.3",
            "comes to 15 working days",
        ),
        ("at_most = \"10 working days\"", "at_most = \"11 working days\"", "6.4", "the Code has 10 working days"),
        ("within = \"20 working days\"", "within = \"21 working days\"", "6.14", "the Code has 20 working days"),
        ("at_most = \"20 working days\"", "at_most = \"30 working days\"", "6.15", "the Code has 20 working days"),
        (
            "[time_limit]\nwithin = \"12 calendar months\"",
            "[time_limit]\nwithin = \"51 weeks\"",
            "2.2",
            "the Code has 12 calendar months",
        ),
        ("runs_from = \"aware\"", "runs_from = \"happened\"", "2.2", "from the day the person knew"),
        ("\"post\", ", "", "3.1", "not among them: post"),
        (", \"social\"", "", "3.2", "not among them: social media"),
        ("landlord = \"housing\"\n", "", "3.7", "no Ombudsman for tenants"),
        ("cites = [\"1 Complaints\"]", "cites = [\"LGSCO Complaint Handling Code 6.12\"]", "6.12", "fall short"),
        (
            "cites = [\"1 Complaints\"]",
            "cites = [\"Housing Ombudsman Complaint Handling Code 5.3\"]",
            "5.2",
            "fall short",
        ),
        (
            "cites = \"4 Stage 1, asking for a review\"",
            "grounds = [\"It was unfair\"]\ncites = \"4\"",
            "6.10",
            "tied to 1 grounds",
        ),
        ("id = \"upheld\"", "id = \"not-investigated\"", "6.10", "without being looked into"),
        ("id = \"not-upheld\"", "id = \"partially-upheld\"", "6.8", "cannot be found not upheld"),
        (
            "[[outcomes]]",
            "[[exclusions]]\nid = \"vexatious\"\nwhat = \"X\"\ninstead = \"Y\"\ncites = \"7\"\n\n[[outcomes]]",
            "2.5",
            "by what it is called",
        ),
        ("done_within = \"15 working days\"\n", "pass_on = true\n", "1.8", "a request for a service is not recorded"),
        ("cites = [\"1 Complaints\"]", "cites = [\"LGSCO Complaint Handling Code 1.5\"]", "1.5", "fall short"),
        (
            "cites = [\"1 Complaints\"]",
            "cites = [\"Housing Ombudsman Complaint Handling Code 5.4\"]",
            "ho-5.4",
            "fall short",
        ),
        (
            "cites = [\"1 Complaints\"]",
            "cites = [\"Housing Ombudsman Complaint Handling Code 5.14\"]",
            "5.14",
            "fall short",
        ),
        (
            "[stages.different_from]\nstage = 1\nin_policy = true\ncites = \"5 Stage 2\"\n",
            "",
            "6.13",
            "whoever answered stage 1 may answer stage 2",
        ),
        (
            "[stages.different_from]",
            "[stages.decline]\ngrounds = [{ id = \"no-use\", what = \"It is no use.\" }]\ncites = \"5\"\n\n[stages.different_from]",
            "5.7",
            "none of these is an exclusion",
        ),
    ] {
        let weaker = spoiled(written, instead);
        let Verdict::Weaker { how: said } = judged(&weaker, rule).verdict else {
            panic!("{rule} is not weaker: {instead}")
        };
        assert!(said.contains(how), "{rule}: {said}");
        let others: Vec<String> = rules(&weaker, is_weaker).into_iter().filter(|other| other != rule).collect();
        // An outcome that is another one leaves the first unnamed.
        assert!(others.is_empty() || instead.contains("not-investigated"), "{instead}: {others:?}");
    }
}

#[test]
fn being_late_without_a_word_is_weaker() {
    let silent = GOOD.replace("notice = true", "notice = false").replace("[stages.update]\nevery = \"5 working days\"\nby = \"service\"\nin_policy = true\ncites = \"4 Stage 1, news\"\n", "");
    assert_eq!(rules(&policy(&silent), is_weaker), ["5.5"]);
    assert_eq!(rules(&policy(&silent), is_not_stated), ["ho-5.9"]);
}

#[test]
fn one_stage_alone_is_weaker_and_says_nothing_of_the_second() {
    let mut alone = policy(GOOD);
    alone.stages.truncate(1);
    alone.stages[0].request = None;
    assert_eq!(rules(&alone, is_weaker), ["6.10"]);
    assert_eq!(judged(&alone, "6.14").says[0].what, "there is no stage 2");
    let mut three = policy(GOOD);
    three.stages.push(three.stages[1].clone());
    assert_eq!(rules(&three, is_weaker), ["5.2"]);
}

#[test]
fn what_a_code_fills_in_is_not_stated() {
    for (written, instead, rule) in [
        (
            "by = \"service\"\nin_policy = true\ncites = \"4 Stage 1\"",
            "by = \"service\"\nin_policy = false\ncites = \"LGSCO Complaint Handling Code 6.2\"",
            "6.2",
        ),
        (
            "by = \"service\"\nin_policy = true\ncites = \"4 Stage 1\"",
            "by = \"system\"\nin_policy = true\ncites = \"4 Stage 1\"",
            "ho-6.2",
        ),
        (
            "runs_from = \"acknowledged\"\ncites = \"4 Stage 1\"",
            "runs_from = \"acknowledged\"\ncites = \"LGSCO Complaint Handling Code 6.3\"",
            "6.3",
        ),
        (
            "in_policy = true\ncites = \"4 Stage 1, delays\"",
            "in_policy = false\ncites = \"LGSCO Complaint Handling Code 6.4\"",
            "6.4",
        ),
        ("in_policy = true\ncites = \"4 Stage 1, news\"", "in_policy = false\ncites = \"4 Stage 1, news\"", "ho-5.9"),
        (
            "in_policy = true\ncites = \"5 Stage 2\"",
            "in_policy = false\ncites = \"LGSCO Complaint Handling Code 6.13\"",
            "6.13",
        ),
        ("cites = \"2 Ways to complain\"", "cites = \"LGSCO Complaint Handling Code 3.1\"", "3.1"),
        ("anonymous = true\n", "", "1.4-anonymous"),
        ("cites = \"7 What is left out\"", "cites = \"An Act (not in the policy)\"", "2.3"),
        ("id = \"service-request\"\nwhat", "id = \"insurance\"\nwhat", "1.2"),
        ("definition = \"We were wrong.\"\n", "", "6.8"),
        ("label = \"Upheld\"", "label = \"Upheld\"\nin_policy = false", "6.8"),
        ("acknowledged = true\ncites", "acknowledged = true\nin_policy = false\ncites", "1.8"),
        ("in_policy = true\ncites = \"1 Complaints\"", "in_policy = false\ncites = \"Codes 3.6\"", "3.6"),
        ("in_policy = true\ncites = \"10 Behaviour\"", "in_policy = false\ncites = \"Codes 5.14\"", "5.14"),
        ("[stages.answer_by]\nwriting = true\ncites = \"4 Stage 1, the answer\"\n", "", "6.8-written"),
        ("writing = true\ncites = \"5 Stage 2, the answer\"", "writing = false\ncites = \"5\"", "6.19-written"),
        ("cites = \"8 The Ombudsmen\"", "cites = \"Housing Ombudsman Complaint Handling Code 3.7\"", "3.7"),
        ("cites = \"9 Records\"", "in_policy = false\ncites = \"Redress default: common council practice\"", "5.8"),
    ] {
        let silent = spoiled(written, instead);
        assert_eq!(judged(&silent, rule).verdict, Verdict::NotStated, "{rule}: {instead}");
        assert_eq!(rules(&silent, is_weaker), Vec::<String>::new(), "{instead}");
    }
}

#[test]
fn what_is_filled_in_and_worse_than_the_code_is_weaker_all_the_same() {
    let filled = spoiled(
        "within = \"5 working days\"\nby = \"service\"\nin_policy = true",
        "within = \"8 working days\"\nby = \"service\"\nin_policy = false",
    );
    assert_eq!(rules(&filled, is_weaker), ["6.2"]);
}

#[test]
fn better_than_the_code_is_met() {
    for (written, instead, rule) in [
        ("within = \"5 working days\"", "within = \"2 working days\"", "6.2"),
        (
            "within = \"10 working days\"\nruns_from = \"acknowledged\"",
            "within = \"15 working days\"\nruns_from = \"received\"",
            "6.3",
        ),
        ("at_most = \"10 working days\"", "at_most = \"5 working days\"", "6.4"),
        (
            "within = \"12 calendar months\"\nruns_from = \"aware\"",
            "within = \"2 years\"\nruns_from = \"aware\"",
            "2.2",
        ),
        ("[time_limit]\nwithin = \"12 calendar months\"\nruns_from = \"aware\"\ncites = \"3 Limits\"\n", "", "2.2"),
        ("every = \"5 working days\"", "every = \"1 working day\"", "ho-5.9"),
        (
            "[stages.different_from]",
            "[stages.decline]\ngrounds = [{ id = \"service-request\", what = \"It is none.\" }]\ncites = \"5\"\n\n[stages.different_from]",
            "5.7",
        ),
        ("name = \"Housing repairs\"", "name = \"Parks\"", "3.7"),
    ] {
        let better = spoiled(written, instead);
        assert_eq!(judged(&better, rule).verdict, Verdict::Met, "{rule}: {instead}");
        assert_eq!(rules(&better, is_weaker), Vec::<String>::new(), "{instead}");
    }
}

#[test]
fn a_stage_that_is_somebody_elses_is_one_of_the_two_and_says_whose() {
    let run = "handler_title = \"an officer from elsewhere\"";
    let county = "[[organisations]]\nid = \"the-county\"\nname = \"the county council\"\nprivacy_notice = \"Ask us.\"\nhand_over_within = \"1 working day\"\ncites = \"5\"\n\n[[stages]]\nn = 2";
    let named = policy(&GOOD.replacen(run, &format!("{run}\norganisation = \"the-county\""), 1).replacen(
        "[[stages]]\nn = 2",
        county,
        1,
    ));
    assert_eq!(judged(&named, "5.2-handed-over").verdict, Verdict::Met);
    let mut unnamed = named;
    unnamed.organisations.clear();
    assert_eq!(rules(&unnamed, is_weaker), ["5.2-handed-over"]);
}

#[test]
fn a_council_without_homes_is_not_judged_by_the_housing_ombudsman() {
    let mut council = policy(GOOD);
    council.ombudsman.landlord = None;
    let judged = judge_policy(&codes(), &council);
    assert!(judged.iter().flat_map(|found| &found.paragraphs).all(|found| found.regime == "lgsco"));
    council.ombudsman.general = "spso".to_owned();
    assert_eq!(judge_policy(&codes(), &council), []);
}

#[test]
fn what_no_machine_can_check_is_named_and_says_why() {
    let unseen: Vec<Verdict> = judge_policy(&codes(), &policy(GOOD))
        .into_iter()
        .map(|found| found.verdict)
        .filter(|verdict| matches!(verdict, Verdict::NotForMachines { .. }))
        .collect();
    assert!(unseen.len() > 20);
    assert!(unseen.iter().all(|verdict| matches!(verdict, Verdict::NotForMachines { why } if why.len() > 20)));
}
