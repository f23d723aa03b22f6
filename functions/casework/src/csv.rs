//! A row of a file for spreadsheets: nothing in it splits a cell, and nothing in it is carried out.

/// The cells of a row, each quoted, with the end of the line that RFC 4180 asks for.
pub(crate) fn row<const N: usize>(cells: &[String; N]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A spreadsheet takes a cell that begins like these for a formula: an apostrophe before it makes it a text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_two_cells() {
        for cell in ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(row(&[cell.to_owned()]), format!("\"'{cell}\"\r\n"));
        }
        let cells = ["WCC-7QK4-2F9T".to_owned(), "Olu \"O\" Balogun, officer".to_owned()];
        assert_eq!(row(&cells), "\"WCC-7QK4-2F9T\",\"Olu \"\"O\"\" Balogun, officer\"\r\n");
    }
}
