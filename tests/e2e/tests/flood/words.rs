//! What people write, and what people write who want to break something.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What a template engine would make of [`PLAIN`]'s sum, if it were ever asked.
pub(crate) const SUM: &str = "62615533";

const PLAIN: [&str; 8] = [
    "The bin was not collected on three Mondays.",
    "Nobody rang me back, and I waited in all day.",
    "I wrote to you on 3 March & again on 10 March; you said \"next week\".",
    "Roedd y bin yn llawn, a'r staff yn anghwrtais.",
    "Mae’r stryd yn fudr – £40 a week for what?",
    "My mother is 87. She can't use the stairs.",
    "1 < 2, 3 > 2, and that's 100% true",
    "Thank you.",
];

const HOSTILE: [&str; 44] = [
    "<script>zap(1)</script>",
    "<SCRIPT SRC=//zap.example/x.js></SCRIPT>",
    "<img src=zap onerror=zap(1)>",
    "\"><svg onload=zap(1)>",
    "' autofocus onfocus='zap(1)",
    "\" autofocus onfocus=\"zap(1)",
    "</textarea><zap-tag>",
    "</title></head><zap-tag>",
    "--><zap-tag><!--",
    "]]><zap-tag>",
    "<iframe srcdoc=\"<script>zap(1)</script>\"></iframe>",
    "<a href=\"javascript:zap(1)\">here</a>",
    "&lt;zap-tag&gt; &amp;lt; &#60;zap-tag&#62;",
    "{{ 7919 * 7907 }}",
    "{% for n in range(9) %}{{ 7919 * 7907 }}{% endfor %}",
    "{# a note #}{{ council }}{{ self }}",
    "${7919*7907} #{7919*7907} <%= 7919*7907 %>",
    "{% raw %}",
    "\r\nBcc: zap@example.org\r\n\r\nHello",
    "x\nSet-Cookie: zap=1",
    "%0d%0aLocation:%20https://zap.example",
    "before\0after",
    "%00 \\0 \\u0000",
    "\u{202e}txet siht nrut\u{202c}",
    "\u{200f}\u{5d0}\u{5d1}\u{5d2} \u{627}\u{644}\u{633}\u{644}\u{627}\u{645}",
    "Z\u{350}\u{35f}a\u{334}\u{31b}l\u{321}\u{489}g\u{337}\u{34e}o\u{335}\u{352}",
    "e\u{301} against \u{e9}",
    "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466} \u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
    "\u{feff}\u{200b}\u{2060}nothing to see",
    "one\u{2028}two\u{2029}three\u{85}four\u{b}five",
    "\u{fffd}\u{fffe}\u{10ffff}\u{e000}",
    "'; DROP TABLE cases; --",
    "' OR '1'='1",
    "SELECT * FROM \"cases\" WHERE pk = 'C#westminster'",
    "attribute_not_exists(#pk) AND :v = size(NULL)",
    "SET ABORT ABSOLUTE ACTION ADD ALL ALTER AND ANY",
    "C#westminster#WCC-7QK4-2F9T",
    "https://zap.example/?a=1&b=2#c file:///etc/passwd ../../../../etc/passwd",
    "# A heading\n\n**bold** [link](javascript:zap(1)) ![x](https://zap.example/x.png)\n\n> said\n\n- one\n---",
    "`code` ~~gone~~ <https://zap.example>",
    "=HYPERLINK(\"https://zap.example\") @SUM(1) +1 -1",
    "NaN null undefined None true false [object Object]",
    "-----BEGIN PGP MESSAGE-----\n.\nQUIT",
    "{\"about\": \"x\", \"kind\": [\"complaint\"]}",
];

/// What must stand in no page and no letter: each is markup, or a sum worked out, that came from outside.
pub(crate) const NEVER: [&str; 13] = [
    "<script>zap",
    "<SCRIPT SRC",
    "<img src=zap",
    "<svg onload",
    "<zap-tag",
    "<iframe",
    "href=\"javascript:",
    "autofocus onfocus=\"",
    "autofocus onfocus='",
    "https://zap.example/x.png\"",
    "href=\"https://zap.example",
    "</textarea><",
    SUM,
];

/// A piece of writing, tame or not.
fn piece() -> impl Strategy<Value = String> + Clone {
    prop_oneof![
        5 => select(PLAIN.to_vec()).prop_map(str::to_owned),
        4 => select(HOSTILE.to_vec()).prop_map(str::to_owned),
        1 => vec(any::<char>(), 1..40).prop_map(String::from_iter),
    ]
}

/// Some pieces, with a plain word that is always there, so that there is something to read.
pub(crate) fn words() -> impl Strategy<Value = String> + Clone {
    let between = select(vec![" ", "\r\n", "\n\n", "\t", ""]);
    (vec(piece(), 0..5), between, 0..9_999_u32)
        .prop_map(|(pieces, between, n)| format!("Note {n}:{between}{}{between}end", pieces.join(between)))
}

/// One line, as a name is: at most 300 characters.
pub(crate) fn line() -> impl Strategy<Value = String> + Clone {
    (piece(), 0..9_999_u32).prop_map(|(piece, n)| format!("Nadia {n} {piece}").chars().take(290).collect())
}

/// Longer than any text may be.
pub(crate) fn too_long() -> impl Strategy<Value = String> + Clone {
    piece().prop_map(|piece| {
        let piece = format!("{piece} x");
        piece.repeat(60_000 / piece.chars().count() + 1)
    })
}

/// A day that is none, or one that nobody can remember.
pub(crate) fn absurd_date() -> impl Strategy<Value = [&'static str; 3]> {
    select(vec![
        ["31", "2", "2026"],
        ["0", "0", "0"],
        ["99", "99", "9999"],
        ["first", "3", "2026"],
        ["1", "1", "99999999999999999999"],
        ["١", "٢", "٢٠٢٦"],
        ["29", "February", "2025"],
        ["<b>", "{{", "%}"],
        ["1e3", "0x1", "2026.0"],
        ["1", "", ""],
        ["", "", "2026"],
        ["1", "1", "3000"],
    ])
}

/// The text as it is kept: one kind of line break, nothing around it, no null.
pub(crate) fn kept(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "").trim().to_owned()
}

/// A line as it is kept: its words, a space between them.
pub(crate) fn kept_line(text: &str) -> String {
    kept(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text that a page shows, out of its HTML.
pub(crate) fn unescaped(html: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2f;", "/")]
        .into_iter()
        .fold(html.to_owned(), |text, (written, meant)| text.replace(written, meant))
        .replace("&amp;", "&")
}
