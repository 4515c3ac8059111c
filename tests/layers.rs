//! Checks the structure of `src/`: each room uses only the rooms that [`ROOMS`] allows, no files
//! use each other in a circle, and `unsafe` stays beside Tcl's C API.
//!
//! An arrow leads from a file to the file that defines what it names, in a `use` or in any other
//! path, within macros too. A name that a module only re-exports leads to its definition. Tests may
//! name what they like: code under `cfg(test)` is left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs, mem,
    path::Path,
    slice,
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Ident, ImplItem, Item, ItemMod, ItemUse, Macro, Meta, UseTree, Visibility,
    visit::{self, Visit},
};

/// The rooms from the top down, each with those below it that it may use. A room is a folder or a
/// file of `src/`. A file belongs to the innermost room around it.
const ROOMS: &[(&str, &[&str])] = &[
    ("lib", &["www", "tcl"]),
    (
        "www",
        &[
            "websocket",
            "client",
            "server",
            "certificates",
            "io",
            "context",
            "cookies",
            "net",
            "tcl",
            "protocol/websocket",
            "protocol/http",
        ],
    ),
    (
        "websocket",
        &["client", "io", "context", "net", "tcl", "protocol/websocket", "protocol/http"],
    ),
    ("client", &["certificates", "io", "context", "net", "tcl", "protocol/http", "protocol/socks"]),
    ("server", &["certificates", "io", "context", "net", "tcl", "protocol/http"]),
    ("certificates", &["net", "tcl"]),
    ("io", &["net", "tcl"]),
    ("context", &["cookies", "tcl", "protocol/websocket"]),
    ("cookies", &["protocol/http"]),
    ("net", &["protocol/http"]),
    ("tcl", &[]),
    ("protocol", &["protocol/websocket", "protocol/http", "protocol/socks"]),
    ("protocol/websocket", &["protocol/http"]),
    ("protocol/socks", &["protocol/http"]),
    ("protocol/http", &[]),
];

/// Where `unsafe` may be written.
const UNSAFE: &[&str] = &["lib", "tcl"];

/// Where `extern "C"` may be: a function that Tcl calls is defined by the macro in the guard, but
/// for those that load the library.
const EXTERN: &[&str] = &["lib", "tcl/guard"];

/// Files that bindgen makes, which are not read.
const GENERATED: &[&str] = &["tcl/sys/tcl86.rs", "tcl/sys/tcl90.rs"];

#[test]
fn rooms_use_only_those_below() {
    let complaints = forbidden(ROOMS, &Tree::parse(&sources()));
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn files_form_no_circle() {
    let circles = circles(&Tree::parse(&sources()).arrows());
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

#[test]
fn unsafe_code_stays_beside_tcl() {
    let complaints = unsafe_outside(UNSAFE, EXTERN, &sources());
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// The files below `src/`, by their paths there, with their texts.
fn sources() -> Vec<(String, String)> {
    fn read(folder: &Path, prefix: &str, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                read(&entry.path(), &format!("{name}/"), found);
            } else if name.ends_with(".rs") && !GENERATED.contains(&name.as_str()) {
                found.push((name, fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut found);
    found
}

/// Whether a file, or a room, is or lies in `room`.
fn lies_in(name: &str, room: &str) -> bool {
    name.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
}

/// What in the tree, or in the table of the rooms itself, is against the table.
fn forbidden(rooms: &[(&str, &[&str])], tree: &Tree) -> Vec<String> {
    let room_of = |file: &str| {
        let around = rooms.iter().filter(|(room, _)| lies_in(file, room));
        around.max_by_key(|(room, _)| room.len()).copied()
    };
    let mut complaints = Vec::new();
    for (place, (room, below)) in rooms.iter().enumerate() {
        for used in *below {
            if !rooms[place + 1..].iter().any(|(lower, _)| lower == used) {
                complaints.push(format!("the table of rooms: {used} is not below {room}"));
            }
        }
    }
    let files: BTreeSet<_> = tree.modules.values().map(|module| &module.file).collect();
    for (room, _) in rooms {
        if !files.iter().any(|file| lies_in(file, room)) {
            complaints.push(format!("the table of rooms: there is no {room}"));
        }
    }
    for file in files {
        if room_of(file).is_none() {
            complaints.push(format!("src/{file}: the table of rooms has no room for it"));
        }
    }
    for arrow in tree.arrows() {
        if let (Some((from, below)), Some((to, _))) = (room_of(&arrow.from), room_of(&arrow.to))
            && from != to
            && !below.iter().any(|room| lies_in(to, room))
        {
            complaints.push(format!("{arrow}: {from} may not use {to}"));
        }
    }
    complaints
}

/// The circles, each with its arrows, one of which has to go.
fn circles(arrows: &[Arrow]) -> Vec<String> {
    let mut reachable: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for arrow in arrows {
        reachable.entry(&arrow.from).or_default().insert(&arrow.to);
    }
    // By way of each file in turn.
    for middle in reachable.keys().copied().collect::<Vec<_>>() {
        let beyond = reachable[middle].clone();
        for files in reachable.values_mut().filter(|files| files.contains(middle)) {
            files.extend(&beyond);
        }
    }
    let reaches = |from: &str, to: &str| reachable.get(from).is_some_and(|all| all.contains(to));
    let mut found = BTreeMap::<Vec<&str>, Vec<String>>::new();
    for arrow in arrows.iter().filter(|arrow| reaches(&arrow.to, &arrow.from)) {
        let beyond = reachable[arrow.from.as_str()].iter().copied();
        let circle = beyond.filter(|file| reaches(file, &arrow.from)).collect();
        found.entry(circle).or_default().push(format!("    {arrow}"));
    }
    let describe = |(files, arrows): (Vec<_>, Vec<_>)| {
        format!("a circle of {} files:\n{}", files.len(), arrows.join("\n"))
    };
    found.into_iter().map(describe).collect()
}

/// The lines with `unsafe`, or with an ABI behind `extern`, outside the rooms that may have them.
fn unsafe_outside(
    unsafe_rooms: &[&str],
    extern_rooms: &[&str],
    sources: &[(String, String)],
) -> Vec<String> {
    let mut complaints = Vec::new();
    for (file, text) in sources {
        let mut after_extern = false;
        flatten(text.parse().unwrap(), &mut |token| {
            let word = token.to_string();
            let rooms = match token {
                TokenTree::Ident(_) if word == "unsafe" => Some(unsafe_rooms),
                TokenTree::Literal(_) if after_extern => Some(extern_rooms),
                _ => None,
            };
            if let Some(rooms) = rooms
                && !rooms.iter().any(|room| lies_in(file, room))
            {
                let line = token.span().start().line;
                complaints.push(format!("src/{file}:{line}: {word} outside {}", rooms.join(", ")));
            }
            after_extern = word == "extern";
        });
    }
    complaints
}

/// Hands on each token, those within delimiters too.
fn flatten(tokens: TokenStream, push: &mut impl FnMut(&TokenTree)) {
    for token in tokens {
        match &token {
            TokenTree::Group(group) => flatten(group.stream(), push),
            _ => push(&token),
        }
    }
}

/// A line of one file that names what another one defines.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    from: String,
    line: usize,
    to: String,
    path: String,
}

impl fmt::Display for Arrow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, line, to, path } = self;
        write!(formatter, "src/{from}:{line} -> src/{to} ({path})")
    }
}

/// The names between the `::` of a path.
type Names = Vec<String>;

/// The modules of a crate by their paths; the root's is empty.
#[derive(Default)]
struct Tree {
    modules: BTreeMap<Names, Module>,
}

/// What matters of a module: one in a file of its own, or a part of its parent's file.
#[derive(Default)]
struct Module {
    file: String,
    /// The items defined in it, but for modules.
    items: BTreeSet<String>,
    /// The names that `use` brings in, with the path that it gives them.
    imports: BTreeMap<String, Names>,
    /// The paths before `::*`.
    globs: Vec<Names>,
    mentions: Vec<Mention>,
}

/// A path as written.
struct Mention {
    path: Names,
    line: usize,
    is_reexport: bool,
}

/// What a path leads to.
enum Target {
    Module(Names),
    /// An item, or something within it, of the module with this path.
    ItemOf(Names),
}

impl Tree {
    /// Reads files, given by their paths below `src/` and their texts.
    fn parse(sources: &[(impl AsRef<str>, impl AsRef<str>)]) -> Self {
        let mut collector = Collector::default();
        for (file, text) in sources {
            let file = file.as_ref();
            let name = file.strip_suffix(".rs").unwrap();
            collector.path = match name.strip_suffix("/mod").unwrap_or(name) {
                "lib" => Names::new(),
                name => name.split('/').map(str::to_owned).collect(),
            };
            collector.file = file.to_owned();
            collector.module();
            let parsed = syn::parse_file(text.as_ref());
            collector.visit_file(&parsed.unwrap_or_else(|error| panic!("src/{file}: {error}")));
        }
        let Collector { mut tree, tests, .. } = collector;
        tree.modules.retain(|path, _| !tests.iter().any(|test| path.starts_with(test)));
        tree
    }

    /// All arrows between files. What a module re-exports from the modules within it is none, and
    /// an item that was imported is none again.
    fn arrows(&self) -> Vec<Arrow> {
        let mut arrows = BTreeSet::new();
        for (place, module) in &self.modules {
            let is_imported = |path: &Names| {
                module.imports.contains_key(&path[0])
                    && matches!(self.resolve(place, &path[..1], 0), Some(Target::ItemOf(_)))
            };
            for Mention { path, line, is_reexport } in &module.mentions {
                if let Some(Target::ItemOf(definer)) = self.resolve(place, path, 0)
                    && let Some(Module { file, .. }) = self.modules.get(&definer)
                    && *file != module.file
                    && !(*is_reexport && definer.starts_with(place))
                    && !is_imported(path)
                {
                    arrows.insert(Arrow {
                        from: module.file.clone(),
                        line: *line,
                        to: file.clone(),
                        path: path.join("::"),
                    });
                }
            }
        }
        arrows.into_iter().collect()
    }

    /// What `path` leads to from the module `place`; nothing if that is in no module of the crate.
    fn resolve(&self, place: &[String], path: &[String], depth: u8) -> Option<Target> {
        // Imports may lead to imports, but no chain is that long, unless it bites its own tail.
        if depth > 8 {
            return None;
        }
        let mut place = place.to_vec();
        for (index, name) in path.iter().enumerate() {
            match name.as_str() {
                "crate" => place.clear(),
                "self" => {}
                "super" => drop(place.pop()?),
                _ => {
                    let module = self.modules.get(&place)?;
                    let child = [place.as_slice(), slice::from_ref(name)].concat();
                    if self.modules.contains_key(&child) {
                        place = child;
                    } else if module.items.contains(name) {
                        return Some(Target::ItemOf(place));
                    } else if let Some(import) = module.imports.get(name) {
                        match self.resolve(&place, import, depth + 1)? {
                            Target::Module(found) => place = found,
                            item => return Some(item),
                        }
                    } else if let Some(found) = self.find_in_globs(&place, name, depth) {
                        match found {
                            Target::Module(found) => place = found,
                            item => return Some(item),
                        }
                    } else {
                        // An item that a macro makes, if the path began in this crate.
                        return (index > 0).then_some(Target::ItemOf(place));
                    }
                }
            }
        }
        Some(Target::Module(place))
    }

    /// What `name` leads to by way of a `use …::*`.
    fn find_in_globs(&self, place: &Names, name: &str, depth: u8) -> Option<Target> {
        self.modules[place].globs.iter().find_map(|glob| {
            let Target::Module(found) = self.resolve(place, glob, depth + 1)? else { return None };
            self.resolve(&found, &[name.to_owned()], depth + 1)
        })
    }
}

/// Goes through the syntax of the files and fills the tree.
#[derive(Default)]
struct Collector {
    tree: Tree,
    /// The file and the module that are being read.
    file: String,
    path: Names,
    /// The modules that are there for tests alone.
    tests: Vec<Names>,
}

impl Collector {
    fn module(&mut self) -> &mut Module {
        let module = self.tree.modules.entry(self.path.clone()).or_default();
        module.file.clone_from(&self.file);
        module
    }

    fn mention(&mut self, path: Names, line: usize, is_reexport: bool) {
        self.module().mentions.push(Mention { path, line, is_reexport });
    }

    /// Takes in a branch of a `use`; `path` leads to it.
    fn import(&mut self, mut path: Names, branch: &UseTree, is_reexport: bool) {
        let (ident, name) = match branch {
            UseTree::Path(branch) => {
                path.push(branch.ident.to_string());
                return self.import(path, &branch.tree, is_reexport);
            }
            UseTree::Group(group) => {
                for branch in &group.items {
                    self.import(path.clone(), branch, is_reexport);
                }
                return;
            }
            UseTree::Glob(glob) => {
                self.mention(path.clone(), glob.star_token.spans[0].start().line, is_reexport);
                return self.module().globs.push(path);
            }
            UseTree::Name(branch) => (&branch.ident, &branch.ident),
            UseTree::Rename(branch) => (&branch.ident, &branch.rename),
        };
        if ident != "self" {
            path.push(ident.to_string());
        }
        let name = if name == "self" { path.last().unwrap().clone() } else { name.to_string() };
        self.mention(path.clone(), ident.span().start().line, is_reexport);
        self.module().imports.insert(name, path);
    }

    /// Takes in what looks like a path within a macro.
    fn mention_tokens(&mut self, tokens: TokenStream) {
        let mut path = Names::new();
        let (mut line, mut colons) = (0, 0);
        flatten(tokens, &mut |token| match token {
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            TokenTree::Ident(ident) if colons == 2 && !path.is_empty() => {
                path.push(ident.to_string());
                colons = 0;
            }
            _ => {
                if !path.is_empty() {
                    self.mention(mem::take(&mut path), line, false);
                }
                colons = 0;
                if let TokenTree::Ident(ident) = token {
                    line = ident.span().start().line;
                    path.push(ident.to_string());
                }
            }
        });
        if !path.is_empty() {
            self.mention(path, line, false);
        }
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, name) = head(item);
        if is_test(attributes) {
            if let Item::Mod(module) = item {
                self.tests.push([&*self.path, &[module.ident.to_string()]].concat());
            }
            return;
        }
        if let Some(name) = name {
            self.module().items.insert(name.to_string());
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes: &[Attribute] = match item {
            ImplItem::Const(item) => &item.attrs,
            ImplItem::Fn(item) => &item.attrs,
            _ => &[],
        };
        if !is_test(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if let Some((_, items)) = &module.content {
            self.path.push(module.ident.to_string());
            self.module();
            items.iter().for_each(|item| self.visit_item(item));
            self.path.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if item.leading_colon.is_none() {
            let is_reexport = !matches!(item.vis, Visibility::Inherited);
            self.import(Names::new(), &item.tree, is_reexport);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.mention(names, path.segments[0].ident.span().start().line, false);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        self.mention_tokens(called.tokens.clone());
        visit::visit_macro(self, called);
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

/// The attributes of an item, and the name that others can call it by.
fn head(item: &Item) -> (&[Attribute], Option<&Ident>) {
    match item {
        Item::Const(item) => (&item.attrs, Some(&item.ident)),
        Item::Enum(item) => (&item.attrs, Some(&item.ident)),
        Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
        Item::Impl(item) => (&item.attrs, None),
        Item::Macro(item) => (&item.attrs, item.ident.as_ref()),
        Item::Mod(item) => (&item.attrs, None),
        Item::Static(item) => (&item.attrs, Some(&item.ident)),
        Item::Struct(item) => (&item.attrs, Some(&item.ident)),
        Item::Trait(item) => (&item.attrs, Some(&item.ident)),
        Item::Type(item) => (&item.attrs, Some(&item.ident)),
        Item::Union(item) => (&item.attrs, Some(&item.ident)),
        Item::Use(item) => (&item.attrs, None),
        _ => (&[], None),
    }
}

/// Whether an item is compiled for tests alone: `cfg(test)`, or `cfg(all(test, …))`.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let mut words = BTreeSet::new();
        if let Meta::List(list) = &attribute.meta
            && list.path.is_ident("cfg")
        {
            flatten(list.tokens.clone(), &mut |token| words.extend([token.to_string()]));
        }
        words.contains("test") && !words.contains("not") && !words.contains("any")
    })
}

mod tests {
    use super::*;

    fn parse(sources: &[(&str, &str)]) -> Tree {
        Tree::parse(&[sources, &[("lib.rs", "")]].concat())
    }

    fn arrows(sources: &[(&str, &str)]) -> Vec<String> {
        parse(sources).arrows().iter().map(Arrow::to_string).collect()
    }

    #[test]
    fn refuses_an_arrow_upwards() {
        let rooms: &[(&str, &[&str])] = &[("lib", &[]), ("above", &["below"]), ("below", &[])];
        let tree = parse(&[
            ("above/mod.rs", "pub mod part;"),
            ("above/part.rs", "use crate::below::Thing;\npub struct Part(Thing);"),
            ("below.rs", "pub struct Thing;\n\nuse crate::above::part::Part;"),
        ]);
        let arrow = "src/below.rs:3 -> src/above/part.rs (crate::above::part::Part)";
        assert_eq!(forbidden(rooms, &tree), [format!("{arrow}: below may not use above")]);
    }

    #[test]
    fn knows_rooms_within_rooms() {
        let rooms: &[(&str, &[&str])] = &[
            ("lib", &["house"]),
            ("house", &["house/left", "house/right"]),
            ("house/left", &["house/right"]),
            ("house/right", &[]),
        ];
        let tree = parse(&[
            ("house/mod.rs", "mod left; mod right; fn both(_: left::Left, _: right::Right) {}"),
            ("house/left.rs", "use super::right::Right; pub struct Left;"),
            ("house/right.rs", "use super::left::Left; pub struct Right;"),
        ]);
        let arrow = "src/house/right.rs:1 -> src/house/left.rs (super::left::Left)";
        let complaint = format!("{arrow}: house/right may not use house/left");
        assert_eq!(forbidden(rooms, &tree), [complaint]);
    }

    #[test]
    fn wants_each_file_in_a_room_and_the_rooms_in_order() {
        let rooms: &[(&str, &[&str])] = &[("lib", &[]), ("below", &[]), ("above", &["below"])];
        let tree = parse(&[("beside.rs", ""), ("above/part.rs", "")]);
        assert_eq!(
            forbidden(rooms, &tree),
            [
                "the table of rooms: below is not below above",
                "the table of rooms: there is no below",
                "src/beside.rs: the table of rooms has no room for it",
            ]
        );
    }

    #[test]
    fn finds_a_circle() {
        let tree = parse(&[
            ("a.rs", "use super::b::B;\npub struct A;"),
            ("b.rs", "\npub struct B(crate::c::C, crate::d::D);"),
            ("c.rs", "use crate::a;\npub struct C; const MADE: a::A = a::A;"),
            ("d.rs", "pub struct D;"),
            ("e.rs", "use crate::a::A;"),
        ]);
        assert_eq!(
            circles(&tree.arrows()),
            ["a circle of 3 files:\n\
              \x20   src/a.rs:1 -> src/b.rs (super::b::B)\n\
              \x20   src/b.rs:2 -> src/c.rs (crate::c::C)\n\
              \x20   src/c.rs:2 -> src/a.rs (a::A)"]
        );
    }

    #[test]
    fn tells_circles_apart() {
        let circle = circles(
            &parse(&[
                ("a.rs", "use crate::b::B; pub struct A;"),
                ("b.rs", "use crate::{a::A, c::C}; pub struct B;"),
                ("c.rs", "use crate::d::D; pub struct C;"),
                ("d.rs", "use crate::c::C; pub struct D;"),
            ])
            .arrows(),
        );
        assert_eq!(circle.len(), 2, "{circle:?}");
        assert!(circle.iter().all(|circle| circle.starts_with("a circle of 2 files")));
    }

    #[test]
    fn finds_every_form_of_a_path() {
        for line in [
            "use crate::a::b::Thing;",
            "use super::b::Thing;",
            "use super::{self, b::{Other, Thing as Renamed}};",
            "use super::b::{self}; const X: b::Thing = b::Thing;",
            "use super::b as renamed; const X: renamed::Thing = 1;",
            "use super::b::*; const X: Thing = Thing;",
            "use crate::a; fn f() { a::b::Thing::make(); }",
            "fn f() { use super::b::Thing; }",
            "fn f(thing: &mut Vec<super::b::Thing>) {}",
            "impl From<crate::a::b::Thing> for u8 {}",
            "fn f() { assert!(x == [crate::a::b::Thing::new()]); }",
            "macro_rules! made { () => { $crate::a::b::Thing }; }",
            "mod within { use super::super::b::Thing; }",
            "mod within { fn f() -> crate::a::b::MadeByAMacro {} }",
            "#[cfg(not(test))] use super::b::Thing;",
            "use super::Thing;",
            "use crate::a::Twice;",
            "pub use super::b::Thing;",
        ] {
            let sources = [
                ("a/mod.rs", "mod b; mod c; pub use b::Thing; pub use Thing as Twice;"),
                ("a/b.rs", "pub struct Thing; pub struct Other;"),
                ("a/c.rs", line),
            ];
            let found = arrows(&sources);
            assert!(!found.is_empty(), "{line}");
            let expected = "src/a/c.rs:1 -> src/a/b.rs (";
            assert!(found.iter().all(|arrow| arrow.starts_with(expected)), "{line}: {found:?}");
        }
    }

    #[test]
    fn leaves_out_what_is_no_arrow() {
        for line in [
            "use std::b::Thing; use ::a::b::Thing;",
            "use super::b;",
            "pub(super) struct Own; const X: Own = self::Own;",
            "fn f(b: u8) -> u8 { b }",
            "const X: &str = \"crate::a::b::Thing\"; // crate::a::b::Thing",
            "#[cfg(test)] mod tests { use crate::a::b::Thing; }",
            "#[cfg(test)] use crate::a::b::Thing;",
            "#[cfg(all(test, unix))] fn f() { super::b::Thing; }",
            "impl Own { #[cfg(test)] fn f() { super::b::Thing; } }",
            "#[cfg(test)] mod testing;",
            "use rustls; use rustls::Thing; use Loop as Loop;",
        ] {
            let sources = [
                ("a/mod.rs", "mod b; mod c; pub(crate) use b::Thing;"),
                ("a/b.rs", "pub struct Thing;"),
                ("a/c.rs", line),
                ("a/c/testing.rs", "#[cfg(test)] use super::super::b::Thing;"),
            ];
            assert!(arrows(&sources).is_empty(), "{line}: {:?}", arrows(&sources));
        }
        let testing = ("a/testing.rs", "use crate::b::Thing;");
        let b = ("b.rs", "pub struct Thing;");
        assert_eq!(arrows(&[("a/mod.rs", "mod testing;"), testing, b]).len(), 1);
        assert!(arrows(&[("a/mod.rs", "#[cfg(test)] mod testing;"), testing, b]).is_empty());
    }

    #[test]
    fn finds_unsafe_code() {
        let check = |file: &str, text: &str| {
            unsafe_outside(&["lib", "tcl"], &["lib", "tcl/guard"], &[(file.into(), text.into())])
        };
        let block = "// unsafe\nfn f() -> &str { unsafe { \"unsafe\" } }";
        assert_eq!(check("www/mod.rs", block), ["src/www/mod.rs:2: unsafe outside lib, tcl"]);
        let callback = "extern crate alloc; extern \"C\" fn f() {}";
        let complaint = "src/tcl/timer.rs:1: \"C\" outside lib, tcl/guard";
        assert_eq!(check("tcl/timer.rs", callback), [complaint]);
        assert!(check("tcl/timer.rs", block).is_empty());
        assert!(check("tcl/guard.rs", callback).is_empty());
        assert!(check("lib.rs", callback).is_empty());
    }
}
