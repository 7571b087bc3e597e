//! One generic source, compiled for AVX-512, AVX2 and portable, chosen at run time.
//!
//! ```text
//!  kernel! { fn f(x: &[f64], out: &mut [f64]) { … } }
//!        └→ f ─ Isa::active() ─┬→ body under avx512f,dq,vl,bw
//!                              ├→ body under avx2
//!                              └→ body as it stands
//! ```
//!
//! A whole binary built for one machine's instruction set made scalar code slower and block
//! kernels more than twice as fast, so only kernels are dispatched.
//!
//! Absent: `fma` (one rounding instead of two) and intrinsics. This is the only file that may
//! write `unsafe`, and the only reason is to enter a function compiled for instructions that
//! were found on the machine.

use std::sync::atomic::{AtomicU8, Ordering};

/// An instruction set a kernel is compiled for. All give the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Isa {
    /// What every machine of the target has.
    Portable = 1,
    /// 256-bit vectors (x86-64 from 2013).
    Avx2 = 2,
    /// 512-bit vectors with the DQ, VL and BW parts (x86-64 servers from 2017).
    Avx512 = 3,
}

/// 0 until the first question, then an [`Isa`] that was found on this machine.
static ACTIVE: AtomicU8 = AtomicU8::new(0);

impl Isa {
    /// The instruction set kernels run on: the best found, or a lower one that the environment
    /// variable `FAIRBALANCE_ISA` (`portable`, `avx2`, `avx512`) asks for.
    #[inline]
    pub fn active() -> Isa {
        match ACTIVE.load(Ordering::Relaxed) {
            1 => Isa::Portable,
            2 => Isa::Avx2,
            3 => Isa::Avx512,
            _ => Isa::choose(),
        }
    }

    /// Every instruction set this machine can run, lowest first.
    pub fn available() -> Vec<Isa> {
        [Isa::Portable, Isa::Avx2, Isa::Avx512]
            .into_iter()
            .filter(|isa| *isa <= Isa::detected())
            .collect()
    }

    /// Makes kernels of the whole process run on `self`, or on the best set found if that is
    /// lower. For tests that compare the paths.
    #[doc(hidden)]
    pub fn lower_to(self) {
        ACTIVE.store(self.min(Isa::detected()) as u8, Ordering::Relaxed);
    }

    #[cold]
    fn choose() -> Isa {
        let asked = match std::env::var("FAIRBALANCE_ISA").as_deref() {
            Ok("portable") => Isa::Portable,
            Ok("avx2") => Isa::Avx2,
            _ => Isa::Avx512,
        };
        asked.lower_to();
        asked.min(Isa::detected())
    }

    #[cfg(target_arch = "x86_64")]
    fn detected() -> Isa {
        let avx2 = std::is_x86_feature_detected!("avx2");
        let avx512 = std::is_x86_feature_detected!("avx512f")
            && std::is_x86_feature_detected!("avx512dq")
            && std::is_x86_feature_detected!("avx512vl")
            && std::is_x86_feature_detected!("avx512bw");
        match (avx2, avx512) {
            (true, true) => Isa::Avx512,
            (true, false) => Isa::Avx2,
            _ => Isa::Portable,
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn detected() -> Isa {
        Isa::Portable
    }
}

/// Makes one function body into a kernel: compiled three times, dispatched at run time.
///
/// `kernel! { /// doc  pub fn name(x: &[f64], out: &mut [f64]) { … } }`; arguments are plain
/// identifiers, a return type is allowed, type parameters are not. Functions called from the
/// body must be `#[inline(always)]`, or they keep the portable instructions.
macro_rules! kernel {
    (
        $(#[$meta:meta])*
        $vis:vis fn $name:ident($($arg:ident: $kind:ty),* $(,)?) $(-> $result:ty)? $body:block
    ) => {
        $(#[$meta])*
        #[allow(unsafe_code, clippy::too_many_arguments)]
        $vis fn $name($($arg: $kind),*) $(-> $result)? {
            #[inline(always)]
            fn generic($($arg: $kind),*) $(-> $result)? $body

            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,avx2")]
                fn avx512($($arg: $kind),*) $(-> $result)? {
                    generic($($arg),*)
                }
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $kind),*) $(-> $result)? {
                    generic($($arg),*)
                }
                match $crate::numeric::Isa::active() {
                    // SAFETY: `active` never exceeds `detected`, which answers `Avx512` only
                    // if the processor and the operating system report each feature enabled.
                    $crate::numeric::Isa::Avx512 => return unsafe { avx512($($arg),*) },
                    // SAFETY: likewise, `detected` answers `Avx2` only if AVX2 is reported.
                    $crate::numeric::Isa::Avx2 => return unsafe { avx2($($arg),*) },
                    $crate::numeric::Isa::Portable => {}
                }
            }
            generic($($arg),*)
        }
    };
}
#[allow(unused_imports)]
pub(crate) use kernel;
