# Index of the packages in the library, for Tcl 8.6 and 9 alike. The library lies beside this file
# when installed, and in target/release after `cargo build --release` in a checkout.

if {![package vsatisfies [package provide Tcl] 8.6-]} {return}
apply {{dir packages} {
    foreach {package version} $packages {
        package ifneeded $package $version [list apply {{dir package} {
            switch -glob $::tcl_platform(os) {
                Windows* {set name www_websocket.dll}
                Darwin {set name libwww_websocket.dylib}
                default {set name libwww_websocket.so}
            }
            foreach folder [list $dir [file join $dir target release]] {
                set library [file join $folder $name]
                if {[file exists $library]} {
                    return [uplevel #0 [list load $library Wwwwebsocket]]
                }
            }
            return -code error -errorcode {WWW WEBSOCKET LIBRARY} \
                "$package: no $name in $dir or its target/release: run \"make\" there first"
        }} $dir $package]
    }
}} $dir {
    www::websocket 1.2.0
}
