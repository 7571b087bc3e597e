//! Parts of the file, what kind each is and which leads to which, as one zip.
//!
//! Promise: every part has a content type and is led to; parts stand uncompressed, so that the
//! bytes do not depend on how a machine compresses. Absent: what the parts say.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::xml::DECLARATION;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument";
/// The program that wrote it.
pub const APP: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">",
    "<Application>fairbalance</Application></Properties>"
);
/// Parts of the text that are always there: kind of relation, file.
const BESIDE: [(&str, &str); 4] = [
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("footer", "footer1.xml"),
];
/// Name by which the text knows its footer.
pub const FOOTER: &str = "rId4";

/// A file being put together.
#[derive(Debug, Default)]
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
    charts: usize,
}

impl Package {
    /// Adds a part.
    pub fn part(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        self.parts.push((name.to_owned(), content.into()));
    }

    /// Adds a chart and the workbook with its figures; gives its number, from 1.
    pub fn chart(&mut self, drawing: String, workbook: Vec<u8>) -> usize {
        self.charts += 1;
        let n = self.charts;
        let relation = (
            "rId1".to_owned(),
            "package",
            format!("../embeddings/chart{n}.xlsx"),
        );
        self.part(&format!("word/charts/chart{n}.xml"), drawing);
        self.part(
            &format!("word/charts/_rels/chart{n}.xml.rels"),
            relations(&[relation]),
        );
        self.part(&format!("word/embeddings/chart{n}.xlsx"), workbook);
        n
    }

    /// Name by which the text knows a chart.
    pub fn chart_relation(n: usize) -> String {
        format!("rId{}", BESIDE.len() + n)
    }

    /// The file.
    pub fn bytes(mut self) -> io::Result<Vec<u8>> {
        let beside = BESIDE.iter().enumerate();
        let mut of_text: Vec<(String, &str, String)> = beside
            .map(|(i, (kind, file))| (format!("rId{}", i + 1), *kind, (*file).to_owned()))
            .collect();
        let chart = |n| {
            (
                Package::chart_relation(n),
                "chart",
                format!("charts/chart{n}.xml"),
            )
        };
        of_text.extend((1..=self.charts).map(chart));
        self.part("word/_rels/document.xml.rels", relations(&of_text));
        self.part("_rels/.rels", root());
        let types = self.types();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let first = ("[Content_Types].xml".to_owned(), types.into_bytes());
        for (name, content) in std::iter::once(&first).chain(&self.parts) {
            zip.start_file(name.as_str(), stored)?;
            zip.write_all(content)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    fn types(&self) -> String {
        let kind = |name: &str| -> Option<String> {
            Some(match name {
                "word/document.xml" => format!("{KIND}.wordprocessingml.document.main+xml"),
                "word/styles.xml" => format!("{KIND}.wordprocessingml.styles+xml"),
                "word/numbering.xml" => format!("{KIND}.wordprocessingml.numbering+xml"),
                "word/settings.xml" => format!("{KIND}.wordprocessingml.settings+xml"),
                "word/footer1.xml" => format!("{KIND}.wordprocessingml.footer+xml"),
                "docProps/app.xml" => format!("{KIND}.extended-properties+xml"),
                "docProps/core.xml" => {
                    "application/vnd.openxmlformats-package.core-properties+xml".to_owned()
                }
                name if name.starts_with("word/charts/chart") => {
                    format!("{KIND}.drawingml.chart+xml")
                }
                _ => return None,
            })
        };
        let named = self.parts.iter().filter_map(|(name, _)| {
            let kind = kind(name)?;
            Some(format!(
                "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"
            ))
        });
        let named: String = named.collect();
        format!(
            "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Default Extension=\"xlsx\" ContentType=\"{KIND}.spreadsheetml.sheet\"/>\
             {named}</Types>"
        )
    }
}

/// Relations of a part: name, kind, where it leads.
fn relations(of: &[(String, &str, String)]) -> String {
    let line = |(id, kind, target): &(String, &str, String)| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let lines: String = of.iter().map(line).collect();
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{lines}</Relationships>")
}

fn root() -> String {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{core}\" Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{OFFICE}/extended-properties\" Target=\"docProps/app.xml\"/>\
         </Relationships>"
    )
}
