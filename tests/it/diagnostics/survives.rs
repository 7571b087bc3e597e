//! Whatever stands in a file, the reader answers: it never crashes and never points nowhere.

use super::{inspect, library};

/// A small generator of its own: the same mutations on every machine and in every version.
struct Mutations(u64);

impl Mutations {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// One edit: a byte gone, a byte of the file's own alphabet put in, a line gone or doubled.
    fn edit(&mut self, text: &mut Vec<u8>) {
        const STRANGE: [&[u8]; 12] = [
            b"\"", b"[", b"]", b"=", b"\n", b"nan", b"-1", b"1e308", b"\xff", b";", b"@", b"{}",
        ];
        let at = self.below(text.len());
        match self.below(4) {
            0 => {
                text.remove(at);
            }
            1 => {
                let piece = STRANGE[self.below(STRANGE.len())];
                text.splice(at..at, piece.iter().copied());
            }
            2 => {
                let end = text[at..]
                    .iter()
                    .position(|b| *b == b'\n')
                    .map_or(text.len(), |n| at + n);
                text.drain(at..end);
            }
            _ => {
                let end = text[at..]
                    .iter()
                    .position(|b| *b == b'\n')
                    .map_or(text.len(), |n| at + n);
                let line = text[at..end].to_vec();
                text.splice(end..end, line);
            }
        }
    }
}

#[test]
fn a_thousand_damaged_files_are_answered_without_a_crash() {
    let mut mutations = Mutations(27);
    let files = [
        "_agreement/agreement.toml",
        "_world/world.toml",
        "_world/befolkning.csv",
        "_balance.toml",
    ];
    for file in files {
        let library = library();
        let sound = std::fs::read(library.path(file)).unwrap();
        for _ in 0..250 {
            let mut text = sound.clone();
            for _ in 0..=mutations.below(3) {
                mutations.edit(&mut text);
            }
            std::fs::write(library.path(file), &text).unwrap();
            let told = inspect(&library.path("_agreement"));
            for told in told.iter() {
                let place = &told.places[0];
                assert!(place.line > 0 && place.column > 0, "{told:?}");
                assert!(
                    !told.message.is_empty() && !told.remedy.is_empty(),
                    "{told:?}"
                );
            }
            // Rendering, too, must survive every place.
            let _ = (told.text(false), told.json());
        }
    }
}
