//! gopls, Delve, VS Code, ptrace.
