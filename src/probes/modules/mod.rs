//! GOPATH, GOMODCACHE, module proxies and credentials.
