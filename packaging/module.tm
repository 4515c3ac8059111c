# A package of this library as a Tcl module. Tcl looks among modules first, and takes a package from
# auto_path only where no module will do: the library in its package folder would not be found where
# the package of the same name in pure Tcl is installed as a module. This one, which is newer, leads
# to the library. The name of this file, as installed, holds the package and its version.

apply {{module} {
    regexp {([^/]+)-([^-]+)\.tm$} $module -> package version
    set dir [file dirname $module]
    if {$package ne "www"} {
        set package www::$package
        set dir [file dirname $dir]
    }
    set here [package ifneeded $package $version]
    # Reads the pkgIndex.tcl of all folders in auto_path, that of the library among them.
    tclPkgUnknown $package
    # In an archive the folder of the package is the module path itself.
    if {[package ifneeded $package $version] eq $here
            && [file exists [file join $dir pkgIndex.tcl]]} {
        source [file join $dir pkgIndex.tcl]
    }
    set script [package ifneeded $package $version]
    if {$script eq $here} {
        return -code error -errorcode {WWW WEBSOCKET LIBRARY} "$package: the folder of version\
            $version, which $module leads to, is not in auto_path"
    }
    uplevel #0 $script
}} [file normalize [info script]]
