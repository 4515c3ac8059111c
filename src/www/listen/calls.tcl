# What runs in the coroutine of a call. Who called is told how that ends: by ::www::CallEnded, or
# where a script deletes the coroutine, so that "catch" does not return, by ::www::CallDropped.

proc ::www::RunCall {number call} {
    trace add command [info coroutine] delete [list ::www::CallDropped $number]
    ::www::CallEnded $number [catch { uplevel #0 $call } result options] $result $options
}
