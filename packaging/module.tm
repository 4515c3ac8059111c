# The package www::websocket as a Tcl module. Tcl looks among modules first, and takes a package
# from auto_path only where no module will do: the library in its package folder would not be found
# where the package of the same name in pure Tcl is installed as a module. This one, which is newer,
# leads to the library. The name of this file holds the version.

apply {{module} {
    regexp {^websocket-(.+)\.tm$} [file tail $module] -> version
    set here [package ifneeded www::websocket $version]
    # Reads the pkgIndex.tcl of all folders in auto_path, that of the library among them.
    tclPkgUnknown www::websocket
    if {[package ifneeded www::websocket $version] eq $here} {
        # In an archive the folder of the package is the module path itself.
        set dir [file dirname [file dirname $module]]
        if {[file exists [file join $dir pkgIndex.tcl]]} {
            source [file join $dir pkgIndex.tcl]
        }
    }
    set script [package ifneeded www::websocket $version]
    if {$script eq $here} {
        return -code error -errorcode {WWW WEBSOCKET LIBRARY} "www::websocket: the folder of\
            version $version, which $module leads to, is not in auto_path"
    }
    uplevel #0 $script
}} [file normalize [info script]]
