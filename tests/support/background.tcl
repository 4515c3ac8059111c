# Records what reaches the background error handler of this interpreter, which from now on prints
# nothing.

namespace eval support {
    variable background {}
}

proc support::BackgroundError {message options} {
    variable background
    lappend background $message
}
interp bgerror {} support::BackgroundError

# The messages of the errors that came since the last call.
proc support::background {} {
    variable background
    # Tcl hands them over when it is idle.
    update idletasks
    set messages $background
    set background {}
    return $messages
}
