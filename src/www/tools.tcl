# The ensemble `www header`, and other small commands of `www` that need no Rust. Those of the
# commands below that begin with a capital are in tools.rs.

namespace eval ::www::header {
    namespace ensemble create -subcommands {add append exists get replace}
}

# Each changes the list of headers in a variable, which may be unset, and returns it.
apply {{} {
    foreach {name change} {add Add append Append replace Replace} {
        proc $name {varName name args} [format {
            upvar 1 $varName headers
            set headers [%s [expr {[info exists headers] ? $headers : ""}] $name {*}$args]
        } $change]
    }
} ::www::header}

# There is nothing to check: certificates always are.
proc ::www::certcheck {args} {}
