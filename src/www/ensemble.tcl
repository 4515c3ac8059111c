# Makes `websocket` and `listen` subcommands of the command `www`: of that of another package www
# where a script has loaded one, otherwise of an ensemble of our own. The subcommands themselves are
# ::www::websocket and ::www::listen; when these are there, ::www::JoinEnsemble is called.

namespace eval ::www {}

# Adds the subcommands to the ensemble ::www, whichever way that lists its subcommands.
proc ::www::JoinEnsemble {} {
    array set ensemble [namespace ensemble configure ::www]
    foreach subcommand {listen websocket} {
        if {[llength $ensemble(-subcommands)] && $subcommand ni $ensemble(-subcommands)} {
            lappend ensemble(-subcommands) $subcommand
            namespace ensemble configure ::www -subcommands $ensemble(-subcommands)
        }
        if {[llength $ensemble(-subcommands)] || [dict size $ensemble(-map)]} {
            dict set ensemble(-map) $subcommand ::www::$subcommand
            namespace ensemble configure ::www -map $ensemble(-map)
        } else {
            # Its subcommands are what its namespace exports.
            namespace eval ::www [list namespace export $subcommand]
            if {$ensemble(-namespace) ne "::www"} {
                namespace eval $ensemble(-namespace) [list namespace import -force \
                    ::www::$subcommand]
                namespace eval $ensemble(-namespace) [list namespace export $subcommand]
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

# Has a command of ours called with the arguments of each successful call of a subcommand of another
# package's `www`, so that what is set there holds here as well.
proc ::www::Follow {subcommand own} {
    set command [list ::www::$subcommand]
    set map [namespace ensemble configure ::www -map]
    if {[dict exists $map $subcommand]} {
        set command [dict get $map $subcommand]
    }
    if {[llength [info commands [lindex $command 0]]]} {
        trace add execution [lindex $command 0] leave \
            [list ::www::Followed [llength $command] $own]
    }
}

proc ::www::Followed {named own command code args} {
    if {$code == 0} {
        catch {$own {*}[lrange $command $named end]}
    }
}

# For -proxy: each is a command prefix that is called with URL and host, and returns a list of
# proxies to try in turn. All but the first two take the address of the proxy, host:port.
proc ::www::DefineProxyPrefixes {} {
    proc ::www::noproxy {url host} {return [list DIRECT]}
    proc ::www::defaultproxy {url host} {::www::EnvironmentProxy $url}
    foreach {name keyword} {
        httpproxy HTTP httpsproxy HTTPS socksproxy SOCKS socks4proxy SOCKS4 socks5proxy SOCKS5
    } {
        proc ::www::$name {address url host} "list \"$keyword \$address\""
    }
}

# The result tells whether the command `www` is another package's.
if {[namespace which -command ::www] eq ""} {
    namespace eval ::www {
        # For other packages, ::www::log is what logs.
        namespace ensemble create -command ::www -map {log ::www::SetLog} -subcommands {
            cancel certcheck certify cget configure connections cookiedb cookies delete get head
            header listen log options patch post put register request urlencode websocket
        }
    }
    namespace eval ::www::cookies {
        namespace ensemble create -command ::www::cookies -subcommands {clear delete get list set}
    }
    ::www::DefineProxyPrefixes
    return -level 0 0
} elseif {[namespace ensemble exists ::www]} {
    ::www::Follow certify ::www::Certified
    ::www::Follow configure ::www::Configured
    ::www::Follow log ::www::Logged
    return -level 0 1
} else {
    return -level 0 -code error -errorcode {WWW WEBSOCKET ENSEMBLE} \
        "the command www is not an ensemble that websocket could be added to"
}
