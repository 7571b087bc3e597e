//! Styles of the Word file: sizes, colours, space, what keeps with what, and the language.

use super::xml::{DECLARATION, TEXT_SPACES, code};
use crate::report::words::Language;

/// Contrast 7 : 1 and more on white.
const BLUE: &str = "005A8C";
const GREY: &str = "404040";
/// Real bullets, so that a screen reader counts a list.
pub const BULLETS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"singleLevel\"/>",
    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/>",
    "<w:pStyle w:val=\"ListBullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/>",
    "<w:pPr><w:ind w:left=\"284\" w:hanging=\"284\"/></w:pPr></w:lvl></w:abstractNum>",
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
);

/// A paragraph style.
struct Style {
    id: &'static str,
    name: &'static str,
    /// Twentieths of a point before and after.
    space: (u32, u32),
    /// Half points.
    size: u32,
    /// Kept with the next paragraph.
    keeps: bool,
    /// The rest of its paragraph's properties, before and after the space.
    paragraph: (&'static str, &'static str),
    look: &'static str,
    colour: &'static str,
}

const PLAIN: Style = Style {
    id: "Normal",
    name: "Normal",
    space: (0, 100),
    size: 20,
    keeps: false,
    paragraph: ("", ""),
    look: "",
    colour: "",
};

const STYLES: [Style; 12] = [
    PLAIN,
    Style {
        id: "Title",
        name: "Title",
        space: (0, 140),
        size: 34,
        keeps: true,
        look: "<w:b/>",
        colour: BLUE,
        ..PLAIN
    },
    Style {
        id: "Heading1",
        name: "heading 1",
        space: (220, 80),
        size: 25,
        keeps: true,
        paragraph: ("", "<w:outlineLvl w:val=\"0\"/>"),
        look: "<w:b/>",
        colour: BLUE,
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        space: (160, 60),
        size: 21,
        keeps: true,
        paragraph: ("", "<w:outlineLvl w:val=\"1\"/>"),
        look: "<w:b/>",
        colour: BLUE,
    },
    Style {
        id: "Caption",
        name: "caption",
        space: (120, 60),
        size: 18,
        keeps: true,
        look: "<w:i/>",
        ..PLAIN
    },
    Style {
        id: "ListBullet",
        name: "List Bullet",
        space: (0, 60),
        paragraph: ("<w:numPr><w:numId w:val=\"1\"/></w:numPr>", ""),
        ..PLAIN
    },
    // what stands right below a table
    Style {
        id: "BelowTable",
        name: "Below Table",
        space: (100, 100),
        ..PLAIN
    },
    Style {
        id: "Chart",
        name: "Chart",
        space: (0, 60),
        keeps: true,
        ..PLAIN
    },
    Style {
        id: "Cell",
        name: "Cell",
        space: (20, 20),
        size: 17,
        ..PLAIN
    },
    Style {
        id: "CellDetail",
        name: "Cell Detail",
        space: (20, 20),
        size: 17,
        paragraph: ("", "<w:ind w:left=\"170\"/>"),
        ..PLAIN
    },
    Style {
        id: "CellHeading",
        name: "Cell Heading",
        space: (20, 20),
        size: 17,
        keeps: true,
        look: "<w:b/>",
        ..PLAIN
    },
    Style {
        id: "Footer",
        name: "footer",
        space: (0, 0),
        size: 15,
        paragraph: (
            "<w:tabs><w:tab w:val=\"right\" w:pos=\"9638\"/></w:tabs>",
            "",
        ),
        colour: GREY,
        ..PLAIN
    },
];

/// All styles, and the language that everything is written in.
pub fn styles(language: Language) -> String {
    let code = code(language);
    let styles: String = STYLES.iter().map(style).collect();
    format!(
        "{DECLARATION}<w:styles {TEXT_SPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Arial\" w:eastAsia=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\"/>\
         <w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>\
         <w:lang w:val=\"{code}\" w:eastAsia=\"{code}\" w:bidi=\"{code}\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{styles}{TABLE}</w:styles>"
    )
}

fn style(style: &Style) -> String {
    let Style { id, name, .. } = style;
    let default = if *id == "Normal" {
        " w:default=\"1\""
    } else {
        ""
    };
    let custom = ["BelowTable", "Chart", "Cell", "CellDetail", "CellHeading"].contains(id);
    let custom = if custom { " w:customStyle=\"1\"" } else { "" };
    let based = match *id {
        "Normal" => "",
        _ => "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>",
    };
    let keeps = if style.keeps {
        "<w:keepNext/><w:keepLines/>"
    } else {
        ""
    };
    let (before, after) = style.paragraph;
    let space = format!(
        "<w:spacing w:before=\"{}\" w:after=\"{}\"/>",
        style.space.0, style.space.1
    );
    let colour = match style.colour {
        "" => String::new(),
        colour => format!("<w:color w:val=\"{colour}\"/>"),
    };
    format!(
        "<w:style w:type=\"paragraph\"{default}{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
         {based}<w:qFormat/><w:pPr>{keeps}<w:widowControl/>{before}{space}{after}</w:pPr>\
         <w:rPr>{}{colour}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
        style.look,
        size = style.size
    )
}

/// Lines above, below and between rows; a shaded header row.
const TABLE: &str = "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">\
    <w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/>\
    <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>\
    <w:left w:w=\"85\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
    <w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
    <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Figures\"><w:name w:val=\"Figures\"/>\
    <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>\
    <w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"808080\"/>\
    <w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"808080\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/></w:tblBorders></w:tblPr>\
    <w:tblStylePr w:type=\"firstRow\"><w:tblPr/><w:tcPr>\
    <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E6EEF3\"/></w:tcPr></w:tblStylePr></w:style>";

/// Settings: of this Word, in this language.
pub fn settings(language: Language) -> String {
    let code = code(language);
    let (decimal, list) = match language {
        Language::Da => (",", ";"),
        Language::En => (".", ","),
    };
    format!(
        "{DECLARATION}<w:settings {TEXT_SPACES}><w:zoom w:percent=\"100\"/>\
         <w:defaultTabStop w:val=\"1304\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{code}\"/><w:decimalSymbol w:val=\"{decimal}\"/>\
         <w:listSeparator w:val=\"{list}\"/></w:settings>"
    )
}
