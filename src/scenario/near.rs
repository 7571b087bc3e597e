//! "Did you mean": the known name closest to an unknown one.

/// The candidate closest to `wanted`, if one is close enough to be a slip of the pen.
///
/// Distance is optimal string alignment on lower-case characters; up to a third of the length
/// may differ. Of equally close candidates the first wins, so the order given is the order told.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = wanted.to_lowercase();
    let allowed = (wanted.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(&wanted, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name.to_owned())
}

/// Names as an author reads them: `a, b, c`; of very many the first twelve.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    match names.len() {
        0..=14 => names.join(", "),
        n => format!("{} … ({n} in all)", names[..12].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_met_with_a_suggestion_and_a_stranger_is_not() {
        let known = ["uptake", "levels", "group"];
        assert_eq!(nearest("uptkae", known).as_deref(), Some("uptake"));
        assert_eq!(nearest("Uptake", known).as_deref(), Some("uptake"));
        assert_eq!(nearest("horizon", known), None);
    }
}
