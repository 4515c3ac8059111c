# Index of the packages in the library, for Tcl 8.6 and 9 alike. The library lies beside this file
# when installed, and in target/release after `cargo build --release` in a checkout.

if {![package vsatisfies [package provide Tcl] 8.6-]} {return}
apply {{dir packages} {
    foreach {package version} $packages {
        package ifneeded $package $version [list apply {{dir package version} {
            switch -glob $::tcl_platform(os) {
                Windows* {set name www_websocket.dll}
                Darwin {set name libwww_websocket.dylib}
                default {set name libwww_websocket.so}
            }
            foreach folder [list $dir [file join $dir target release]] {
                set library [file join $folder $name]
                if {[file exists $library]} {
                    uplevel #0 [list load $library Wwwwebsocket]
                    # Where the command www is another package's, this is still not there.
                    if {$package ne "www" && [package provide $package] eq ""} {
                        package provide $package $version
                    }
                    return
                }
            }
            return -code error -errorcode {WWW WEBSOCKET LIBRARY} \
                "$package: no $name in $dir or its target/release: run \"make\" there first"
        }} $dir $package $version]
    }
}} $dir {
    www 2.8.0
    www::websocket 1.2.0
    www::digest 2.1.0
    www::socks 1.1.0
    www::http2 1.1.0
}
