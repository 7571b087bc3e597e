//! Where the files of a run go: into a folder, or only into memory to be held against one.
//!
//! Promise: whoever makes a run's files cannot tell where they go, so a folder and what it is held
//! against are made by the same code. Absent: what the files say.

use std::io::{self, Write};

use crate::report::{Output, Paper, digest};

/// Takes a run's files, one after the other, and notes the hash of each.
pub trait Files {
    /// A file that is being written.
    type File: Write + Send;

    /// Opens a file to be streamed to; `name` may hold `/`. [`Files::keep`] ends it.
    ///
    /// # Errors
    /// Those of the disk.
    fn create(&self, name: &str) -> io::Result<Self::File>;

    /// Ends a streamed file.
    ///
    /// # Errors
    /// Those of the disk.
    fn keep(&mut self, name: &str, file: Self::File) -> io::Result<()>;

    /// What has been kept, in order.
    fn outputs(&self) -> &[Output];

    /// Writes a file from memory.
    ///
    /// # Errors
    /// Those of the disk.
    fn write(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut file = self.create(name)?;
        file.write_all(content)?;
        self.keep(name, file)
    }

    /// Writes papers, and the inputs that they were made from beside them; the papers' names.
    ///
    /// # Errors
    /// Those of the disk.
    fn write_papers(
        &mut self,
        papers: Vec<Paper>,
        inputs: &[(String, Vec<u8>)],
    ) -> io::Result<Vec<String>> {
        for (name, content) in &papers {
            self.write(name, content)?;
        }
        for (path, content) in inputs {
            self.write(&format!("inputs/{path}"), content)?;
        }
        Ok(papers.into_iter().map(|(name, _)| name).collect())
    }
}

/// Files in memory.
#[derive(Debug, Default)]
pub struct Remembered {
    outputs: Vec<Output>,
    contents: Vec<Vec<u8>>,
}

impl Files for Remembered {
    type File = Vec<u8>;

    fn create(&self, _: &str) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn keep(&mut self, name: &str, content: Vec<u8>) -> io::Result<()> {
        self.outputs.push(Output {
            file: name.to_owned(),
            bytes: content.len() as u64,
            sha256: digest(&content),
        });
        self.contents.push(content);
        Ok(())
    }

    fn outputs(&self) -> &[Output] {
        &self.outputs
    }
}

impl Remembered {
    /// Every file's note and content, in the order they were kept.
    pub fn iter(&self) -> impl Iterator<Item = (&Output, &[u8])> {
        let contents = self.contents.iter().map(Vec::as_slice);
        self.outputs.iter().zip(contents)
    }
}
