//! Kernel, distribution, limits, disks.
