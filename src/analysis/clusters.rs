//! The municipalities' positions added up to health clusters.
//!
//! ```text
//!   X of each municipality ─by cluster→ X of the cluster       Σ clusters = Σ municipalities
//! ```
//!
//! Promise: clusters are shown only where they partition the municipalities.
//! Absent: intervals. Municipalities' draws move together, so their quantiles do not add.

use super::findings::MunicipalityRow;
use crate::model::Municipality;

/// A cluster's position: sums of what its municipalities expect.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterRow {
    /// Name.
    pub cluster: String,
    /// Municipalities in it.
    pub municipalities: usize,
    /// Inhabitants in the first year.
    pub inhabitants: f64,
    /// X in kr. of present value, positive is better off.
    pub x_mean: f64,
    /// Bound on the Monte Carlo standard error of the sum: the sum of the errors.
    pub mcse: f64,
}

impl ClusterRow {
    /// X per inhabitant, kr. over the whole horizon.
    pub fn per_inhabitant(&self) -> f64 {
        self.x_mean / self.inhabitants.max(1.0)
    }
}

/// The clusters in the order in which their first municipality stands; none where a
/// municipality belongs to no cluster, because the rows would not add up to the whole.
pub fn clusters(municipalities: &[Municipality], rows: &[MunicipalityRow]) -> Vec<ClusterRow> {
    let mut clusters: Vec<ClusterRow> = Vec::new();
    for row in rows {
        let municipality = &municipalities[row.municipality.0 as usize];
        let Some(name) = &municipality.cluster else {
            return Vec::new();
        };
        let at = match clusters.iter().position(|c| c.cluster == *name) {
            Some(at) => at,
            None => {
                clusters.push(empty(name));
                clusters.len() - 1
            }
        };
        let cluster = &mut clusters[at];
        cluster.municipalities += 1;
        cluster.inhabitants += row.inhabitants;
        cluster.x_mean += row.x.mean;
        cluster.mcse += row.x.mcse;
    }
    clusters
}

fn empty(name: &str) -> ClusterRow {
    ClusterRow {
        cluster: name.to_owned(),
        municipalities: 0,
        inhabitants: 0.0,
        x_mean: 0.0,
        mcse: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Summary;
    use crate::model::{Municipality, MunicipalityId};

    fn within(clusters: &[Option<&str>]) -> Vec<Municipality> {
        let municipality = |(i, cluster): (usize, &Option<&str>)| Municipality {
            code: i.to_string(),
            name: i.to_string(),
            region_code: "082".into(),
            region: "Midt".into(),
            cluster: cluster.map(str::to_owned),
        };
        clusters.iter().enumerate().map(municipality).collect()
    }

    fn rows(x: &[f64]) -> Vec<MunicipalityRow> {
        let row = |(i, x): (usize, &f64)| MunicipalityRow {
            municipality: MunicipalityId(i as u16),
            x: Summary {
                mean: *x,
                mcse: 1.0,
                p10: 0.0,
                p90: 0.0,
            },
            per_inhabitant: 0.0,
            inhabitants: 100.0,
            chance_band: 0.0,
            y: None,
            start: None,
        };
        x.iter().enumerate().map(row).collect()
    }

    /// E4. Catches: a municipality counted in two clusters or in none.
    #[test]
    fn clusters_partition_the_municipalities() {
        let municipalities = within(&[Some("Vest"), Some("Øst"), Some("Vest")]);
        let found = clusters(&municipalities, &rows(&[-5.0, 2.0, 1.0]));
        let of = |name: &str| found.iter().find(|c| c.cluster == name).map(|c| c.x_mean);
        assert_eq!((of("Vest"), of("Øst")), (Some(-4.0), Some(2.0)));
        assert_eq!(found.iter().map(|c| c.municipalities).sum::<usize>(), 3);
        assert_eq!(found.iter().map(|c| c.inhabitants).sum::<f64>(), 300.0);
    }

    /// E4. Catches: rows that look like a whole and are a part.
    #[test]
    fn a_municipality_without_cluster_leaves_no_table() {
        let municipalities = within(&[Some("Vest"), None]);
        assert_eq!(clusters(&municipalities, &rows(&[1.0, 1.0])), []);
    }
}
