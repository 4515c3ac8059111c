# Runs all cases of Autobahn|Testsuite under the tclsh that runs this, with a client or a server of
# ours: that is the argument. Prints what came of them, for each section of the suite, and every
# difference from expected.txt; then the exit status is 1. The suite's own report is left in
# target/autobahn, under the role and the version of Tcl.

lassign $argv role
set argv {}

source [file join [file dirname [file dirname [file normalize [info script]]]] support harness.tcl]
source [file join $support::top tests autobahn autobahn.tcl]
package require www::websocket

proc section {case} {
    lindex [split $case .] 0
}

# Says when a section begins: all of it takes minutes.
proc begins {case} {
    if {[section $case] ne $::section} {
        set ::section [section $case]
        puts [format {%4d s: section %s} [expr {[clock seconds] - $::start}] $::section]
        flush stdout
    }
}

# One line of the table: the number of cases in a section, and of those that came out so and so.
proc line {section verdicts} {
    set behaviours {}
    set closings {}
    foreach verdict $verdicts {
        lappend behaviours [lindex $verdict 0]
        lappend closings [lindex $verdict 1]
    }
    set cells [list $section [llength $verdicts]]
    foreach results [list $behaviours $closings] {
        set failed [llength $results]
        foreach name {OK NON-STRICT INFORMATIONAL} {
            set count [llength [lsearch -all -exact $results $name]]
            lappend cells $count
            incr failed -$count
        }
        lappend cells $failed
    }
    format "%-8s%5s |%5s%12s%15s%8s |%5s%12s%15s%8s" {*}$cells
}

set folder [file join $support::top target autobahn $role-$tcl_version]
set start [clock seconds]
set section ""
puts "Autobahn|Testsuite, with a $role of ours, under Tcl [info patchlevel]"

set class [dict get {client AutobahnServer server AutobahnClient} $role]
set suite [support::$class new $folder]
set verdicts [$suite run [$suite cases] 7200 begins]
set count [$suite count]
set differences [$suite differences $verdicts]
if {$count != [llength [$suite cases]]} {
    lappend differences "the suite has $count cases instead of [llength [$suite cases]]"
}
$suite destroy

puts ""
puts [format {%14s|%-41s| %s} "" " behaviour" "close behaviour"]
set heads {OK NON-STRICT INFORMATIONAL FAILED}
puts [format "%-8s%5s |%5s%12s%15s%8s |%5s%12s%15s%8s" section cases {*}$heads {*}$heads]
set sections {}
dict for {case verdict} $verdicts {
    dict lappend sections [section $case] $verdict
}
foreach section [lsort -integer [dict keys $sections]] {
    puts [line $section [dict get $sections $section]]
}
puts [line total [dict values $verdicts]]
puts "\n[expr {[clock seconds] - $start}] seconds; the report is [file join $folder index.html]"

puts [expr {[llength $differences] ? "Differences:" : "All as expected."}]
foreach difference $differences {
    puts "  $difference"
}
exit [expr {[llength $differences] > 0}]
