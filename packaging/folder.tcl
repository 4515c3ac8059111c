# Prints the folder below a prefix in which this Tcl looks for packages, if there is one. Of several
# it is the first that the Tcl was built to have packages installed in.
#
#     tclsh folder.tcl PREFIX

set prefix [file normalize [lindex $argv 0]]/
foreach folder $tcl_pkgPath {
    if {$folder in $auto_path && [string first $prefix [file normalize $folder]/] == 0} {
        puts $folder
        break
    }
}
