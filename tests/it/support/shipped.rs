//! The scenarios that ship, read once for all tests.

use fairbalance::model::Model;
use fairbalance::scenario::read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Every shipped agreement that is *klarlagt*, by its folder's name.
pub fn shipped() -> &'static [(String, Model)] {
    static SHIPPED: OnceLock<Vec<(String, Model)>> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut folders: Vec<PathBuf> = std::fs::read_dir(&root)
            .expect("scenarios can be listed")
            .map(|entry| entry.expect("a folder's entry").path())
            .filter(|path| path.join("agreement.toml").is_file())
            .collect();
        folders.sort();
        let model = |folder: &PathBuf| {
            let name = folder.file_name()?.to_string_lossy().into_owned();
            let read = read(folder).unwrap_or_else(|told| panic!("{}", told.text(false)));
            read.model.blanks.is_empty().then_some((name, read.model))
        };
        let models: Vec<(String, Model)> = folders.iter().filter_map(model).collect();
        assert!(models.len() >= 3, "three agreements and more are shipped");
        models
    })
}
