//! Where a fault stands: byte spans while reading, lines and columns once settled.

/// A file of one reading, in the order the files were opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A byte range in one file of a reading.
///
/// Only [`Sources`] can turn it into a line and a column, so a span stays small and `Copy` while
/// thousands of cells are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file the bytes belong to.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `file`. Files are limited to 50 MB, so `u32` holds every offset.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Span {
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            file,
            start: clip(range.start),
            end: clip(range.end.max(range.start)),
        }
    }

    /// The first byte of a file: the place of what a file lacks.
    pub fn head(file: FileId) -> Span {
        Span {
            file,
            start: 0,
            end: 0,
        }
    }

    /// The part `range` of this span, counted from its start.
    pub fn part(self, range: std::ops::Range<usize>) -> Span {
        let start = self.start as usize;
        let mut part = Span::new(self.file, start + range.start..start + range.end);
        part.end = part.end.min(self.end).max(part.start);
        part
    }
}

/// The texts of a reading, in the order they were opened.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    files: Vec<SourceFile>,
}

#[derive(Debug, Clone)]
struct SourceFile {
    name: String,
    text: std::sync::Arc<str>,
    /// Byte offset of the start of each line; the first is 0.
    lines: Vec<u32>,
    /// Person-level material: places are named, the text is never shown.
    private: bool,
}

/// A place an author can go to: 1-based line, column in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path as the author wrote it on the command line, joined with the references in files.
    pub file: String,
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters (not bytes), so that it matches what an editor shows.
    pub column: usize,
    /// What stands here, when a fault has more than one place ("first defined here").
    pub label: Option<String>,
    pub(super) excerpt: Option<Excerpt>,
    pub(super) order: (FileId, u32),
}

/// The line a place stands on, and the bytes of it that are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub text: String,
    pub marked: std::ops::Range<usize>,
    /// The line was longer than a terminal should show, so the excerpt does not start at column 1.
    pub cut: bool,
}

/// Longest line shown whole; of a longer one the part around the fault is shown.
const LONGEST_LINE: usize = 240;

impl Sources {
    /// Adds a file under the name authors know it by.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<std::sync::Arc<str>>) -> FileId {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(
            text.bytes()
                .enumerate()
                .filter(|(_, b)| *b == b'\n')
                .map(|(at, _)| at as u32 + 1),
        );
        self.files.push(SourceFile {
            name: name.into(),
            text,
            lines,
            private: false,
        });
        FileId(self.files.len() as u32 - 1)
    }

    /// From now on no line of `file` is shown: it holds, or seems to hold, data on persons.
    pub fn hide(&mut self, file: FileId) {
        self.files[file.0 as usize].private = true;
    }

    /// The name a file was added under.
    pub fn name(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].name
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &std::sync::Arc<str> {
        &self.files[file.0 as usize].text
    }

    /// `file:line`, short enough for a table of sources.
    pub fn line_reference(&self, span: Span) -> String {
        let place = self.place(span);
        format!("{}:{}", place.file, place.line)
    }

    /// The line and column of a span, with the line it stands on.
    pub fn place(&self, span: Span) -> Place {
        let file = &self.files[span.file.0 as usize];
        let index = file.lines.partition_point(|start| *start <= span.start) - 1;
        let from = file.lines[index] as usize;
        let to = file
            .lines
            .get(index + 1)
            .map_or(file.text.len(), |next| *next as usize);
        let line = file.text[from..to].trim_end_matches(['\n', '\r']);
        let start = floor_boundary(line, span.start as usize - from);
        let end = floor_boundary(line, (span.end as usize).saturating_sub(from)).max(start);
        let skipped = if index == 0 && line.starts_with('\u{feff}') {
            1
        } else {
            0
        };
        let column = (line[..start].chars().count() + 1)
            .saturating_sub(skipped)
            .max(1);
        Place {
            file: file.name.clone(),
            line: index + 1,
            column,
            label: None,
            excerpt: (!file.private).then(|| excerpt(line, start..end)),
            order: (span.file, span.start),
        }
    }
}

fn excerpt(line: &str, marked: std::ops::Range<usize>) -> Excerpt {
    let bom = if line.starts_with('\u{feff}') { 3 } else { 0 };
    let (line, marked) = (
        &line[bom..],
        marked.start.saturating_sub(bom)..marked.end.saturating_sub(bom),
    );
    if line.len() <= LONGEST_LINE {
        return Excerpt {
            text: line.to_owned(),
            marked,
            cut: false,
        };
    }
    let from = floor_boundary(line, marked.start.saturating_sub(LONGEST_LINE / 3));
    let to = floor_boundary(line, from + LONGEST_LINE);
    let marked = marked.start - from..marked.end.min(to) - from;
    Excerpt {
        text: line[from..to].to_owned(),
        marked,
        cut: true,
    }
}

/// The nearest character boundary at or below `at`, within the text.
fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(text: &str) -> (Sources, FileId) {
        let mut sources = Sources::default();
        let file = sources.add("a.toml", text);
        (sources, file)
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "a = 1\nnavn = \"Ærø\" # her\n";
        let (sources, file) = sources(text);
        let at = text.find('#').unwrap();
        let place = sources.place(Span::new(file, at..at + 1));
        assert_eq!((place.line, place.column), (2, 14));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let (sources, file) = sources("\u{feff}OMRÅDE;ALDER\n");
        let place = sources.place(Span::new(file, 3..10));
        assert_eq!((place.line, place.column), (1, 1));
        assert_eq!(place.excerpt.unwrap().marked, 0..7);
    }

    #[test]
    fn a_long_line_shows_the_part_that_is_meant() {
        let text = "x".repeat(5_000);
        let (sources, file) = sources(&text);
        let place = sources.place(Span::new(file, 4_000..4_003));
        let excerpt = place.excerpt.unwrap();
        assert!(excerpt.text.len() <= LONGEST_LINE && excerpt.cut);
        assert_eq!((place.column, excerpt.marked.len()), (4_001, 3));
    }

    #[test]
    fn a_span_past_the_end_lands_on_the_last_line() {
        let (sources, file) = sources("a\nb");
        let place = sources.place(Span::new(file, 900..901));
        assert_eq!((place.line, place.column), (2, 2));
    }
}
