# Starts a test file as tests/all.tcl does, with the encodings that it has elsewhere: in Windows
# they are those of the system's language. Usage: start.tcl FILE ?OPTION VALUE ...?
encoding system utf-8
foreach channel {stdout stderr} {
    fconfigure $channel -encoding utf-8 -translation lf
}
set ::argv [lassign $::argv ::argv0]
set ::argv0 [file normalize $::argv0]
incr ::argc -1
source $::argv0
