//! A page of the documentation: what it says in words, where it leads, and what it shows as code.

use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

/// A page, taken apart.
#[derive(Debug, Default)]
pub struct Page {
    /// Its path in the project, with slashes.
    pub name: String,
    /// What can be linked to in it.
    pub anchors: Vec<String>,
    /// Where its links lead.
    pub links: Vec<String>,
    /// The images that it shows.
    pub images: Vec<String>,
    /// The tags that it has.
    pub tags: Vec<String>,
    /// What it shows as code within a sentence.
    pub words: Vec<String>,
    /// What it shows as code on lines of its own.
    pub blocks: Vec<Block>,
}

/// Lines of code.
#[derive(Debug)]
pub struct Block {
    /// The line that it begins at.
    pub line: usize,
    /// What follows the fence: `sh`, `yaml`, …
    pub language: String,
    /// What the comment right before it says: `<!-- answers -->`.
    pub mark: Option<String>,
    /// The lines.
    pub code: String,
}

impl Page {
    /// Reads a file of the project.
    pub fn read(name: &str) -> Self {
        let text = std::fs::read_to_string(project().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut page = Self { name: name.to_owned(), ..Self::default() };
        let mut reading = Reading { page: &mut page, heading: None, mark: None, lines: Lines::of(&text) };
        let parser = Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
        parser.into_offset_iter().for_each(|(event, range)| reading.take(event, range));
        page
    }

    /// Where it stands: `docs/time.md:12`.
    pub fn place(&self, block: &Block) -> String {
        format!("{}:{}", self.name, block.line)
    }
}

struct Reading<'p> {
    page: &'p mut Page,
    heading: Option<String>,
    mark: Option<String>,
    lines: Lines,
}

impl Reading<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => self.block(&kind, range.start),
            Event::Text(text) if self.is_in_block() => self.page.blocks.last_mut().unwrap().code.push_str(&text),
            Event::End(TagEnd::CodeBlock) => self.lines.block = false,
            Event::Start(Tag::Heading { .. }) => self.heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => self.end_of_heading(),
            Event::Text(text) => self.heading.iter_mut().for_each(|heading| heading.push_str(&text)),
            Event::Code(text) => self.word(&text),
            Event::Start(Tag::Link { dest_url, .. }) => self.page.links.push(dest_url.into_string()),
            Event::Start(Tag::Image { dest_url, .. }) => self.page.images.push(dest_url.into_string()),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            _ => {}
        }
    }

    fn is_in_block(&self) -> bool {
        self.lines.block
    }

    fn block(&mut self, kind: &CodeBlockKind<'_>, start: usize) {
        let language = match kind {
            CodeBlockKind::Fenced(language) => language.to_string(),
            CodeBlockKind::Indented => String::new(),
        };
        let (line, mark) = (self.lines.at(start), self.mark.take());
        self.lines.block = true;
        self.page.blocks.push(Block {
            line,
            language,
            mark: mark.filter(|_| self.lines.marks(line)),
            code: String::new(),
        });
    }

    fn end_of_heading(&mut self) {
        let slug = slug(&self.heading.take().unwrap_or_default());
        let again = self.page.anchors.iter().filter(|anchor| **anchor == slug).count();
        self.page.anchors.push(if again == 0 { slug } else { format!("{slug}-{again}") });
    }

    fn word(&mut self, text: &CowStr<'_>) {
        self.heading.iter_mut().for_each(|heading| heading.push_str(text));
        self.page.words.push(text.to_string());
    }

    fn html(&mut self, html: &str) {
        if let Some(comment) = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) {
            self.mark = Some(comment.trim().to_owned());
        }
        let tags = html.split('<').skip(1).map(|rest| rest.trim_start_matches('/'));
        let names =
            tags.map(|tag| tag.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default());
        self.page.tags.extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
        for attribute in ["src=\"", "srcset=\""] {
            let values = html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
            self.page.images.extend(values.map(str::to_owned));
        }
    }
}

/// Which line a place of the text is on, and which lines are comments.
struct Lines {
    starts: Vec<usize>,
    comments: Vec<bool>,
    block: bool,
}

impl Lines {
    fn of(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let comments = text.lines().map(|line| line.trim_start().starts_with("<!--")).collect();
        Self { starts, comments, block: false }
    }

    fn at(&self, place: usize) -> usize {
        self.starts.partition_point(|start| *start <= place)
    }

    /// True if the line before this one is a comment.
    fn marks(&self, line: usize) -> bool {
        line > 1 && self.comments[line - 2]
    }
}

/// What a heading is linked to by, in the book as on the sites that show repositories.
fn slug(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars()
        .filter_map(|character| match character {
            ' ' => Some('-'),
            '-' | '_' => Some(character),
            other => other.is_alphanumeric().then_some(other),
        })
        .collect()
}

/// The pages of the book, the table of contents aside.
pub fn book() -> Vec<String> {
    let mut names = below("docs");
    names.retain(|name| Path::new(name).extension().is_some_and(|kind| kind == "md") && name != "docs/SUMMARY.md");
    names
}

/// All files below a folder of the project, by name.
pub fn below(folder: &str) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(project().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}")) {
        let entry = entry.unwrap();
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() { names.extend(below(&name)) } else { names.push(name) }
    }
    names.sort();
    names
}

/// The folder of the project.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
