//! All that the typesetter may see: one source, and the fonts that are built in.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

/// The typesetter's own functions; rows of tables have headers of their own only as an extra.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let extras = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(extras).build())
});

/// The fonts that the program carries.
static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let fonts = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data)));
    let fonts: Vec<Font> = fonts.collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

/// A source by itself.
pub struct Alone {
    source: Source,
}

impl Alone {
    pub fn new(text: String) -> Alone {
        let path = VirtualPath::new("main.typ").expect("a name without a way out");
        let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        Alone {
            source: Source::new(id, text),
        }
    }
}

impl World for Alone {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == self.source.id() {
            true => Ok(self.source.clone()),
            false => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
