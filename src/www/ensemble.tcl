# Makes `websocket` a subcommand of the command `www`: of that of the package www where there is one,
# otherwise of an ensemble of our own. The subcommand itself is ::www::websocket.

namespace eval ::www {}

# Adds the subcommand to the ensemble ::www, whichever way that lists its subcommands.
proc ::www::JoinEnsemble {} {
    if {![namespace ensemble exists ::www]} {
        return -code error -errorcode {WWW WEBSOCKET ENSEMBLE} \
            "the command www is not an ensemble that websocket could be added to"
    }
    set subcommands [namespace ensemble configure ::www -subcommands]
    set map [namespace ensemble configure ::www -map]
    if {[llength $subcommands] && "websocket" ni $subcommands} {
        namespace ensemble configure ::www -subcommands [linsert $subcommands end websocket]
    }
    if {[llength $subcommands] || [dict size $map]} {
        dict set map websocket ::www::websocket
        namespace ensemble configure ::www -map $map
    } else {
        namespace eval ::www {namespace export websocket}
    }
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
    trace add command ::www delete ::www::EnsembleReplaced
}
::www::JoinEnsemble
