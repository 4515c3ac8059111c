# Makes `websocket` a subcommand of the command `www`: of that of the package www where there is one,
# otherwise of an ensemble of our own. The subcommand itself is ::www::websocket; when that is there,
# ::www::JoinEnsemble is called.

namespace eval ::www {}

# Adds the subcommand to the ensemble ::www, whichever way that lists its subcommands.
proc ::www::JoinEnsemble {} {
    array set ensemble [namespace ensemble configure ::www]
    if {[llength $ensemble(-subcommands)] && "websocket" ni $ensemble(-subcommands)} {
        lappend ensemble(-subcommands) websocket
        namespace ensemble configure ::www -subcommands $ensemble(-subcommands)
    }
    if {[llength $ensemble(-subcommands)] || [dict size $ensemble(-map)]} {
        dict set ensemble(-map) websocket ::www::websocket
        namespace ensemble configure ::www -map $ensemble(-map)
    } else {
        # Its subcommands are what its namespace exports.
        namespace eval ::www {namespace export websocket}
        if {$ensemble(-namespace) ne "::www"} {
            namespace eval $ensemble(-namespace) {
                namespace import -force ::www::websocket
                namespace export websocket
            }
        }
    }
    trace add command ::www delete ::www::EnsembleReplaced
}

# A package www that is loaded after this one replaces the command. Its ensemble is there once the
# script that loads it has returned to the event loop.
proc ::www::EnsembleReplaced {args} {
    catch {
        after 0 {
            if {[namespace ensemble exists ::www]} {
                ::www::JoinEnsemble
            }
        }
    }
}

catch {package require www 2.0}
if {[namespace which -command ::www] eq ""} {
    namespace eval ::www {namespace ensemble create -command ::www -subcommands websocket}
} elseif {![namespace ensemble exists ::www]} {
    return -code error -errorcode {WWW WEBSOCKET ENSEMBLE} \
        "the command www is not an ensemble that websocket could be added to"
}
