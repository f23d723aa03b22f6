//! The same dates by numpy's `busday_offset`, where numpy is.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::naive::{calendar, date, house, some_days_off, ten_thousand};

/// From a day off numpy must be told where to go first: forward for a rolled start. Else the other
/// way from where it counts, so that the first working day it meets is day 1.
const SCRIPT: &str = r#"
import sys, numpy
off = sys.stdin.readline().split()
calendar = numpy.busdaycalendar(holidays=off)
for line in sys.stdin:
    start, n, rolled = line.split()
    roll = "forward" if rolled == "1" or int(n) < 0 else "backward"
    print(numpy.busday_offset(start, int(n), roll=roll, busdaycal=calendar))
"#;

fn has_numpy() -> bool {
    let asked = Command::new("python3").args(["-c", "import numpy"]).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

#[test]
fn ten_thousand_dates_are_those_of_numpy() {
    if !has_numpy() {
        eprintln!("SKIPPED: python3 cannot import numpy, so nothing was compared with it");
        return;
    }
    let off = some_days_off(7);
    let (calendar, asked) = (calendar(&off), ten_thousand(7));
    let mut question = off.iter().map(|day| date(*day).to_string()).collect::<Vec<_>>().join(" ");
    for asked in &asked {
        question.push_str(&format!("\n{} {} {}", date(asked.from), asked.n, u8::from(asked.rolled)));
    }
    let python = Command::new("python3").args(["-c", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut python = python.unwrap();
    let mut sent = python.stdin.take().unwrap();
    let writing = std::thread::spawn(move || sent.write_all(question.as_bytes()).unwrap());
    let answer = python.wait_with_output().unwrap();
    writing.join().unwrap();
    let answers: Vec<String> = String::from_utf8(answer.stdout).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(answers.len(), asked.len());
    for (asked, numpy) in asked.into_iter().zip(answers) {
        assert_eq!(date(house(&calendar, asked)).to_string(), numpy, "{asked:?}");
    }
}
