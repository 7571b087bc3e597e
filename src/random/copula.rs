//! A Gaussian copula: uniforms made to depend on each other, each keeping its own law.
//!
//! ```text
//! u ─Φ⁻¹→ z ─L→ Lz ─Φ→ u'        L Lᵀ = correlation of the scores
//! ```
//!
//! The correlations given are those of the normal scores. The factorisation is a loop in fixed
//! order; a library product could change its bits with the machine.
//!
//! Absent: tail dependence, and a silent repair. A matrix that is not positive semidefinite is
//! an error that carries the nearest one that is.

use super::BLOCK;
use crate::numeric::{normal_cdf, normal_quantiles};
use nalgebra::{DMatrix, SymmetricEigen};

/// A correlation matrix that no random numbers can have.
#[derive(Debug, Clone, PartialEq)]
pub struct NotPsd {
    /// The nearest correlation matrix in Frobenius norm (Higham 2002), rounded to four decimals
    /// and drawn towards the identity until the rounded matrix is accepted.
    pub nearest: Vec<Vec<f64>>,
    /// The smallest eigenvalue of the matrix given, negative.
    pub smallest_eigenvalue: f64,
}

impl std::fmt::Display for NotPsd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the correlations contradict each other (smallest eigenvalue {:.4})",
            self.smallest_eigenvalue
        )
    }
}

impl std::error::Error for NotPsd {}

/// A Gaussian copula over n parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Copula {
    /// Lower triangle, row i of length i + 1.
    factor: Vec<Vec<f64>>,
}

/// A pivot this small is a parameter that the ones before it determine.
const SINGULAR: f64 = 1e-10;

impl Copula {
    /// Factorises a correlation matrix; singular ones (a correlation of 1) are fine.
    ///
    /// Only the lower triangle's values are used, the diagonal counts as 1.
    ///
    /// # Errors
    /// [`NotPsd`] if the matrix is not positive semidefinite.
    ///
    /// # Panics
    /// If the matrix is not square, or holds a value that is not finite.
    pub fn new(correlation: &[Vec<f64>]) -> Result<Copula, NotPsd> {
        let n = correlation.len();
        assert!(
            correlation.iter().all(|row| row.len() == n),
            "a correlation matrix is square"
        );
        assert!(
            correlation.iter().flatten().all(|r| r.is_finite()),
            "a correlation is finite"
        );
        match cholesky(correlation) {
            Some(factor) => Ok(Copula { factor }),
            None => Err(NotPsd {
                nearest: nearest_correlation(correlation),
                smallest_eigenvalue: smallest_eigenvalue(&symmetric(correlation)),
            }),
        }
    }

    /// Parameters joined.
    pub fn len(&self) -> usize {
        self.factor.len()
    }

    /// Whether it joins nothing.
    pub fn is_empty(&self) -> bool {
        self.factor.is_empty()
    }

    /// Rows of the factor's lower triangle, row i of length i + 1.
    pub fn factor(&self) -> &[Vec<f64>] {
        &self.factor
    }

    /// Replaces independent uniforms by dependent ones, one row a parameter.
    ///
    /// Each replicate's result is a function of that replicate's uniforms alone. Row 0 keeps
    /// its strata; later rows keep theirs less the more they depend.
    ///
    /// # Panics
    /// If there is not one row a parameter, each [`BLOCK`] long.
    pub fn correlate(&self, uniforms: &mut [Vec<f64>]) {
        assert_eq!(
            uniforms.len(),
            self.len(),
            "one row of uniforms for each parameter"
        );
        let scores: Vec<Vec<f64>> = uniforms.iter().map(|row| scores_of(row)).collect();
        // Row 0 of the factor is (1): its uniforms stay as they are.
        for (row, factors) in uniforms.iter_mut().zip(&self.factor).skip(1) {
            let mut sum = vec![0.0; BLOCK];
            for (factor, score) in factors.iter().zip(&scores) {
                for (sum, z) in sum.iter_mut().zip(score) {
                    *sum += factor * z;
                }
            }
            for (u, z) in row.iter_mut().zip(sum) {
                *u = inside(normal_cdf(z));
            }
        }
    }
}

fn scores_of(uniforms: &[f64]) -> Vec<f64> {
    assert_eq!(uniforms.len(), BLOCK, "a row of uniforms is one block");
    let mut scores = vec![0.0; BLOCK];
    normal_quantiles(uniforms, &mut scores);
    scores
}

/// A sum of scores may pass 8.3, where Φ rounds to 1.
fn inside(u: f64) -> f64 {
    const LEAST: f64 = f64::EPSILON / 2.0;
    u.clamp(LEAST, 1.0 - LEAST)
}

/// Rows of L, or nothing if some leading minor is negative.
fn cholesky(correlation: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let mut factor: Vec<Vec<f64>> = Vec::new();
    for (i, given) in correlation.iter().enumerate() {
        let mut row = Vec::with_capacity(i + 1);
        for (j, above) in factor.iter().enumerate() {
            let rest = given[j] - dot(&row, above);
            let pivot = above[j];
            if pivot == 0.0 && rest.abs() > SINGULAR.sqrt() {
                return None;
            }
            row.push(if pivot == 0.0 { 0.0 } else { rest / pivot });
        }
        let pivot = 1.0 - dot(&row, &row);
        if pivot < -SINGULAR {
            return None;
        }
        row.push(if pivot < SINGULAR { 0.0 } else { pivot.sqrt() });
        factor.push(row);
    }
    Some(factor)
}

/// In index order, over the shorter length.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in a.iter().zip(b) {
        sum += a * b;
    }
    sum
}

/// Both triangles from the lower one, ones on the diagonal.
fn symmetric(correlation: &[Vec<f64>]) -> DMatrix<f64> {
    let n = correlation.len();
    DMatrix::from_fn(n, n, |i, j| {
        if i == j {
            1.0
        } else {
            correlation[i.max(j)][i.min(j)]
        }
    })
}

fn smallest_eigenvalue(matrix: &DMatrix<f64>) -> f64 {
    SymmetricEigen::new(matrix.clone()).eigenvalues.min()
}

/// N. J. Higham, "Computing the nearest correlation matrix", IMA J. Numer. Anal. 22 (2002)
/// 329–343, doi:10.1093/imanum/22.3.329: alternating projections with Dykstra's correction.
/// Its result reaches a message, never a figure.
fn nearest_correlation(correlation: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut y = symmetric(correlation);
    let mut correction = DMatrix::zeros(y.nrows(), y.ncols());
    for _ in 0..1000 {
        let r = &y - &correction;
        let x = without_negative_eigenvalues(&r);
        correction = &x - &r;
        let mut next = x;
        next.fill_diagonal(1.0);
        let moved = (&next - &y).norm();
        y = next;
        if moved < 1e-9 {
            break;
        }
    }
    rounded_until_accepted(&y)
}

fn without_negative_eigenvalues(matrix: &DMatrix<f64>) -> DMatrix<f64> {
    let SymmetricEigen {
        eigenvectors,
        eigenvalues,
    } = SymmetricEigen::new(matrix.clone());
    let kept = DMatrix::from_diagonal(&eigenvalues.map(|e| e.max(0.0)));
    &eigenvectors * kept * eigenvectors.transpose()
}

fn rounded_until_accepted(matrix: &DMatrix<f64>) -> Vec<Vec<f64>> {
    let n = matrix.nrows();
    let shrunk = |keep: f64, i: usize, j: usize| {
        let value = if i == j {
            1.0
        } else {
            keep * matrix[(i.max(j), i.min(j))]
        };
        // Adding 0 turns −0 into 0.
        (value * 1e4).round() / 1e4 + 0.0
    };
    let mut keep = 1.0;
    loop {
        let rows: Vec<Vec<f64>> = (0..n)
            .map(|i| (0..n).map(|j| shrunk(keep, i, j)).collect())
            .collect();
        if cholesky(&rows).is_some() {
            return rows;
        }
        keep -= 1e-4;
    }
}
