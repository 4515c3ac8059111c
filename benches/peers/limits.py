"""How many files programs may have open, which workloads with many connections need."""

import resource


def affordable(workloads):
    """Raises the limit of this process, and so of those that it starts, as far as the workloads
    need it. Returns those for which it is high enough, and those for which it is not."""
    # Twice, as the server may still have the connections of the client before.
    needed = 2 * max(workload.files for workload in workloads)
    limit, highest = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit < needed:
        limit = needed if highest == resource.RLIM_INFINITY else min(needed, highest)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, highest))
    fitting = [workload for workload in workloads if workload.files <= limit]
    return fitting, [workload for workload in workloads if workload not in fitting]
