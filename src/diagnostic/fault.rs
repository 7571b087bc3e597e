//! All wording: what each fault means, what it says and what to do about it.
//!
//! One entry a fault: its code, its severity, the facts it carries, the value found, the message
//! and the remedy. A code is never reused and never changes its meaning; a new meaning takes a
//! new number. S0xx files and keys, S1xx tables, S2xx parameters, S3xx worlds, S4xx agreements,
//! S5xx the balance principle, S6xx portfolios.

macro_rules! faults {
    ($(
        $(#[doc = $doc:literal])*
        $code:literal $severity:ident $name:ident { $($field:ident : $ty:ty),* $(,)? }
        found $found:expr;
        says $says:expr;
        help $help:expr;
    )*) => {
        /// The stable name of a kind of fault; its documentation is its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $( $(#[doc = $doc])* $name, )* }

        /// A fault with the facts its message needs.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Fault {
            $( $(#[doc = $doc])* $name {
                $( #[doc = concat!("`", stringify!($field), "` of the message.")] $field: $ty, )*
            }, )*
        }

        impl Code {
            /// Every code, in order of declaration.
            pub const ALL: &'static [Code] = &[$( Code::$name, )*];

            /// `S012` and the like.
            pub fn as_str(self) -> &'static str {
                match self { $( Code::$name => $code, )* }
            }

            /// What the code means, in one sentence or two.
            pub fn meaning(self) -> &'static str {
                match self { $( Code::$name => concat!($($doc),*).trim_ascii(), )* }
            }
        }

        #[allow(unused_variables, reason = "a message need not use every fact")]
        impl Fault {
            /// The stable code.
            pub fn code(&self) -> Code {
                match self { $( Fault::$name { .. } => Code::$name, )* }
            }

            /// Error or warning.
            pub fn severity(&self) -> super::Severity {
                match self { $( Fault::$name { .. } => super::Severity::$severity, )* }
            }

            /// The value found, where there is one.
            pub fn found(&self) -> Option<String> {
                match self { $( Fault::$name { $($field),* } => found($found), )* }
            }

            /// What is wrong.
            pub fn message(&self) -> String {
                match self { $( Fault::$name { $($field),* } => $says.into(), )* }
            }

            /// What to write instead.
            pub fn remedy(&self) -> String {
                match self { $( Fault::$name { $($field),* } => $help.into(), )* }
            }
        }
    };
}

faults! {
    // ---- S0xx: files, syntax, keys -------------------------------------------------------------

    /// A file that is named does not exist.
    "S001" Error MissingFile { path: String, near: Option<String> }
    found path;
    says format!("there is no file `{path}`");
    help near_or(near, "check the path: it is read from the folder of the file that names it");

    /// A path leads out of the folders a scenario may read.
    "S002" Error OutsideLibrary { path: String, allowed: String }
    found path;
    says format!("`{path}` leads out of `{allowed}`");
    help format!("keep tables in the scenario's own folder; `world`, `extends` and `balance` may reach the folders beside it, never further (everything below `{allowed}`)");

    /// An absolute path: it would only work on one machine.
    "S003" Error AbsolutePath { path: String }
    found path;
    says format!("`{path}` is an absolute path");
    help "write the path relative to the file that names it, for instance \"../worlds/midtjylland\"";

    /// A file is larger than a scenario's files may be.
    "S004" Error FileTooLarge { path: String, bytes: u64, limit: u64 }
    found format!("{} MB", megabytes(*bytes));
    says format!("`{path}` is {} MB, more than the {} MB such a file may have", megabytes(*bytes), megabytes(*limit));
    help "sum the table to municipality, age band and year before it is used; a scenario needs no single records";

    /// A file is not UTF-8 text.
    "S005" Error NotUtf8 { byte: String, guess: String }
    found byte;
    says format!("the byte {byte} is not UTF-8{}", if guess.is_empty() { String::new() } else { format!(" (in Windows-1252 it is `{guess}`)") });
    help "save the file as UTF-8: in Excel \"CSV UTF-8\", in an editor \"Save with encoding\"; it looks like Windows-1252 (ANSI)";

    /// A path names something that is not an ordinary file.
    "S006" Error NotAFile { path: String, wanted: String }
    found path;
    says format!("`{path}` is not a file and holds no `{wanted}`");
    help format!("name a file, or a folder with `{wanted}` in it");

    /// The operating system refused to read a file.
    "S007" Error Unreadable { path: String, reason: String }
    found path;
    says format!("`{path}` could not be read: {reason}");
    help "check that the file exists and that you may read it";

    /// The text is not TOML.
    "S008" Error Syntax { what: String }
    found "";
    says format!("not TOML: {what}");
    help syntax_help(what);

    /// Files extend each other in a circle.
    "S009" Error CyclicExtends { chain: Vec<String> }
    found chain.last().cloned().unwrap_or_default();
    says format!("the files extend each other in a circle: {}", chain.join(" → "));
    help "let one of them stand alone; what they share belongs in a file that both extend";

    /// `kind` names no kind of file.
    "S010" Error UnknownKind { found: String }
    found found;
    says format!("`{found}` is not a kind of file");
    help "write kind = \"agreement\", \"world\", \"balance\" or \"portfolio\"";

    /// A file is of another kind than the place that names it needs.
    "S011" Error WrongKind { path: String, found: String, expected: String }
    found found;
    says format!("`{path}` is of kind `{found}`; kind `{expected}` is needed here");
    help format!("name a file whose first lines say kind = \"{expected}\"");

    /// A discount rate that is not a yearly fraction, most often given in percent.
    "S012" Error DiscountRate { found: f64 }
    found figure(*found);
    says format!("discount rate {} is not a yearly fraction in [0, 1)", figure(*found));
    help if *found >= 1.0 { format!("for {} % a year write {}", figure(*found), figure(percent(*found))) } else { "write a fraction such as 0.035".to_owned() };

    /// The file follows another version of the grammar.
    "S013" Error UnsupportedSchema { found: String }
    found found;
    says format!("schema {found} is not known; this program reads schema 1");
    help "write schema = 1, or use the version of the program the file was written for";

    /// `path#name` names a variant the scenario does not have.
    "S014" Error UnknownVariant { name: String, near: Option<String> }
    found name;
    says format!("the scenario has no variant `{name}`");
    help near_or(near, "variants stand in the scenario as [variant.name]");

    /// A key that the grammar does not have: nothing in a scenario is silently ignored.
    "S020" Error UnknownKey { key: String, table: String, near: Option<String>, allowed: String }
    found key;
    says format!("unknown key `{key}` in {table}");
    help near_or(near, &format!("remove it, or use one of: {allowed}"));

    /// A key that must be there is not.
    "S021" Error MissingKey { key: String, table: String, meaning: String }
    found "";
    says format!("{table} lacks `{key}`");
    help format!("add `{key}`: {meaning}");

    /// A value of another type than its key takes.
    "S022" Error WrongType { key: String, expected: String, found: String }
    found found;
    says format!("`{key}` is {found}, it should be {expected}");
    help format!("write {expected}");

    /// A word that is not one of the words its key takes.
    "S023" Error NotOneOf { key: String, found: String, allowed: String, near: Option<String> }
    found found;
    says format!("`{found}` is not one of the values of `{key}`");
    help near_or(near, &format!("use one of: {allowed}"));

    /// Exactly one of several keys must stand in a table.
    "S024" Error ExactlyOne { table: String, keys: String, found: String }
    found found;
    says if found.is_empty() { format!("{table} has none of: {keys}") } else { format!("{table} has more than one of: {keys} (found {found})") };
    help format!("keep exactly one of: {keys}");

    /// A bare number where a figure with a source must stand.
    "S025" Error BareFigure { key: String, found: String }
    found found;
    says format!("`{key}` is a figure without source: {found}");
    help format!("give it a name: `{key} = \"@name\"`, and beside it [parameter.name] with law = {{ fixed = {found} }}, unit, source, grade and owner");

    /// A date that is neither a year nor a month.
    "S026" Error BadDate { found: String }
    found found;
    says format!("`{found}` is not a date");
    help "write a year (2026) or a month (\"2026-07\")";

    /// A figure that is not a finite number.
    "S027" Error NotFinite { key: String, found: String }
    found found;
    says format!("`{key}` is {found}, not a finite number");
    help "write the figure, or leave the slot as \"udfyldes_senere\" until it is known";

    /// A text that must say something is empty.
    "S028" Error EmptyText { key: String }
    found "\"\"";
    says format!("`{key}` is empty");
    help format!("write the text, or leave `{key}` out if it may be left out");

    /// A name that cannot be used as an id.
    "S029" Error BadName { name: String, suggestion: String }
    found name;
    says format!("`{name}` cannot be a name: names are lower-case a–z, digits and _");
    help format!("write `{suggestion}`; the reader's text, with æ ø å, belongs in `label`");

    /// Two things of one kind share a name.
    "S030" Error DuplicateName { name: String, what: String }
    found name;
    says format!("two {what} are called `{name}`");
    help "give each its own name; results are told apart by it";

    /// A figure outside the range its key allows.
    "S031" Error OutOfRange { key: String, found: f64, range: String }
    found figure(*found);
    says format!("`{key}` is {}, outside {range}", figure(*found));
    help format!("write a figure in {range}");

    /// A day that the calendar does not have.
    "S032" Error BadDay { found: String }
    found found;
    says format!("`{found}` is not a day");
    help "write year, month and day: \"2026-11-27\"";

    // ---- S1xx: tables --------------------------------------------------------------------------

    /// The columns of a table are not separated by semicolons.
    "S101" Error WrongSeparator { found: String }
    found found;
    says format!("the columns are separated by {found}, not by semicolon");
    help "save the table with semicolon (;) between the columns";

    /// A column that must be there is not.
    "S102" Error MissingColumn { column: String, near: Option<String> }
    found "";
    says format!("the table lacks the column `{column}`");
    help match near { Some(near) => format!("did you mean `{near}`? rename it to `{column}`"), None => format!("add the column `{column}`") };

    /// A column that no one reads: nothing in a scenario is silently ignored.
    "S103" Error ExtraColumn { column: String, near: Option<String>, allowed: String }
    found column;
    says format!("unknown column `{column}`");
    help near_or(near, &format!("remove it; the columns are: {allowed}"));

    /// A decimal or thousand mark that could be read in two ways.
    "S104" Error WrongDecimalMark { column: String, found: String }
    found found;
    says format!("`{found}` in column `{column}` can be read as two different numbers");
    help "write no thousand mark, and one decimal mark in the whole table: 12345,6 or 12345.6";

    /// A cell that should be a number is not.
    "S105" Error NotANumber { column: String, found: String }
    found found;
    says format!("`{found}` in column `{column}` is not a number");
    help "write a number without unit, blank or thousand mark";

    /// The same cell is given twice.
    "S106" Error DuplicateCell { cell: String }
    found cell;
    says format!("the cell {cell} is given twice");
    help "keep one of the two lines";

    /// A municipality that is not in the list.
    "S107" Error UnknownMunicipality { found: String, near: Option<String> }
    found found;
    says format!("`{found}` is not a municipality of this world");
    help near_or(near, "use the name or the three-digit code of the world's list of municipalities");

    /// A table that holds, or seems to hold, data on single persons.
    "S108" Error PersonLevel { column: String }
    found column;
    says format!("column `{column}` seems to hold civil registration numbers (CPR)");
    help "delete the file from the scenario; sum it to municipality, age band and year first. Data on persons may not be used here";

    /// A figure that cannot be negative is.
    "S109" Error NegativeFigure { what: String, found: f64 }
    found figure(*found);
    says format!("{what} is {}: it cannot be negative", figure(*found));
    help "write the figure without minus sign, or correct it at its source";

    /// A table without rows.
    "S110" Error EmptyTable { table: String }
    found "";
    says format!("{table} has no rows");
    help "add rows below the header line";

    /// A row with more or fewer cells than the header.
    "S111" Error RaggedRow { cells: usize, columns: usize }
    found format!("{cells} cells");
    says format!("this row has {cells} cells, the header has {columns}");
    help "check for a missing or an extra semicolon; a text with a semicolon in it stands in quotation marks";

    /// A cell that the world needs is not in the table.
    "S112" Error MissingCell { cell: String, table: String }
    found "";
    says format!("{table} has no figure for {cell}");
    help "add the line; a figure that is truly nothing is written 0";

    /// An age band that the world does not have.
    "S113" Error UnknownAgeBand { found: String, allowed: String }
    found found;
    says format!("`{found}` is not an age band of this world");
    help format!("use one of: {allowed}");

    /// Nobody lives in the world.
    "S114" Error EmptyPopulation { table: String }
    found "0";
    says format!("{table} holds no persons");
    help "give the number of persons by municipality, age band and year";

    /// A row of figures that does not say where it comes from.
    "S115" Error FigureWithoutSource { table: String }
    found "";
    says format!("a figure without source in {table}");
    help "write where the figure comes from; an assumption has grade C and says so in its source";

    /// A cell that must be filled in is empty.
    "S116" Error EmptyCell { column: String }
    found "";
    says format!("the cell in column `{column}` is empty");
    help "fill in the cell; a figure that is truly nothing is written 0";

    /// A table in which a year is not a year.
    "S117" Error BadYear { found: String }
    found found;
    says format!("`{found}` is not a year");
    help "write four digits, for instance 2025";

    /// A table has so many faults that only the first are told.
    "S118" Error MoreFaults { count: usize }
    found count.to_string();
    says format!("{count} more faults in this table are not shown");
    help "correct the ones above first: they often share one cause";

    /// StatBank answered with an error, and the answer was saved in place of the data.
    "S121" Error StatBankError { code: String, message: String }
    found code;
    says format!("this is an error message from the StatBank, not data: {message}");
    help "ask the StatBank again and save the table itself";

    /// Totals and their parts stand in one table.
    "S122" Error TotalsMixed { variable: String, total: String, part: String }
    found total;
    says format!("{variable} holds both the total `{total}` and parts of it (`{part}`): every person would be counted twice");
    help format!("take `{total}` out of the selection, or keep it alone");

    /// A figure that the StatBank has suppressed or does not have.
    "S123" Error Suppressed { mark: String, cell: String }
    found mark;
    says format!("the figure for {cell} is missing in the StatBank (`{mark}`)");
    help "it stays missing: choose a coarser selection where it is published, never a guess";

    /// A breakdown that would be summed is not complete.
    "S124" Error IncompleteBreakdown { variable: String, missing: String, cell: String }
    found "";
    says format!("{cell} lacks {missing}: {variable} cannot be summed");
    help format!("export every value of {variable} (without the total), or only its total");

    /// A label of the StatBank that cannot be placed.
    "S125" Error UnknownLabel { variable: String, found: String }
    found found;
    says format!("`{found}` is not understood as a value of {variable}");
    help "export the table again with texts or codes as the StatBank writes them";

    /// Single years of age are missing in a band.
    "S126" Error AgesMissing { band: String, missing: String, cell: String }
    found "";
    says format!("the band {band} cannot be summed for {cell}: no figure for age {missing}");
    help "export every single year of age, the open end included";

    /// Several periods of one year stand in one export.
    "S127" Error SeveralPeriods { year: i32, periods: String }
    found periods;
    says format!("the year {year} has several periods: {periods}");
    help "export one period a year: the first quarter (K1), which is the population on 1 January";

    /// A variable that would have to be summed, and no one knows whether it may.
    "S128" Error UnknownVariable { variable: String }
    found variable;
    says format!("the variable {variable} is not one this program can sum over");
    help "leave it out when exporting: area, age and time are enough, sex and marital status are summed";

    /// A StatBank export lacks a variable that is needed.
    "S129" Error MissingVariable { variable: String }
    found "";
    says format!("the export has no column {variable}");
    help format!("export the table again with {variable}");

    /// An age that lies in no band, or across two.
    "S130" Error AgeOutsideBands { found: String, bands: String }
    found found;
    says format!("the age `{found}` lies in no single band of {bands}");
    help "choose bands that the ages of the export can be summed into";

    // ---- S2xx: parameters ----------------------------------------------------------------------

    /// A name after @ that no parameter has.
    "S201" Error UnknownParameter { name: String, near: Option<String> }
    found format!("@{name}");
    says format!("there is no parameter `{name}`");
    help near_or(near, &format!("add [parameter.{name}] with label, law, unit, source, grade and owner"));

    /// A parameter's unit does not fit the slot it stands in.
    "S203" Error WrongUnit { name: String, unit: String, key: String, expected: String }
    found unit;
    says format!("`@{name}` is in {unit}, but `{key}` takes {expected}");
    help format!("use a parameter with unit = \"{expected}\", or correct the unit of `{name}`");

    /// A cost that is, or can be, negative.
    "S204" Error NegativeCost { name: String, found: f64 }
    found figure(*found);
    says format!("the cost `{name}` can be {}: a cost cannot be negative", figure(*found));
    help "who pays is said by `from` and `to`, not by the sign: write the amount as positive, with a law that stays above 0 (gamma, lognormal)";

    /// A share or a rate written in percent.
    "S205" Error GivenInPercent { name: String, found: f64 }
    found figure(*found);
    says format!("`{name}` is {}: a share lies between 0 and 1, this looks like percent", figure(*found));
    help format!("for {} % write {}", figure(*found), figure(percent(*found)));

    /// A share above 1 or below 0.
    "S206" Error ShareOutside { name: String, found: f64 }
    found figure(*found);
    says format!("`{name}` can be {}: a share lies between 0 and 1", figure(*found));
    help "choose a law that keeps within 0 and 1 (beta, pert, uniform), or say so with truncate = [0, 1]";

    /// The ends of an interval stand in the wrong order.
    "S207" Error IntervalOrder { what: String, low: f64, high: f64 }
    found format!("[{}, {}]", figure(*low), figure(*high));
    says format!("{what}: the lower end {} is not below the upper end {}", figure(*low), figure(*high));
    help format!("write [{}, {}]", figure(*high), figure(*low));

    /// The middle of an interval lies outside it.
    "S208" Error MiddleOutside { what: String, middle: f64, low: f64, high: f64 }
    found figure(*middle);
    says format!("{what} {} lies outside its own interval [{}, {}]", figure(*middle), figure(*low), figure(*high));
    help "check the three figures against the source: two of them may have been swapped";

    /// The arguments of a law describe no distribution.
    "S209" Error LawArguments { law: String, why: String }
    found law;
    says format!("`{law}` with these figures is no distribution: {why}");
    help law_help(law);

    /// A law that does not exist.
    "S210" Error UnknownLaw { found: String, near: Option<String>, allowed: String }
    found found;
    says format!("there is no law `{found}`");
    help near_or(near, &format!("use one of: {allowed}"));

    /// An amount in kroner without the year its price level belongs to.
    "S212" Error PriceYearMissing { name: String, unit: String }
    found unit;
    says format!("`{name}` is in {unit} and states no price year");
    help if name == "tolerance" { "add price_year = 2025: the year whose kroner the tolerances are written in" } else { "add price = { year = 2025, regulation = \"pl_region\" } (or pl_municipality, gp, nominal)" };

    /// The index has no value for the year an amount is quoted in.
    "S213" Error PriceIndexMissing { index: String, year: i32, from: i32, to: i32 }
    found year.to_string();
    says format!("price_index.{index} has no value for {year} (it has {from}–{to})");
    help format!("add {year} to price_index.{index}, with its source; an index value is never guessed");

    /// A price year on something that is not an amount.
    "S214" Error PriceOnNonAmount { name: String, unit: String }
    found unit;
    says format!("`{name}` is in {unit}, which has no price level");
    help "remove `price`, or correct the unit";

    /// Formulas that need each other.
    "S215" Error CyclicFormula { chain: Vec<String> }
    found chain.first().cloned().unwrap_or_default();
    says format!("formulas in a circle: {}", chain.join(" → "));
    help "write one of them with a law of its own";

    /// A formula that cannot be read.
    "S216" Error FormulaSyntax { what: String }
    found "";
    says format!("the formula cannot be read: {what}");
    help "use names of other parameters, numbers, + - * / and ( )";

    /// A correlation matrix that no joint distribution has.
    "S217" Error NotPositive { names: String, nearest: String }
    found "";
    says format!("the correlations of {names} contradict each other (the matrix is not positive semidefinite)");
    help format!("the nearest matrix that is possible: {nearest}");

    /// A correlation matrix that differs across its diagonal.
    "S218" Error NotSymmetric { row: usize, column: usize, one: f64, other: f64 }
    found figure(*one);
    says format!("the correlation in row {row}, column {column} is {}, across the diagonal it is {}", figure(*one), figure(*other));
    help "write the same figure in both places";

    /// A correlation that is no correlation, or a matrix of the wrong size.
    "S219" Error CorrelationArguments { why: String }
    found "";
    says format!("not a correlation: {why}");
    help "a correlation lies between -1 and 1; the diagonal is 1; the matrix has a row and a column a parameter";

    /// A parameter that nothing uses.
    "S220" Warning UnusedParameter { name: String }
    found name;
    says format!("nothing uses the parameter `{name}`");
    help "remove it, or use it where it was meant";

    /// An agreement gives a parameter of its world another value.
    "S221" Warning ReplacesParameter { name: String }
    found name;
    says format!("`{name}` replaces the world's parameter of that name: unchanged practice changes too");
    help "give it a name of its own if only the agreement should use it";

    /// The bounds of a truncation leave nothing of the law.
    "S222" Error Truncation { low: f64, high: f64, why: String }
    found format!("[{}, {}]", figure(*low), figure(*high));
    says format!("truncate = [{}, {}]: {why}", figure(*low), figure(*high));
    help "truncate narrows a law; its bounds stand in order and keep most of the law between them";

    /// A correlation between figures of different parties that says nothing of why.
    "S223" Error CorrelationWithoutReason { parties: String }
    found parties.clone();
    says format!("a correlation between figures that bind different parties ({parties}) gives no reason");
    help "add `reason`: what moves these figures together. Such a correlation shifts risk between the parties, and the other one will ask";

    // ---- S3xx: the world -----------------------------------------------------------------------

    /// Shares that should make a whole do not.
    "S301" Error SharesSum { what: String, sum: f64 }
    found figure(*sum);
    says format!("{what} sum to {}, not to 1", figure(*sum));
    help "correct the shares so that they sum to 1";

    /// A reference to something that is not there.
    "S302" Error UnknownReference { what: String, name: String, near: Option<String>, known: String }
    found name;
    says format!("there is no {what} `{name}`");
    help near_or(near, &if known.is_empty() { format!("there are none: add a {what} first") } else { format!("known: {known}") });

    /// A period that ends before it begins.
    "S303" Error PeriodReversed { what: String, from: i32, to: i32 }
    found format!("{from}–{to}");
    says format!("{what} ends ({to}) before it begins ({from})");
    help format!("write {{ from = {to}, to = {from} }} if the years were swapped");

    /// The population table does not reach the years of the world.
    "S304" Error PopulationYears { table_from: i32, table_to: i32, from: i32, to: i32 }
    found format!("{table_from}–{table_to}");
    says format!("the population covers {table_from}–{table_to}, the world's years are {from}–{to}");
    help "add the years to the population table, or shorten `years`; a population is never extrapolated";

    /// There must be exactly one group that holds everybody else.
    "S305" Error RestGroup { found: usize }
    found found.to_string();
    says format!("{found} groups have rest = true; exactly one must");
    help "let one group hold everybody else: [group.oevrige] rest = true";

    /// Age bands that leave a gap, overlap or cannot be read.
    "S306" Error AgeBands { why: String }
    found "";
    says format!("age_bands: {why}");
    help "write bands in order, without gap or overlap, the last one open: [\"0-17\", \"18-64\", \"65-79\", \"80+\"]";

    /// Two regimes post the same transfer in the same year.
    "S307" Error RegimesOverlap { name: String, year: i32 }
    found name;
    says format!("two regimes both hold the transfer `{name}` in {year}");
    help "let the first regime end the year before the second begins, or rename one transfer";

    /// Two parties have one role at one date.
    "S308" Error TwoParties { role: String, date: String }
    found date;
    says format!("two parties are {role} from {date}");
    help format!("keep one {role} a date, in order of time");

    /// Capacity with a semi-fixed cost and no word on when it is released.
    "S309" Error ReleaseWithoutStep { service: String }
    found "";
    says format!("the release of `{service}` has no step");
    help "add step: the units a year that one closed ward, team or post stands for";

    /// Variable and semi-fixed shares of a unit cost exceed the whole.
    "S310" Error CostShares { service: String, sum: f64 }
    found figure(*sum);
    says format!("`{service}`: variable and semi-fixed shares sum to {}, more than the whole unit cost", figure(*sum));
    help "variable + semi_fixed is at most 1; what is left is fixed";

    /// Need levels that are not the numbers 1, 2, 3 …
    "S311" Error BadLevel { found: String }
    found found;
    says format!("`{found}` is not a need level");
    help "levels are numbered 1, 2, 3 … from the least need";

    /// Groups that hold more persons than there are.
    "S312" Error GroupsExceed { cell: String, share: f64 }
    found figure(*share);
    says format!("the groups hold {} of the inhabitants in {cell}: more than everybody", figure(*share));
    help "groups are disjoint (multimorbidity is a group of its own): lower the prevalence or the age profile";

    /// The table of parties by date begins too late.
    "S313" Error PartyFromTooLate { role: String, from: String, start: i32 }
    found from;
    says format!("nobody is {role} before {from}, but the world begins in {start}");
    help format!("let the first line of `{role}` begin in {start} or before");

    /// The price level of the run has no index value.
    "S314" Error PriceLevelMissing { index: String, level: i32 }
    found level.to_string();
    says format!("price_index.{index} has no value for the price level {level}");
    help "add the year to the index, or choose a price level it has";

    /// A region of the world has no municipality.
    "S315" Error NoMunicipality { what: String }
    found what;
    says format!("no municipality belongs to {what}");
    help "check `regions` and `municipalities_in` against the list of municipalities";

    /// A figure that must be certain is not.
    "S316" Error NotFixed { name: String }
    found name;
    says format!("`{name}` must be a fixed figure: a price index has one course");
    help "give the parameter law = { fixed = … }; try other courses as variants";

    /// A row of transition probabilities that states staying and is no whole.
    "S320" Error TransitionRow { group: String, level: String, sum: f64 }
    found figure(*sum);
    says format!("the moves from level {level} of `{group}`, staying included, sum to {}, not to 1", figure(*sum));
    help "leave staying out (it is the rest of the row), or correct the row";

    /// The moves out of a level exceed everybody at it, at the means of their probabilities.
    "S321" Error TransitionAboveOne { group: String, level: String, sum: f64 }
    found figure(*sum);
    says format!("the moves from level {level} of `{group}` sum to {} at their means: more than everybody", figure(*sum));
    help "probabilities are yearly and sum to at most 1 with staying; a monthly figure belongs to another cycle";

    /// A Dirichlet whose counts and parameters are not as many.
    "S322" Error DirichletLengths { name: String, parameters: usize, counts: usize }
    found format!("{parameters} parameters, {counts} counts");
    says format!("`{name}` has {parameters} parameters and {counts} counts");
    help "give one count for each parameter, two or more of each";

    /// A parameter that is defined twice, once by a Dirichlet.
    "S323" Error DirichletTaken { name: String }
    found name;
    says format!("`{name}` is defined twice: by a [[dirichlet]] and elsewhere");
    help "keep one definition; a [[dirichlet]] defines its parameters itself";

    /// Dynamics of the group that holds everybody else.
    "S324" Error RestDynamics { group: String }
    found group;
    says format!("`{group}` holds everybody else: its levels cannot move");
    help "give the persons whose levels move a group of their own, with a prevalence";

    /// Utilities of a group whose levels do not move.
    "S325" Error UtilityWithoutDynamics { group: String }
    found group;
    says format!("`{group}` has utilities, but its levels do not move");
    help format!("add [group.{group}.dynamics], or remove `utility`: it would have no effect");

    /// A group that shrinks so fast that a level would hold fewer than nobody.
    "S326" Error LevelBelowNothing { group: String, level: String, year: i32 }
    found level;
    says format!("`{group}` shrinks so fast by {year} that level {level} would hold fewer than nobody (at the means)");
    help "newcomers close the levels onto the population table: let some of those who leave die or move, or let newcomers enter at the level that shrinks";

    /// More levels than a path can hold.
    "S327" Error TooManyLevels { group: String, found: usize, most: usize }
    found found.to_string();
    says format!("`{group}` has {found} levels; levels that move are at most {most}");
    help "join levels whose persons use services alike";

    /// Two regimes of one series hold in the same year.
    "S330" Error SeriesOverlap { series: String, year: i32 }
    found year.to_string();
    says format!("two regimes of the series `{series}` hold in {year}");
    help "let the first end the year before the second begins; what may hold at once belongs in two series";

    /// A series of regimes leaves years out.
    "S331" Error SeriesGap { series: String, from: i32, to: i32 }
    found format!("{from}–{to}");
    says format!("no regime of the series `{series}` holds in {from}–{to}");
    help "let one regime follow the other; a time without any rule is a regime without transfers";

    /// A share by age that says nothing of an age band.
    "S332" Error AgeShareMissing { band: String }
    found "";
    says format!("the share by age has no figure for {band}");
    help "give every age band of the world its share; a share that is truly nothing is a parameter with law = { fixed = 0 }";

    /// Levels are stated, and a classification gives them too.
    "S340" Error LevelsTwice { group: String }
    found group;
    says format!("the levels of `{group}` are stated here, and a classification with factors gives them too");
    help "remove `levels`: the factors and thresholds decide them";

    /// A classification whose parts do not fit together.
    "S341" Error ClassificationShape { why: String }
    found "";
    says format!("the classification does not fit together: {why}");
    help "write factors with `thresholds` (rising, within reach of the points) and `misread`; or sensitivity and specificity";

    /// Sensitivity and specificity need two levels.
    "S342" Error ScreenedLevels { group: String, found: usize }
    found found.to_string();
    says format!("`{group}` has {found} levels; sensitivity and specificity tell two apart");
    help "use a group of two levels, or factors with thresholds";

    /// A quiet shift creates work that a group of patients has no rate of.
    "S350" Error SpillWithoutRate { service: String, group: String }
    found service;
    says format!("the quiet shift creates `{service}` in the group `{group}`, which has no rate of it");
    help "give the group a rate of the service (0 is a rate), so that the work has a place to appear";

    /// A quiet shift that does not shrink its service, or shrinks it twice.
    "S351" Error QuietShift { service: String, why: String }
    found service;
    says format!("`{service}` {why}");
    help "a quiet shift takes from one service, once, and creates work in others";

    // ---- S4xx: the agreement -------------------------------------------------------------------

    /// Something starts before the world does.
    "S401" Error StartTooEarly { what: String, start: String, from: i32 }
    found start;
    says format!("{what} starts {start}, before the world's first year {from}");
    help "move the start, or let the world begin earlier";

    /// Something starts after the last year shown.
    "S402" Error StartTooLate { what: String, start: String, to: i32 }
    found start;
    says format!("{what} starts {start}, after the last year shown ({to})");
    help "move the start, or lengthen `horizon`";

    /// A specialised service is moved.
    "S403" Error SpecialisedShifted { service: String }
    found service;
    says format!("`{service}` is a specialised service: it may not be moved");
    help "take the shift out, or correct `specialised` in the world";

    /// More of a service moves than there is.
    "S404" Error ShiftMoreThanAll { service: String, share: f64 }
    found figure(*share);
    says format!("the shifts move {} of `{service}`: more than everything", figure(*share));
    help "shares of shifts from one service for the same persons sum to at most 1";

    /// A level that the group does not have.
    "S405" Error LevelNotInGroup { level: String, group: String, known: String }
    found level;
    says format!("the group `{group}` has no level {level}");
    help format!("levels of `{group}`: {known}");

    /// A coverage that nothing uses.
    "S406" Error UnusedCoverage { name: String }
    found name;
    says format!("nothing uses the coverage `{name}`");
    help "give it an effect, a shift or a provision, or remove it: nothing in a scenario is silently ignored";

    /// A transfer between a party and itself.
    "S408" Error TransferToSelf { party: String }
    found party;
    says format!("the transfer goes from `{party}` to itself");
    help "let `from` and `to` be two parties; a transfer inside one party moves no money";

    /// A sub-agreement that does not say how far it has come.
    "S410" Error SubAgreementStatus { }
    found "";
    says "the sub-agreement states no status";
    help "add status = \"none\", \"pending\" or \"signed\"";

    /// A service is moved to itself.
    "S411" Error ShiftToSelf { service: String }
    found service;
    says format!("`{service}` is moved to itself");
    help "name the service that takes over";

    /// A ramp that falls or exceeds everybody.
    "S412" Error RampTable { why: String }
    found "";
    says format!("the ramp {why}");
    help "write the share that is reached in each year, rising to at most 1: [0.2, 0.6, 1.0]";

    /// A rule that only makes sense between certain parties.
    "S414" Error WrongParties { rule: String, needs: String }
    found rule;
    says format!("`{rule}` only goes {needs}");
    help format!("write {needs}, or choose another rule");

    /// Nobody takes part.
    "S416" Error NobodyTakesPart { what: String }
    found "none";
    says format!("no municipality takes part in {what}");
    help "let `default`, or at least one municipality, have a start date";

    /// Tiers of a price that are not in order.
    "S417" Error Tiers { why: String }
    found "";
    says format!("the tiers of the price: {why}");
    help "write tiers = [ { up_to = 2, amount = \"@a\" }, { amount = \"@b\" } ]: rising, the last one open";

    /// A mechanism that the rule of a transfer cannot price.
    "S418" Error WrongMechanism { name: String, found: String, needs: String }
    found name;
    says format!("`{name}` is {found}; the rule needs {needs}");
    help format!("name {needs} of this agreement");

    /// Parts of an agreement happen wholly outside its years.
    "S419" Error OutsideYears { what: String, year: i32, from: i32, to: i32 }
    found year.to_string();
    says format!("{what}: {year} lies outside the years {from}–{to}");
    help "move it inside the years, or change the years";

    /// An agreement that changes nothing.
    "S420" Warning ChangesNothing { }
    found "";
    says "the agreement changes nothing: it has no effect, shift, provision, operation or investment";
    help "add what the parties want to change; as it stands every difference is exactly 0";

    /// The task of a service is moved twice at the same time.
    "S421" Error OperatedTwice { service: String, year: i32 }
    found service;
    says format!("two operators run `{service}` in {year}");
    help "let one period end before the next begins";

    /// A transition among persons whose levels do not move.
    "S430" Error TransitionWithoutDynamics { group: String }
    found group;
    says format!("the levels of `{group}` do not move");
    help format!("add [group.{group}.dynamics] to the world, or let the coverage hold only groups that have it");

    /// A move that a transition cannot multiply.
    "S431" Error TransitionMove { moved: String, why: String }
    found moved;
    says format!("the move {moved} {why}");
    help "name moves of the group's dynamics, [from, to] or [from, \"died\"], from levels that the coverage holds";

    /// A level that is empty without the agreement and would not be under it.
    "S432" Error EmptyLevel { group: String, level: String, year: i32 }
    found level;
    says format!("level {level} of `{group}` is empty in {year} without the agreement: the persons it would keep there cannot be told");
    help "let somebody stay at the level, or enter it, in unchanged practice";

    /// A transition on a coverage that is no share of a level.
    "S433" Error TransitionOfPicked { coverage: String, by: String }
    found coverage;
    says format!("a transition acts on `{coverage}`, whose persons are {by}");
    help "let the transition have a coverage of its own, with levels, uptake and max_persons only";

    /// A key by need without its table, or a table without its key.
    "S440" Error NeedTable { why: String }
    found "";
    says format!("the key of the sum: {why}");
    help "write key = \"need\" and need = \"behov.csv\" together (code;weight;source;grade)";

    /// A fund that never runs out.
    "S441" Error FundWithoutCap { }
    found "";
    says "the fund has no cap";
    help "add cap = \"@name\" (kr): what the fund holds, all years together";

    /// A payment rule in a place where it means nothing.
    "S442" Error RulePlace { rule: String, place: String }
    found rule;
    says format!("`{rule}` only stands in {place}");
    help format!("move it to {place}: law is in both arms, an agreement in one");

    /// A suspense account that does not say whose the shares are.
    "S443" Error SuspenseSides { key: String, party: String }
    found "";
    says format!("`{key}` must name the payer's share, and only that");
    help format!("write {key} = {{ {party} = \"@share\" }}: the other party has the rest");

    /// Shares of a stepwise pool that do not fit its criteria.
    "S444" Error StepShares { why: String }
    found "";
    says format!("paid_by_met: {why}");
    help "write one share for 0, 1, 2 … criteria met, rising: [0.0, 0.33, 0.66, 1.0] for three criteria";

    /// A ceiling on payments that no rule can count.
    "S446" Error NotCountable { name: String }
    found name;
    says format!("what `{name}` pays cannot be counted under a ceiling");
    help "name payments per unit, per covered person or lump sums; a rule on totals or a return has no units";

    /// Nobody uses a service that persons are counted or compared on.
    "S450" Error NobodyUses { service: String, who: String }
    found service;
    says format!("nobody in `{who}` uses `{service}`");
    help "name a service with a rate there, or give it one in the world";

    /// A coverage asks a classification about another group.
    "S451" Error ClassifiedGroup { name: String, group: String, of: String }
    found group;
    says format!("`{name}` assigns levels in `{of}`, not in `{group}`");
    help "let the coverage name the classification's group";

    /// A level that a routing sends nowhere.
    "S452" Error NotRouted { name: String, group: String, level: u8 }
    found level.to_string();
    says format!("`{name}` routes level {level} of `{group}` nowhere");
    help "give one of its coverages that level: every level has exactly one offer";

    /// A level that a routing sends to several offers.
    "S453" Error RoutedTwice { name: String, group: String, level: u8 }
    found level.to_string();
    says format!("`{name}` routes level {level} of `{group}` to more than one offer");
    help "take the level out of all its coverages but one";

    /// Cooperation grows less intensive with need.
    "S454" Warning IntensityFalls { service: String, level: u8 }
    found level.to_string();
    says format!("`{service}` is provided less at level {level} than at the level below");
    help "intensity usually grows with need; check `per_person_year` of the offers";

    /// More units move than persons have.
    "S455" Error MovesMoreThanThere { service: String, level: u8, has: f64, moved: f64 }
    found figure(*moved);
    says format!("{} units of `{service}` a year are taken from persons at level {level} who have {}", figure(*moved), figure(*has));
    help "move less, or leave that level out of the coverage that gives";

    /// Hours move from a coverage to itself.
    "S456" Error MovedToItself { coverage: String }
    found coverage;
    says format!("hours move from `{coverage}` to itself");
    help "let `from` and `to` be two coverages";

    /// A figure of a trial outside its range.
    "S457" Error PilotFigure { what: &'static str, found: f64, needs: &'static str }
    found figure(*found);
    says format!("`{what}` of the trial is {}: it is {needs}", figure(*found));
    help "correct the figure";

    /// A gamma law without a positive shape.
    "S458" Error ShapeNotPositive { found: f64 }
    found figure(*found);
    says format!("the shape of persons' rates can be {}: it is above 0 in every draw", figure(*found));
    help "give it a law that stays above 0, such as a gamma or a lognormal";

    /// Places cost the same whether used or not, and that cost is not stated.
    "S460" Error PlacesWithoutCost { name: String }
    found "";
    says format!("the places `{name}` have no cost");
    help "add cost_per_place_year: what a place costs a year, empty or not; \"udfyldes_senere\" leaves it open";

    /// A coverage is limited by something it does not use.
    "S461" Error LimitWithoutWork { coverage: String, limit: String }
    found limit;
    says format!("the coverage `{coverage}` is limited by `{limit}`, but nothing it does takes of it");
    help "let a workforce state hours_per_unit of a service the coverage provides or moves to; let places be of such a service";

    /// Agency hours without a price, or a price without agency hours.
    "S462" Error AgencyTerms { name: String, key: String }
    found key;
    says format!("the workforce `{name}`: `{key}` and shortage = \"agency\" belong together");
    help "with shortage = \"agency\" state hourly_cost and premium (what an agency hour costs beyond the ordinary one, as a share); with \"cap\" neither";

    /// Places and workforces limit each other in a circle.
    "S463" Error CircularLimits { chain: String }
    found chain;
    says format!("limited_by goes in a circle: {chain}");
    help "let the places be limited by the staff, or the other way round";

    /// A limit on work that is done once for each new person.
    "S464" Error LimitPerNewPerson { coverage: String, limit: String }
    found limit;
    says format!("`{limit}` limits work that the coverage `{coverage}` does once per new person");
    help "who is new depends on last year's rationing: limit the coverage by max_persons, or state the work per person and year";

    /// Something named to limit cannot.
    "S466" Error CannotLimit { name: String }
    found name;
    says format!("`{name}` cannot limit a coverage");
    help "name [[places]], or a [[workforce]] with shortage = \"cap\"; missing hours that are bought limit nothing";

    /// A break-even is asked of the wrong things.
    "S467" Error BreakEvenOf { name: String, needs: String }
    found name;
    says format!("a break-even volume cannot be had of `{name}` here: it needs {needs}");
    help format!("name {needs}");

    /// Places or a capping workforce that no coverage is limited by.
    "S468" Error LimitsNothing { name: String }
    found name;
    says format!("no coverage is limited by `{name}`: volume would pass it by");
    help "add it to `limited_by` of the coverage that uses it";

    /// A capacity of a task whose unit nobody knows.
    "S469" Error CapacityWithoutUnit { task: String }
    found task;
    says format!("the task `{task}` has a capacity but no unit");
    help "add unit = { da = \"…\", en = \"…\" }: a capacity is so many of something a year";

    /// A cost that the world does not state for a producer.
    "S470" Error NoCostThere { service: String, party: String }
    found party;
    says format!("the world states no unit cost of `{service}` at `{party}`");
    help "state `cost` in the option, or the cost at that party in the world";

    /// An aim without a figure.
    "S471" Error AimWithoutFigure { name: String }
    found name;
    says format!("the indicator `{name}` has no figure to aim at");
    help "name indicators that count a service";

    /// A party that would run something jointly with itself.
    "S472" Error JointWithItself { party: String }
    found party;
    says format!("`{party}` is both host and guest");
    help "a joint operation has two parties";

    // ---- S5xx: the balance principle -----------------------------------------------------------

    /// A confidence that could call both sides right.
    "S501" Error Confidence { found: f64 }
    found figure(*found);
    says format!("confidence {} does not lie between 0.5 and 1", figure(*found));
    help if *found > 1.0 { format!("for {} % write {}", figure(*found), figure(percent(*found))) } else { "write for instance 0.80".to_owned() };

    /// A tolerance below nothing.
    "S502" Error NegativeTolerance { party: String, found: f64 }
    found figure(*found);
    says format!("the tolerance of `{party}` is {}: it cannot be negative", figure(*found));
    help "write the size of the loss that is still no loss, as a positive figure";

    /// A party that is tested has no tolerance.
    "S503" Error ToleranceMissing { party: String }
    found "";
    says format!("the tolerance of `{party}` is not stated");
    help format!("add [tolerance.{party}] per_inhabitant = … (kr. a year); 0 is allowed, silence is not");

    /// Nobody has signed the balance principle.
    "S504" Warning NotSigned { }
    found "";
    says "nobody has signed this balance principle";
    help "add signed_by = [\"region: …\", \"municipalities: …\"] before a verdict is used";

    /// Steps of a discount rate that are not in order.
    "S505" Error DiscountSteps { why: String }
    found "";
    says format!("the steps of the discount rate: {why}");
    help "write to_year rising, the last step without: [ { to_year = 35, rate = 0.035 }, { rate = 0.025 } ]";

    // ---- S6xx: portfolios ----------------------------------------------------------------------

    /// An agreement of a portfolio stands on another world than the portfolio.
    "S600" Error OtherWorld { agreement: String, found: String, expected: String }
    found found;
    says format!("`{agreement}` stands on the world `{found}`, the portfolio on `{expected}`");
    help "give the agreement a variant on the portfolio's world and name it `folder#variant`, or leave it out";

    /// A portfolio names the same agreement twice: its effects would be counted twice.
    "S601" Error AgreementTwice { agreement: String }
    found agreement;
    says format!("`{agreement}` is in the portfolio already");
    help "name each agreement once, in force or proposed; variants are the same agreement";

    /// Two agreements of a portfolio give one parameter two values.
    "S602" Error TwoValues { name: String, agreement: String, other: String }
    found name;
    says format!("`{name}` has another value in `{agreement}` than in `{other}`");
    help "one portfolio is one set of assumptions: use the same law, unit and price year, or give one of them a name of its own";

    /// Two agreements of a portfolio want to decide the same thing about a service.
    "S603" Error TwoPlans { agreement: String, service: String, what: String }
    found service;
    says format!("`{service}` gets a second {what} with `{agreement}`");
    help "let the agreements follow each other in time, or keep it in one of them";

    /// A portfolio without an agreement.
    "S604" Error EmptyPortfolio { }
    found "";
    says "the portfolio names no agreement";
    help "name at least one under in_force or proposed";

    /// A payment by a year's total where agreements are in force: it cannot be divided among them.
    "S605" Error Indivisible { transfer: String }
    found transfer;
    says format!("`{transfer}` is paid by a year's total, and other agreements are in force");
    help "what of the total is due to which agreement is not defined: name all agreements under proposed, or settle by units";

    // ---- S61x: who answers for what ------------------------------------------------------------

    /// An agreement replaces a figure of the world that binds a party, without that party.
    "S610" Error ReplacesOwned { name: String, owner: String }
    found name;
    says format!("`{name}` of the world binds `{owner}`, who has not approved another value");
    help format!("promise nothing on another's behalf: leave the world's value, or get approved_by = [\"{owner}\"]");

    /// An indicator of the register that is not in use when the agreement begins.
    "S611" Error IndicatorNotInUse { id: String, from: i32, to: i32 }
    found id;
    says format!("the indicator `{id}` is in use {from}–{to}, not when the agreement begins");
    help "follow the indicator that has taken its place; an old agreement keeps the register it was signed on";

    /// A limit of safety rests on a formula, whose spread is not known before the run.
    "S612" Error SafetyWithoutLaw { }
    found "";
    says "the failure rate is a formula";
    help "give the failure rate a law of its own, with its source";

    /// An indicator that does not say plainly which services it adds together.
    "S613" Error IndicatorServices { id: String, why: String }
    found id;
    says format!("the services of the indicator `{id}`: {why}");
    help "write service = \"x\" for one, or services = [\"x\", \"y\"] for several, each named once";

    /// What staying outside means is asked of the only municipality that takes part.
    "S614" Error NobodyElse { name: String }
    found name;
    says format!("without `{name}` nobody takes part: there is no agreement to stay outside of");
    help "name a municipality that stays outside others' agreement, or remove `staying_out`";

    /// A course that does not say plainly which services follow each other for whom.
    "S615" Error CourseUnclear { name: String, why: String }
    found name;
    says format!("the course `{name}`: {why}");
    help "write services = [\"first\", \"next\"] in order and groups = [\"…\"], each named once";

    /// An indicator that cannot be divided as it asks.
    "S616" Error RatioUnclear { id: String, why: String }
    found id;
    says format!("the indicator `{id}`: {why}");
    help "per_person = true needs services and `groups`; `over` needs services of the course after its first, in groups of the course";

    /// A diagnosis newly made among those who have it.
    "S617" Error FoundAlready { coverage: String, group: String }
    found group;
    says format!("the coverage `{coverage}` has persons of `{group}` in it: they have the diagnosis already");
    help "examine persons of another group";

    /// A diagnosis newly made that nothing counts.
    "S618" Error FoundNowhere { name: String }
    found name;
    says format!("no indicator per person counts those whom `{name}` finds");
    help "add an indicator with per_person = true and their group and level, or remove it";

    /// A trigger for talking again that no figure can pull.
    "S619" Error NothingFollowed { }
    found "";
    says "nothing is followed: no indicator has a figure that could fall outside a band";
    help "add an indicator that is modelled, or say in `trigger` what else makes the parties talk again";

    /// Days of measuring that do not follow each other.
    "S620" Error DaysOutOfOrder { day: String, before: String }
    found day;
    says format!("{day} does not come after {before}");
    help "list the days of measuring in order, each once";
}

/// A closed door for the macro: empty text means that no value was found.
fn found(text: impl Into<String>) -> Option<String> {
    Some(text.into()).filter(|text| !text.is_empty())
}

fn near_or(near: &Option<String>, otherwise: &str) -> String {
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_owned(),
    }
}

/// A figure as its author would write it.
fn figure(value: f64) -> String {
    value.to_string()
}

/// Percent as a fraction, rounded to twelve digits so that 3.5 gives 0.035.
fn percent(value: f64) -> f64 {
    format!("{:.12}", value / 100.0)
        .parse()
        .unwrap_or(value / 100.0)
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

fn syntax_help(what: &str) -> &'static str {
    if what.contains("duplicate key") {
        "keep one of the two"
    } else if what.contains("string") || what.contains("quote") {
        "a text begins and ends with a quotation mark on the same line"
    } else if what.contains("number") || what.contains("float") || what.contains("integer") {
        "write figures with a decimal point and without thousand mark: 1234.5"
    } else {
        "a line is `key = value`; a text stands in \"quotation marks\", a list in [ ], a table in { }"
    }
}

fn law_help(law: &str) -> &'static str {
    match law {
        "beta" => {
            "the mean lies between 0 and 1 and se² is below mean·(1 − mean); counts are not negative"
        }
        "gamma" => "mean and se are both above 0",
        "normal" => "sd is 0 or more",
        "lognormal" => "give median and ci95, median and sigma, or mean and sd, all above 0",
        "uniform" => "min is below max",
        "triangular" | "pert" => "min ≤ mode ≤ max, and min below max",
        "empirical" => "as many weights as values, none negative, not all 0",
        "three_point" | "interval80" => "the figures rise: low below mid below high",
        _ => "check the figures against the source",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_its_own_number_and_a_meaning() {
        let numbers: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(numbers.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(
                code.meaning().ends_with('.') || code.meaning().ends_with('…'),
                "{code:?}"
            );
        }
    }

    #[test]
    fn numbers_rise_in_order_of_declaration() {
        let numbers: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(numbers.is_sorted());
    }

    #[test]
    fn a_percentage_is_answered_with_its_fraction() {
        let fault = Fault::GivenInPercent {
            name: "optag".into(),
            found: 60.0,
        };
        assert_eq!(fault.remedy(), "for 60 % write 0.6");
    }
}
